"""The make-believe Excel behind xlwings' own interface: each property is one call through `do`.

Only what a program of ours may use is there; all else raises NotImplementedError, as xlwings' base classes do.
"""

from __future__ import annotations

import re

from xlwings import base_classes

from tests.excel_engine.apple import (
    AppleBook,
    AppleName,
    AppleRange,
    AppleSheet,
    as_apple_hands_over,
    calling_as_a_mac,
)
from tests.excel_engine.com import AppWords, BookWords, NameWords, RangeWords, SheetWords
from tests.excel_engine.grid import REFUSED, Area, Refused

NAME = "excel"
_CELL = re.compile(r"\$?([A-Z]+)\$?(\d+)")


class Engine:
    """What `xlwings.Engine(impl=…)` takes."""

    name = NAME
    type = "desktop"

    def __init__(self, do, *, is_mac: bool = False) -> None:
        self.do = calling_as_a_mac(do) if is_mac else do
        self.is_mac = is_mac

    @property
    def apps(self):
        return Apps(self)

    @staticmethod
    def prepare_xl_data_element(value, _options):
        return "" if value is None else value

    @staticmethod
    def clean_value_data(data, _datetime_builder, empty_as, _number_builder, _err_to_str):
        return [[empty_as if value in ("", None) else value for value in row] for row in data]


class Apps(base_classes.Apps):
    def __init__(self, engine) -> None:
        self.engine = engine

    def keys(self):
        return [app.pid for app in self]

    def __iter__(self):
        yield App(self.engine)

    def __len__(self):
        return 1

    def __getitem__(self, _pid):
        return App(self.engine)


class App(base_classes.App):
    def __init__(self, engine) -> None:
        self.engine = engine
        self.do = engine.do

    def _state(key):  # noqa: N805 - makes a property
        return property(lambda self: self.do("get_state", key), lambda self, value: self.do("set_state", key, value))

    pid = _state("pid")
    version = _state("version")
    screen_updating = _state("screen_updating")
    enable_events = _state("enable_events")
    calculation = _state("calculation")
    status_bar = _state("status_bar")

    @property
    def books(self):
        return Books(self)

    @property
    def api(self):
        return AppWords(self)

    def alert(self, prompt, title, buttons, _mode, _callback):
        return self.do("alert", prompt, title, buttons)


class Books(base_classes.Books):
    def __init__(self, app) -> None:
        self.app = app

    @property
    def active(self):
        return Book(self.app, self.app.do("front_book"))

    def __call__(self, name):
        if name not in self.app.do("list_books"):
            raise KeyError(name)
        return Book(self.app, name)

    def __len__(self):
        return len(self.app.do("list_books"))

    def __iter__(self):
        return (Book(self.app, name) for name in self.app.do("list_books"))


class Book(base_classes.Book):
    app = name = None  # here known from the beginning

    def __init__(self, app, name) -> None:
        self.app = app
        self.name = name

    def do(self, verb, *args):
        return self.app.do(verb, self.name, *args)

    @property
    def api(self):
        return (AppleBook if self.app.engine.is_mac else BookWords)(self)

    @property
    def fullname(self):
        return self.do("get_location")

    @property
    def sheets(self):
        return Sheets(self)

    @property
    def names(self):
        return Names(self)


class Sheets(base_classes.Sheets):
    def __init__(self, book) -> None:
        self.book = book

    def _all(self):
        return [Sheet(self.book, number, title) for number, title in self.book.do("list_tabs")]

    @property
    def active(self):
        return Sheet(self.book, self.book.do("active_tab"), None)

    def __call__(self, which):
        found = self._all()
        return found[which - 1] if isinstance(which, int) else next(one for one in found if one.name == which)

    def __len__(self):
        return len(self.book.do("list_tabs"))

    def __iter__(self):
        return iter(self._all())

    def add(self, before=None, after=None, name=None):
        assert before is None
        assert after is not None
        return Sheet(self.book, self.book.do("add_tab"), name)


class Sheet(base_classes.Sheet):
    book = None

    def __init__(self, book, number, title) -> None:
        self.book = book
        self.number = number
        self._title = title

    def do(self, verb, *args):
        return self.book.do(verb, self.number, *args)

    @property
    def name(self):
        if self._title is None:
            self._title = dict(self.book.do("list_tabs"))[self.number]
        return self._title

    @name.setter
    def name(self, title):
        self.do("rename_tab", title)
        self._title = title

    @property
    def api(self):
        return (AppleSheet if self.book.app.engine.is_mac else SheetWords)(self)

    @property
    def used_range(self):
        return Range(self, tuple(self.do("get_used")))

    def range(self, first, last=None):
        if isinstance(first, str):
            corners = [area_of(part) for part in first.split(",")]
            return Range(self, corners[0], address=first)
        (top, left), (bottom, right) = _corner(first), _corner(last or first)
        return Range(self, (top, left, bottom - top + 1, right - left + 1))

    def activate(self):
        self.do("activate_tab")

    def delete(self):
        self.do("delete_tab")

    @property
    def tables(self):
        return Several([Table(self, name, tuple(area)) for name, area in self.do("list_tables")])

    @property
    def charts(self):
        return Charts(self)


class Several(list):
    """A collection that was asked for with one call."""


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


class Names(base_classes.Names):
    def __init__(self, book) -> None:
        self.book = book

    def contains(self, name):
        # As xlwings does it on Windows, where this error also means that a cell is being edited.
        try:
            self.book.do("get_name", name)
        except Refused as refused:
            if refused.hresult == REFUSED:
                return False
            raise
        return True

    def __call__(self, name):
        return Name(self.book, name)

    def add(self, name, refers_to):
        self.book.do("put_name", name, refers_to)
        return Name(self.book, name)


class Name(base_classes.Name):
    name = None

    def __init__(self, book, name) -> None:
        self.book = book
        self.name = name

    @property
    def api(self):
        return (AppleName if self.book.app.engine.is_mac else NameWords)(self)

    @property
    def refers_to(self):
        return self.book.do("get_name", self.name)

    def delete(self):
        self.book.do("delete_name", self.name)


class Table(base_classes.Table):
    name = None

    def __init__(self, sheet, name, area) -> None:
        self.sheet = sheet
        self.name = name
        self.area = area

    @property
    def api(self):
        return SheetWords(self.sheet)

    @property
    def range(self):
        return Range(self.sheet, self.area)

    def resize(self, cells):
        self.sheet.do("resize_table", self.name, cells.impl.area)


class Charts(base_classes.Charts):
    def __init__(self, sheet) -> None:
        self.sheet = sheet

    def __iter__(self):
        return (Chart(self.sheet, 0) for _ in range(self.sheet.do("list_charts")))

    def add(self, _left, _top, width, height, *, chart_type, source, plot_by, name, anchor, style):
        assert (plot_by, name, style) == ("columns", None, 227)
        spec = {"width": width, "height": height, "type": chart_type, "at": anchor.impl.area[:2]}
        return Chart(self.sheet, self.sheet.do("add_chart", {**spec, "source": source.written}))


class Chart(base_classes.Chart):
    def __init__(self, sheet, at) -> None:
        self.sheet = sheet
        self.at = at

    @property
    def title(self):
        raise NotImplementedError

    @title.setter
    def title(self, title):
        self.sheet.do("set_chart", self.at, "title", title)

    def delete(self):
        self.sheet.do("delete_chart", self.at)


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


def _corner(cell) -> tuple[int, int]:
    return cell if isinstance(cell, tuple) else cell.area[:2]
