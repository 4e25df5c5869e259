"""What stands behind `.api` on Windows: the few names of Excel's own object model that a program of ours asks for."""

# ruff: noqa: N802, N803 - the names are Excel's

from __future__ import annotations

from types import SimpleNamespace


class AppWords:
    def __init__(self, app) -> None:
        self._app = app

    def GetOpenFilename(self, filters, number, title):
        assert len(filters.split(",")) % 2 == 0  # pairs of a name and its patterns
        assert number == 1
        assert title
        return self._app.do("choose_file")


class BookWords:
    def __init__(self, book) -> None:
        self._book = book

    FullName = property(lambda self: self._book.do("get_location"))
    ReadOnly = property(lambda self: self._book.do("get_flag", "is_read_only"))
    MultiUserEditing = property(lambda self: self._book.do("get_flag", "is_shared"))
    Names = property(lambda self: NamesWords(self._book))
    AutoSaveOn = property(lambda self: self._book.do("get_flag", "autosaves"))


class SheetWords:
    def __init__(self, sheet) -> None:
        self._sheet = sheet

    ProtectContents = property(lambda self: self._sheet.do("is_protected"))
    FilterMode = property(lambda self: self._sheet.do("is_filtered"))

    @property
    def AutoFilterMode(self):
        return self._sheet.do("get_filter") is not None

    @AutoFilterMode.setter
    def AutoFilterMode(self, value):
        assert value is False
        self._sheet.do("put_filter", None)

    @property
    def AutoFilter(self):
        found = self._sheet.do("get_filter")
        if found is None:
            return None
        row, column, height, width = found
        covered = SimpleNamespace(
            Row=row, Column=column, Rows=SimpleNamespace(Count=height), Columns=SimpleNamespace(Count=width)
        )
        return SimpleNamespace(Range=covered, FilterMode=self.FilterMode)

    def Protect(self, *, AllowFormattingColumns, AllowFormattingRows):
        assert AllowFormattingColumns
        assert AllowFormattingRows
        self._sheet.do("protect")

    def Unprotect(self, password):
        self._sheet.do("unprotect", password)


class RangeWords:
    def __init__(self, cells) -> None:
        self._cells = cells

    Locked = property(lambda self: self._cells.do("get_look", "locked"))
    MergeCells = property(lambda self: self._cells.do("has_merged"))

    def AutoFilter(self):
        self._cells.sheet.do("put_filter", self._cells.area)


class NamesWords:
    def __init__(self, book) -> None:
        self._book = book

    def Item(self, name):
        return SimpleNamespace(RefersTo=self._book.do("get_name", name))


class NameWords:
    def __init__(self, name) -> None:
        self._name = name

    @property
    def Visible(self):
        raise NotImplementedError

    @Visible.setter
    def Visible(self, value):
        assert value is False
        self._name.book.do("hide_name", self._name.name)
