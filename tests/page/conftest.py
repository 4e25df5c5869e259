"""A stand-in for the service for each test."""

import pytest

from tests.page.stand_in import StandIn, serve


@pytest.fixture
def standing():
    """Start a stand-in with so many letters; gives it back with its `url`."""
    servers = []

    def start(letters=24):
        stand_in = StandIn(letters)
        server = serve(stand_in)
        servers.append(server)
        stand_in.url = server.url
        return stand_in

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
