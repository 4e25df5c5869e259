"""People who insert or delete a column while we write: what is HR's is not lost.

Just before a column is written it is looked at, and just afterwards again. Where the move fell into the moment between,
what we wrote into a column of HR's is taken back, and what stood there is put there again.
"""

from __future__ import annotations

from collections.abc import Sequence

from sheets_automation.core.table import CellValue
from sheets_automation.core.views import CandidatesPlace, same_value
from sheets_automation.workbooks.excel_live_book import OpenBook
from sheets_automation.workbooks.excel_live_reading import OpenTab, rows_of
from sheets_automation.workbooks.excel_live_writing import Pen
from sheets_automation.workbooks.placing import changed

Written = tuple[int, int, CellValue]
"""A cell that we wrote: row from 1, column from 0, and what we wrote into it."""


def refuse_moved(book: OpenBook, pen: Pen, tab: OpenTab, place: CandidatesPlace, column: int, count: int = 1) -> None:
    """Raise WorkbookChanged unless these columns hold what was read, from the headings down; with one call."""
    last = max(tab.rows, default=place.heading_row)
    cells = pen.range(place.heading_row, column, last - place.heading_row + 1, count)
    now = rows_of(book.calls.ask(lambda: cells.raw_value), place.heading_row, column + 1)
    for row in range(place.heading_row, last + 1):
        for at in range(column, column + count):
            if not same_value(tab.rows.get(row, {}).get(at), now.get(row, {}).get(at)):
                raise changed(place.tab)


def give_back(book: OpenBook, tab: OpenTab, place: CandidatesPlace, now: OpenTab, written: Sequence[Written]) -> None:
    """Put back what stood in HR's cells that we wrote into because a column had moved; WorkbookChanged if any had."""
    before, after = tab.rows.get(place.heading_row, {}), now.rows.get(place.heading_row, {})
    moved = [one for one in written if one[1] < tab.width() and before.get(one[1]) != after.get(one[1])]
    pen = Pen(book, now.sheet)
    for row, column, _ in moved:
        heading = after.get(column)
        stood = next((at for at, one in before.items() if heading is not None and one == heading), None)
        was = tab.rows.get(row, {}).get(stood) if stood is not None else None
        # Not compared with what we wrote: under another format it may have become a number.
        if not same_value(was, now.rows.get(row, {}).get(column)):
            pen.put_block(row, column, [[was]])
    if moved:
        raise changed(place.tab)
