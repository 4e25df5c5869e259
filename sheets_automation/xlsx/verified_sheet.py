"""A patched sheet compared with the old one, cell by cell, knowing nothing of how the patch was made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sheets_automation.core.table import CellValue
from sheets_automation.xlsx.cell_markup import readable, serial
from sheets_automation.xlsx.cell_values import unescaped
from sheets_automation.xlsx.cells import cells_of
from sheets_automation.xlsx.limits import DEFAULT_LIMITS
from sheets_automation.xlsx.markup import Attributes, Markup
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.row_scan import RowText, SheetScan
from sheets_automation.xlsx.tags import attributes, elements, tag_pattern

Written = Mapping[int, Mapping[int, CellValue]]
"""Values by row and column."""

_OURS_IN_THE_FRAME = frozenset({b"dimension", b"cols", b"autoFilter", b"sheetData"})


def check_sheet(old: Package, new: Package, part: str, written: Written) -> None:
    """Raise CellRefused unless all but the written cells are the same bytes, and those say what they should."""
    check = _SheetCheck(part, new.date1904)
    before, after = SheetScan(old.stream(part), part), SheetScan(new.stream(part), part)
    old_rows = before.rows()
    expected = next(old_rows, None)
    for row in after.rows():
        same = expected if expected is not None and expected.number == row.number else None
        if row.number in written:
            check.row(same, row, written[row.number], after.prefix)
        else:
            check.that(same is not None and same.data == row.data, row.number)
        if same is not None:
            expected = next(old_rows, None)
    check.that(expected is None, "rows")
    check.that(_frame(before) == _frame(after), "frame")


def _frame(scan: SheetScan) -> list[tuple[bytes, bytes]]:
    data = scan.head + scan.tail
    cell_contents(data)
    return [(e.name, data[e.start : e.end]) for e in elements(data, 1) if e.name not in _OURS_IN_THE_FRAME]


class _SheetCheck(NamedTuple):
    part: str
    date1904: bool

    def that(self, holds: bool, what: object) -> None:  # noqa: FBT001 - reads like an assert
        if not holds:
            raise CellRefused("unverified", what=f"{self.part}: {what}")

    def row(self, old: RowText | None, new: RowText, written: Mapping[int, CellValue], prefix: bytes) -> None:
        if old is not None:
            self.that(_row_look(old, prefix) == _row_look(new, prefix), new.number)
            self.that(_others(old, written, prefix) == _others(new, written, prefix), new.number)
        says = dict(zip((cell.column for cell in cells_of(new.data, prefix)), cell_contents(new.data), strict=True))
        for column, value in written.items():
            self.that(says.get(column, ("", "")) == self._meant(value), f"{new.number}, {column + 1}")

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


def _row_look(row: RowText, prefix: bytes) -> dict[str, str]:
    tag = tag_pattern(prefix + b"row").match(row.data)
    return {name: value for name, value in attributes(tag[0]).items() if name != "spans"} if tag else {}


def _others(row: RowText, written: Mapping[int, CellValue], prefix: bytes) -> list[bytes]:
    cells = (cell for cell in cells_of(row.data, prefix) if cell.column not in written)
    return [row.data[cell.start : cell.end] for cell in cells]


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
