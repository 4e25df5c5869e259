import pytest

from tests.public.links_house import LinksHouse, MovingSpool, served


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
