"""New candidates in an open workbook: below the last row, with the table around the rows above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from sheets_automation.core.errors import WriteRefused
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import CandidatesPlace
from sheets_automation.workbooks.excel_live_book import OpenBook
from sheets_automation.workbooks.excel_live_reading import OpenTab
from sheets_automation.workbooks.excel_live_writing import Pen


def add_rows(
    book: OpenBook, pen: Pen, tab: OpenTab, place: CandidatesPlace, rows: Sequence[Mapping[int, CellValue]]
) -> None:
    """Write rows below the last one that holds anything, each column in one call."""
    end = max(tab.rows, default=place.heading_row)
    for column in sorted({column for row in rows for column in row}):
        # Below the last row nothing stands, so empty cells may be written too: one call for each column.
        pen.put_block(end + 1, column, [[row.get(column)] for row in rows])
    with suppress(WriteRefused):  # what cannot be stretched stays as it is
        _stretch_down(book, pen, tab, place, end, len(rows))


def _stretch_down(book: OpenBook, pen: Pen, tab: OpenTab, place: CandidatesPlace, end: int, count: int) -> None:
    """Let a table that ends there cover the rows. Excel itself does so only for what a person types."""
    for table in book.calls.ask(lambda: list(tab.sheet.tables)):
        covered = book.calls.ask(lambda table=table: table.range)  # type: ignore[misc]
        top, left = covered.row, covered.column
        height, width = covered.shape
        if top == place.heading_row and top + height - 1 == end:
            longer = pen.range(top, left - 1, height + count, width)
            book.calls.ask(lambda table=table, longer=longer: table.resize(longer))  # type: ignore[misc]
            return
