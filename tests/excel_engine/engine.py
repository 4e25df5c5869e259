"""The make-believe Excel behind xlwings' own interface: each property is one call through `do`.

Only what a program of ours may use is there; all else raises NotImplementedError, as xlwings' base classes do.
"""

from __future__ import annotations

from xlwings import base_classes

from tests.excel_engine.apple import (
    AppleBook,
    AppleSheet,
    calling_as_a_mac,
)
from tests.excel_engine.cells import Range, area_of, corner_of
from tests.excel_engine.com import AppWords, BookWords, SheetWords
from tests.excel_engine.objects import Charts, Names, Table

NAME = "excel"


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

    def activate(self):
        self.do("activate_book")

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
        (top, left), (bottom, right) = corner_of(first), corner_of(last or first)
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
