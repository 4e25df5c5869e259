"""What the service is asked about imports, and what it answers, as data; /openapi.json is made from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from sheets_automation.service.documents import Id, Mark, Problem, request

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes. As base64 in a call it is a third more; Cloud Run and Apps Script carry twice as much."""
Heading = Annotated[str, Field(min_length=1, max_length=500)]
FileName = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^/\\\x00-\x1f]*[^/\\\x00-\x1f.]$")]
Content = Annotated[str, Field(min_length=1, max_length=LARGEST_FILE * 4 // 3 + 4)]
EncodingName = Literal["UTF-8", "UTF-16", "ISO-2022-JP", "Shift_JIS (CP932)", "EUC-JP", "Windows-1252"]


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSaid:
    """Where a person wants a column of the file to go."""

    system: Annotated[str, Field(max_length=100)]
    """As the preview called the kind of file."""
    heading: Heading
    target: Annotated[str, Field(max_length=500)]
    """A heading of the candidates tab; empty: the column is not taken in."""


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class FileSent:
    """A file of candidates: CSV, TSV or .xlsx."""

    name: FileName
    content: Content
    """In base64."""
    encoding: EncodingName | None = None
    """Absent: it is found out."""
    columns: Annotated[list[ColumnSaid], Field(max_length=300)] = field(default_factory=list)
    credit: Annotated[str, Field(pattern=r"^(CR-[0-9A-Z]{6})?$")] = ""
    """クレジット番号 of the credit by which these people were found; empty for none."""


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewWanted:
    """What to look at; without a file, what people have answered in 取込確認."""

    file: FileSent | None = None


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWanted:
    """What to take in, by the preview that somebody has looked at, and the number of rows that they named."""

    mark: Mark
    number: Annotated[int, Field(ge=0, le=1_000_000, strict=True)]
    file: FileSent | None = None


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class UndoImportWanted:
    """Which import to take back."""

    import_id: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnShown:
    """One column of the file."""

    heading: str
    target: str
    certainty: Literal["known", "remembered", "proposed", "unused", "forbidden"]
    use: Literal["column", "names", "matching", "nothing"]
    """Its values go into the column `target`, into those of the name, only recognise people, or are left out."""
    sample: str
    date_style: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShown:
    """How the file was understood."""

    name: str
    system: str
    knows_system: bool
    """Whether `system` names one, rather than what stands for every other."""
    encoding: str | None
    encodings: list[str]
    """Those that a person may choose from; none for a workbook."""
    delimiter: str | None
    sheet: str | None
    heading_row: int
    lines: int
    columns: list[ColumnShown]
    targets: list[str]
    """The headings under which a column may go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionLine:
    """Somebody who would be added."""

    line: int
    name: str
    opening: str
    past: list[str]
    """Earlier applications of the same person, as the workbook has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChanged:
    """One cell."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """Somebody who is there, and in whose row something would be written."""

    candidate_id: str
    row: int
    name: str
    cells: list[CellChanged]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine:
    """What a person has to decide."""

    kind: Literal["same_person", "same_application", "values"]
    line: str
    file_says: str
    workbook_says: list[str]
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalLine:
    """A line that is not taken in; 0 is the whole file."""

    line: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What an import would do. Of each list the first ones; the numbers are of all."""

    mark: str
    number: int
    """Rows in which something would be written: whoever applies it names this number."""
    added: int
    changed: int
    unchanged: int
    proposed: int
    refused: int
    reapplied: int
    waiting: int
    """Questions in 取込確認 afterwards, those of earlier imports among them."""
    file: FileShown | None
    additions: list[AdditionLine]
    changes: list[ChangeLine]
    proposals: list[ProposalLine]
    refusals: list[RefusalLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDone:
    """What an import did."""

    import_id: str | None
    """None where nothing was written and nothing new asked: then there is nothing to undo."""
    added: int
    changed: int
    unchanged: int
    proposed: int
    refused: int
    waiting: int
    kept: Problem | None
    """Cells that hold what no program may overwrite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportUndone:
    """What was taken back."""

    import_id: str
    removed: int
    restored: int
    kept: list[str]
    """Ids of those who stay, since people or letters have dealt with them."""
    cells_kept: Problem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """One import of the past."""

    import_id: str
    at: str
    actor: str
    files: str
    added: int
    changed: int
    state: Literal["done", "given_up", "under_way", "undone"]
    can_be_undone: bool
