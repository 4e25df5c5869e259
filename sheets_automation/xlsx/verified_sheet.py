"""A patched sheet compared with the old one, cell by cell, knowing nothing of how the patch was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sheets_automation.core.table import CellValue
from sheets_automation.xlsx.cell_markup import readable, serial
from sheets_automation.xlsx.cell_values import unescaped
from sheets_automation.xlsx.cells import CellWrite
from sheets_automation.xlsx.limits import DEFAULT_LIMITS
from sheets_automation.xlsx.markup import Attributes, Markup
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.row_cells import CellText, RowCells, cells_of
from sheets_automation.xlsx.row_scan import RowText, SheetScan
from sheets_automation.xlsx.sheet_digest import DigestingScan, SheetDigest
from sheets_automation.xlsx.tags import masked, tag_pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a patched sheet must hold."""

    cells: Mapping[int, Mapping[int, CellWrite]]
    """By row and column."""
    rest: SheetDigest
    """Of the old sheet, without those cells."""


def check_sheet(new: Package, part: str, written: Written) -> None:
    """Raise CellRefused unless all but the written cells are the same bytes, and those say what they should."""
    check = _SheetCheck(part, new.date1904)
    scan = SheetScan(new.stream(part), part)
    after = DigestingScan(scan, written.cells)
    missing = set(written.cells)
    for row in after.rows_as_before(written.rest):
        if row.number in written.cells:
            check.row(row, written.cells[row.number], scan.prefix)
            missing.discard(row.number)
    for number in missing:
        check.that(all(write.value in {None, ""} for write in written.cells[number].values()), number)
    cell_contents(scan.head + scan.tail)
    check.that(written.rest.equals(after.digest()), "other cells")
    check.that(not scan.tail or scan.tail.startswith(b"</%bsheetData" % scan.prefix), "the end of the rows")


class _SheetCheck(NamedTuple):
    part: str
    date1904: bool

    def that(self, holds: bool, what: object) -> None:  # noqa: FBT001 - reads like an assert
        if not holds:
            raise CellRefused("unverified", what=f"{self.part}: {what}")

    def row(self, row: RowText, writes: Mapping[int, CellWrite], prefix: bytes) -> None:
        cells = cells_of(row.data, prefix)
        ours = [number for number, column in enumerate(cells.columns) if column in writes]
        apart = all(_stands_apart(row.data, cells, number, prefix) for number in ours)
        self.that(cells.are_in_order and apart, row.number)
        says = _contents_by_column(row.data, [cells[number] for number in ours], prefix)
        for column, write in writes.items():
            self.that(says.get(column, ("", "")) == self._meant(write.value), f"{row.number}, {column + 1}")

    def _meant(self, value: CellValue) -> tuple[str, object]:
        match value:
            case None | "":
                return "", ""
            case bool():
                return "b", str(int(value))
            case int() | float():
                return "", float(value)
            case datetime():
                return "", float(serial(value, date1904=self.date1904))
            case str():
                return "inlineStr", readable(value)


def _stands_apart(row: bytes, cells: RowCells, number: int, prefix: bytes) -> bool:
    """Whether a cell begins where the cell before it, or the row's start tag, has ended: not within another one."""
    if number:
        end = cells[number - 1].end
    else:
        tag = tag_pattern(prefix + b"row").match(row)
        end = tag.end() if tag else 0
    start = cells[number].start
    return 0 < end <= start and not masked(row)[end:start].strip()


def _contents_by_column(row: bytes, cells: Sequence[CellText], prefix: bytes) -> dict[int, tuple[str, object]]:
    """What some cells of a row say, read as XML within the row's own tags."""
    match = tag_pattern(prefix + b"row").match(row)
    tag = match[0] if match else b""
    inside = b"".join(row[cell.start : cell.end] for cell in cells)
    contents = cell_contents(tag + inside + (b"" if tag.endswith(b"/>") else b"</%brow>" % prefix))
    return dict(zip((cell.column for cell in cells), contents, strict=True))


def cell_contents(data: bytes) -> list[tuple[str, object]]:
    """Type and content of every cell in some markup, by an XML parser. Raises MarkupError."""
    contents = _Contents()
    markup = Markup(DEFAULT_LIMITS, contents.start, contents.end, contents.text)
    markup.feed(data)
    markup.feed(b"", last=True)
    return contents.cells


class _Contents:
    def __init__(self) -> None:
        self.cells: list[tuple[str, object]] = []
        self._kind = ""
        self._text = ""
        self._in_value = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._kind, self._text = attributes.get("t", ""), ""
        self._in_value = name in {"v", "t"}

    def text(self, text: str) -> None:
        if self._in_value:
            self._text += text

    def end(self, name: str) -> None:
        self._in_value = False
        if name == "c":
            self.cells.append((self._kind, self._content()))

    def _content(self) -> object:
        if self._kind in {"", "n"}:
            return float(self._text) if self._text else ""
        return unescaped(self._text) if self._kind == "inlineStr" else self._text
