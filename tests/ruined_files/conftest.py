"""One warmed-up process for all tests of a worker, and the books that are ruined."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.ruined_files.books import plain_book, somebody_elses_book, used_book
from tests.ruined_files.nursery import nursery as open_nursery
from tests.ruined_files.trial import DRIVE, Trial


@pytest.fixture(scope="session")
def nursery():
    with open_nursery() as nursery:
        yield nursery


@pytest.fixture(scope="session")
def plain():
    return plain_book()


@pytest.fixture(scope="session")
def books(nursery, plain):
    return [plain, used_book(nursery), somebody_elses_book()]


@pytest.fixture
def home():
    """A folder that any user of the machine may go through, unlike those of pytest."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def trial(home, nursery, plain):
    """A plain book in its place, and nothing done with it yet."""
    trial = Trial(book=plain, folder=home, nursery=nursery)
    (home / DRIVE).mkdir()
    plain.put_into(trial.drive)
    return trial
