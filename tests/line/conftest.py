import pytest

from tests.line.line_post import LinePost
from tests.line_server.server import LineServer


@pytest.fixture
def post():
    with LineServer().running() as server:
        yield LinePost(server)
