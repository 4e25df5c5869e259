"""HR teams with last year's candidates, on every backend."""

from itertools import count

import pytest

from tests.page.stand_in import StandIn, serve
from tests.retention.house import Team
from tests.workbooks.google_people import GoogleStore
from tests.workbooks.test_excel_file import ExcelFileStore
from tests.workbooks.test_memory import MemoryStore


@pytest.fixture(params=["memory", "excel", "google"])
def team_of(request, tmp_path):
    """Make a team from tabs, on each backend."""
    numbers = count()

    def make(tabs, **retention):
        if request.param == "memory":
            return Team(MemoryStore(tabs), **retention)
        if request.param == "excel":
            return Team(ExcelFileStore(tmp_path / f"book{next(numbers)}.xlsx", tabs), **retention)
        return Team(GoogleStore(request.getfixturevalue("google"), tabs), **retention)

    return make


@pytest.fixture
def memory():
    """Make a team whose workbook is in memory."""
    return lambda tabs, **retention: Team(MemoryStore(tabs), **retention)


@pytest.fixture
def standing():
    """Start a stand-in for the service of the page; gives it with its `url`."""
    servers = []

    def start():
        stand_in = StandIn()
        servers.append(serve(stand_in))
        stand_in.url = servers[-1].url
        return stand_in

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
