"""One tab of a make-believe Excel: cells, and all that stands in the way of whoever writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

DATE = "yyyy/m/d"
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no zone
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
DAY = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")

REFUSED = -2147352567
"""DISP_E_EXCEPTION: what Excel says of itself stands in scode."""

Area = tuple[int, int, int, int]
"""First row, first column, rows, columns; from 1."""


class Refused(Exception):
    """Excel's own refusal: an error of COM, with its codes."""

    def __init__(self, hresult: int, scode: int, text: str) -> None:
        super().__init__(hresult, text)
        self.hresult = hresult
        self.excepinfo = (0, "Microsoft Excel", text, None, 0, scode)


def refused(text: str = "Application-defined or object-defined error") -> Refused:
    """Error 1004."""
    return Refused(REFUSED, -2146827284, text)


@dataclass
class Cell:
    """What one cell holds, and how it is dressed."""

    value: object = None
    formula: str | None = None
    format: str = "General"
    is_locked: bool = True
    dress: dict[str, object] = field(default_factory=dict)


@dataclass
class Tab:
    """A worksheet."""

    number: int
    title: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    """Rows hidden by hand."""
    filtered: set[int] = field(default_factory=set)
    """Rows that a filter hides."""
    filter_area: Area | None = None
    is_protected: bool = False
    password: str = ""
    merged: list[Area] = field(default_factory=list)
    tables: dict[str, Area] = field(default_factory=dict)
    charts: list[dict[str, object]] = field(default_factory=list)
    rules: list[tuple[Area, dict[str, object]]] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell:
        """The cell, made if need be."""
        return self.cells.setdefault((row, column), Cell())

    def used(self) -> Area:
        """What Excel counts as used: formats, too. A1 for an empty tab."""
        places = [place for place, cell in self.cells.items() if cell.value is not None or cell.format != "General"]
        if not places:
            return 1, 1, 1, 1
        rows, columns = [row for row, _ in places], [column for _, column in places]
        return min(rows), min(columns), max(rows) - min(rows) + 1, max(columns) - min(columns) + 1

    def values(self, area: Area) -> object:
        """As COM hands them over: one value, or rows of values; numbers are floats, dates bear a zone."""
        rows = tuple(tuple(_shown(self.cells.get(place)) for place in line) for line in places_of(area))
        return rows[0][0] if area[2:] == (1, 1) else rows

    def formulas(self, area: Area) -> object:
        """As Range.Formula: the formula, or the text of the value."""
        rows = tuple(tuple(_formula(self.cells.get(place)) for place in line) for line in places_of(area))
        return rows[0][0] if area[2:] == (1, 1) else rows

    def put(self, area: Area, values: object) -> None:
        """Range.Value: with all that Excel makes of it."""
        lines = places_of(area)
        if self.is_protected and any(self.cell(*place).is_locked for line in lines for place in line):
            raise refused("The cell or chart you're trying to change is on a protected sheet.")
        hidden = {row for row in range(area[0], area[0] + area[2]) if row in self.filtered}
        is_single = area[2:] == (1, 1)
        if hidden and not is_single:
            # What was seen with a real Excel: https://github.com/xlwings/xlwings/issues/747
            first = values if not isinstance(values, list | tuple) else values[0]
            for line in lines:
                if line[0][0] not in hidden:
                    for at, place in enumerate(line):
                        self._store(place, first[at] if isinstance(first, list | tuple) else first)
            return
        for row, line in enumerate(lines):
            for at, place in enumerate(line):
                value = values[row][at] if isinstance(values, list | tuple) else values
                self._store(place, value)

    def clear(self, area: Area) -> None:
        """Range.Clear: values and formats."""
        if self.is_protected:
            raise refused("The cell or chart you're trying to change is on a protected sheet.")
        for line in places_of(area):
            for place in line:
                self.cells.pop(place, None)

    def visible(self, area: Area) -> list[Area]:
        """SpecialCells(xlCellTypeVisible), as rectangles."""
        if self.is_protected:
            raise refused("You cannot use this command on a protected sheet.")
        found: list[Area] = []
        for row in range(area[0], area[0] + area[2]):
            if row in self.hidden | self.filtered:
                continue
            if found and found[-1][0] + found[-1][2] == row:
                found[-1] = (found[-1][0], area[1], found[-1][2] + 1, area[3])
            else:
                found.append((row, area[1], 1, area[3]))
        return found

    def one_of(self, area: Area, look: str) -> object:
        """A property that all cells of a range share, or None."""
        found = {_property(self.cells.get(place, Cell()), look) for line in places_of(area) for place in line}
        return found.pop() if len(found) == 1 else None

    def dress(self, area: Area, look: str, value: object) -> None:
        """Set a property of all cells of a range."""
        if self.is_protected:
            raise refused("The cell or chart you're trying to change is on a protected sheet.")
        for line in places_of(area):
            for place in line:
                cell = self.cell(*place)
                if look == "number_format":
                    cell.format = str(value)
                else:
                    cell.dress[look] = value

    def has_merged(self, area: Area) -> bool:
        """Range.MergeCells, with True also for Null."""
        return any(not _apart(area, one) for one in self.merged)

    def _store(self, place: tuple[int, int], value: object) -> None:
        for top, left, height, width in self.merged:
            is_inside = top <= place[0] < top + height and left <= place[1] < left + width
            if is_inside and place != (top, left):
                return  # lost, as in Excel
        cell = self.cell(*place)
        cell.formula = None
        cell.value = _typed(value, cell)


def places_of(area: Area) -> list[list[tuple[int, int]]]:
    """All cells of a rectangle, row by row."""
    top, left, height, width = area
    return [[(row, column) for column in range(left, left + width)] for row in range(top, top + height)]


def _typed(value: object, cell: Cell) -> object:
    """What Excel stores when this is assigned to the cell: text is guessed at, unless the cell's format is text."""
    if value is None or value == "":
        return None
    if cell.format == "@":
        return _as_text(value)
    if isinstance(value, datetime):
        cell.format = DATE if cell.format == "General" else cell.format
        return value.replace(tzinfo=None)
    if isinstance(value, str):
        return _guessed(value, cell)
    return value


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return str((value.replace(tzinfo=None) - EPOCH).days)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _guessed(text: str, cell: Cell) -> object:
    if text.startswith("'"):
        return text[1:]
    if text.startswith(("=", "@")) or (text[0] in "+-" and len(text) > 1 and not NUMBER.fullmatch(text)):
        cell.formula = text if text.startswith("=") else f"={text}"
        return 0.0
    if NUMBER.fullmatch(text):
        return float(text)
    if text.upper() in {"TRUE", "FALSE"}:
        return text.upper() == "TRUE"
    if day := DAY.match(text):
        cell.format = DATE
        return datetime(*map(int, day.groups()))  # noqa: DTZ001
    return text


def _shown(cell: Cell | None) -> object:
    if cell is None or cell.value is None:
        return None
    if isinstance(cell.value, datetime):
        return cell.value.replace(tzinfo=UTC)
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return cell.value if -2146826300 < cell.value < -2146826200 else float(cell.value)
    return cell.value


def _formula(cell: Cell | None) -> str:
    if cell is None or cell.value is None:
        return ""
    if cell.formula is not None:
        return cell.formula
    return f"{cell.value:g}" if isinstance(cell.value, float) else str(cell.value)


def _property(cell: Cell, look: str) -> object:
    if look == "number_format":
        return cell.format
    return cell.is_locked if look == "locked" else cell.dress.get(look)


def _apart(one: Area, other: Area) -> bool:
    rows = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
    return rows or one[1] + one[3] <= other[1] or other[1] + other[3] <= one[1]
