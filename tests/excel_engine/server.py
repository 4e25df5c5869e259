"""The make-believe Excel behind a local socket, so that a program of another process may die at any moment.

A line of JSON for each call: {"verb": …, "args": […]}; the answer is {"value": …} or
{"refused": [hresult, scode, text]}.
"""

from __future__ import annotations

import json
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from tests.excel_engine.excel import Excel
from tests.excel_engine.grid import Refused

PORT = "EXCEL_ENGINE_PORT"


@contextmanager
def serving(excel: Excel) -> Iterator[int]:
    """Serve on a port of this computer for as long as a test runs."""

    class Door(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(ConnectionError):  # whoever asked is dead
                for line in self.rfile:
                    self.wfile.write(_answer(excel, line))

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def calling(port: int) -> Callable[..., object]:
    """`do` of an Excel behind a port. Threads of one program take turns, as in Excel."""
    connection = socket.create_connection(("127.0.0.1", port))
    stream = connection.makefile("rwb")
    turn = threading.Lock()

    def do(verb: str, *args: object) -> object:
        with turn:
            stream.write(json.dumps({"verb": verb, "args": args}, default=_written).encode() + b"\n")
            stream.flush()
            answer = json.loads(stream.readline(), object_hook=_read)
        if "refused" in answer:
            raise Refused(*answer["refused"])
        return answer["value"]

    do.connection = connection  # type: ignore[attr-defined] - closed when nobody calls any more
    return do


def _answer(excel: Excel, line: bytes) -> bytes:
    asked = json.loads(line, object_hook=_read)
    try:
        answer = {"value": excel.do(asked["verb"], *asked["args"])}
    except Refused as refused:
        answer = {"refused": [refused.hresult, refused.excepinfo[5], str(refused)]}
    return json.dumps(answer, default=_written).encode() + b"\n"


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    raise TypeError(value)


def _read(found: dict) -> object:
    return datetime.fromisoformat(found["moment"]) if set(found) == {"moment"} else found
