"""One Google emulator for all tests of a worker; each test has a spreadsheet of its own."""

import pytest

from tests.google_emulator import running


@pytest.fixture(scope="session")
def google_process():
    with running() as google:
        yield google


@pytest.fixture
def google(google_process):
    """The emulator, as new: its own books of what it did wrong must be empty in the end."""
    google_process.control.reset()
    google_process.control.quotas(enabled=False)
    yield google_process
    state = google_process.control.state()
    assert state["problems"] == []
    assert state["violations"] == []
