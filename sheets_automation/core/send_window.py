"""送信時間帯: when letters may leave. Business hours, no weekend, no holiday, not late on a Friday."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

IsHoliday = Callable[[date], bool]
"""Says whether a date is a public holiday or one of the company's own closed days."""

_FRIDAY = 4
_LONGEST_CLOSURE = 366  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class SendWindow:
    """The opening hours of the letter box, in the workbook's time zone."""

    start: time = time(9)
    end: time = time(18)
    friday_end: time = time(17)
    days: frozenset[int] = frozenset(range(5))
    """Weekdays, 0 = Monday."""

    @classmethod
    def always(cls) -> SendWindow:
        """Open at every hour of every day."""
        return cls(start=time.min, end=time.max, friday_end=time.max, days=frozenset(range(7)))

    def is_open(self, moment: datetime, is_holiday: IsHoliday) -> bool:
        """Whether a letter may leave at `moment` (local time)."""
        return self._opens_on(moment.date(), is_holiday) and self.start <= moment.time() < self._end(moment.date())

    def next_opening(self, moment: datetime, is_holiday: IsHoliday) -> datetime:
        """The first moment at or after `moment` when the window is open; a year ahead where it never opens."""
        if self.is_open(moment, is_holiday):
            return moment
        for days in range(_LONGEST_CLOSURE):
            day = moment.date() + timedelta(days=days)
            opening = datetime.combine(day, self.start, moment.tzinfo)
            if opening >= moment and self._opens_on(day, is_holiday):
                return opening
        return moment + timedelta(days=_LONGEST_CLOSURE)

    def _opens_on(self, day: date, is_holiday: IsHoliday) -> bool:
        return day.weekday() in self.days and not is_holiday(day)

    def _end(self, day: date) -> time:
        return min(self.end, self.friday_end) if day.weekday() == _FRIDAY else self.end
