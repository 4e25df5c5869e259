"""How high a row of ours has to be, and how wide a column: neither Excel nor Sheets fits a row to merged cells."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from sheets_automation.core.table import CellValue
from sheets_automation.core.views import Look, TabView, ViewCell

_DEFAULT_WIDTH: Final = 9
_HEIGHTS: Final = {Look.TITLE: 32.0, Look.SECTION: 27.0, Look.BIG_NUMBER: 30.0, Look.HEADING: 21.0}
_NARROWEST: Final = 8
_WIDEST: Final = 58
_ROW_HEIGHT: Final = 18.0
_LINE_HEIGHT: Final = 14.5
_ROOM: Final = {Look.NOTE: 1.1, Look.WRAPPED: 0.95}
"""How many half-width characters fit into one unit of width; the looks that wrap."""


def height(view: TabView, cells: Sequence[ViewCell | None], last_column: int) -> float:
    """The height of a row in points. Excel fits no row that has merged cells, and LibreOffice none in a new file."""
    heights = [_ROW_HEIGHT]
    for column, cell in enumerate(cells):
        if cell is None:
            continue
        heights.append(_HEIGHTS.get(cell.look, 0.0))
        if cell.look in _ROOM:
            columns = range(column, last_column + 1 if spreads(cells, column) else column + 1)
            room = sum(view.widths[c] if c < len(view.widths) else _DEFAULT_WIDTH for c in columns)
            heights.append(_LINE_HEIGHT * _lines(str(cell.value or ""), room * _ROOM[cell.look]) + 3.5)
    return max(heights)


def spreads(cells: Sequence[ViewCell | None], column: int) -> bool:
    """Whether the cell is a note that has all columns to its right for itself."""
    cell = cells[column]
    return cell is not None and cell.look is Look.NOTE and not any(cells[column + 1 :])


def fitting_width(*values: CellValue) -> int:
    """A column's width that shows these values, unless one is very long; with room for longer ones to come."""
    longest = max(_half_widths(str(value or "")) for value in values)
    return min(max(longest + 3, _NARROWEST), _WIDEST)


@lru_cache(maxsize=4096)  # the same sentences stand in many rows
def _lines(text: str, room: float) -> int:
    """How many lines a text takes in a column that is `room` half-width characters wide."""
    return sum(max(1, math.ceil(_half_widths(line) / room)) for line in text.split("\n"))


def _half_widths(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
