"""The page for HR with a large plan, in a real browser: from the moment at which the plan has arrived.

Beside a spreadsheet it is one joined script in the width of a sidebar, and so it is measured here.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from statistics import median

from tests.bench.measure import Cost, Costs
from tests.bench.report import Goal, Line, at_most
from tests.chromium import browser
from tests.page.joined import BRIDGE, joined_script
from tests.page.stand_in import StandIn, serve
from tests.page.visitor import Visitor

SEARCHED = "法人営業"
STEPS = 60
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
_PAINTED = "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"


def measure(letters: int, runs: int) -> tuple[list[Line], list[Goal]]:
    """Time from the plan's arrival to its picture, and what one step of a person costs the thread that answers them."""
    server = serve(StandIn(letters))
    lines, goals = [], []
    work = f"page with {letters:,} letters"
    try:
        with tempfile.TemporaryDirectory() as profile, browser(profile) as tab:
            visitor = Visitor(tab)
            for name, width in WIDTHS.items():
                _open(visitor, server.url, width)
                visitor.sees(f"{letters:,} 通を送れます")
                visitor.settles()
                drawn = visitor.evaluate(_DRAWN.replace("RUNS", str(runs + 2)))
                frames = visitor.evaluate(_FRAMES)
                lines += [
                    _line(work, f"{name}: plan to picture", drawn),
                    _line(work, f"{name}: picture to picture in scrolling", frames),
                ]
                goals.append(at_most(f"{work}, {name}", "from plan to picture", median(drawn) / 1000, 2, "s"))
                for step, costs in {"900 px": _scroll(visitor), "key of a search": _search(visitor)}.items():
                    lines.append(Line(work=work, by=f"{name}: each {step}", costs=costs))
                    goals.append(at_most("", f"of the main thread for the dearest {step}", _most(costs), 50, "ms"))
    finally:
        server.shutdown()
    return lines, goals


def _open(visitor: Visitor, url: str, width: int) -> None:
    if width == WIDTHS["window, 1280 px"]:
        visitor.visit(url, width=width)
    else:
        visitor.visit(f"{url}sidebar", width=width, awaits="body")
        visitor.evaluate(f"{BRIDGE}; {joined_script()}; 0")
    visitor.page.call("Performance.enable", timeDomain="threadTicks")


# All that the main thread did from before a step until its picture: no task in it was longer. Counted as CPU, since by
# the clock any other process of the machine would count, too.
def _thread(visitor: Visitor, act: Callable[[], object]) -> Cost:
    def busy() -> float:
        metrics = visitor.page.call("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))

    before = busy()
    act()
    visitor.evaluate(_PAINTED)
    return Cost(busy() - before, 0.0, 0.0)


def _scroll(visitor: Visitor) -> Costs:
    def to(place: int) -> Callable[[], object]:
        return lambda: visitor.evaluate(f"scrollTo({{ top: {place}, behavior: 'instant' }})")

    return Costs(tuple(_thread(visitor, to(900 * step)) for step in range(STEPS)))


def _search(visitor: Visitor) -> Costs:
    """Type a word key by key, and take it away again."""

    def types(key: str) -> Callable[[], object]:
        return lambda: (visitor.page.call("Input.insertText", text=key), time.sleep(0.3))

    def clears() -> None:
        visitor.evaluate("document.querySelector('#search').select(), document.execCommand('delete')")
        time.sleep(0.3)

    visitor.evaluate("scrollTo(0, 0), document.querySelector('#search').focus()")
    return Costs(tuple(_thread(visitor, act) for act in (*map(types, SEARCHED), clears)))


def _most(costs: Costs) -> float:
    return costs.extremes[1] * 1000


def _line(work: str, by: str, milliseconds: list[float]) -> Line:
    """Time alone: whose CPU a whole browser spends, nobody can tell."""
    return Line(work=work, by=by, costs=Costs(tuple(Cost(0.0, one / 1000, 0.0) for one in sorted(milliseconds)[1:-1])))
