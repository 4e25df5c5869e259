"""Below the libraries: what they send to Google goes to a stand-in on this machine, and nothing goes anywhere else."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter

from sheets_automation.google.emulator import VARIABLE

_GOOGLE = (".googleapis.com", ".google.com", ".gstatic.com", ".google.internal")
_METADATA = "169.254.169.254"


def carry_to_emulator(session: requests.Session, host: str) -> None:
    """Send what is meant for Google to `host`, and refuse to send anything else."""
    session.trust_env = False  # no proxy and no .netrc between us and a server on this machine
    adapter = _EmulatorAdapter(host)
    session.mount("https://", adapter)
    session.mount("http://", adapter)


def session_to(host: str) -> requests.Session:
    """A session for which the stand-in is Google."""
    session = requests.Session()
    carry_to_emulator(session, host)
    return session


class _EmulatorAdapter(HTTPAdapter):
    # google-auth copies its transport for what it asks in the background; the copy must lead nowhere else either.
    __attrs__ = (*HTTPAdapter.__attrs__, "_host")

    def __init__(self, host: str) -> None:
        super().__init__()
        self._host = host

    def send(self, request: requests.PreparedRequest, *words: Any, **more: Any) -> requests.Response:
        parts = urlsplit(request.url or "")
        name = parts.hostname or ""
        if not (name.endswith(_GOOGLE) or name == _METADATA or parts.netloc == self._host):
            raise requests.exceptions.InvalidURL(f"{VARIABLE} is set, and this is no address of Google's")
        request.url = urlunsplit(parts._replace(scheme="http", netloc=self._host))
        return super().send(request, *words, **more)
