"""CellData: all that an answer says about one cell, with exactly the keys that the real API gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.google_emulator.sheets.field_masks import wants
from tests.google_emulator.sheets.formulas.calculator import Calculator
from tests.google_emulator.sheets.formulas.results import Outcome, Problem, Result
from tests.google_emulator.sheets.locales import Locale
from tests.google_emulator.sheets.looks import aligned, effective
from tests.google_emulator.sheets.model import EMPTY, Cell, Cells, Formula, Json, Sheet, Value
from tests.google_emulator.sheets.number_formats import by_itself
from tests.google_emulator.sheets.rendering import number_format, shown_as

_KEYS = (
    "userEnteredValue",
    "effectiveValue",
    "formattedValue",
    "userEnteredFormat",
    "effectiveFormat",
    "hyperlink",
    "note",
    "textFormatRuns",
    "dataValidation",
    "pivotTable",
    "chipRuns",
)
_BARE = EMPTY[1:]
_SIMPLE: dict[type, str] = {str: "stringValue", int: "numberValue", float: "numberValue"}


class CellWriter:
    """Writes CellData, only with what the field mask asks for: a large sheet has many cells."""

    def __init__(self, calculator: Calculator, locale: Locale, mask: str, *path: str) -> None:
        self._calculator = calculator
        self._locale = locale
        self._wanted = frozenset(key for key in _KEYS if wants(mask, *path, key))
        self._formats: dict[Any, Json] = {}
        self._parts = tuple(key in self._wanted for key in (*_KEYS[:3], "effectiveFormat"))
        self._simple_formats = {kind: effective(EMPTY, type_(), None, "") for type_, kind in _SIMPLE.items()}
        self._extras: dict[str, Callable[[Cell, Outcome], Any]] = {
            "hyperlink": _link,
            "note": lambda cell, _: cell.note,
            "textFormatRuns": lambda cell, _: list(cell.runs),
            "dataValidation": lambda cell, _: cell.validation,
            "pivotTable": lambda cell, _: cell.pivot,
            "chipRuns": lambda cell, _: list(cell.chips),
        }

    def row(self, sheet: Sheet, row: int, cells: Cells, left: int) -> Json:
        """RowData of these cells, the first of which stands in column `left`."""
        written = [self._written(sheet, row, column, cell) for column, cell in enumerate(cells, start=left)]
        return {"values": written} if written else {}

    def _written(self, sheet: Sheet, row: int, column: int, cell: Cell) -> Json:
        if cell is EMPTY:
            return {}
        if cell[1:] == _BARE and cell.value.__class__ in _SIMPLE:
            return self._simple(cell.value)
        value = cell.value
        data: Json = {}
        wanted = self._wanted
        outcome = self._calculator.outcome(sheet, row, column, cell)
        if value is not None and "userEnteredValue" in wanted:
            data["userEnteredValue"] = entered_json(value)
        if outcome.value is not None and outcome.value != "":
            if "effectiveValue" in wanted:
                data["effectiveValue"] = _effective_json(value, outcome.value, data)
            if "formattedValue" in wanted:
                data["formattedValue"] = shown_as(cell, outcome, self._locale)
        if cell.format and "userEnteredFormat" in wanted:
            data["userEnteredFormat"] = cell.format
        if (cell.format or value is not None) and "effectiveFormat" in wanted:
            data["effectiveFormat"] = self._effective(cell, outcome)
        if cell.format or value.__class__ is Formula or cell.note or cell.validation or cell.runs or cell.pivot:
            self._add_extras(data, cell, outcome)
        return data

    def _simple(self, value: Any) -> Json:
        """Most cells are nothing but a text or a number."""
        kind, data = _SIMPLE[value.__class__], {}
        if self._parts[0]:
            data["userEnteredValue"] = {kind: value}
        if self._parts[1]:
            data["effectiveValue"] = {kind: value}
        if self._parts[2]:
            data["formattedValue"] = value if kind == "stringValue" else by_itself(value, self._locale)
        if self._parts[3]:
            data["effectiveFormat"] = self._simple_formats[kind]
        return data

    def _add_extras(self, data: Json, cell: Cell, outcome: Outcome) -> None:
        for key, found in self._extras.items():
            if key in self._wanted:
                content = found(cell, outcome)
                if content:
                    data[key] = content

    def _effective(self, cell: Cell, outcome: Outcome) -> Json:
        form, link = number_format(cell, outcome), _link(cell, outcome)
        shown = _kind(outcome.value)
        key = (id(cell.format), None if shown is None else aligned(shown), id(form), link)
        if key not in self._formats:
            self._formats[key] = effective(cell, shown, form, link)
        return self._formats[key]


def _kind(value: Result) -> Value | Json:
    return {} if isinstance(value, Problem) else value


def entered_json(value: Value) -> Json:
    """An ExtendedValue of what was entered."""
    if isinstance(value, Formula):
        return {"formulaValue": value.text}
    if isinstance(value, str):
        return {"stringValue": value}
    return {"boolValue" if isinstance(value, bool) else "numberValue": value}


def _effective_json(value: Value, result: Result, data: Json) -> Json:
    if isinstance(result, Problem):
        return {"errorValue": result.json()}
    if not isinstance(value, Formula) and "userEnteredValue" in data:
        return data["userEnteredValue"]
    return entered_json(result)


def _link(cell: Cell, outcome: Outcome) -> str:
    given = (cell.format or {}).get("textFormat", {}).get("link", {})
    return outcome.link or given.get("uri", "")
