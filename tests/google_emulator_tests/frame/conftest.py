"""An emulator with stand-ins for its services, for the tests of the frame around them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.google_emulator import Emulator, Running, running
from tests.google_emulator_tests.frame.caller import Caller
from tests.google_emulator_tests.frame.stand_ins import make_gmail, make_sheets


@pytest.fixture(scope="session")
def _server() -> Iterator[Running]:
    with running(Emulator({"sheets": make_sheets, "gmail": make_gmail})) as server:
        yield server


@pytest.fixture
def emulator(_server: Running) -> Running:
    """The one server of these tests, as if it were new."""
    _server.control.reset()
    return _server


@pytest.fixture
def caller(emulator: Running) -> Caller:
    """Somebody who may do everything."""
    return Caller(emulator)
