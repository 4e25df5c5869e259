"""The demo workbook, open in a browser."""

from contextlib import ExitStack

import pytest

from tests.carriers.mail_server import MailServer
from tests.commands.conftest import book, demo_bytes, relay  # noqa: F401 - the same workbook and command
from tests.service.service_house import running_service


@pytest.fixture
def opened(tmp_path):
    """Open a workbook; give it back as a browser sees it."""
    with ExitStack() as stack:
        yield lambda workbook, **more: stack.enter_context(running_service(workbook, **more))


@pytest.fixture
def service(opened, book, tmp_path):  # noqa: F811
    """The demo workbook with an outbox."""
    return opened(book, carrier=f"outbox:{tmp_path / 'out'}")


@pytest.fixture
def server():
    server = MailServer()
    with server.running():
        yield server


@pytest.fixture
def by_mail(opened, book, server):  # noqa: F811
    """The demo workbook with a real mail server."""
    return opened(book, carrier=f"smtp://127.0.0.1:{server.port}")
