"""A make-believe Excel for each test, found by xlwings as the real one is."""

import pytest

from tests.excel_engine.excel import Excel
from tests.excel_engine.people import OpenBookStore
from tests.excel_engine.plugged import plugged_in
from tests.excel_live.crowd import crowd
from tests.workbooks.contract_showing import TAB


@pytest.fixture
def excel():
    made = Excel()
    with plugged_in(made.do):
        yield made


@pytest.fixture
def store(excel, tmp_path):
    return OpenBookStore(excel, tmp_path / "book.xlsx", {TAB: crowd()})
