"""The seam for tests: what is meant for Google goes to a stand-in on this machine, and nothing goes anywhere else.

`RELAY_GOOGLE_EMULATOR_HOST=127.0.0.1:8085` says where it listens, as FIRESTORE_EMULATOR_HOST does for Google's own
emulators. Code above this module asks for Google's real addresses either way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from sheets_automation.core.errors import ConfigurationError

VARIABLE = "RELAY_GOOGLE_EMULATOR_HOST"
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


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


def refuse_real_secrets(secrets: Mapping[str, Any], host: str) -> None:
    """Refuse all but throw-away credentials: those that name the stand-in as the place to get tokens from.

    Credentials that stand in for a service account have others inside, and those are the secret.
    """
    innermost = secrets.get("source_credentials") or secrets
    if urlsplit(str(innermost.get("token_uri", ""))).netloc != host:
        raise ConfigurationError(
            "エミュレーターには本物の認証情報を渡しません。エミュレーターが発行したものを使ってください。",
            "Real credentials are never given to an emulator. Use the ones that it hands out.",
        )
