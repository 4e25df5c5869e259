"""`make bench`: the same work done by us, by the obvious stack and by the peers, in one run, as ratios."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.bench.report import Goal, Line, comparisons, kept, page, standing
from tests.bench.works import WORKS, Bench

FIGURES = Path(__file__).with_name("FIGURES.json")
"""What was measured last, by work: `--only` measures one of them anew."""


def main() -> None:
    """Measure what was asked for, print it, and keep it where that was asked for."""
    chosen = _options().parse_args()
    bench = Bench(peers=chosen.peers, quick=chosen.quick)
    measured: dict[str, tuple[list[Line], list[Goal]]] = {}
    for name in [chosen.only] if chosen.only else WORKS:
        sys.stderr.write(f"{name} …\n")
        measured[name] = WORKS[name](bench)
    sys.stdout.write(comparisons([line for lines, _ in measured.values() for line in lines]))
    if chosen.quick:  # a tenth of the work is mostly the start of processes: it proves no goal
        return
    sys.stdout.write(f"\n{standing([goal for _, goals in measured.values() for goal in goals])}")
    if chosen.write:
        figures = kept(json.loads(FIGURES.read_text(encoding="utf-8")), measured)
        FIGURES.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        chosen.write.write_text(page(figures, WORKS), encoding="utf-8")


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="a tenth of everything, once: in less than two minutes")
    options.add_argument("--only", choices=WORKS, metavar="WORK", help=", ".join(WORKS))
    options.add_argument("--peers", type=Path, default=Path(".venv-bench/bin/python"), help="their Python")
    options.add_argument("--write", type=Path, metavar="FILE", help="keep the tables as a document")
    return options


if __name__ == "__main__":
    main()
