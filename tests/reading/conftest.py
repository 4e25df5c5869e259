"""`relay` as a person types it."""

from tests.commands.conftest import book, demo_bytes, relay

__all__ = ["book", "demo_bytes", "relay"]
