"""Names, tables and charts of the make-believe Excel, as xlwings asks for them."""

from __future__ import annotations

from xlwings import base_classes

from tests.excel_engine.apple import (
    AppleName,
)
from tests.excel_engine.cells import Range
from tests.excel_engine.com import NameWords, SheetWords
from tests.excel_engine.grid import REFUSED, Refused


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
