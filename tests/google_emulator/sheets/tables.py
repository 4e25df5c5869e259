"""The table that `values.append` finds: a block of cells with nothing around it."""

from __future__ import annotations

from tests.google_emulator.sheets.model import Rect, Sheet


def find_table(sheet: Sheet, search: Rect) -> Rect | None:
    """The table that holds the last filled cell of the searched range, whole; None if all of it is empty.

    Recorded: A1, nothing, C1 are two tables; "Sheet1" means the last one of the sheet, "Sheet1!A1" the one at A1.
    """
    last = _last_filled(sheet, search)
    return None if last is None else _around(sheet, *last)


def _last_filled(sheet: Sheet, search: Rect) -> tuple[int, int] | None:
    for row in range(min(search.bottom, len(sheet.rows)) - 1, search.top - 1, -1):
        cells = sheet.rows[row]
        for column in range(min(search.right, len(cells)) - 1, search.left - 1, -1):
            if cells[column].value is not None:
                return row, column
    return None


def _around(sheet: Sheet, row: int, column: int) -> Rect:
    """Grow from one cell for as long as a neighbouring line of the block is not empty."""
    rect = Rect(row, column, row + 1, column + 1)
    while True:
        grown = _grown(sheet, rect)
        if grown == rect:
            return rect
        rect = grown


def _grown(sheet: Sheet, rect: Rect) -> Rect:
    left, right = max(rect.left - 1, 0), min(rect.right + 1, sheet.column_count)
    top, bottom = rect.top, rect.bottom
    while top > 0 and _filled(sheet, top - 1, left, right):
        top -= 1
    while bottom < len(sheet.rows) and _filled(sheet, bottom, left, right):
        bottom += 1
    above, below = max(top - 1, 0), min(bottom + 1, sheet.row_count)
    return Rect(
        top,
        left if left < rect.left and _column_filled(sheet, left, above, below) else rect.left,
        bottom,
        right if right > rect.right and _column_filled(sheet, right - 1, above, below) else rect.right,
    )


def _filled(sheet: Sheet, row: int, left: int, right: int) -> bool:
    return any(cell.value is not None for cell in sheet.cells(row)[left:right])


def _column_filled(sheet: Sheet, column: int, top: int, bottom: int) -> bool:
    return any(sheet.cell(row, column).value is not None for row in range(top, min(bottom, len(sheet.rows))))
