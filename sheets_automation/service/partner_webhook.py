"""The partners' webhook: `POST /partner/ID/events` takes what a partner signs, and keeps it for the workbook.

It knows no codes and opens no workbook. What is not signed with the partner's secret, or was signed too long ago, is
turned away before it is read; of what is read nothing is kept but the partner's own number of the event, our code, what
became of it, and when.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sheets_automation.core.moments import moment_in
from sheets_automation.core.partner_records import EVENT_ID, PartnerRecord, ReportType
from sheets_automation.core.referral_codes import read_code
from sheets_automation.service.bodies import body_of
from sheets_automation.service.partner_spool import EventIdReused, PartnerSpool
from sheets_automation.service.public_door import Visitors

TIMESTAMP: Final = "X-Relay-Timestamp"
SIGNATURE: Final = "X-Relay-Signature"
VERSION: Final = "v1"
REPLAY_WINDOW: Final = timedelta(minutes=5)
_LARGEST_BODY: Final = 64 * 1024
_MOST_EVENTS: Final = 100
_AT_ONCE: Final = 32
"""Bodies that are read at the same time: so much memory and no more."""
_PER_MINUTE: Final = 120
"""Of one partner, from wherever it comes."""
_MOST_SIGNATURES: Final = 4
_CLOCKS_DIFFER: Final = timedelta(minutes=10)
_SECONDS: Final = re.compile(r"[0-9]{1,12}")
_log = logging.getLogger("relay.partner")

_TEXTS: Final[Mapping[str, tuple[int, str]]] = {
    "not_signed": (401, f"{SIGNATURE} or {TIMESTAMP} is missing, or does not fit the body and the secret."),
    "signed_too_long_ago": (401, f"{TIMESTAMP} is more than 5 minutes from our clock. Sign each attempt anew."),
    "too_large": (413, "A body may have 64 KB and has to come within 10 seconds. Send fewer events at once."),
    "not_json": (400, 'The body has to be UTF-8 JSON: {"events": [...]} with 1 to 100 events.'),
    "event_wrong": (422, "An event cannot be read; nothing of this body was kept."),
    "event_id_reused": (409, "An event of this id said something else before; nothing of this body was kept."),
    "too_many": (429, "More than 120 requests in a minute. Wait as long as Retry-After says."),
    "try_again": (503, "Nothing was lost, and not everything is kept yet. Send the same events again in a minute."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerDoor:
    """All that the webhook knows."""

    secrets: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """By partner, the newest first; each of them counts. A partner without one is not let in."""


class _EventWrong(ValueError):
    """An event that cannot be read: which one, and what of it."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__(f"{number} {name}")
        self.number, self.name = number, name


class PartnerDesk:
    """Answers the partners."""

    def __init__(
        self,
        door: PartnerDoor,
        spool: PartnerSpool,
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._door = door
        self._spool = spool
        self._now = now
        self._readers = asyncio.Semaphore(_AT_ONCE)
        self._partners = Visitors(per_minute=_PER_MINUTE, clock=clock)

    async def hear(self, request: Request) -> Response:
        """Keep what was reported and say so; whoever gets anything but 200 sends the same again later."""
        partner = str(request.path_params["partner"])
        if self._readers.locked():
            return _refusal("try_again")
        async with self._readers:
            body = await body_of(request, _LARGEST_BODY)
        if body is None:
            return _refusal("too_large")
        secrets = self._door.secrets.get(partner, ())
        if problem := signing_problem(request.headers, body, secrets, self._now()):
            return _refusal(problem)
        if wait := self._partners.seconds_to_wait(self._partners.name(partner)):
            answer = _refusal("too_many")
            answer.headers["Retry-After"] = str(wait)
            return answer
        return await self._take(partner, body)

    async def _take(self, partner: str, body: bytes) -> Response:
        now = self._now()
        try:
            records = read_body(partner, body, now)
            new = await run_in_threadpool(self._spool.keep, records, now)
        except _EventWrong as wrong:
            return _refusal("event_wrong", event=wrong.number, field=wrong.name)
        except EventIdReused as reused:
            return _refusal("event_id_reused", id=reused.event_id)
        except (ValueError, RecursionError):
            return _refusal("not_json")
        except OSError as error:  # SpoolFull among them
            _log.warning("reports could not be kept: %s", error.strerror or type(error).__name__)
            return _refusal("try_again")
        return JSONResponse({"accepted": new, "known": len(records) - new})


def signing_problem(headers: Mapping[str, str], body: bytes, secrets: Sequence[str], now: datetime) -> str:
    """Why this is not a fresh word of the partner; empty where it is."""
    timestamp = headers.get(TIMESTAMP, "")
    given = [part.strip() for part in headers.get(SIGNATURE, "").split(",", _MOST_SIGNATURES)][:_MOST_SIGNATURES]
    if not _SECONDS.fullmatch(timestamp):
        return "not_signed"
    wanted = [f"{VERSION}={signature(timestamp, body, secret)}" for secret in secrets]
    # Every pair is compared in constant time, whichever fits: how long it takes says nothing about a secret.
    fits = [hmac.compare_digest(one.encode(), other.encode("utf-8", "replace")) for one in wanted for other in given]
    if not any(fits):
        return "not_signed"
    is_fresh = abs(now.timestamp() - int(timestamp)) <= REPLAY_WINDOW.total_seconds()
    return "" if is_fresh else "signed_too_long_ago"


def signature(timestamp: str, body: bytes, secret: str) -> str:
    """HMAC-SHA256 over the timestamp, a dot and the very bytes of the body, in hexadecimal."""
    return hmac.new(secret.encode(), f"{timestamp}.".encode() + body, sha256).hexdigest()


def read_body(partner: str, body: bytes, now: datetime) -> list[PartnerRecord]:
    """The events of a body. Raises ValueError for what is none, and says which event is wrong, and where."""
    document = json.loads(body.decode("utf-8"))
    events = document.get("events") if isinstance(document, Mapping) else None
    if not isinstance(events, list) or not 1 <= len(events) <= _MOST_EVENTS:
        raise ValueError("no events")
    return [_record(partner, number, event, now) for number, event in enumerate(events, 1)]


def _record(partner: str, number: int, event: object, now: datetime) -> PartnerRecord:
    if not isinstance(event, Mapping):
        raise _EventWrong(number, "event")
    said = {name: event.get(name) for name in ("id", "type", "code", "occurred_at")}
    for name, value in said.items():
        if not isinstance(value, str) or not value:
            raise _EventWrong(number, name)
    event_id, kind, code, at = map(str, said.values())
    if not EVENT_ID.fullmatch(event_id):
        raise _EventWrong(number, "id")
    if kind not in set(ReportType):
        raise _EventWrong(number, "type")
    if read_code(code).problem is not None:
        raise _EventWrong(number, "code")
    return PartnerRecord(
        partner=partner,
        event_id=event_id,
        type=ReportType(kind),
        code=read_code(code).code,
        at=_moment(number, at, now),
    )


def _moment(number: int, text: str, now: datetime) -> datetime:
    try:
        moment = moment_in(text)
    except ValueError as error:
        raise _EventWrong(number, "occurred_at") from error
    if moment > now + _CLOCKS_DIFFER:
        raise _EventWrong(number, "occurred_at")
    return moment.replace(microsecond=0)  # as it is kept


def _refusal(name: str, **facts: str | int) -> Response:
    status, text = _TEXTS[name]
    return JSONResponse({"error": name, "text": text, **facts}, status)
