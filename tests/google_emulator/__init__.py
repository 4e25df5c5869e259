"""A server that behaves like Google's Sheets, Gmail, Drive and sign-in, for any client, on this machine alone.

`python -m tests.google_emulator` runs it by itself; tests in the same process use `running()`. See README.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

from tests.google_emulator.control import Control
from tests.google_emulator.emulator import Emulator
from tests.google_emulator.server import Server

__all__ = ["Control", "Emulator", "Running", "running"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """An emulator that runs."""

    address: str
    """ "127.0.0.1:port"."""
    control: Control


@contextmanager
def running(emulator: Emulator | None = None) -> Iterator[Running]:
    """Run an emulator in this process for as long as the block lasts."""
    server = Server(emulator=emulator)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Running(address=server.address, control=Control(server.address))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
