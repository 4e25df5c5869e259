"""The doorway of the service: what holds for every request, whatever it asks, and for every answer."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.service.gate import Gate
from sheets_automation.service.on_page import on_page
from sheets_automation.service.refusal_page import is_for_people, refusal_page
from sheets_automation.service.refusals import UNEXPECTED, Refusal, bad_request, status_of

_LARGEST_REQUEST = 2 * 1024 * 1024
_LARGEST_WITH_FILE = 16 * 1024 * 1024
_TAKE_FILES = frozenset({"/api/import", "/api/import/preview"})
_READS = {"GET", "HEAD"}


class Doorway:
    """Lets in whom the gate lets in, bounds what they bring, and seals what leaves."""

    def __init__(self, app: ASGIApp, *, gate: Gate, seals: Mapping[str, str]) -> None:
        self._app = app
        self._gate = gate
        self._seals = [(name.encode(), value.encode()) for name, value in seals.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; the server asks."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def sealed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                there = {name.lower() for name, _ in message["headers"]}
                more = [seal for seal in self._seals if seal[0] not in there]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        try:
            await self._enter(scope, receive, sealed)
        except Exception as error:  # noqa: BLE001 - the last door: whatever it is, nobody sees a trace of it
            if not begun:
                await refused(Request(scope), error)(scope, receive, sealed)

    async def _enter(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        greeting = self._gate.greet(request)
        if greeting is not None:
            await greeting(scope, receive, send)
            return
        # In a thread, since a gate may have to ask Google; nobody else waits meanwhile.
        scope.setdefault("state", {})["visit"] = await run_in_threadpool(self._gate.admit, request)
        if request.method not in _READS:
            _check_kind(request)
        most = _LARGEST_WITH_FILE if request.url.path in _TAKE_FILES else _LARGEST_REQUEST
        await self._app(scope, _Bounded(receive, most), send)


class _Bounded:
    """The body of a request, up to a limit."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._taken = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._taken += len(message.get("body", b""))
        if self._taken > self._most:
            raise bad_request("送られた内容が大きすぎます。", "The request is too large.")
        return message


def _check_kind(request: Request) -> None:
    """JSON only: a form of another site can send three kinds, and this is none of them."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise bad_request("application/json で送ってください。", "Send application/json.")


def language_of(request: Request) -> str:
    """Which language the answer speaks."""
    return "en" if request.query_params.get("lang") == "en" else "ja"


def refused(request: Request, error: Exception) -> Response:
    """The answer to a request that got none."""
    language = language_of(request)
    if isinstance(error, Refusal):
        if is_for_people(request):
            _note(request, error.name)
            return refusal_page(error)
        return _document(request, error.status, error.name, error.text(language), error.headers)
    if isinstance(error, SheetsAutomationError) and status_of(error) != UNEXPECTED:
        return _document(request, status_of(error), error.name, on_page(error.text(language)))
    if os.environ.get("RELAY_DEBUG"):
        traceback.print_exception(error, file=sys.stderr)
    kind = type(error).__name__
    text = (
        f"予期しない問題が起きました({kind})。送信済みの記録は残っています。"
        if language == "ja"
        else f"Something unexpected happened ({kind}). What was sent is recorded."
    )
    return _document(request, UNEXPECTED, "error", text)


def _note(request: Request, name: str) -> None:
    """For the access log."""
    request.scope.setdefault("state", {})["refusal"] = name


def _document(request: Request, status: int, name: str, text: str, headers: dict[str, str] | None = None) -> Response:
    _note(request, name)
    return JSONResponse({"error": {"name": name, "text": text}}, status, headers)
