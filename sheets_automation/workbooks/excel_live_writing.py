"""Writing into an open workbook: blocks of cells, each with one call, and text as text.

Two traps of Excel are gone around. A block written across rows that a filter hides leaves the hidden ones as they are
and puts its first value into all others (https://github.com/xlwings/xlwings/issues/747): what a filter hides is written
cell by cell. And text that looks like a number, a date or a formula is taken for one, unless the cell has the format of
text before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sheets_automation.core.table import CellValue
from sheets_automation.workbooks.excel_live_book import OpenBook

if TYPE_CHECKING:
    from xlwings import Range, Sheet

TEXT: Final = "@"
NUMBER: Final = "General"
MOMENT: Final = "yyyy/m/d h:mm"
LONGEST_TEXT: Final = 32_767
_FEW_RUNS: Final = 6

Column = Mapping[int, CellValue]
"""Cells of one column by row number."""

Look = Callable[[int, int], Callable[[], None]]
"""By the first row and the number of rows: what is asked just before these are written, and raises to prevent that."""


class Pen:
    """Writes cells of one tab."""

    def __init__(self, book: OpenBook, sheet: Sheet, hidden: Collection[int] = ()) -> None:
        self._book = book
        self._calls = book.calls
        self._sheet = sheet
        self._hidden = hidden
        """Rows that a filter hides."""

    def range(self, row: int, column: int, height: int = 1, width: int = 1) -> Range:
        """Cells by the row from 1 and the column from 0 of the first."""
        return self._calls.ask(
            lambda: self._sheet.range((row, column + 1), (row + height - 1, column + width)),
        )

    def put_column(self, column: int, cells: Column, filler: Column | None = None, look: Look | None = None) -> None:
        """Write cells of a column, in as few runs as there are.

        Where they lie scattered, the cells of `filler` between them are written again as they are.
        """
        runs = list(_runs(cells, self._hidden))
        if filler and len(runs) > _FEW_RUNS and (wanted := _one_format(cells)):
            same = {row: value for row, value in filler.items() if format_of(value) in {None, wanted}}
            runs = list(_runs({**same, **cells}, self._hidden))
        for first, values in runs:
            self.put_block(first, column, [[value] for value in values], look)

    def put_block(self, row: int, column: int, rows: Sequence[Sequence[CellValue]], look: Look | None = None) -> None:
        """Write a rectangle of which no row is hidden by a filter, or a single cell."""
        block = self.put_formats(row, column, rows)
        self.put_values(block, rows, look(row, len(rows)) if look else None)

    def put_formats(self, row: int, column: int, rows: Sequence[Sequence[CellValue]]) -> Range:
        """Give cells the formats that keep these values as they are; the cells."""
        block = self.range(row, column, len(rows), len(rows[0]))
        formats = {format_of(value) for cells in rows for value in cells} - {None}
        if len(formats) == 1:
            self._set_format(block, str(formats.pop()))
        elif formats:
            self._set_format(block, TEXT)
            for first, at, height, wanted in _other_formats(rows):
                self._set_format(self.range(row + first, column + at, height), wanted)
        return block

    def put_values(
        self, block: Range, rows: Sequence[Sequence[CellValue]], look: Callable[[], None] | None = None
    ) -> None:
        """Write values into cells whose formats are as they must be."""
        stored = [[self._book.stored(_shortened(value)) for value in cells] for cells in rows]

        def put() -> None:
            if look is not None:  # each time anew: Excel is busy while somebody is about to sort
                look()
            block.raw_value = stored

        self._calls.ask(put)

    def _set_format(self, cells: Range, wanted: str) -> None:
        if self._calls.ask(lambda: cells.number_format) != wanted:
            self._calls.ask(lambda: setattr(cells, "number_format", wanted))


def format_of(value: CellValue) -> str | None:
    """The number format that keeps a value as it is; None where any will do."""
    match value:
        case None | "":
            return None
        case str():
            return TEXT
        case datetime():
            return MOMENT
        case _:
            return NUMBER


def _one_format(cells: Column) -> str | None:
    formats = {format_of(value) for value in cells.values()} - {None}
    return formats.pop() if len(formats) == 1 else None


def _shortened(value: CellValue) -> CellValue:
    """No text longer than a cell holds."""
    return value[:LONGEST_TEXT] if isinstance(value, str) else value


def _runs(cells: Column, hidden: Collection[int]) -> Iterator[tuple[int, list[CellValue]]]:
    """Cells of neighbouring rows together; each cell that a filter hides alone."""
    run: list[CellValue] = []
    first = 0
    for row in sorted(cells):
        if run and (row != first + len(run) or row in hidden or first in hidden):
            yield first, run
            run = []
        if not run:
            first = row
        run.append(cells[row])
    if run:
        yield first, run


def _other_formats(rows: Sequence[Sequence[CellValue]]) -> Iterator[tuple[int, int, int, str]]:
    """Runs down each column of values that are no text: first row, column, height, format."""
    for column in range(len(rows[0])):
        first, wanted = 0, TEXT
        for row in range(len(rows) + 1):
            here = (format_of(rows[row][column]) or TEXT) if row < len(rows) else ""
            if here == wanted:
                continue
            if wanted != TEXT:
                yield first, column, row - first, wanted
            first, wanted = row, here
