"""What an import would do, as data: who is added, what is written where, what is asked, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from sheets_automation.core.cells import text
from sheets_automation.core.importing.history import FactKind, marks_line
from sheets_automation.core.importing.questions import Question
from sheets_automation.core.importing.records import Record
from sheets_automation.core.importing.refusals import RefusedLine
from sheets_automation.core.model import Candidate
from sheets_automation.core.table import CellValue

_MARK_LENGTH = 20


@dataclass(slots=True, kw_only=True)
class Addition:
    """Somebody who is to be added."""

    candidate: Candidate
    """With the id that the row will have."""
    record: Record
    cells: dict[str, CellValue]
    past: tuple[Candidate, ...] = ()
    """Earlier applications of the same person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is written into the row of somebody who is there."""

    candidate: Candidate
    key: str
    written: Mapping[str, CellValue]
    held: Mapping[str, CellValue]
    """What the cells hold, and have to hold until they are written."""
    kept: Mapping[str, CellValue] = field(default_factory=dict)
    """What the file says and a person does not want: known from now on, and not asked again."""

    @property
    def kind(self) -> FactKind:
        """What it is in the log."""
        return FactKind.CHANGED if self.written else FactKind.SEEN

    @property
    def marks(self) -> str:
        """Its marks in the log."""
        return marks_line(self.candidate.id, self.written, self.kept)

    @property
    def before(self) -> Mapping[str, str]:
        """What is replaced, so that it can be put back."""
        return {heading: shown for heading, value in self.held.items() if (shown := text(value))}


@dataclass(slots=True, kw_only=True)
class ImportPlan:
    """What an import would do."""

    additions: list[Addition] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    refused: list[RefusedLine] = field(default_factory=list)
    unchanged: int = 0
    settled: set[str] = field(default_factory=set)
    """Keys of lines about which nothing is open any more."""

    @property
    def reapplied(self) -> int:
        """How many of those who are added have applied before."""
        return sum(bool(one.past) for one in self.additions)

    @property
    def rows(self) -> int:
        """In how many rows of the workbook something would be written."""
        return len(self.additions) + sum(bool(one.written) for one in self.changes)

    @property
    def mark(self) -> str:
        """The same as long as the very same would be done: whoever agreed to this plan agreed to no other."""
        said = (
            [(one.candidate.id, one.record.file, one.record.line, sorted(one.cells.items())) for one in self.additions],
            [(one.candidate.id, sorted(one.written.items()), sorted(one.held.items())) for one in self.changes],
            [one.id for one in self.questions],
            [(one.file, one.line, one.reason.value) for one in self.refused],
        )
        return sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:_MARK_LENGTH]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be written beside the candidates."""
        return not (self.additions or self.changes)


def row_text(candidate: Candidate) -> str:
    """How a row of the workbook is called where people compare it."""
    where = f"{candidate.row} 行目" if candidate.row > 0 else "今回追加する方"
    day = f"{candidate.applied_at:%Y/%m/%d}" if candidate.applied_at else ""
    said = (candidate.name, candidate.address.value or "", candidate.opening, day)
    return " ".join(filter(None, (where, "・".join(filter(None, said)))))
