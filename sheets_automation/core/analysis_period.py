"""期間: the whole months that an analysis looks at."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sheets_automation.core.months import months_later

_MONTH = r"(\d{4})[-/.年](\d{1,2})月?"
_RANGE = rf"(?:{_MONTH})?\s*(?:\.\.|[~〜～–—]|から)\s*(?:{_MONTH})?(?:まで)?"
_FISCAL = r"(?i)FY(\d{4})|(\d{4})年度"
_FISCAL_START = 4
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Months from the first to the last, both included; None is open."""

    first: date | None = None
    """The first day of a month, as is `last`."""
    last: date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether everything is looked at, also what has no date."""
        return self.first is None and self.last is None

    def holds(self, moment: datetime | None, zone: tzinfo | None) -> bool:
        """Whether something that happened then, in that time zone, is looked at. What has no date only in the whole."""
        if self.is_whole:
            return True
        return moment is not None and self.holds_month(moment.astimezone(zone).date().replace(day=1))

    def holds_month(self, month: date) -> bool:
        """Whether a month, by its first day, is looked at."""
        return (self.first is None or self.first <= month) and (self.last is None or month <= self.last)

    def text(self, language: str) -> str:
        """The period as people write it."""
        if self.is_whole:
            return "全期間" if language == "ja" else "all time"
        ends = [f"{day:%Y-%m}" if day else "" for day in (self.first, self.last)]
        return ends[0] if ends[0] == ends[1] else "..".join(ends)


EVERYTHING = Period()


def read_period(text: str) -> Period:
    """Read "2026-04..2026-09", "2026-04", "2026-04..", "FY2026" or "2026年度" (from April); "" is everything.

    Raises ValueError for anything else.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if not plain:
        return EVERYTHING
    if fiscal := re.fullmatch(_FISCAL, plain):
        april = _month(fiscal[1] or fiscal[2], str(_FISCAL_START))
        return Period(first=april, last=months_later(april, 11))
    if one := re.fullmatch(_MONTH, plain):
        month = _month(one[1], one[2])
        return Period(first=month, last=month)
    found = re.fullmatch(_RANGE, plain)
    if found is None or not (found[1] or found[3]):
        raise ValueError(text)
    first = _month(found[1], found[2]) if found[1] else None
    last = _month(found[3], found[4]) if found[3] else None
    if first and last and first > last:
        raise ValueError(text)
    return Period(first=first, last=last)


def _month(year: str, month: str) -> date:
    if int(year) not in _YEARS:
        raise ValueError(year)
    return date(int(year), int(month), 1)


def months_between(first: date, last: date) -> tuple[date, ...]:
    """The first days of the months from one to the other, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(months_later(first, number) for number in range(count))
