"""One call to Google, with a time limit and an end that says what is known: done, refused, not reached, or lost.

Nothing is sent through httplib2: it repeats a POST by itself when the connection closes without an answer, which was
seen to deliver one letter twice (httplib2/__init__.py, around line 1427). requests sends once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError

from sheets_automation.google.answers import Refusal, refusal_of
from sheets_automation.google.redirect import carry_to_emulator
from sheets_automation.google.tokens import TokenRequest, TokenSource

CONNECT_SECONDS = 10
ANSWER_SECONDS = 180
"""Google gives up on a Sheets request after 180 s; who stops waiting sooner does not know whether it was done."""

_UNTOUCHED = (NewConnectionError, ConnectTimeoutError)
_PASSING = {"INTERNAL", "UNAVAILABLE", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED"}


class Refused(Exception):
    """Google answered, and did not do it (or, with a server fault, may have)."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.status} {refusal.reason}")
        self.refusal = refusal


class NotReached(Exception):
    """No connection came about: surely nothing was done."""


class AnswerLost(Exception):
    """The request left and no whole answer came: it may have been done, or may still be."""


class SignInRefused(Exception):
    """The credentials are expired, revoked, or not allowed what was asked."""

    def __init__(self, reason: str, message: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        """Google's word: "invalid_grant", "unauthorized_client", "IAM_PERMISSION_DENIED" … or ""."""
        self.message = message
        """Google's sentence. It may name addresses: never for a log."""


class Caller:
    """A signed-in session that is asked one thing at a time."""

    def __init__(self, source: TokenSource, emulator: str | None = None) -> None:
        """`emulator` is the host:port of a stand-in on this machine; None for the real Google."""
        self._source = source
        self._session, self._tokens = requests.Session(), requests.Session()
        if emulator:
            carry_to_emulator(self._session, emulator)
            carry_to_emulator(self._tokens, emulator)
        self._token_request = TokenRequest(self._tokens)
        self._session.auth = self._sign

    def sign_in(self) -> None:
        """Fetch a token now, if there is none yet. Raises SignInRefused or NotReached."""
        if not self._source.valid:
            self.renew()

    def renew(self) -> None:
        """Fetch another token, for what was refused with the one that there is. Raises as `sign_in`."""
        with _said_plainly():
            self._source.refresh(self._token_request)

    def call(self, method: str, url: str, *, patience: float = ANSWER_SECONDS, **content: Any) -> requests.Response:
        """Ask once. Raises Refused, NotReached, AnswerLost or SignInRefused; never asks a second time by itself.

        Only a 401 is asked again, once, with a fresh token: Google does nothing for a stale one.
        """
        with _said_plainly():
            response = self._ask(method, url, patience, content)
            if response.status_code == requests.codes.unauthorized:
                self._source.refresh(self._token_request)
                response = self._ask(method, url, patience, content)
        if not response.ok:
            raise Refused(refusal_of(response.status_code, response.content))
        return response

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()
        self._tokens.close()

    def _ask(self, method: str, url: str, patience: float, content: Mapping[str, Any]) -> requests.Response:
        return self._session.request(method, url, timeout=(CONNECT_SECONDS, patience), allow_redirects=False, **content)

    def _sign(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Put the token into a request, fetched now where there is none that lasts."""
        self._source.before_request(self._token_request, request.method, request.url, request.headers)
        return request


@contextmanager
def _said_plainly() -> Iterator[None]:
    """Turn what the libraries raise into what is known."""
    try:
        yield
    except RefreshError as error:
        raise _without_token(error) from error
    except TransportError as error:  # while the token was fetched
        raise NotReached(type(error).__name__) from error
    except GoogleAuthError as error:
        raise SignInRefused(type(error).__name__) from error
    except requests.ConnectionError as error:
        raise (NotReached if _is_untouched(error) else AnswerLost)(type(error).__name__) from error
    except requests.RequestException as error:
        raise AnswerLost(type(error).__name__) from error


def _is_untouched(error: requests.ConnectionError) -> bool:
    """Whether not even a connection came about. A reset while waiting for the answer is a lost answer."""
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(error, requests.ConnectTimeout) or isinstance(reason, _UNTOUCHED)


def _without_token(error: RefreshError) -> SignInRefused | NotReached:
    """No token came: because it may not, or because of a trouble that passes. Nothing was asked of the API yet."""
    body = error.args[1] if len(error.args) > 1 else ""  # google-auth keeps what was answered there
    refusal = refusal_of(0, json.dumps(body) if isinstance(body, Mapping) else body)
    is_page = isinstance(body, str) and body.lstrip().startswith("<")  # of a front end in trouble
    is_passing = error.retryable or isinstance(error.__cause__, TransportError) or refusal.reason in _PASSING
    return NotReached("token") if is_passing or is_page else SignInRefused(refusal.reason, refusal.message)
