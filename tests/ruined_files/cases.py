"""Every case by name: what is ruined how, or what stands in the way where. All of them can be done one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.ruined_files.books import Book
from tests.ruined_files.hindered import HINDRANCES, hindered, steps_of
from tests.ruined_files.hostile import HOSTILE
from tests.ruined_files.nursery import Nursery
from tests.ruined_files.ruining import cut_short, with_a_bit_flipped, with_a_bit_flipped_in_a_part
from tests.ruined_files.trial import Trial, who_is_due

CUT, FLIPPED, FLIPPED_INSIDE = FILE_KINDS = ("cut short", "bit flipped", "bit flipped in a part")
_SEED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing to try."""

    kind: str
    name: str
    run: Callable[[Path, Nursery], Trial]
    """In a folder that is not there yet."""


def file_cases(book: Book, *, times: int) -> Iterator[Case]:
    """The book cut short everywhere, and with a flipped bit, so many times each."""
    ruined = {
        CUT: cut_short(book.content),
        FLIPPED: with_a_bit_flipped(book.content, times=times, seed=_SEED),
        FLIPPED_INSIDE: with_a_bit_flipped_in_a_part(book.content, times=times, seed=_SEED),
    }
    for kind, files in ruined.items():
        for place, content in files:
            yield Case(kind=kind, name=f"{book.name}: {place}", run=partial(_held, book, content, kind))


def hostile_cases(book: Book) -> Iterator[Case]:
    """All files that were made to hurt."""
    for name, make in HOSTILE.items():
        yield Case(
            kind=f"hostile: {name}",
            name=name,
            run=lambda folder, nursery, make=make: _held(book, make(book), "", folder, nursery),
        )


def hindered_cases(book: Book, nursery: Nursery) -> Iterator[Case]:
    """Everything that may stand in the way of a run, at each of its steps."""
    for hindrance in HINDRANCES:
        with TemporaryDirectory() as folder:
            steps = steps_of(hindrance, book, Path(folder), nursery)
        for number in range(1, steps + 1):
            one = replace(hindrance, number=number)
            yield Case(kind=_kind(hindrance.kind), name=f"{book.name}: {one}", run=partial(_hindered, one, book))


def _kind(kind: str) -> str:
    return f"drive {kind}" if kind != "saved" else "saved by somebody meanwhile"


def _held(book: Book, content: bytes, kind: str, folder: Path, nursery: Nursery) -> Trial:
    trial = Trial(book=book, folder=folder, nursery=nursery)
    trial.hold(content, may_get=who_is_due(content) if kind == FLIPPED_INSIDE else ())
    return trial


def _hindered(hindrance: object, book: Book, folder: Path, nursery: Nursery) -> Trial:
    folder.mkdir(exist_ok=True)
    return hindered(hindrance, book, folder, nursery)
