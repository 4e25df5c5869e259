"""The gate of `relay open`: one browser on this computer, let in by an address that works once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Literal

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sheets_automation.service.gate import Actor, StartedFrom, Visit
from sheets_automation.service.refusals import not_allowed, not_signed_in

TOKEN = "token"  # noqa: S105 - the name of a parameter
_READS = {"GET", "HEAD"}
_OWN = {"same-origin", "none"}
"""Of Sec-Fetch-Site: our own page, or an address that a person typed."""


@dataclass(slots=True, kw_only=True)
class LocalGate:
    """Knows its own port, so that no other name for this computer gets in (DNS rebinding), and no other page."""

    port: int
    actor: Actor
    started_from: StartedFrom = "terminal"
    mode: Literal["local", "cloud"] = "local"
    _token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    _session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    _is_used: bool = False
    visits: int = 0
    """How many requests were let in: whether anybody is still there."""

    def renewed(self) -> str:
        """Another address, which works once; the one before works no more, and whoever is in stays in."""
        self._token, self._is_used = secrets.token_urlsafe(32), False
        return self.address

    @property
    def address(self) -> str:
        """What is shown to the person who started it; works once."""
        return f"http://127.0.0.1:{self.port}/?{TOKEN}={self._token}"

    def greet(self, request: Request) -> Response | None:
        """Exchange the token in the address for a cookie, once, and lead to the address without it."""
        self._check_host(request)
        given = request.query_params.get(TOKEN)
        if given is None or request.url.path != "/" or request.method != "GET":
            return None
        if self._is_known(request):
            return RedirectResponse("/", 303)  # the same browser again, such as from its history
        if self._is_used or not secrets.compare_digest(given.encode(), self._token.encode()):
            raise not_signed_in(self.started_from)
        self._is_used = True
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._cookie, self._session, httponly=True, samesite="strict", path="/")
        return answer

    def admit(self, request: Request) -> Visit:
        """Whoever has the cookie, from our own page."""
        self._check_host(request)
        site = request.headers.get("sec-fetch-site")
        origin = request.headers.get("origin")
        if site is not None and site not in _OWN:
            raise not_allowed()
        if origin is not None and origin != f"http://{request.headers.get('host')}":
            raise not_allowed()
        if not self._is_known(request):
            raise not_signed_in(self.started_from)
        if request.method not in _READS and site != "same-origin" and origin is None:
            raise not_allowed()
        self.visits += 1
        return Visit(actor=self.actor)

    @property
    def _cookie(self) -> str:
        return f"relay_{self.port}"  # cookies don't know ports: two workbooks may be open at once

    def _check_host(self, request: Request) -> None:
        hosts = request.headers.getlist("host")
        if len(hosts) != 1 or hosts[0] not in {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}:
            raise not_allowed()

    def _is_known(self, request: Request) -> bool:
        cookies: SimpleCookie = SimpleCookie()
        try:
            cookies.load(request.headers.get("cookie", ""))
        except CookieError:
            return False
        found = cookies.get(self._cookie)
        return found is not None and secrets.compare_digest(found.value.encode(), self._session.encode())
