"""The HTTP server: sockets, keep-alive, compression, and connections that break when they are told to."""

from __future__ import annotations

import contextlib
import gzip
import os
import socket
import struct
import time
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.google_emulator.console import Console
from tests.google_emulator.emulator import Emulator
from tests.google_emulator.exchange import Answer, Ending, Request, query_of

_GOOGLE_HEADERS = {
    "Vary": "Origin, X-Origin, Referer",
    "Server": "ESF",
    "X-XSS-Protection": "0",
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
}
_SMALL = 200
"""Bytes that are not worth compressing."""
_NO_LINGER = struct.pack("ii", 1, 0)


class Server(ThreadingHTTPServer):
    """Serves one emulator on the loopback address."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, port: int = 0, emulator: Emulator | None = None) -> None:
        self.emulator = emulator or Emulator()
        self.console = Console(self.emulator)
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def address(self) -> str:
        """Where it is reached: "127.0.0.1:port"."""
        return f"127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def handle(self) -> None:
        # Clients may go away at any moment; that is what half of the tests are about.
        with contextlib.suppress(ConnectionError, TimeoutError):
            super().handle()

    def finish(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            super().finish()

    def handle_expect_100(self) -> bool:
        going_on = super().handle_expect_100()
        self.wfile.flush()
        return going_on

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (its name in the base class)
        """Say nothing: the control address has the log."""

    def _serve(self) -> None:
        request = self._read()
        if request.path.startswith("/emulator"):
            answer = self.server.console.answer(request)
        else:
            answer = self.server.emulator.answer(request)
        self._send(answer)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _serve  # noqa: N815

    def _read(self) -> Request:
        parts = urlsplit(self.path)
        # A client may see this server as its proxy; then the path is a whole address.
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self._body()
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        return Request(
            verb=self.command,
            path=parts.path or "/",
            query=query_of(parts.query),
            headers=headers,
            body=body,
            address=self.server.address,
        )

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b""
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return body

    def _send(self, answer: Answer) -> None:
        if answer.ending in {Ending.RESET, Ending.CLOSED}:
            self._drop(answer)
            return
        body, headers = self._packed(answer)
        self.send_response_only(answer.status, HTTPStatus(answer.status).phrase)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if answer.ending is Ending.CUT:
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
        elif self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def _packed(self, answer: Answer) -> tuple[bytes, dict[str, str]]:
        headers = {**_GOOGLE_HEADERS, **answer.headers}
        headers["Date"] = format_datetime(self.server.emulator.clock.now(), usegmt=True)
        body = answer.body
        if len(body) > _SMALL and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 1)
            headers["Content-Encoding"] = "gzip"
        if answer.status != HTTPStatus.NO_CONTENT:
            headers["Content-Length"] = str(len(body))
        return body, headers

    def _drop(self, answer: Answer) -> None:
        """End the connection without an answer: politely, or with a reset."""
        time.sleep(answer.hold)
        self.close_connection = True
        if answer.ending is Ending.RESET:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
            # The file objects of this handler keep the socket open unless its descriptor is taken from under them.
            os.close(self.connection.detach())
