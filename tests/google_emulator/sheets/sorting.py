"""The order in which Sheets sorts: numbers, then texts, then booleans, then errors, and blanks last either way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tests.google_emulator.sheets.formulas.calculator import Calculator
from tests.google_emulator.sheets.formulas.results import Problem, Result
from tests.google_emulator.sheets.formulas.tokens import shifted_by
from tests.google_emulator.sheets.model import EMPTY, ROWS, Cell, Formula, Rect, Sheet, altered

By = tuple[int, bool]
"""A column, and whether the last comes first."""


def sort_rows(calculator: Calculator, sheet: Sheet, rect: Rect, by: Sequence[By], *, whole: bool) -> None:
    """Sort the rows of a rectangle. A row that is not shown stays where it is, as in Sheets.

    `whole`: the developer metadata of rows moves with what stands in them.
    """
    shown = [row for row in range(rect.top, rect.bottom) if not _is_unseen(sheet, row)]
    order = list(shown)
    for column, descending in reversed(by):
        values = {row: calculator.outcome(sheet, row, column, sheet.cell(row, column)).value for row in order}
        order = _ordered(order, values.__getitem__, descending=descending)
    if order == shown:
        return
    taken = {row: [sheet.cell(row, column) for column in range(rect.left, rect.right)] for row in shown}
    marks = {row: sheet.line(ROWS, row).metadata for row in shown}
    for place, row in zip(shown, order, strict=True):
        moved = [_moved(cell, place - row) for cell in taken[row]]
        if any(cell is not EMPTY for cell in moved) or place < len(sheet.rows):
            sheet.put(place, dict(enumerate(moved, start=rect.left)))
        if whole:
            sheet.set_line(ROWS, place, replace(sheet.line(ROWS, place), metadata=marks[row]))


def _is_unseen(sheet: Sheet, row: int) -> bool:
    line = sheet.line(ROWS, row)
    return line.hidden or line.filtered


def _ordered(rows: list[int], value: Callable[[int], Result], *, descending: bool) -> list[int]:
    blank = [row for row in rows if value(row) is None or value(row) == ""]
    filled = [row for row in rows if not (value(row) is None or value(row) == "")]
    return sorted(filled, key=lambda row: _rank(value(row)), reverse=descending) + blank


def _rank(value: Result) -> tuple[int, str | float]:
    if isinstance(value, Problem):
        return 3, value.kind
    if isinstance(value, bool):
        return 2, value
    return (1, value.casefold()) if isinstance(value, str) else (0, value or 0)


def _moved(cell: Cell, rows: int) -> Cell:
    if not isinstance(cell.value, Formula) or not rows:
        return cell
    return altered(cell, value=Formula(shifted_by(cell.value.text, rows, 0)))
