"""One Google emulator and one browser for all tests of a worker; each test finds them as new."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no defect; and what `make test` tries is the same in every run. What searches on is `make fuzz`.
settings.register_profile("steady", settings.default, deadline=None, derandomize=True)
settings.load_profile("steady")


def pytest_configure(config):
    """What tests start is not measured: that takes longer than most of what it does."""
    if hasattr(config, "workerinput"):
        os.environ.pop("COVERAGE_PROCESS_CONFIG", None)


@pytest.fixture(scope="session", autouse=True)
def overheard():
    """What the product logs meanwhile is kept where OVERHEARD says, for `python -m tests.overheard` to look through."""
    if not (folder := os.environ.get("OVERHEARD")):
        yield
        return
    from tests.overheard.ear import listening

    with listening(Path(folder).absolute()):
        yield


@pytest.fixture(scope="session")
def google_process():
    from tests.google_emulator import running  # here, since most tests do without it

    with running() as google:
        yield google


@pytest.fixture
def google(google_process):
    """The emulator, as new. What it says of itself must be clean in the end: no answer that Google could not give."""
    google_process.control.reset()
    google_process.control.quotas(enabled=False)
    yield google_process
    state = google_process.control.state()
    assert state["problems"] == []
    assert state["violations"] == []


@pytest.fixture(scope="session")
def tab(tmp_path_factory):
    """A tab of a real browser."""
    from tests.chromium import browser

    with browser(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture
def visitor(tab):
    """Somebody who sits in front of it."""
    from tests.page.visitor import Visitor

    return Visitor(tab)
