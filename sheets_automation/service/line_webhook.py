"""The LINE webhook: `POST /line` takes what LINE signs, keeps what means something to us, and forgets the rest.

It knows nobody: no workbook, no list of people, no token with which anything could be sent. What is not signed with our
channel's secret is turned away before it is read. Nothing that people write is kept or logged, but a code of ours, and
that somebody wrote at all.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sheets_automation.core.line_codes import code_in_message, is_line_code
from sheets_automation.core.line_records import LineRecord, LineSource, LineUse
from sheets_automation.core.line_words import word_in_message
from sheets_automation.service.bodies import body_of
from sheets_automation.service.line_spool import KEPT_FOR, LineEvents

_LARGEST_BODY: Final = 1_000_000
"""LINE sends at most a few dozen events at once, each with a text of at most 5,000 characters."""
_AT_ONCE: Final = 64
"""Bodies that are read at the same time: so much memory and no more."""
_CLOCKS_DIFFER: Final = timedelta(minutes=10)
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_log = logging.getLogger("relay.line")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDoor:
    """All that the webhook knows."""

    secret: str = field(repr=False)
    """Of the channel; it signs what LINE sends."""
    keys: tuple[str, ...] = field(repr=False)
    """Of the codes in letters."""


def make_line_app(door: LineDoor, events: LineEvents, now: Callable[[], datetime] | None = None) -> ASGIApp:
    """The app; there is nothing in it but the webhook."""
    desk = _Desk(door, events, now or (lambda: datetime.now(UTC)))
    inner = Starlette(routes=[Route("/line", desk.hear, methods=["POST"])])
    inner.router.redirect_slashes = False
    return inner


class _Desk:
    """Answers LINE."""

    def __init__(self, door: LineDoor, events: LineEvents, now: Callable[[], datetime]) -> None:
        self._door = door
        self._events = events
        self._now = now
        self._readers = asyncio.Semaphore(_AT_ONCE)

    async def hear(self, request: Request) -> Response:
        """Keep what was said and say so; anything but 200 lets LINE deliver it again later."""
        signatures = request.headers.getlist("x-line-signature")
        if len(signatures) != 1:
            return _answer(401)
        if self._readers.locked():
            return _answer(503)
        async with self._readers:
            body = await body_of(request, _LARGEST_BODY)
            if body is None:
                return _answer(413)
            if not is_signed(body, signatures[0], self._door.secret):
                return _answer(401)
            return await self._take(body)

    async def _take(self, body: bytes) -> Response:
        try:
            document = json.loads(body)
        except (ValueError, RecursionError):
            return _answer(400)
        records = [*meaningful(document, self._door.keys, self._now())]
        try:
            await run_in_threadpool(self._events.keep, records)
        except OSError as error:  # SpoolFull among them
            _log.warning("%d events could not be kept: %s", len(records), error.strerror or type(error).__name__)
            return _answer(503)
        return _answer(200)


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether LINE signed these very bytes with our channel's secret."""
    wanted = base64.b64encode(hmac.digest(secret.encode(), body, sha256))
    return hmac.compare_digest(wanted, signature.encode("ascii", "replace"))


def meaningful(document: object, keys: Sequence[str], now: datetime) -> Iterator[LineRecord]:
    """What a signed delivery says about links; what is older than we remember, or from the future, says nothing."""
    events = document.get("events") if isinstance(document, Mapping) else None
    for event in events if isinstance(events, list) else ():
        try:
            record = _record(event, keys)
        except (ValueError, KeyError, TypeError, OverflowError, OSError):
            continue  # a kind of event that we don't know, or none of LINE's
        if record is not None and -_CLOCKS_DIFFER <= now - record.at < KEPT_FOR:
            yield record


def _record(event: Mapping[str, object], keys: Sequence[str]) -> LineRecord | None:
    meaning = _meaning(event, keys)
    source = event["source"]
    if meaning is None or event.get("mode") != "active" or not isinstance(source, Mapping) or source["type"] != "user":
        return None
    use, by, code = meaning
    return LineRecord(
        at=datetime.fromtimestamp(_number(event["timestamp"]) / 1000, UTC),
        use=use,
        source=by,
        event_id=str(event["webhookEventId"]),
        user_id=str(source["userId"]),
        code=code,
    )


def _meaning(event: Mapping[str, object], keys: Sequence[str]) -> tuple[LineUse, LineSource, str] | None:
    kind = event["type"]
    if kind == "unfollow":
        return LineUse.UNLINK, LineSource.UNFOLLOW, ""
    if kind == "accountLink":
        link = event["link"]
        nonce = str(link["nonce"]) if isinstance(link, Mapping) and link["result"] == "ok" else ""
        return (LineUse.LINK, LineSource.ACCOUNT_LINK, nonce) if is_line_code(nonce, keys) else None
    message = event["message"] if kind == "message" else None
    if not isinstance(message, Mapping):
        return None  # `follow` among them: to be a friend says nothing of who it is
    text = str(message["text"]) if message["type"] == "text" else ""  # a sticker or a picture is an answer, too
    if use := word_in_message(text):
        return use, LineSource.MESSAGE, ""
    code = code_in_message(text, keys)
    return LineUse.LINK if code else LineUse.ANSWER, LineSource.MESSAGE, code


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _answer(status: int) -> Response:
    return Response(status_code=status, headers=_HEADERS)
