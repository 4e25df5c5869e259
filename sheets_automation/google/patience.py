"""Trying again, within bounds: a number of tries and a span of time, and only for troubles that pass."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TypeVar

from sheets_automation.core.errors import StopAsked

T = TypeVar("T")

TRIES = 8
SECONDS = 120
"""Quotas are refilled each minute: two minutes are enough for all troubles that pass by themselves."""
_LONGEST_WAIT = 32

Sleep = Callable[[float], None]


def patiently(ask: Callable[[], T], *, may_repeat: Callable[[BaseException], bool], sleep: Sleep) -> T:
    """Ask, and ask again after 1, 2, 4 … 32 s (with jitter) while `may_repeat`; then raise what came last.

    Where `sleep` raises StopAsked, that was the last try, and what it met is raised: callers know what that means.

    Truncated exponential backoff, as https://developers.google.com/workspace/sheets/api/limits wants it.
    """
    try:
        return ask()
    except BaseException as error:
        if not may_repeat(error):
            raise
        trouble = error
    try:
        return _again(ask, may_repeat, sleep)
    except StopAsked:
        raise trouble from None


def _again(ask: Callable[[], T], may_repeat: Callable[[BaseException], bool], sleep: Sleep) -> T:
    """The further tries. Most calls need none, and importing what counts them takes as long as a call."""
    from tenacity import Retrying, retry_if_exception, stop_after_attempt, stop_after_delay, wait_exponential_jitter

    sleep(1 + random.random())  # noqa: S311 - jitter
    trying = Retrying(
        retry=retry_if_exception(may_repeat),
        wait=wait_exponential_jitter(multiplier=2, max=_LONGEST_WAIT, jitter=1),
        stop=stop_after_attempt(TRIES - 1) | stop_after_delay(SECONDS),
        sleep=sleep,
        reraise=True,
    )
    return trying(ask)
