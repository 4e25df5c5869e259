"""What people do to a workbook file, as Excel stores it."""

from __future__ import annotations

from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.campaign.schedule import LOG, NAME, TAB, Event, Happening
from tests.campaign.sheet_edits import (
    EDITS,
    Cells,
    chosen_row,
    column_of,
    cut_log,
    filled_rows,
    heading_row,
    sort_log,
    value_at,
)

LOGS = (Happening.SORT_LOG, Happening.CUT_LOG, Happening.DELETE_LOG)
LOOKS = (Happening.HIDE_ROW, Happening.FILTER)
"""They change what people see, and no cell."""


def edit_workbook(book: Workbook, event: Event) -> bool:
    """Do it; False where there is nothing to do it to."""
    tab = LOG if event.what in LOGS else TAB
    if tab not in book.sheetnames:
        return False
    if event.what is Happening.DELETE_LOG:
        del book[LOG]
    elif event.what in LOOKS:
        return _hide(book[tab], event)
    else:
        edits = {**EDITS, Happening.SORT_LOG: sort_log, Happening.CUT_LOG: cut_log}
        change_cells(book[tab], lambda cells: edits[event.what](cells, event.dice))
    return True


def change_cells(sheet: Worksheet, edit: Callable[[Cells], object]) -> object:
    """Let an edit have the cells of a tab, and write down what it made of them."""
    cells = _cells(sheet)
    result = edit(cells)
    sheet.delete_rows(1, sheet.max_row)
    for number, row in enumerate(cells, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, column, value)
    return result


def _hide(sheet: Worksheet, event: Event) -> bool:
    """Hide one row, or let a filter leave out everybody of that row's name."""
    cells = _cells(sheet)
    row, column = chosen_row(cells, event.dice[0]), column_of(cells, NAME)
    if row is None or column is None:
        return False
    hidden = [row]
    if event.what is Happening.FILTER:
        name = value_at(cells[row], column)
        hidden = [one for one in filled_rows(cells) if value_at(cells[one], column) == name]
        shown = {str(value_at(cells[one], column)) for one in filled_rows(cells)} - {str(name)}
        sheet.auto_filter.ref = f"A{heading_row(cells) + 1}:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
        sheet.auto_filter.add_filter_column(column, sorted(shown))
    for one in hidden:
        sheet.row_dimensions[one + 1].hidden = True
    return True


def _cells(sheet: Worksheet) -> Cells:
    return [list(row) for row in sheet.iter_rows(values_only=True)]
