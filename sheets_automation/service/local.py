"""`relay open`: the service on this computer alone, for as long as the command runs."""

from __future__ import annotations

import os
import signal
import socket
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from fastapi import FastAPI

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.service.app import make_app
from sheets_automation.service.gate import Actor
from sheets_automation.service.house import House
from sheets_automation.service.local_gate import LocalGate

_LOOPBACK = "127.0.0.1"
_MOST_CONNECTIONS = 64
_LAST_SECONDS = 60
"""For the letter in flight, once the command is asked to end."""


def open_house(house: House, *, port: int, tell: Callable[[str], None], opens_browser: bool) -> None:
    """Serve until a person ends it. `tell` is given the address, which works once."""
    with _listening(port) as listener:
        gate = LocalGate(port=listener.getsockname()[1], actor=_actor(house))
        server = _Server(server_settings(make_app(house, gate)), house)
        with server.heeding_signals():  # from before anybody knows the address: who is told may end it at once
            tell(gate.address)
            if opens_browser:
                webbrowser.open(gate.address)
            server.run(sockets=[listener])


def server_settings(app: FastAPI) -> uvicorn.Config:
    """How the server runs, for this app."""
    return uvicorn.Config(
        app,
        log_config=None,  # an access log would name candidates' ids, and the token
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_LAST_SECONDS,
        ws="none",
        lifespan="off",
    )


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    """A socket on this computer's own address; it listens before anybody is told of it."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        if os.name == "posix":  # on Windows this would let another program take the port over
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((_LOOPBACK, port))
        except (OSError, OverflowError) as error:
            raise ConfigurationError(
                f"ポート {port} は使えません。--port で別の番号を指定するか、--port を付けずに実行してください。",
                f"Port {port} cannot be used; give another one with --port, or none.",
            ) from error
        listener.listen()
        yield listener


def _actor(house: House) -> Actor:
    names = (house.environ.get(name) for name in ("RELAY_ACTOR", "USER", "USERNAME"))
    name = next(filter(None, names), "") or "local"
    return Actor(name=name.replace(" (", " "), place=f"relay open, {socket.gethostname()}")


class _Server(uvicorn.Server):
    """Ends in good order at the first Ctrl-C: the letter in flight is recorded, and nothing else begins."""

    def __init__(self, config: uvicorn.Config, house: House) -> None:
        super().__init__(config)
        self._house = house

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals as they are: uvicorn would take them later, and raise them again afterwards."""
        yield

    @contextmanager
    def heeding_signals(self) -> Iterator[None]:
        """Take Ctrl-C and SIGTERM as the wish to end."""
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Ask whoever sends to stop."""
        self._house.ended.set()
        super().handle_exit(sig, frame)
