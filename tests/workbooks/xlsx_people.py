"""A real .xlsx file in the hands of people, who save it with a program that is not ours."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sheets_automation.core.table import CellValue
from tests.workbooks.people import Grid


class XlsxFile:
    """The people's side of a Store; the backend under test adds `open` and `crash`."""

    def __init__(
        self, path: Path, tabs: Mapping[str, Grid], hidden: Mapping[str, Collection[int]] | None = None
    ) -> None:
        self.path = path
        self._save(tabs, hidden or {})

    def look(self) -> dict[str, Grid]:
        """What stands in each tab now."""
        book = load_workbook(self.path, data_only=True)
        return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}

    def save(self, tabs: Mapping[str, Grid]) -> None:
        """Save these tabs; rows that were hidden stay hidden where they stood."""
        book = load_workbook(self.path)
        hidden = {
            sheet.title: [number for number, row in sheet.row_dimensions.items() if row.hidden]
            for sheet in book.worksheets
        }
        self._save(tabs, hidden)

    def formulas(self) -> list[str]:
        """The addresses of all cells that are stored as formulas."""
        book = load_workbook(self.path)
        cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
        return [f"{cell.parent.title}!{cell.coordinate}" for cell in cells if cell.data_type == "f"]

    def _save(self, tabs: Mapping[str, Grid], hidden: Mapping[str, Collection[int]]) -> None:
        with Workbook(self.path) as book:
            date_format = book.add_format({"num_format": "yyyy/mm/dd hh:mm"})
            for title, grid in tabs.items():
                sheet = book.add_worksheet(title)
                for number in hidden.get(title, ()):
                    sheet.set_row(number - 1, None, None, {"hidden": True})
                for row, cells in enumerate(grid):
                    for column, value in enumerate(cells):
                        _write(sheet, row, column, value, date_format)


def _write(sheet: Worksheet, row: int, column: int, value: CellValue, date_format: object) -> None:
    match value:
        case None:
            pass
        case bool():
            sheet.write_boolean(row, column, value)
        case int() | float():
            sheet.write_number(row, column, value)
        case datetime():
            sheet.write_datetime(row, column, value, date_format)
        case _:
            sheet.write_string(row, column, value)
