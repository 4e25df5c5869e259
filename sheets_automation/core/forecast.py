"""見込み: when the next credit may come, if people go on registering as they did lately.

Registrations come one by one and by chance, so the pace of the last ninety days is all that is used, and how far off it
may be is said with it. Over too little nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil, comb
from typing import Final

WINDOW: Final = timedelta(days=90)
FEWEST: Final = 5
FEWEST_DAYS: Final = 28
FARTHEST: Final = timedelta(days=365)
_UNLIKELY: Final = 0.1
"""On each side: of ten forecasts, eight hold."""
_DAY: Final = timedelta(days=1)


class Outlook(StrEnum):
    """What can be said. The names are stable: `--json` prints them."""

    EXPECTED = "expected"
    TOO_LITTLE = "too_little"
    FAR = "far"  # more than a year from now: nobody knows so far ahead
    CAPPED = "capped"  # the limit of the month or the year is reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """When the next credit may come, and from what that is known."""

    outlook: Outlook
    missing: int
    """How many more have to count."""
    counted: int = 0
    """How many did within `days`."""
    days: int = 0
    expected: date | None = None
    """At the same pace; with `earliest` and `latest`, between which it lies in eight of ten cases."""
    earliest: date | None = None
    latest: date | None = None


def forecast(counted: Sequence[datetime], missing: int, now: datetime) -> Forecast:
    """Say when `missing` more will have counted, by the moments at which others did."""
    since = now - WINDOW
    recent = sorted(moment for moment in counted if since < moment <= now)
    if recent and not any(moment <= since for moment in counted):
        since, recent = recent[0], recent[1:]  # the pace begins with the first one, who does not count for it
    days = (now - since) / _DAY
    known = Forecast(outlook=Outlook.TOO_LITTLE, missing=missing, counted=len(recent), days=round(days))
    if len(recent) < FEWEST or days < FEWEST_DAYS:
        return known
    wait = days * missing / len(recent)
    if wait > FARTHEST / _DAY:
        return _with(known, Outlook.FAR)
    low, high = (days * _waiting(missing, len(recent), share) for share in (_UNLIKELY, 1 - _UNLIKELY))
    return Forecast(
        outlook=Outlook.EXPECTED,
        missing=missing,
        counted=known.counted,
        days=known.days,
        expected=_day(now, wait),
        earliest=_day(now, low),
        latest=_day(now, high),
    )


def capped(known: Forecast) -> Forecast:
    """The same, where the credit would not be granted."""
    return _with(known, Outlook.CAPPED)


def _with(known: Forecast, outlook: Outlook) -> Forecast:
    return Forecast(outlook=outlook, missing=known.missing, counted=known.counted, days=known.days)


def _day(now: datetime, days: float) -> date:
    return now.date() + timedelta(days=min(ceil(days), 100_000))


def _waiting(missing: int, counted: int, share: float) -> float:
    """For how long, in windows, one waits for `missing` more in this share of all cases, after `counted` in one window.

    Of a Poisson process of unknown pace: the beta prime distribution. https://en.wikipedia.org/wiki/Beta_prime_distribution
    """
    low, high = 0.0, 1.0
    for _ in range(50):  # to fifteen digits
        middle = (low + high) / 2
        if _beta(middle, missing, counted) < share:
            low = middle
        else:
            high = middle
    return low / (1 - low)


def _beta(x: float, a: int, b: int) -> float:
    """The regularised incomplete beta function of whole numbers: a sum of binomial shares."""
    n = a + b - 1
    return sum(comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(a, n + 1))
