"""`make ruined-files`: the real command on every ruined file, and against everything in its way at every step.

    python -m tests.ruined_files --all          everything, and keep the figures in FIGURES.json
    python -m tests.ruined_files --every 20     each 20th case of every kind, and keep nothing

Exit code 1 when anything was to be said against any case. A case that failed is named as it can be looked for.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import local

from tests.ruined_files.books import Book, plain_book, somebody_elses_book, used_book
from tests.ruined_files.cases import Case, file_cases, hindered_cases, hostile_cases
from tests.ruined_files.nursery import Nursery, nursery
from tests.ruined_files.trial import Trial

FIGURES = Path(__file__).with_name("FIGURES.json")
_FLIPS = 1000
_SEED = 4


@dataclass(slots=True)
class Figures:
    """What came out of all cases of a kind."""

    cases: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    commands: int = 0
    worst_megabytes: float = 0
    worst_cpu_seconds: float = 0
    objections: int = 0

    def take(self, tried: Trial) -> None:
        """Count one case in."""
        self.cases += 1
        self.outcomes[str(tried.outcome)] += 1
        self.commands += len(tried.endings)
        self.worst_megabytes = max(self.worst_megabytes, *(ending.megabytes for ending in tried.endings))
        self.worst_cpu_seconds = max(self.worst_cpu_seconds, *(ending.seconds for ending in tried.endings))
        self.objections += bool(tried.objections)

    def document(self) -> dict[str, object]:
        """As it is kept."""
        return {
            "cases": self.cases,
            **dict(sorted(self.outcomes.items())),
            "commands": self.commands,
            "worst_megabytes": self.worst_megabytes,
            "worst_cpu_seconds": self.worst_cpu_seconds,
            "objections": self.objections,
        }


def main() -> int:
    """Do what was asked for, say what was found, and keep the figures where everything was done."""
    chosen = _options().parse_args()
    figures: dict[str, Figures] = defaultdict(Figures)
    with nursery() as first:
        books = [plain_book(), used_book(first), somebody_elses_book()]
        cases = list(_chosen(_cases(books, first), chosen.only, 1 if chosen.all else chosen.every))
    random.Random(_SEED).shuffle(cases)  # so that who stops early has some of everything
    sys.stderr.write(f"{len(cases)} cases\n")
    for number, (case, tried) in enumerate(_tried(cases, chosen.workers), start=1):
        figures[case.kind].take(tried)
        for objection in tried.objections:
            sys.stdout.write(f"{case.kind}: {case.name}: {objection}\n")
        if number % 100 == 0:
            sys.stderr.write(f"{number} …\n")
            if chosen.all and not chosen.only:  # whoever stops it has what was done by then
                _keep(figures, len(cases))
    if chosen.all and not chosen.only:
        _keep(figures, len(cases))
    sys.stdout.write(_document(figures, len(cases)))
    return int(any(one.objections for one in figures.values()))


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.ruined_files", description=__doc__)
    how_many = options.add_mutually_exclusive_group(required=True)
    how_many.add_argument("--all", action="store_true", help="every case; an hour of CPU")
    how_many.add_argument("--every", type=int, metavar="N", help="each Nth case of every kind")
    options.add_argument("--only", default="", metavar="WORDS", help="cases whose kind or name holds these words")
    options.add_argument("--workers", type=int, default=2, metavar="N")
    return options


def _cases(books: Sequence[Book], first: Nursery) -> Iterator[Case]:
    for book in books:
        yield from file_cases(book, times=_FLIPS // len(books) + 1)
    yield from hostile_cases(books[0])
    yield from hindered_cases(books[0], first)


def _chosen(cases: Iterable[Case], only: str, every: int) -> Iterator[Case]:
    for _, group in groupby((case for case in cases if only in f"{case.kind} {case.name}"), key=lambda case: case.kind):
        yield from list(group)[::every]


def _tried(cases: Sequence[Case], workers: int) -> Iterator[tuple[Case, Trial]]:
    own = local()  # each worker has a nursery for as long as it works

    def open_nursery() -> None:
        own.context = nursery()
        own.nursery = own.context.__enter__()

    def run(case: Case) -> tuple[Case, Trial]:
        with TemporaryDirectory() as folder:
            return case, case.run(Path(folder), own.nursery)

    with ThreadPoolExecutor(workers, initializer=open_nursery) as pool:
        yield from pool.map(run, cases)


def _keep(figures: dict[str, Figures], planned: int) -> None:
    FIGURES.write_text(_document(figures, planned), encoding="utf-8")


def _document(figures: dict[str, Figures], planned: int) -> str:
    document = {
        "command": "python -m tests.ruined_files --all",
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "limits": {"megabytes": 512, "cpu_seconds": 20},
        "cases": sum(one.cases for one in figures.values()),
        "of": planned,
        "commands": sum(one.commands for one in figures.values()),
        "worst_megabytes": max((one.worst_megabytes for one in figures.values()), default=0),
        "worst_cpu_seconds": max((one.worst_cpu_seconds for one in figures.values()), default=0),
        "objections": sum(one.objections for one in figures.values()),
        "kinds": {kind: one.document() for kind, one in sorted(figures.items())},
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
