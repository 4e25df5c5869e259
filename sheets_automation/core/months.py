"""The arithmetic of days and months."""

from __future__ import annotations

import calendar
from datetime import date, datetime


def local_day(moment: datetime, now: datetime) -> date:
    """The day on which something happened, in the zone of `now`."""
    return moment.astimezone(now.tzinfo).date()


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
