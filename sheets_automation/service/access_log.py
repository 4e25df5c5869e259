"""One line of JSON for each request, for Cloud Logging: which call, and how it ended; never who, or about whom."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_SERVER_FAULT = 500


class AccessLog:
    """Writes down each request once it is answered."""

    def __init__(self, app: ASGIApp, write: Callable[[str], object]) -> None:
        self._app = app
        self._write = write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; the server asks."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.monotonic(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            self._write(_line(scope, status, round((time.monotonic() - begun) * 1000)))


def _line(scope: Scope, status: int, milliseconds: int) -> str:
    # Method and path are whatever somebody sent: only what is ours of them is written down.
    method = scope["method"] if scope["method"] in _METHODS else "OTHER"
    route = getattr(scope.get("route"), "path", "-")
    line = {
        "severity": "ERROR" if status >= _SERVER_FAULT or not status else "INFO",
        "message": f"{method} {route} {status}",
        "method": method,
        "route": route,
        "status": status,
        "ms": milliseconds,
    }
    if refusal := scope.get("state", {}).get("refusal"):
        line["error"] = refusal
    return json.dumps(line, ensure_ascii=False)
