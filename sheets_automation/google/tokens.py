"""How google-auth asks for tokens here: over a session of ours, and not for long.

google-auth has its own way over requests; importing that loads all of cryptography, which only a key file needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import requests
from google.auth.exceptions import TransportError
from google.auth.transport import Request, Response

TOKEN_SECONDS = 30
"""A token that does not come soon does not come."""


class TokenSource(Protocol):
    """Who signs our calls: credentials of google-auth, or the account of the machine."""

    @property
    def valid(self) -> bool:
        """Whether there is a token that lasts."""
        ...

    def refresh(self, request: Any) -> None:
        """Get a token, by a TokenRequest."""
        ...

    def before_request(self, request: Any, method: str | None, url: str | None, headers: Any, /) -> None:
        """Put a token into the headers, gotten now where there is none that lasts."""
        ...


class TokenRequest(Request):
    """Asks once, what google-auth wants to ask."""

    def __init__(self, session: requests.Session) -> None:
        self.session = session

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        **more: Any,
    ) -> Response:
        """Raises TransportError where no answer comes."""
        patience = min(timeout or TOKEN_SECONDS, TOKEN_SECONDS)
        try:
            answer = self.session.request(method, url, data=body, headers=headers, timeout=patience, **more)
        except requests.RequestException as error:
            raise TransportError(error) from error
        return _TokenAnswer(answer)


class _TokenAnswer(Response):
    def __init__(self, answer: requests.Response) -> None:
        self._answer = answer

    @property
    def status(self) -> int:
        return self._answer.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        return self._answer.headers

    @property
    def data(self) -> bytes:
        return self._answer.content
