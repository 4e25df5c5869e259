"""Spans of real time. Python adds and subtracts within a time zone by what a clock on the wall shows.

On the night on which clocks go back, an hour before 2:57 is 1:57 on the wall, and may be two hours of the world ago.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

YEARS: Final = range(2000, 2100)
"""In which anything of ours can have happened, or can be planned."""


def ago(now: datetime, span: timedelta) -> datetime:
    """The moment that lies so far back, by the world's clock. `now` is aware."""
    return now.astimezone(UTC) - span


def moment_in(text: str) -> datetime:
    """An ISO 8601 moment with its offset. Raises ValueError, also for years in which nothing of ours can have happened.

    What lies at the end of all calendars leaves them in the next zone or month, and stops everything that counts.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or moment.year not in YEARS:
        raise ValueError(text)
    return moment
