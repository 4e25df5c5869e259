"""One run that something stands in the way of, and a run after it has gone: nothing is lost, doubled or torn."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from openpyxl import load_workbook

from sheets_automation.workbooks.excel_file import FOLDER
from tests.ruined_files.books import Book, innocent_cells
from tests.ruined_files.nursery import Nursery
from tests.ruined_files.obstacles import AWAY, STEPS, Kind
from tests.ruined_files.trial import DRIVE, Outcome, Trial

LATE = {"yamada@example.com": "山田 遅子"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindrance:
    """What stands in the way, where, and at which step."""

    kind: Kind
    number: int = 0
    where: str = DRIVE
    """The folder on the drive that fails; "." for everything."""
    at: str = ""
    """Letters of the path of each step that counts."""
    outbox: str = "outbox"
    is_lasting: bool = True
    """Whether it stays, or only this one step fails."""

    def __str__(self) -> str:
        """Say it, for whoever looks for the case."""
        ending = "" if self.is_lasting else ", once"
        place = f"{self.where} {self.at}".strip()
        return f"{self.kind} at step {self.number} of {place}, outbox in {self.outbox}{ending}"


HINDRANCES = (
    Hindrance(kind=Kind.FULL, where="."),
    Hindrance(kind=Kind.FULL, where=".", is_lasting=False),
    Hindrance(kind=Kind.BROKEN),
    Hindrance(kind=Kind.BROKEN, is_lasting=False),
    Hindrance(kind=Kind.STALE, outbox=f"{DRIVE}/outbox"),
    Hindrance(kind=Kind.STALE, outbox=f"{DRIVE}/outbox", is_lasting=False),
    Hindrance(kind=Kind.GONE),
    Hindrance(kind=Kind.GONE, outbox=f"{DRIVE}/outbox"),
    Hindrance(kind=Kind.GONE, where="post", outbox="post/outbox"),
    Hindrance(kind=Kind.SAVED),
)


def hindered(hindrance: Hindrance, book: Book, folder: Path, nursery: Nursery) -> Trial:
    """Send from a book with this in the way, take it away, and send again."""
    trial = Trial(book=book, folder=folder, nursery=nursery, outbox=hindrance.outbox)
    for name in (DRIVE, "post"):
        (folder / name).mkdir()
    book.put_into(trial.drive)
    if hindrance.kind is Kind.SAVED:
        late = with_somebody_late(book)
        (folder / book.name).write_bytes(late.content)
    _send_against(trial, hindrance)
    if not hindrance.is_lasting:
        # zipfile takes one failing read for the end of a file: what was written looks torn, and is not saved.
        trial.objections = [one for one in trial.objections if "the check before saving" not in one]
    trial.outcome = Outcome.SENT if trial.endings[-1].code in {0, 7} else Outcome.REFUSED
    _brought_back(trial, folder / hindrance.where)
    if hindrance.kind is Kind.SAVED and not (folder / book.name).exists():
        trial.book = late
    _look_at_file(trial, book.content)
    trial.expect(max(trial.received().values(), default=0) <= 1, "somebody got two letters")
    trial.send_at_last()
    trial.expect(trial.endings[-1].code == 0, f"afterwards: {trial.endings[-1].out[:500]}")
    strangers = trial.received().keys() - trial.book.due.keys()
    trial.expect(not strangers, f"letters to {sorted(strangers)}")
    ours = {book.name, FOLDER, "outbox"}
    kept = f".{trial.path.stem}.saving"  # the next run clears up
    left = {path.name for path in trial.drive.iterdir() if not path.name.startswith(kept)} - ours
    trial.expect(not left, f"left behind: {sorted(left)}")
    return trial


def steps_of(hindrance: Hindrance, book: Book, folder: Path, nursery: Nursery) -> int:
    """How many steps an unhindered run takes where this would stand in the way."""
    trial = hindered(replace(hindrance, number=0), book, folder, nursery)
    assert trial.objections == []
    return int((folder / STEPS).read_text())


def with_somebody_late(book: Book) -> Book:
    """The book as a person saves it who has meanwhile turned one more down."""
    workbook = load_workbook(io.BytesIO(book.content))
    workbook["候補者"].append([*LATE.values(), *LATE, "営業職", "不採用", "2026/11/18"])
    out = io.BytesIO()
    workbook.save(out)
    return replace(book, content=out.getvalue(), due={**book.due, **LATE})


def _send_against(trial: Trial, hindrance: Hindrance) -> None:
    trial.send(
        obstacle={
            "kind": hindrance.kind,
            "number": hindrance.number,
            "where": hindrance.where,
            "at": hindrance.at,
            "book": trial.book.name,
            "is_lasting": hindrance.is_lasting,
        }
    )


def _brought_back(trial: Trial, folder: Path) -> None:
    """The drive is there again; what a run has put where it was is under it, and out of sight."""
    away = folder.with_name(folder.name + AWAY)
    if not away.exists():
        return
    if folder.exists():
        # The lock makes its own folder; SQLite may begin a journal there, and finds out before there is a fact in it.
        expected = {FOLDER, f"{trial.book.name}.lock", f"{trial.book.name}.journal"}
        hidden = sorted(str(path) for path in folder.rglob("*") if path.name not in expected)
        trial.expect(not hidden, f"made where the drive was: {hidden}")
        shutil.rmtree(folder)
    away.rename(folder)


def _look_at_file(trial: Trial, before: bytes) -> None:
    """It is as it was, or whole and with every cell of HR."""
    now = trial.path.read_bytes()
    cells = innocent_cells(now)
    known = [innocent_cells(content) for content in {before, trial.book.content}]
    trial.expect(now == before or (cells is not None and cells in known), "cells of HR changed")
