import json

import openpyxl
import pytest

from tests.public.links_house import LinksHouse, MovingSpool, served
from tests.public.links_process import CONFIG, ROWS, start


@pytest.fixture(scope="session")
def server():
    spool = MovingSpool()
    with served(None, spool=spool) as house:
        yield spool, house.port


@pytest.fixture
def house(server, tmp_path):
    """The public links, which have kept nothing yet."""
    spool, port = server
    spool.move(tmp_path / "records")
    return LinksHouse(port, tmp_path / "records")


@pytest.fixture
def visitor(house):
    """Somebody who was never here before."""
    return house.visitor()


@pytest.fixture
def folder(tmp_path):
    """A folder with a configuration and a workbook."""
    (tmp_path / "relay.toml").write_text(CONFIG, encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.title = "候補者"
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    return tmp_path


@pytest.fixture
def relay(folder):
    """Run a command in a process of its own; its document."""

    def run(*words, code=0, **environment):
        process = start(folder, *words, "--config", "relay.toml", "--json", **environment)
        out, err = process.communicate(timeout=120)
        assert process.returncode == code, (out, err)
        return json.loads(out)

    return run
