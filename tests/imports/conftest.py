"""Teams on every backend."""

from itertools import count

import pytest

from tests.excel_engine.excel import Excel
from tests.excel_engine.people import OpenBookStore
from tests.excel_engine.plugged import plugged_in
from tests.imports.house import Team
from tests.workbooks.google_people import GoogleStore
from tests.workbooks.test_excel_file import ExcelFileStore
from tests.workbooks.test_memory import MemoryStore


@pytest.fixture
def excel():
    """A make-believe Excel, found by xlwings as the real one is."""
    made = Excel()
    with plugged_in(made.do):
        yield made


@pytest.fixture
def memory(tmp_path):
    """Make a team whose workbook is in memory."""
    return lambda tabs: Team(MemoryStore(tabs), tmp_path)


@pytest.fixture(params=["memory", "excel", "open_excel", "google"])
def team_of(request, tmp_path):
    """Make a team from tabs, on each backend."""
    numbers = count()

    def make(tabs):
        if request.param == "memory":
            return Team(MemoryStore(tabs), tmp_path)
        if request.param == "excel":
            return Team(ExcelFileStore(tmp_path / f"book{next(numbers)}.xlsx", tabs), tmp_path)
        if request.param == "open_excel":
            excel = request.getfixturevalue("excel")
            return Team(OpenBookStore(excel, tmp_path / f"book{next(numbers)}.xlsx", tabs), tmp_path)
        return Team(GoogleStore(request.getfixturevalue("google"), tabs), tmp_path)

    return make
