"""New candidates in an open workbook: below the last row, with the table around the rows above."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from sheets_automation.core.errors import WriteRefused
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import CandidatesPlace
from sheets_automation.workbooks.excel_live_book import OpenBook
from sheets_automation.workbooks.excel_live_reading import OpenTab, rows_of
from sheets_automation.workbooks.excel_live_writing import Pen
from sheets_automation.workbooks.placing import changed


def add_rows(
    book: OpenBook, pen: Pen, tab: OpenTab, place: CandidatesPlace, rows: Sequence[Mapping[int, CellValue]]
) -> None:
    """Write rows below the last one that holds anything, all with one call: none is ever half there.

    WorkbookChanged, and nothing written, where somebody has typed there or moved rows or columns meanwhile.
    """
    end = max(tab.rows, default=place.heading_row)
    used = sorted({column for row in rows for column in row})
    for column in used:
        pen.put_formats(end + 1, column, [[row.get(column)] for row in rows])
    columns = range(used[0], used[-1] + 1)
    # Nothing stands below the last row, so the empty cells between may be written too.
    cells = pen.range(end + 1, columns[0], len(rows), len(columns))
    look = _look_below(pen, tab, place, end, len(rows), columns)
    pen.put_values(cells, [[row.get(column) for column in columns] for row in rows], look)
    with suppress(WriteRefused):  # what cannot be stretched stays as it is
        _stretch_down(book, pen, tab, place, end, len(rows))


def _look_below(
    pen: Pen, tab: OpenTab, place: CandidatesPlace, end: int, count: int, columns: range
) -> Callable[[], None]:
    """Raises WorkbookChanged unless this row is still the last, and the columns still have their headings."""
    width = max(tab.width(), columns[-1] + 1)
    heading, last = pen.range(place.heading_row, 0, 1, width), pen.range(end, 0, count + 1, width)
    was = tab.rows.get(place.heading_row, {})

    def refuse() -> None:
        now = rows_of(heading.raw_value, place.heading_row, 1).get(place.heading_row, {})
        has_moved = any(was.get(column) != now.get(column) for column in columns if column < tab.width())
        if has_moved or set(rows_of(last.raw_value, end, 1)) != {end}:
            raise changed(place.tab)

    return refuse


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
