"""Lead Python clients that know only Google's own addresses to an emulator.

google-auth's and gspread's URLs are constants; a transport adapter below them changes where the bytes go, and the
client remains what it is. Clients that can be given an endpoint, or a discovery address, need none of this.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import google.auth.transport.requests
import requests
from google.auth.credentials import Credentials
from requests.adapters import HTTPAdapter

_GOOGLES = (".googleapis.com", "accounts.google.com", "metadata.google.internal")


class ToEmulator(HTTPAdapter):
    """Sends whatever is addressed to Google to "127.0.0.1:port", over plain HTTP."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        parts = urlsplit(str(request.url))
        if parts.hostname and parts.hostname.endswith(_GOOGLES):
            request.url = urlunsplit(("http", self._address, parts.path, parts.query, ""))
        return super().send(request, **kwargs)


def session_to(address: str, headers: Mapping[str, str] | None = None) -> requests.Session:
    """A plain session for which the emulator is Google."""
    session = requests.Session()
    for root in ("https://", "http://metadata.google.internal/"):
        session.mount(root, ToEmulator(address))
    session.headers.update(headers or {})
    return session


def transport_to(address: str) -> google.auth.transport.requests.Request:
    """What credentials refresh themselves with."""
    return google.auth.transport.requests.Request(session_to(address))


def authorized_session(credentials: Credentials, address: str) -> google.auth.transport.requests.AuthorizedSession:
    """A session that signs in with these credentials, at the emulator."""
    session = google.auth.transport.requests.AuthorizedSession(credentials, auth_request=transport_to(address))
    session.mount("https://", ToEmulator(address))
    return session
