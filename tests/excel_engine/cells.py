"""Cells of the make-believe Excel, as xlwings asks for them."""

from __future__ import annotations

import re

from xlwings import base_classes

from tests.excel_engine.apple import (
    AppleRange,
    as_apple_hands_over,
)
from tests.excel_engine.com import RangeWords
from tests.excel_engine.grid import Area

_CELL = re.compile(r"\$?([A-Z]+)\$?(\d+)")


class Range(base_classes.Range):
    def __init__(self, sheet, area: Area, address: str = "") -> None:
        self.sheet = sheet
        self.area = area
        self.written = address
        self.options = {}

    def do(self, verb, *args):
        return self.sheet.do(verb, self.area, *args)

    @property
    def api(self):
        return (AppleRange if self._is_mac else RangeWords)(self)

    @property
    def _is_mac(self):
        return self.sheet.book.app.engine.is_mac

    row = property(lambda self: self.area[0])
    column = property(lambda self: self.area[1])
    shape = property(lambda self: self.area[2:])
    coords = property(lambda self: (self.sheet, *self.area))

    def __len__(self):
        return self.area[2] * self.area[3]

    @property
    def raw_value(self):
        values = self.do("get_values")
        return as_apple_hands_over(values) if self._is_mac else values

    @raw_value.setter
    def raw_value(self, values):
        self.do("put_values", values)

    @property
    def formula(self):
        return self.do("get_formulas")

    def select(self):
        self.do("select_cells")

    def clear(self):
        self.do("clear")

    def get_special_cells(self, kind, value_type):
        assert (kind, value_type) == ("visible", None)
        return [Range(self.sheet, tuple(area)) for area in self.do("visible_cells")]

    def _look(name):  # noqa: N805 - makes a property
        return property(lambda self: self.do("get_look", name), lambda self, value: self.do("put_look", name, value))

    number_format = _look("number_format")
    color = _look("color")
    wrap_text = _look("wrap_text")
    horizontal_alignment = _look("horizontal_alignment")

    @property
    def font(self):
        return Font(self)

    @property
    def column_width(self):
        raise NotImplementedError

    @column_width.setter
    def column_width(self, width):
        self.do("set_width", width)

    @property
    def conditional_formats(self):
        return Rules(self)


class Font(base_classes.Font):
    def __init__(self, cells) -> None:
        self.cells = cells

    def _look(name):  # noqa: N805 - makes a property
        return property(
            lambda self: self.cells.do("get_look", name), lambda self, value: self.cells.do("put_look", name, value)
        )

    bold = _look("bold")
    size = _look("size")
    name = _look("font_name")
    color = _look("font_color")


class Rules(base_classes.ConditionalFormats):
    def __init__(self, cells) -> None:
        self.cells = cells

    def add_cell_value(self, spec):
        self.cells.do("add_rule", spec)


def area_of(address: str) -> Area:
    """`B2:C9` as first row, first column, rows, columns."""
    corners = [_CELL.fullmatch(corner) for corner in address.split(":")]
    (top, left), (bottom, right) = [(int(one[2]), _letters(one[1])) for one in (corners[0], corners[-1])]
    return top, left, bottom - top + 1, right - left + 1


def _letters(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def corner_of(cell) -> tuple[int, int]:
    return cell if isinstance(cell, tuple) else cell.area[:2]
