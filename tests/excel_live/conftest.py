"""A make-believe Excel for each test, found by xlwings as the real one is."""

import pytest

from tests.excel_engine.excel import Excel
from tests.excel_engine.plugged import plugged_in


@pytest.fixture
def excel():
    made = Excel()
    with plugged_in(made.do):
        yield made
