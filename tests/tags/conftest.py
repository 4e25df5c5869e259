"""HR teams whose candidates get tags, on every backend."""

from itertools import count

import pytest

from tests.tags.house import Team
from tests.workbooks.google_people import GoogleStore
from tests.workbooks.test_excel_file import ExcelFileStore
from tests.workbooks.test_memory import MemoryStore


@pytest.fixture(params=["memory", "excel", "google"])
def team_of(request, tmp_path):
    """Make a team from tabs, on each backend."""
    numbers = count()

    def make(tabs):
        if request.param == "memory":
            return Team(MemoryStore(tabs))
        if request.param == "excel":
            return Team(ExcelFileStore(tmp_path / f"book{next(numbers)}.xlsx", tabs))
        return Team(GoogleStore(request.getfixturevalue("google"), tabs))

    return make


@pytest.fixture
def memory():
    """Make a team whose workbook is in memory."""
    return lambda tabs: Team(MemoryStore(tabs))
