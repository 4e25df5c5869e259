"""The demo workbook, `relay` as a person types it, and the page."""

from tests.commands.conftest import book, demo_bytes, relay, say  # noqa: F401 - fixtures
from tests.service.conftest import opened, service  # noqa: F401 - fixtures
