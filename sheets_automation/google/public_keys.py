"""The public keys of whoever signs identity tokens, kept for as long as the answer that told them allows."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping

import requests

from sheets_automation.core.errors import WorkbookUnreachable
from sheets_automation.google.redirect import carry_to_emulator

GOOGLE_KEYS = "https://www.googleapis.com/oauth2/v1/certs"
PROXY_KEYS = "https://www.gstatic.com/iap/verify/public_key"
_SECONDS = 10
_LONGEST = 86_400.0
_UNTOLD = 300.0
"""Seconds that keys are kept for where the answer does not say."""
_ANEW = 60.0
"""Seconds between two looks for a key that nobody has told us of: made-up ids must not make us ask for each."""
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age=(\d{1,9})")


class PublicKeys:
    """Keys by their ids: X.509 certificates or bare keys, both as PEM. Safe to ask from many threads."""

    def __init__(
        self, address: str, emulator: str | None = None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._address = address
        self._session = requests.Session()
        if emulator:
            carry_to_emulator(self._session, emulator)
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._keys: Mapping[str, str] = {}
        self._asked_at = self._kept_until = float("-inf")

    def find(self, key_id: str) -> str | None:
        """The key of this id, if there is one. Raises WorkbookUnreachable where the keys cannot be had.

        A key that is not among those kept is looked for anew, though not more than once a minute: keys change.
        """
        with self._lock:
            now = self._monotonic()
            is_unknown = key_id not in self._keys and now - self._asked_at >= _ANEW
            if now >= self._kept_until or is_unknown:
                self._ask(now)
            return self._keys.get(key_id)

    def _ask(self, now: float) -> None:
        try:
            answer = self._session.get(self._address, timeout=_SECONDS, allow_redirects=False)
            answer.raise_for_status()
            keys = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise unreachable() from error
        if answer.is_redirect or not isinstance(keys, dict):
            raise unreachable()
        self._keys = {str(name): str(key) for name, key in keys.items()}
        self._asked_at = now
        self._kept_until = now + kept_for(answer.headers)


def kept_for(headers: Mapping[str, str]) -> float:
    """For how many seconds an answer may be kept: its max-age, less what it has spent on the way."""
    told = headers.get("Cache-Control", "").lower()
    if "no-store" in told or "no-cache" in told:
        return 0.0
    found = _MAX_AGE.search(told)
    age = headers.get("Age", "")
    spent = float(age) if age.isdecimal() else 0.0
    return min(_LONGEST, max(0.0, float(found[1]) - spent)) if found else _UNTOLD


def unreachable() -> WorkbookUnreachable:
    """Who somebody is, or what they may do, cannot be found out at the moment."""
    return WorkbookUnreachable(
        "Google に確認できないため、受け付けませんでした。少し待ってから、もう一度お試しください。",
        "Google cannot be asked at the moment, so nothing was done. Wait a little, then try again.",
    )
