"""The seam for tests: what is meant for Google goes to a stand-in on this machine, and nothing goes anywhere else.

`RELAY_GOOGLE_EMULATOR_HOST=127.0.0.1:8085` says where it listens, as FIRESTORE_EMULATOR_HOST does for Google's own
emulators. Code above this module asks for Google's real addresses either way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter

from sheets_automation.core.errors import ConfigurationError

VARIABLE = "RELAY_GOOGLE_EMULATOR_HOST"
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_GOOGLE = (".googleapis.com", ".google.com", ".google.internal")
_METADATA = "169.254.169.254"


def emulator_host(environ: Mapping[str, str]) -> str | None:
    """Where the stand-in listens; None for the real Google. Raises ConfigurationError for another machine."""
    host = environ.get(VARIABLE, "").strip()
    if not host:
        return None
    parts = urlsplit(f"//{host}")
    if parts.hostname not in _LOOPBACK or parts.path:
        raise ConfigurationError(
            f"環境変数 {VARIABLE} には、このコンピューターの host:port（例: 127.0.0.1:8085）を書いてください。",
            f"{VARIABLE} must name a host and port of this machine, e.g. 127.0.0.1:8085.",
        )
    return host


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


def refuse_real_secrets(secrets: Mapping[str, Any], host: str) -> None:
    """Refuse all but throw-away credentials: those that name the stand-in as the place to get tokens from."""
    if urlsplit(str(secrets.get("token_uri", ""))).netloc != host:
        raise ConfigurationError(
            "エミュレーターには本物の認証情報を渡しません。エミュレーターが発行したものを使ってください。",
            "Real credentials are never given to an emulator. Use the ones that it hands out.",
        )


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
