"""How the page is served: a socket that listens before anybody is told of it, and an end in good order."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.service.house import House

LOOPBACK = "127.0.0.1"
_MOST_CONNECTIONS = 64
_LAST_SECONDS = 60
"""For the letter in flight, once the command is asked to end."""


def server_settings(app: ASGIApp, *, last_seconds: int = _LAST_SECONDS, keep_alive: int = 5) -> uvicorn.Config:
    """How the server runs, for this app."""
    return uvicorn.Config(
        app,
        log_config=None,  # an access log would name candidates' ids, and the token
        access_log=False,
        server_header=False,
        proxy_headers=False,  # nothing here depends on where a request comes from
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=last_seconds,
        timeout_keep_alive=keep_alive,
        ws="none",
        lifespan="off",
    )


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket; it listens before anybody is told of it."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        if os.name == "posix":  # on Windows this would let another program take the port over
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except (OSError, OverflowError) as error:
            raise ConfigurationError(
                f"ポート {port} は使えません。--port で別の番号を指定するか、--port を付けずに実行してください。",
                f"Port {port} cannot be used; give another one with --port, or none.",
            ) from error
        listener.listen()
        yield listener


class Server(uvicorn.Server):
    """Ends in good order at the first Ctrl-C or SIGTERM: the letter in flight is recorded, and nothing else begins."""

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
