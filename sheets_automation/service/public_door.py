"""The door of the public app: every request and every answer passes through it, whatever is behind."""

from __future__ import annotations

import hmac
import math
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sheets_automation.service.public_pages import STYLE_HASH

_HEADERS: Final = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src '{STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",  # each click has to reach us, and no proxy is to keep a page
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}
_MINUTE: Final = 60.0
_MOST_VISITORS: Final = 20_000
_MOST_CODES: Final = 8
"""Remembered of one visitor: more than a person opens."""


@dataclass(slots=True)
class _Visitor:
    """What we remember for a while of somebody whom we cannot name."""

    credit: float
    seen: float
    codes: dict[str, float] = field(default_factory=dict)


class Visitors:
    """Who comes how often, without knowing who: an address is hashed with a salt that dies with the process.

    At most twenty thousand are remembered, and those longest away are forgotten first.
    """

    def __init__(self, *, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._salt = secrets.token_bytes(32)
        self._visitors: OrderedDict[bytes, _Visitor] = OrderedDict()

    def name(self, address: str) -> bytes:
        """What stands for an address. An IPv6 network of 64 bits is one visitor: all of it belongs to one line."""
        return hmac.digest(self._salt, _network(address).encode(), "sha256")[:16]

    def seconds_to_wait(self, visitor: bytes) -> int:
        """Let a visitor in (0), or say how long to stay away: a minute's worth at once, then as many as the pace."""
        now = self._clock()
        known = self._visitors.pop(visitor, None) or _Visitor(credit=self._per_minute, seen=now)
        known.credit = min(self._per_minute, known.credit + (now - known.seen) * self._per_minute / _MINUTE)
        known.seen = now
        self._visitors[visitor] = known
        if len(self._visitors) > _MOST_VISITORS:
            self._visitors.popitem(last=False)
        if known.credit < 1:
            return max(1, math.ceil((1 - known.credit) * _MINUTE / self._per_minute))
        known.credit -= 1
        return 0

    def codes_opened(self, visitor: bytes, code: str) -> int:
        """How many different codes this visitor opened within a minute, this one included."""
        known = self._visitors.get(visitor)
        if known is None:
            return 1
        now = self._clock()
        recent = {one: at for one, at in known.codes.items() if now - at < _MINUTE and one != code}
        known.codes = dict(list(recent.items())[-(_MOST_CODES - 1) :]) | {code: now}
        return len(known.codes)


class Door:
    """Turns away whoever comes too often, and dresses every answer."""

    def __init__(
        self, inside: ASGIApp, visitors: Visitors, *, proxies: int, too_many: Callable[[Request], Response]
    ) -> None:
        self._inside = inside
        self._visitors = visitors
        self._proxies = proxies
        self._too_many = too_many

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] != "http":
            await self._inside(scope, receive, send)
            return
        visitor = self._visitors.name(address_of(scope, self._proxies))
        wait = self._visitors.seconds_to_wait(visitor)
        if wait:
            answer = self._too_many(Request(scope))
            answer.headers["Retry-After"] = str(wait)
            await answer(scope, receive, _dressed(send))
        else:
            await self._inside({**scope, "visitor": visitor}, receive, _dressed(send))


def address_of(scope: Scope, proxies: int) -> str:
    """Where a request comes from.

    Each proxy of ours writes whom it saw at the end of X-Forwarded-For; what stands before that anybody can write.
    """
    client = scope.get("client")
    direct = str(client[0]) if client else ""
    if not proxies:
        return direct
    forwarded = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
    seen = forwarded[-proxies].strip() if len(forwarded) >= proxies else ""
    return seen if _is_address(seen) else direct


def _dressed(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
        await send(message)

    return sending


def _network(address: str) -> str:
    if not _is_address(address):
        return address
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped) if mapped else str(ip_network((int(parsed), 64), strict=False))
    return str(parsed)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
