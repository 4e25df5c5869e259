"""The gate of `relay serve`: people whom Google has signed in, each for the spreadsheets that they may edit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from sheets_automation.google.identity import Member, Signer, TokenRefused, read_identity
from sheets_automation.service.cloud_refusals import no_editor, nobody, unproven
from sheets_automation.service.gate import Actor, Visit
from sheets_automation.service.refusals import bad_request, not_allowed
from sheets_automation.service.rights import Rights

WORKBOOK = "x-relay-workbook"
ASSERTION = "x-goog-iap-jwt-assertion"
_ID = re.compile(r"[A-Za-z0-9_-]{25,100}")
_READS = {"GET", "HEAD"}
_ONLY_SHOWS = {"/api/letters"}
"""Asked by POST, since many ids fit into no address; it changes nothing."""
_OWN = {"same-origin", "none"}
"""Of Sec-Fetch-Site: our own page, or an address that a person typed."""


@dataclass(slots=True, kw_only=True)
class IdentityGate:
    """Trusts signatures alone: no header of a proxy, no address of a client, no cookie of its own.

    X-Serverless-Authorization is never read: Cloud Run has taken the signature off it, and where nobody stands in
    front of us anybody can write it.
    """

    signer: Signer | None
    """Of identity tokens (Authorization: Bearer)."""
    proxy: Signer | None
    """Identity-Aware Proxy, where it stands in front of us."""
    domains: tuple[str, ...]
    workbooks: frozenset[str]
    """Ids of the spreadsheets that can be named."""
    rights: Rights
    scheme: Literal["http", "https"] = "https"
    """How browsers reach us: Cloud Run's front end ends the encryption, so the request itself does not tell."""
    mode: Literal["local", "cloud"] = "cloud"

    def greet(self, request: Request) -> Response | None:
        """Nothing: people are greeted by whoever signs them in."""
        del request
        return None

    def admit(self, request: Request) -> Visit:
        """Whoever is signed in, for the spreadsheet that they name. Raises Refusal."""
        member, place = self._member(request)
        actor = Actor(name=member.address, place=place, address=member.address)
        if not request.url.path.startswith("/api/"):
            return Visit(actor=actor)
        spreadsheet_id = self._spreadsheet(request)
        is_look = request.method in _READS or request.url.path in _ONLY_SHOWS
        self.rights.check(member, spreadsheet_id, anew=not is_look)
        return Visit(actor=actor, workbook=address_of(spreadsheet_id))

    def _member(self, request: Request) -> tuple[Member, str]:
        """Who asks, and by which way."""
        if self.proxy and request.headers.getlist(ASSERTION):
            self._check_page(request)
            return self._read(_only(request, ASSERTION), self.proxy), "browser"
        scheme, _, token = _only(request, "authorization").partition(" ")
        if self.signer is None or scheme.lower() != "bearer":
            raise nobody()
        return self._read(token.strip(), self.signer), "sidebar"

    def _read(self, token: str, signer: Signer) -> Member:
        try:
            return read_identity(token, signer, self.domains)
        except TokenRefused as refused:
            raise unproven(refused.flaw) from refused

    def _check_page(self, request: Request) -> None:
        """The proxy knows people by a cookie, which a browser sends along whatever page asks (CSRF)."""
        site = request.headers.get("sec-fetch-site")
        origin = request.headers.get("origin")
        if site is not None and site not in _OWN:
            raise not_allowed()
        if origin is not None and origin != f"{self.scheme}://{request.headers.get('host')}":
            raise not_allowed()
        if request.method not in _READS and site != "same-origin" and origin is None:
            raise not_allowed()

    def _spreadsheet(self, request: Request) -> str:
        named = request.headers.getlist(WORKBOOK)
        if len(named) != 1 or not _ID.fullmatch(named[0]):
            raise bad_request(
                "X-Relay-Workbook に、スプレッドシートの ID を 1 つだけ付けてください。",
                "Send the id of one spreadsheet in X-Relay-Workbook.",
            )
        if named[0] not in self.workbooks:
            raise no_editor()
        return named[0]


def address_of(spreadsheet_id: str) -> str:
    """How the house calls a spreadsheet; never to be taken for the path of a file."""
    return f"https://docs.google.com/spreadsheets/d/{spreadsheet_id}"


def _only(request: Request, header: str) -> str:
    """The value of a header that stands there once: of two, another reader might believe the other."""
    values = request.headers.getlist(header)
    if len(values) != 1:
        raise nobody()
    return values[0]
