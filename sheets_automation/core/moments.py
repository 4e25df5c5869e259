"""Spans of real time. Python adds and subtracts within a time zone by what a clock on the wall shows.

On the night on which clocks go back, an hour before 2:57 is 1:57 on the wall, and may be two hours of the world ago.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def ago(now: datetime, span: timedelta) -> datetime:
    """The moment that lies so far back, by the world's clock. `now` is aware."""
    return now.astimezone(UTC) - span
