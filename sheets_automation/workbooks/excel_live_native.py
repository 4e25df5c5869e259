"""What xlwings has no words for, in those of each system: COM on Windows, AppleScript on macOS."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Protocol

from sheets_automation.workbooks.excel_live_calls import codes, is_busy

if TYPE_CHECKING:
    from xlwings import App, Book, Name, Range, Sheet

Area = tuple[int, int, int, int]
"""First row, first column, number of rows, number of columns; rows and columns from 1."""

_TABLES: Final = "*.csv;*.tsv;*.txt;*.xlsx;*.xlsm"
_NO_SUCH_ITEM: Final = 0x800A03EC  # error 1004
_NO_SUCH_OBJECT: Final = -1728  # errAENoSuchObject
_ERRORS: Final = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)


class Native(Protocol):
    """One system's own words."""

    def choose_file(self, app: App, title: str) -> str:
        """Let the person choose a table to take in; empty if they would not."""
        ...

    def location(self, book: Book) -> str:
        """Its full path, or its web address; only its name if it was never saved."""
        ...

    def is_read_only(self, book: Book) -> bool:
        """Whether what is written into it cannot be saved under its name."""
        ...

    def is_shared(self, book: Book) -> bool:
        """Whether several people write into it at once, or Excel saves it by itself."""
        ...

    def is_protected(self, sheet: Sheet) -> bool:
        """Whether locked cells of the tab refuse what is written."""
        ...

    def is_locked(self, cells: Range) -> bool:
        """Whether any of these cells is locked."""
        ...

    def unprotect(self, sheet: Sheet) -> None:
        """Take away a protection that has no password."""
        ...

    def protect(self, sheet: Sheet) -> None:
        """Protect a tab of ours from slips of the hand, without a password."""
        ...

    def is_filtered(self, sheet: Sheet) -> bool:
        """Whether a filter hides rows."""
        ...

    def filter_area(self, sheet: Sheet) -> Area | None:
        """What the tab's own filter covers; a table's filter is its own."""
        ...

    def put_filter(self, cells: Range) -> None:
        """Let the tab's own filter, which hides nothing, cover these cells."""
        ...

    def has_merged(self, cells: Range) -> bool:
        """Whether any of these cells is part of a merged one."""
        ...

    def drop_filter(self, sheet: Sheet) -> None:
        """Take the tab's own filter away, so that all its rows show."""
        ...

    def name_refers_to(self, book: Book, name: str) -> str | None:
        """What a name of the workbook refers to; None where there is no such name."""
        ...

    def hide_name(self, name: Name) -> None:
        """Keep a name out of the list that people see."""
        ...

    def errors(self, cells: Range) -> Mapping[tuple[int, int], str]:
        """Cells that show an error, by row and column within the range, where their values do not tell."""
        ...


class Windows:
    """COM."""

    def choose_file(self, app: App, title: str) -> str:
        """Excel's own dialog; it answers False to whoever cancels."""
        found = app.api.GetOpenFilename(f"CSV / Excel ({_TABLES}),{_TABLES}", 1, title)
        return found if isinstance(found, str) else ""

    def location(self, book: Book) -> str:
        """FullName; xlwings' own would search OneDrive folders for a web address."""
        return str(book.api.FullName)

    def is_read_only(self, book: Book) -> bool:
        """ReadOnly."""
        return bool(book.api.ReadOnly)

    def is_shared(self, book: Book) -> bool:
        """The old shared workbook, or AutoSave, which only files in OneDrive have."""
        return bool(book.api.MultiUserEditing) or bool(getattr(book.api, "AutoSaveOn", False))

    def is_protected(self, sheet: Sheet) -> bool:
        """ProtectContents."""
        return bool(sheet.api.ProtectContents)

    def is_locked(self, cells: Range) -> bool:
        """Null where some are and some are not."""
        return cells.api.Locked is not False

    def unprotect(self, sheet: Sheet) -> None:
        """With an empty password, so that Excel does not ask for one."""
        sheet.api.Unprotect("")

    def protect(self, sheet: Sheet) -> None:
        """People may still set widths and heights."""
        sheet.api.Protect(AllowFormattingColumns=True, AllowFormattingRows=True)

    def is_filtered(self, sheet: Sheet) -> bool:
        """FilterMode knows of the tab's own filter; a table knows of its own."""
        api = sheet.api
        return bool(api.FilterMode) or any(
            table.api.AutoFilter is not None and table.api.AutoFilter.FilterMode for table in sheet.tables
        )

    def filter_area(self, sheet: Sheet) -> Area | None:
        """AutoFilterMode is about the tab's own filter alone."""
        if not sheet.api.AutoFilterMode:
            return None
        covered = sheet.api.AutoFilter.Range
        return covered.Row, covered.Column, covered.Rows.Count, covered.Columns.Count

    def put_filter(self, cells: Range) -> None:
        """Off and on: a filter cannot be stretched."""
        cells.sheet.api.AutoFilterMode = False
        cells.api.AutoFilter()

    def has_merged(self, cells: Range) -> bool:
        """Null where some are and some are not."""
        return cells.api.MergeCells is not False

    def drop_filter(self, sheet: Sheet) -> None:
        """AutoFilterMode may only be switched off."""
        if sheet.api.AutoFilterMode:
            sheet.api.AutoFilterMode = False

    def name_refers_to(self, book: Book, name: str) -> str | None:
        """Not by xlwings' `contains`: while a cell is edited it says that there is none."""
        try:
            return str(book.api.Names.Item(name).RefersTo)
        except Exception as error:
            if is_busy(error) or _NO_SUCH_ITEM not in codes(error):
                raise
            return None

    def hide_name(self, name: Name) -> None:
        """Visible."""
        name.api.Visible = False

    def errors(self, _cells: Range) -> Mapping[tuple[int, int], str]:
        """COM hands an error over as a value of its own."""
        return {}


class Mac:
    """AppleScript."""

    def choose_file(self, _app: App, title: str) -> str:
        """The system's own dialog; it ends with 1 for whoever cancels."""
        script = f'POSIX path of (choose file with prompt "{title}")'
        done = subprocess.run(["/usr/bin/osascript", "-e", script], capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def location(self, book: Book) -> str:
        """Xlwings asks for it without the question that Excel may ask."""
        return str(book.fullname)

    def is_read_only(self, book: Book) -> bool:
        """Read only."""
        return book.api.read_only.get() is True

    def is_shared(self, book: Book) -> bool:
        """The old shared workbook, or a folder of OneDrive's, in which Excel saves by itself."""
        return book.api.multi_user_editing.get() is True or "/Library/CloudStorage/OneDrive" in self.location(book)

    def is_protected(self, sheet: Sheet) -> bool:
        """Protect contents."""
        return sheet.api.protect_contents.get() is True

    def is_locked(self, cells: Range) -> bool:
        """Missing where some are and some are not."""
        return cells.api.locked.get() is not False

    def unprotect(self, sheet: Sheet) -> None:
        """With an empty password, so that Excel does not ask for one."""
        sheet.api.unprotect(password="")

    def protect(self, sheet: Sheet) -> None:
        """People may still set widths and heights."""
        sheet.api.protect_worksheet(allow_formatting_columns=True, allow_formatting_rows=True)

    def is_filtered(self, sheet: Sheet) -> bool:
        """Filter mode is about the tab's own filter; of a table's own nothing is told, so it may be at work."""
        return sheet.api.filter_mode.get() is True or bool(list(sheet.tables))

    def filter_area(self, _sheet: Sheet) -> Area | None:
        """Not told reliably: the filter stays as it is."""
        return None

    def put_filter(self, cells: Range) -> None:
        """Never asked for, since no filter is known."""

    def has_merged(self, cells: Range) -> bool:
        """Missing where some are and some are not."""
        return cells.api.merge_cells.get() is not False

    def drop_filter(self, sheet: Sheet) -> None:
        """See https://github.com/xlwings/xlwings/issues/1483."""
        if sheet.api.autofilter_mode.get() is True:
            sheet.api.autofilter_mode.set(False)

    def name_refers_to(self, book: Book, name: str) -> str | None:
        """Not by xlwings' `contains`: to it every trouble means that there is none."""
        try:
            return book.names[name].refers_to
        except Exception as error:
            if _NO_SUCH_OBJECT not in codes(error):
                raise
            return None

    def hide_name(self, name: Name) -> None:
        """Visible."""
        name.api.visible.set(False)

    def errors(self, cells: Range) -> Mapping[tuple[int, int], str]:
        """What stands there as text: AppleScript hands an error over as nothing."""
        shown: Any = cells.api.string_value.get()
        rows = shown if isinstance(shown, list) else [[shown]]
        rows = rows if isinstance(rows[0], list) else [rows]
        return {
            (row, column): text
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
            if text in _ERRORS
        }


def native() -> Native:
    """The words of this system."""
    return Mac() if sys.platform == "darwin" else Windows()
