"""A document in short, for tests that want to look at all of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.google_emulator.sheets.formulas.calculator import Calculator
from tests.google_emulator.sheets.formulas.results import Problem, Result
from tests.google_emulator.sheets.metadata import every
from tests.google_emulator.sheets.model import ROWS, Document, Formula, Json, Rect, Sheet
from tests.google_emulator.sheets.places import a1_of


def show_document(document: Document, now: datetime) -> Json:
    """Everything that stands in it: values as they are, formulas, hidden rows, and what lies over the cells."""
    calculator = Calculator(document, now)
    return {
        "spreadsheetId": document.spreadsheet_id,
        "title": document.title,
        "locale": document.locale,
        "timeZone": document.time_zone,
        "sheets": [_show_sheet(sheet, calculator) for sheet in document.sheets],
        "namedRanges": document.named_ranges,
        "metadata": [one.json() for one in every(document)],
    }


def _show_sheet(sheet: Sheet, calculator: Calculator) -> Json:
    shown: Json = {
        "sheetId": sheet.sheet_id,
        "title": sheet.title,
        "rowCount": sheet.row_count,
        "columnCount": sheet.column_count,
        "values": _values(sheet, calculator),
        "formulas": _formulas(sheet),
        "hidden_rows": [row + 1 for row, line in sorted(sheet.lines[ROWS].items()) if line.hidden or line.filtered],
        "notes": _notes(sheet),
        "merges": [a1_of(sheet, merge) for merge in sheet.merges],
        "hidden": bool(sheet.look.get("hidden")),
        "grid": sheet.grid,
    }
    shown.update({name: items for name, items in sheet.parts.items() if items})
    return {**shown, "basicFilter": sheet.basic_filter} if sheet.basic_filter else shown


def _values(sheet: Sheet, calculator: Calculator) -> list[list[Any]]:
    rows = [
        [_plain(calculator.outcome(sheet, row, column, cell).value) for column, cell in enumerate(cells)]
        for row, cells in enumerate(sheet.rows)
    ]
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    return rows


def _plain(value: Result) -> Any:
    return value.shown if isinstance(value, Problem) else value


def _formulas(sheet: Sheet) -> dict[str, str]:
    return {
        a1_of(sheet, Rect(row, column, row + 1, column + 1)).rpartition("!")[2]: cell.value.text
        for row, column, cell in sheet.filled(sheet.all)
        if isinstance(cell.value, Formula)
    }


def _notes(sheet: Sheet) -> dict[str, str]:
    return {
        a1_of(sheet, Rect(row, column, row + 1, column + 1)).rpartition("!")[2]: cell.note
        for row, column, cell in sheet.filled(sheet.all)
        if cell.note
    }
