"""`make bench`: the same work done by us, by the obvious stack and by the peers, in one run, as ratios."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.bench.report import Goal, Line, comparisons, page, standing
from tests.bench.works import WORKS, Bench

COMMAND = ".venv/bin/python -m tests.bench --write docs/performance.md"


def main() -> None:
    """Measure what was asked for, print it, and keep it where that was asked for."""
    chosen = _options().parse_args()
    bench = Bench(peers=chosen.peers, quick=chosen.quick)
    lines: list[Line] = []
    goals: list[Goal] = []
    for name in [chosen.only] if chosen.only else WORKS:
        sys.stderr.write(f"{name} …\n")
        more_lines, more_goals = WORKS[name](bench)
        lines += more_lines
        goals += more_goals
    # A tenth of the work is mostly the start of processes: it shows that the benchmarks run, and proves no goal.
    found = comparisons(lines) + ("" if chosen.quick else f"\n{standing(goals)}")
    sys.stdout.write(found)
    if chosen.write:
        chosen.write.write_text(page(found, COMMAND), encoding="utf-8")


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="a tenth of everything, once: in less than two minutes")
    options.add_argument("--only", choices=WORKS, metavar="WORK", help=", ".join(WORKS))
    options.add_argument("--peers", type=Path, default=Path(".venv-bench/bin/python"), help="their Python")
    options.add_argument("--write", type=Path, metavar="FILE", help="keep the tables as a document")
    return options


if __name__ == "__main__":
    main()
