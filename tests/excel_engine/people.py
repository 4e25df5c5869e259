"""What people do to a workbook that is open in the make-believe Excel, and the file that they save it to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from sheets_automation.core.table import CellValue
from sheets_automation.workbooks.excel_live import ExcelLiveWorkbook
from tests.excel_engine.excel import Book, Excel
from tests.excel_engine.grid import Cell, Tab
from tests.workbooks.people import Grid


class OpenBookStore:
    """A workbook in the hands of somebody who has it open in Excel."""

    def __init__(
        self, excel: Excel, path: Path, tabs: Mapping[str, Grid], hidden: Mapping[str, Collection[int]] | None = None
    ) -> None:
        self.excel = excel
        self.path = path
        self.book = excel.open(path, titles=())
        self.save(tabs)
        for title, rows in (hidden or {}).items():
            self.book.titled(title).hidden |= set(rows)
        save_in_excel(self.book)

    def open(self) -> ExcelLiveWorkbook:
        """As a new process would."""
        return ExcelLiveWorkbook(str(self.path), exclusive=True, timezone="Asia/Tokyo", sleep=lambda _: None)

    def crash(self, workbook: ExcelLiveWorkbook) -> None:
        """The system takes back locks and handles."""
        workbook._stack.close()

    def look(self) -> dict[str, Grid]:
        """What the person sees."""
        return {tab.title: _grid(tab) for tab in self.book.tabs}

    def save(self, tabs: Mapping[str, Grid]) -> None:
        """Type these cells; tabs that are not given are deleted."""
        self.book.tabs = [self._typed(title, grid) for title, grid in tabs.items()]

    def formulas(self) -> list[str]:
        """Cells that are formulas."""
        return [f"{t.title}!{place}" for t in self.book.tabs for place, cell in t.cells.items() if cell.formula]

    def _typed(self, title: str, grid: Grid) -> Tab:
        tab = next((one for one in self.book.tabs if one.title == title), None) or self.excel.new_tab(title)
        before, tab.cells = tab.cells, {}
        for row, values in enumerate(grid, start=1):
            for column, value in enumerate(values, start=1):
                if value is not None:
                    tab.cells[row, column] = _cell(value, before.get((row, column)))
        return tab


def save_in_excel(book: Book) -> None:
    """The person presses Ctrl-S: what Excel shows becomes the file."""
    written = Workbook()
    written.remove(written.active)
    for tab in book.tabs:
        sheet = written.create_sheet(tab.title)
        for (row, column), cell in tab.cells.items():
            if cell.value is None:
                continue
            one = sheet.cell(row, column, cell.formula or cell.value)
            if isinstance(cell.value, str) and not cell.formula:
                one.data_type = "s"  # text that begins with = is text
            one.number_format = cell.format
        for row in tab.hidden | tab.filtered:
            sheet.row_dimensions[row].hidden = True
    for name, (refers_to, is_seen) in book.names.items():
        written.defined_names[name] = DefinedName(name, attr_text=refers_to.removeprefix("="), hidden=not is_seen)
    written.save(book.location)
    book.is_saved = True


def open_in_excel(excel: Excel, path: Path) -> Book:
    """The person opens the file again, as it was last saved."""
    read = load_workbook(path, data_only=True)
    book = excel.open(path, titles=())
    for sheet in read.worksheets:
        tab = excel.new_tab(sheet.title)
        for line in sheet.iter_rows():
            for cell in line:
                if cell.value is not None:
                    made = _cell(cell.value, None)
                    made.format = cell.number_format if not isinstance(cell.value, str) else "@"
                    tab.cells[cell.row, cell.column] = made
        tab.hidden = {number for number, row in sheet.row_dimensions.items() if row.hidden}
        book.tabs.append(tab)
    for name, one in read.defined_names.items():
        book.names[name] = (f"={one.attr_text}", not one.hidden)
    return book


def close_without_saving(excel: Excel, book: Book) -> None:
    """The person closes the workbook and says no to the question."""
    del excel.books[book.name]


def filter_rows(tab: Tab, *rows: int) -> None:
    """A filter hides these rows."""
    height, width = tab.used()[2:]
    tab.filter_area = tab.filter_area or (1, 1, height, width)
    tab.filtered = set(rows)


def _cell(value: CellValue, before: Cell | None) -> Cell:
    kept = "General" if before is None else before.format
    if isinstance(value, str):
        return Cell(value, format="@")
    if isinstance(value, datetime):
        return Cell(value, format="yyyy/m/d h:mm")
    return Cell(value, format="General" if kept == "@" else kept)


def _grid(tab: Tab) -> Grid:
    places = [place for place, cell in tab.cells.items() if cell.value is not None]
    height, width = max((row for row, _ in places), default=0), max((column for _, column in places), default=0)
    return [
        [tab.cells.get((row, column), Cell()).value for column in range(1, width + 1)] for row in range(1, height + 1)
    ]
