"""The values of a range as `values.get` answers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.google_emulator.sheets.formulas.calculator import Calculator
from tests.google_emulator.sheets.formulas.results import Outcome, Problem
from tests.google_emulator.sheets.locales import Locale
from tests.google_emulator.sheets.model import Cell, Formula, Json, Rect, Sheet
from tests.google_emulator.sheets.number_formats import DATE_TYPES, show_number

_PLAIN = (str, bool, type(None))
FORMATTED, UNFORMATTED, FORMULA = "FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How values are asked for."""

    render: str = FORMATTED
    moments: str = "SERIAL_NUMBER"
    dimension: str = "ROWS"


def shown_as(cell: Cell, outcome: Outcome, locale: Locale) -> str:
    """What the cell shows."""
    value = outcome.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Problem):
        return value.shown
    return show_number(value, number_format(cell, outcome), locale)


def number_format(cell: Cell, outcome: Outcome) -> Json | None:
    """The number format that counts: the one given to the cell, else the one that its formula brings."""
    return (cell.format or {}).get("numberFormat") or outcome.number_format


def grid_values(calculator: Calculator, locale: Locale, sheet: Sheet, rect: Rect, options: Options) -> list[list[Any]]:
    """The values of a rectangle, without the empty rows at its end and the empty cells at the ends of rows."""
    rows = [
        [
            _plain(cell.value, options)
            if cell.value.__class__ in _PLAIN
            else _value(calculator.outcome(sheet, row, column, cell), cell, locale, options)
            for column, cell in enumerate(sheet.cells(row)[rect.left : rect.right], start=rect.left)
        ]
        for row in range(rect.top, min(rect.bottom, len(sheet.rows)))
    ]
    if options.dimension == "COLUMNS":
        width = max(map(len, rows), default=0)
        rows = [[row[column] if column < len(row) else "" for row in rows] for column in range(width)]
    return _without_empty_ends(rows)


def _plain(value: Any, options: Options) -> Any:
    """Most cells are texts or empty: they show what they are."""
    if value is None:
        return ""
    return ("TRUE" if value else "FALSE") if value.__class__ is bool and options.render == FORMATTED else value


def _value(outcome: Outcome, cell: Cell, locale: Locale, options: Options) -> Any:
    if options.render == FORMATTED:
        return shown_as(cell, outcome, locale)
    if options.render == FORMULA and isinstance(cell.value, Formula):
        return cell.value.text
    value = outcome.value
    if value is None:
        return ""
    if isinstance(value, Problem):
        return value.shown
    if options.moments == "FORMATTED_STRING" and not isinstance(value, str | bool):
        form = number_format(cell, outcome)
        if form and form.get("type") in DATE_TYPES:
            return show_number(value, form, locale)
    return value


def _without_empty_ends(rows: list[list[Any]]) -> list[list[Any]]:
    for row in rows:
        while row and row[-1] == "" and isinstance(row[-1], str):
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows
