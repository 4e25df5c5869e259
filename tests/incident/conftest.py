"""The demo workbook and `relay` as a person types it, and a house in memory whose people stop the sending."""

import pytest

from tests.commands.conftest import book, demo_bytes, relay, say
from tests.jobs.house import House, people, workbook_of

__all__ = ["book", "demo_bytes", "house", "relay", "say"]


@pytest.fixture
def house(tmp_path):
    house = House(folder=tmp_path / "outbox", file=workbook_of(people(5)))
    house.send(limit=0)  # the ids stand in the sheet now
    return house
