"""The contract of every workbook, kept by the one that a person has open in Excel."""

from itertools import count

import pytest

from tests.excel_engine.people import OpenBookStore
from tests.workbooks.contract import WorkbookContract


class TestExcelLiveWorkbook(WorkbookContract):
    @pytest.fixture
    def make_store(self, excel, tmp_path):
        numbers = count()
        return lambda tabs, hidden=None: OpenBookStore(excel, tmp_path / f"book{next(numbers)}.xlsx", tabs, hidden)
