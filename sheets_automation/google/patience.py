"""Trying again, within bounds: a number of tries and a span of time, and only for troubles that pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tenacity import Retrying, retry_if_exception, stop_after_attempt, stop_after_delay, wait_exponential_jitter

T = TypeVar("T")

TRIES = 8
SECONDS = 120
"""Quotas are refilled each minute: two minutes are enough for all troubles that pass by themselves."""
_LONGEST_WAIT = 32

Sleep = Callable[[float], None]


def patiently(ask: Callable[[], T], *, may_repeat: Callable[[BaseException], bool], sleep: Sleep) -> T:
    """Ask, and ask again after 1, 2, 4 … 32 s (with jitter) while `may_repeat`; then raise what came last.

    Truncated exponential backoff, as https://developers.google.com/workspace/sheets/api/limits wants it.
    """
    trying = Retrying(
        retry=retry_if_exception(may_repeat),
        wait=wait_exponential_jitter(initial=1, max=_LONGEST_WAIT, jitter=1),
        stop=stop_after_attempt(TRIES) | stop_after_delay(SECONDS),
        sleep=sleep,
        reraise=True,
    )
    return trying(ask)
