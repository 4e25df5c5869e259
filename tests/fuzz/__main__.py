"""`make fuzz SECONDS=60`: the four parsers that read what strangers wrote, each under coverage-guided fuzzing."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tests.fuzz.figures import FIGURES, add_to
from tests.fuzz.running import Run, fuzz
from tests.fuzz.samples import TARGETS


def main() -> int:
    """Fuzz what was asked for; 1 when anything was found."""
    chosen = _options().parse_args()
    runs: list[Run] = []
    for target in chosen.only or TARGETS:
        sys.stderr.write(f"{target} …\n")
        run = fuzz(target, chosen.seconds, python=chosen.python, corpus=chosen.corpus)
        runs.append(run)
        sys.stdout.write(f"{target}: {run.told}\n")
        if chosen.write:
            add_to(FIGURES, run)
    return 1 if any(run.crash for run in runs) else 0


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("--seconds", type=int, default=60, help="for each target")
    options.add_argument("--only", choices=TARGETS, action="append", help="this target, and not all")
    options.add_argument(
        "--corpus", type=Path, default=Path(".fuzz"), help="where the inputs are that reached new code"
    )
    options.add_argument("--python", type=Path, default=Path(".venv-fuzz/bin/python"), help="the one that has Atheris")
    options.add_argument("--write", action="store_true", help=f"add the run to {FIGURES.name}")
    return options


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[2])
    sys.exit(main())
