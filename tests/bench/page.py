"""The page for HR with a large plan, in a real browser: from the moment at which the plan has arrived."""

from __future__ import annotations

import tempfile
from statistics import median

from tests.bench.measure import Cost, Costs
from tests.bench.report import Goal, Line, at_most
from tests.chromium import browser
from tests.page.stand_in import StandIn, serve
from tests.page.visitor import Visitor

WIDTHS = {"sidebar, 300 px": 300, "window, 1280 px": 1280}
# Reads the plan again by the button of the page, and waits until what came of it is on the screen.
_DRAWN = """new Promise(async done => {
  const plans = () => performance.getEntriesByType('resource').filter(e => e.name.includes('/api/plan'));
  const taken = [];
  for (let i = 0; i < RUNS; i++) {
    const before = plans().length;
    document.querySelector('.facts button').click();
    while (plans().length === before) await new Promise(r => setTimeout(r, 1));
    await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)));
    taken.push(performance.now() - plans().at(-1).responseEnd);
    await new Promise(r => setTimeout(r, 300));
  }
  done(taken);
})"""
_FRAMES = """new Promise(done => {
  const gaps = []; let last = performance.now(), y = 0;
  (function frame(now) {
    gaps.push(now - last); last = now; y += 900; scrollTo({top: y, behavior: 'instant'});
    gaps.length < 120 ? requestAnimationFrame(frame) : done(gaps.slice(2));
  })(last);
})"""


def measure(letters: int, runs: int) -> tuple[list[Line], list[Goal]]:
    """Milliseconds from the plan's arrival to its picture, and the longest gap between two pictures while scrolling."""
    server = serve(StandIn(letters))
    lines, goals = [], []
    work = f"page with {letters:,} letters"
    try:
        with tempfile.TemporaryDirectory() as profile, browser(profile) as tab:
            visitor = Visitor(tab)
            for name, width in WIDTHS.items():
                visitor.visit(server.url, width=width)
                visitor.sees(f"{letters:,} 通を送れます")
                visitor.settles()
                drawn = visitor.evaluate(_DRAWN.replace("RUNS", str(runs + 2)))
                frames = visitor.evaluate(_FRAMES)
                lines += [_line(work, f"{name}: plan to picture", drawn), _line(work, f"{name}: scrolling", frames)]
                goals.append(at_most(f"{work}, {name}", "from plan to picture", median(drawn) / 1000, 2, "s"))
    finally:
        server.shutdown()
    return lines, goals


def _line(work: str, by: str, milliseconds: list[float]) -> Line:
    """Time alone: whose CPU a browser spends, nobody can tell."""
    return Line(work=work, by=by, costs=Costs(tuple(Cost(0.0, one / 1000, 0.0) for one in sorted(milliseconds)[1:-1])))
