"""Rows of a worksheet by way of the XML parser: understands every spelling, at ten times the cost of the scan."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from sheets_automation.core.table import CellValue, Row
from sheets_automation.xlsx.cell_values import CellReader
from sheets_automation.xlsx.columns import column_index
from sheets_automation.xlsx.limits import Limits
from sheets_automation.xlsx.markup import Attributes, Markup, MarkupError
from sheets_automation.xlsx.package import Package

_PLACES = {
    "worksheet": ("",),
    "sheetData": ("worksheet",),
    "row": ("sheetData",),
    "c": ("row",),
    "f": ("c",),
    "v": ("c",),
    "is": ("c",),
    "r": ("is",),
    "t": ("is", "r"),  # but not in rPh: how a name is pronounced is not part of it
}
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def parsed_rows(package: Package, part: str, columns: Collection[int] | None, cells: CellReader) -> Iterator[Row]:
    """Rows that have a value in one of `columns`, whatever way the sheet is written. Raises MarkupError."""
    builder = _RowBuilder(package.limits, columns, cells)
    for chunk in package.stream(part):
        builder.markup.feed(chunk)
        yield from builder.finished()
    builder.markup.feed(b"", last=True)
    yield from builder.finished()


class _RowBuilder:
    def __init__(self, limits: Limits, columns: Collection[int] | None, cells: CellReader) -> None:
        self.markup = Markup(limits, self._start, self._end, self._text, places=_PLACES)
        self._limits = limits
        self._columns = None if columns is None else frozenset(columns)
        self._cells = cells
        self._done: list[Row] = []
        self._row_number = 0
        self._hidden = False
        self._values: dict[int, CellValue] = {}
        self._column = -1
        self._cell: Attributes = {}
        self._formula = False
        self._pieces: list[str] = []
        self._length = 0

    def finished(self) -> list[Row]:
        """The rows that were completed since the last call."""
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._start_row(attributes)
        elif name == "f":
            self._formula = True

    def _start_row(self, attributes: Attributes) -> None:
        number = _number(attributes.get("r"), self._row_number + 1)
        if not self._row_number < number <= self._limits.max_rows:
            raise MarkupError(f"row {number} after row {self._row_number}")
        self._row_number = number
        self._hidden = attributes.get("hidden") in {"1", "true"}
        self._values = {}
        self._column = -1

    def _start_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            self._column = _column(reference, self._row_number)
        if self._column >= self._limits.max_columns:
            raise MarkupError("more columns than a worksheet can have")
        self._cell = attributes
        self._formula = False
        self._pieces = []
        self._length = 0

    def _text(self, data: str) -> None:
        if self.markup.inside in {"v", "t"}:
            self._pieces.append(data)
            self._length += len(data)
            if self._length > self._limits.max_text_bytes:
                raise MarkupError("a cell with more text than a cell can have")

    def _end(self, name: str) -> None:
        if name == "c":
            if self._columns is None or self._column in self._columns:
                self._end_cell()
        elif name == "row" and self._values:
            self._done.append(Row(self._row_number, self._values, self._hidden))

    def _end_cell(self) -> None:
        kind, style = self._cell.get("t", ""), self._cell.get("s", "0")
        value = self._cells.value(kind, style, "".join(self._pieces), formula=self._formula)
        if value is not None:
            self._values[self._column] = value


def _column(reference: str, row_number: int) -> int:
    match = _REFERENCE.fullmatch(reference)
    if match is None or int(match[2]) != row_number:
        raise MarkupError(f"a cell {reference[:20]} in row {row_number}")
    return column_index(match[1])


def _number(text: str | None, default: int) -> int:
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,7}", text):
        raise MarkupError("a row with an impossible number")
    return int(text)
