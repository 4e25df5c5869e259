"""Serving the public app for as long as the command runs."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from sheets_automation.core.errors import ConfigurationError

_MOST_CONNECTIONS: Final = 500
_LARGEST_HEAD: Final = 16_384
_LAST_SECONDS: Final = 5


class _Impatient(H11Protocol):
    """Hangs up on whoever has not said by then what they want: uvicorn itself would wait for ever."""

    patience: float

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._hang_up = self.loop.call_later(self.patience, self._end_if_silent)

    def connection_lost(self, exc: Exception | None) -> None:
        self._hang_up.cancel()
        super().connection_lost(exc)

    def _end_if_silent(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.abort()


def serve(app: ASGIApp, *, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve until a person or the system ends it. `tell` is given the address."""
    with _listening(host, port) as listener:
        name, number = listener.getsockname()[:2]
        tell(f"http://{f'[{name}]' if ':' in name else name}:{number}")
        with suppress(KeyboardInterrupt):  # uvicorn ends in good order, and then raises it anew
            uvicorn.Server(terms(app)).run(sockets=[listener])


def terms(app: ASGIApp, patience: float = 10) -> uvicorn.Config:
    """How the app is served: `patience` is in seconds, for whoever connects and says nothing."""
    return uvicorn.Config(
        app,
        http=type("Protocol", (_Impatient,), {"patience": patience}),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,  # it would hold addresses of visitors
        server_header=False,
        proxy_headers=False,  # the door knows how many proxies are ours
        headers=[("Connection", "close")],  # a visitor comes once; nobody keeps a line that others need
        h11_max_incomplete_event_size=_LARGEST_HEAD,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_LAST_SECONDS,
    )


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens before anybody is told of it."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        if os.name == "posix":  # on Windows this would let another program take the port over
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except (OSError, OverflowError) as error:
        raise ConfigurationError(
            f"{host} のポート {port} は使えません。--host か --port で別のものを指定してください。",
            f"Port {port} of {host} cannot be used; give another one with --port or --host.",
        ) from error
    with listener:
        yield listener
