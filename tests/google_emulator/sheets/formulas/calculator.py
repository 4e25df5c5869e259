"""The values of a document's cells as they are now."""

from __future__ import annotations

from datetime import datetime

from tests.google_emulator.sheets.formulas.coercion import text, truth
from tests.google_emulator.sheets.formulas.functions import FUNCTIONS, arithmetic, compare
from tests.google_emulator.sheets.formulas.parser import Call, Literal, Name, Node, parse
from tests.google_emulator.sheets.formulas.results import Grid, Outcome, Problem, Result
from tests.google_emulator.sheets.formulas.tokens import Reference, plain_title
from tests.google_emulator.sheets.model import Cell, Document, Formula, Json, Rect, Sheet
from tests.google_emulator.sheets.places import area_of, clipped
from tests.google_emulator.sheets.refusals import Refused
from tests.google_emulator.sheets.serials import local, serial_of

_TYPED: dict[str, Json] = {"DATE": {"type": "DATE"}, "TODAY": {"type": "DATE"}, "NOW": {"type": "DATE_TIME"}}
_OF_THE_PLACE = {"ROW", "COLUMN", "TODAY", "NOW"}
_DEEP = 200
_CIRCULAR = "Circular dependency detected. To resolve with iterative calculation, see File > Settings."


class Calculator:
    """Evaluates formulas of one document at one moment, each once.

    Make a new one for each call: it does not notice that a cell was changed.
    """

    def __init__(self, document: Document, now: datetime) -> None:
        self._document = document
        self._now = serial_of(local(now, document.time_zone))
        self._known: dict[tuple[int, int, int], Outcome] = {}
        self._open: set[tuple[int, int, int]] = set()

    def outcome(self, sheet: Sheet, row: int, column: int, cell: Cell) -> Outcome:
        """The value of a cell, computed where it is a formula."""
        if not isinstance(cell.value, Formula):
            return Outcome(cell.value)
        place = (sheet.sheet_id, row, column)
        if place not in self._known:
            self._known[place] = self._computed(cell.value.text, sheet, place)
        return self._known[place]

    def _computed(self, formula: str, sheet: Sheet, place: tuple[int, int, int]) -> Outcome:
        if place in self._open or len(self._open) > _DEEP:
            return Outcome(
                Problem(
                    "REF", "Circular dependency detected. To resolve with iterative calculation, see File > Settings."
                )
            )
        self._open.add(place)
        try:
            node = parse(formula)
            value = self._value(node, sheet, place)
            if isinstance(value, list):
                value = value[0][0] if value and value[0] else None
            return Outcome(value, self._implied(node, sheet), self._link(node, sheet, place))
        except Problem as problem:
            return Outcome(problem)
        except (ArithmeticError, ValueError, IndexError, TypeError):
            return Outcome(Problem("VALUE", "The emulator could not evaluate this formula."))
        finally:
            self._open.discard(place)

    def _value(self, node: Node, sheet: Sheet, place: tuple[int, int, int]) -> Result | Grid:
        if isinstance(node, Literal):
            return node.value
        if isinstance(node, Reference):
            return self._range(node, sheet)
        if isinstance(node, Name):
            return self._named(node.text)
        return self._called(node, sheet, place)

    def _called(self, node: Call, sheet: Sheet, place: tuple[int, int, int]) -> Result | Grid:
        name, parameters = node.name, node.parameters
        if name == "IF":
            return self._either(parameters, sheet, place)
        if name in {"IFERROR", "IFNA"}:
            return self._rescued(name, parameters, sheet, place)
        if not parameters and name in _OF_THE_PLACE:
            return {"ROW": place[1] + 1, "COLUMN": place[2] + 1, "TODAY": int(self._now), "NOW": self._now}[name]
        return _applied(name, [self._value(parameter, sheet, place) for parameter in parameters])

    def _either(self, parameters: tuple[Node, ...], sheet: Sheet, place: tuple[int, int, int]) -> Result | Grid:
        chosen = 1 if truth(self._value(parameters[0], sheet, place)) else 2
        if chosen >= len(parameters):
            return False
        return self._value(parameters[chosen], sheet, place)

    def _rescued(
        self, name: str, parameters: tuple[Node, ...], sheet: Sheet, place: tuple[int, int, int]
    ) -> Result | Grid:
        try:
            value = self._value(parameters[0], sheet, place)
            problem = value if isinstance(value, Problem) else _only(value)
        except Problem as raised:
            value, problem = None, raised
        if problem is None or (name == "IFNA" and problem.kind != "N_A"):
            return value
        return self._value(parameters[1], sheet, place) if len(parameters) > 1 else None

    def _range(self, reference: Reference, sheet: Sheet) -> Result | Grid:
        target = sheet if reference.title is None else self._document.by_title(plain_title(reference.title))
        if target is None:
            raise Problem("REF", f"Unresolved sheet name '{plain_title(reference.title or '')}'.")
        try:
            rect = clipped(target, reference.area())
        except Refused:
            raise Problem("REF", "Reference does not exist.") from None
        return self._cells(target, rect)

    def _cells(self, sheet: Sheet, rect: Rect) -> Result | Grid:
        grid: Grid = [
            [self.outcome(sheet, row, column, sheet.cell(row, column)).value for column in range(rect.left, rect.right)]
            for row in range(rect.top, min(rect.bottom, max(len(sheet.rows), rect.top + 1)))
        ]
        return grid[0][0] if rect.height == rect.width == 1 else grid

    def _named(self, name: str) -> Result | Grid:
        for named in self._document.named_ranges:
            if named["name"].casefold() == name.casefold():
                sheet = self._document.by_id(named["range"].get("sheetId", 0))
                if sheet:
                    return self._cells(sheet, clipped(sheet, area_of(named["range"])))
        raise Problem("NAME", f"Unknown range name: '{name}'.")

    def _implied(self, node: Node, sheet: Sheet) -> Json | None:
        """A format that comes with the value: of a date function, or of the cell that is referred to."""
        if isinstance(node, Call):
            if node.name in {"+", "-"}:
                return self._implied(node.parameters[0], sheet)
            return _TYPED.get(node.name)
        if not isinstance(node, Reference) or not node.area().is_one_cell:
            return None
        target = sheet if node.title is None else self._document.by_title(plain_title(node.title))
        if target is None:
            return None
        row, column = node.area().top or 0, node.area().left or 0
        cell = target.cell(row, column)
        return (cell.format or {}).get("numberFormat") or self.outcome(target, row, column, cell).number_format

    def _link(self, node: Node, sheet: Sheet, place: tuple[int, int, int]) -> str:
        if isinstance(node, Call) and node.name == "HYPERLINK" and node.parameters:
            return text(self._value(node.parameters[0], sheet, place))
        return ""


def _applied(name: str, values: list[Result | Grid]) -> Result:
    if name in {"+", "-", "*", "/", "^"}:
        return arithmetic(name, *values)
    if name in {"=", "<>", "<", ">", "<=", ">="}:
        return compare(name, *values)
    function = FUNCTIONS.get(name)
    if function is None:
        raise Problem("NAME", f"Unknown function: '{name}'.")
    return function(values)


def _only(value: Result | Grid) -> Problem | None:
    one = value[0][0] if isinstance(value, list) and len(value) == 1 and len(value[0]) == 1 else value
    return one if isinstance(one, Problem) else None
