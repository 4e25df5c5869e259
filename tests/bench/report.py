"""What was found, as tables that read well as text and as Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.measure import Costs

Json = dict[str, Any]
_HOW = (
    "# Performance\n\n"
    "Measured by `.venv/bin/python -m tests.bench --write docs/performance.md`, or by that with `--only WORK`;\n"
    "each part says when and where.\n\n"
    "Each figure is of a whole process, its start included: CPU is user and system time, memory the peak, all as\n"
    "the operating system counted them. The sides take turns (A B A B …) after a warm-up; the median is quoted,\n"
    "the extremes stand beside it. Seconds depend on the machine and on what else it does: only compare figures\n"
    "of one part, which is what the ratios do. Where one letter is meant, the start of the process is taken off.\n"
    "All sides get the same letter (templates/standard.ja.md, as text and HTML), the same mail server and the\n"
    "same workbooks, which `tests/bench/books.py` writes.\n\n"
    "Of the peers, `mailmerge` does what our carrier does alone. `relay send --send` also decides about each row,\n"
    "writes all letters before it sends the first, makes each claim durable before its letter goes, looks at the\n"
    "file again after it, and saves the workbook twice, verified.\n\n"
    "Of the page, CPU is that of the browser's main thread for one step, from before it until its picture.\n"
)
_HEAD = ("work", "by", "CPU", "least – most", "time", "peak memory", "against the first")
_GOAL_HEAD = ("goal of", "wanted", "found", "met")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One side of one comparison."""

    work: str
    by: str
    costs: Costs
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What we want to hold, and what was found."""

    work: str
    wanted: str
    found: str
    is_met: bool


def lines_of(work: str, costs: dict[str, Costs]) -> list[Line]:
    """One line for each; all but the first with their ratio to it."""
    first = next(iter(costs.values()))
    return [
        Line(work=work, by=name, costs=cost, note="" if cost is first else _ratio(cost, first))
        for name, cost in costs.items()
    ]


def at_least(work: str, what: str, found: float, wanted: float) -> Goal:
    """A goal for a ratio in our favour."""
    return Goal(work=work, wanted=f"≥ {wanted:g} × {what}", found=f"{found:.1f} ×", is_met=found >= wanted)


def at_most(work: str, what: str, found: float, wanted: float, unit: str) -> Goal:
    """A goal for something that must not grow."""
    return Goal(work=work, wanted=f"≤ {wanted:g} {unit} {what}", found=f"{found:.3g} {unit}", is_met=found <= wanted)


def comparisons(lines: Sequence[Line]) -> str:
    """Who did what at which cost."""
    return _table(_HEAD, [_row(line, above) for line, above in zip(lines, [None, *lines], strict=False)])


def standing(goals: Sequence[Goal]) -> str:
    """How we stand against the goals."""
    return _table(_GOAL_HEAD, list(map(_goal, goals)))


def _goal(goal: Goal) -> Sequence[str]:
    return goal.work, goal.wanted, goal.found, "yes" if goal.is_met else "**no**"


def _row(line: Line, above: Line | None) -> Sequence[str]:
    costs = line.costs
    return (
        "" if above is not None and above.work == line.work else line.work,
        line.by,
        _seconds(costs.cpu) if costs.cpu else "–",
        _extremes(costs),
        _seconds(costs.wall) if costs.wall else "–",
        f"{costs.memory:.0f} MB" if costs.memory else "–",
        line.note,
    )


def _extremes(costs: Costs) -> str:
    if not costs.cpu:
        return "–"
    return " – ".join(map(_seconds, costs.extremes)) if len(costs.runs) > 1 else "one run"


def kept(figures: Mapping[str, Json], measured: Mapping[str, tuple[Sequence[Line], Sequence[Goal]]]) -> dict[str, Json]:
    """The figures of before, with those of each work that was measured now in place of its own."""
    now = {
        name: {
            "date": f"{datetime.now(UTC):%Y-%m-%d}",
            "machine": f"{machine()}, Python {platform.python_version()}",
            "rows": [list(_row(line, above)) for line, above in zip(lines, [None, *lines], strict=False)],
            "goals": [list(_goal(goal)) for goal in goals],
        }
        for name, (lines, goals) in measured.items()
    }
    return {**figures, **now}


def page(figures: Mapping[str, Json], order: Iterable[str]) -> str:
    """The document: a part for each work, with the day on which it was measured."""
    parts = [_HOW]
    for name in order:
        if found := figures.get(name):
            goals = "\n" + _table(_GOAL_HEAD, found["goals"]) if found["goals"] else ""
            head = f"\n## {name}\n\n{found['date']}, {found['machine']}\n\n"
            parts.append(head + _table(_HEAD, found["rows"]) + goals)
    return "".join(parts)


def machine() -> str:
    model = platform.machine()
    if (cpu := Path("/proc/cpuinfo")).exists():
        names = [line.partition(": ")[2] for line in cpu.read_text().splitlines() if line.startswith("model name")]
        model = f"{names[0]} ({model})" if names else model
    return f"{model}, {os.cpu_count()} cores, {platform.system()}"


def _ratio(other: Costs, first: Costs) -> str:
    ratios = {"CPU": other.cpu / first.cpu, "time": other.wall / first.wall, "memory": other.memory / first.memory}
    return ", ".join(f"{ratio:.1f} × {figure}" for figure, ratio in ratios.items())


def _seconds(seconds: float) -> str:
    if seconds < 0.001:
        return f"{seconds * 1_000_000:.0f} µs"
    return f"{seconds * 1000:.1f} ms" if seconds < 0.5 else f"{seconds:.2f} s"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return "".join("| " + " | ".join(map(str.ljust, line, widths)) + " |\n" for line in lines)
