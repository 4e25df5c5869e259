"""The contract, kept by an .xlsx file."""

from itertools import count

import pytest

from sheets_automation.workbooks.excel_file import ExcelFileWorkbook
from tests.workbooks.contract import WorkbookContract
from tests.workbooks.xlsx_people import XlsxFile


class ExcelFileStore(XlsxFile):
    """A file in the hands of people, and of our adapter."""

    def open(self):
        return ExcelFileWorkbook(self.path, exclusive=True, timezone="Asia/Tokyo")

    def crash(self, workbook):
        workbook._stack.close()  # the system takes back locks and handles; nothing is written


class TestExcelFileWorkbook(WorkbookContract):
    @pytest.fixture
    def make_store(self, tmp_path):
        numbers = count()
        return lambda tabs, hidden=None: ExcelFileStore(tmp_path / f"book{next(numbers)}.xlsx", tabs, hidden)
