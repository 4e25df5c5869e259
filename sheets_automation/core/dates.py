"""Dates as people type them, and as spreadsheets and recruiting systems store them. Nothing is guessed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple

from sheets_automation.core.cells import folded, is_midnight
from sheets_automation.core.moments import YEARS
from sheets_automation.core.table import CellError, CellValue

_ONE_DAY = timedelta(days=1)
# No date is as long as this. The patterns below try every way to part blanks, which takes minutes for a thousand.
_MOST_CHARACTERS = 80
# Day 0 of Excel's 1900 system as every day after its imaginary 29 February 1900 counts it.
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock; the zone is set when it is read
_ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988}
_MARKS = {"-": "-", "/": "/", ".": ".", "年": "月"}

_DAY = re.compile(
    r"""(?P<era>令和|平成|r|h)? \s* (?P<year>\d{1,4}|元) \s* (?P<mark>[-/.年])
        \s* (?P<month>\d{1,2}) \s* (?P<second_mark>[-/.月])
        \s* (?P<day>\d{1,2}) (?:\s*日)?""",
    re.VERBOSE | re.ASCII,
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\s*t?(\d\d)(\d\d)(\d\d)?)?", re.ASCII)
_TIME = re.compile(
    r"""[\s,]* (?:\(?(?:[月火水木金土日](?:曜日?)?(?:・?祝)?|mon|tue|wed|thu|fri|sat|sun)\)?)? [\s,t]*
        (?: (?P<half>午前|午後|am|pm)? \s* (?P<hour>\d{1,2})
            (?: [:時] \s* (?P<minute>\d{1,2}) (?: [:分] \s* (?P<second>\d{1,2}) (?:\.\d+)? )? [分秒]? | 時 )
            \s* (?P<half_after>am|pm)? )?
        \s* (?P<zone>z|utc|gmt|jst|[+-]\d\d:?\d\d)?""",
    re.VERBOSE | re.ASCII,
)


class Moment(NamedTuple):
    """A point in time that a cell names, or a whole day."""

    at: datetime
    """Aware. The beginning of the day where no time is given."""
    has_time: bool

    @property
    def latest(self) -> datetime:
        """Return when it has happened for certain: a date without a time lasts until the end of that day."""
        return self.at if self.has_time else self.at + _ONE_DAY


def date_time(value: CellValue, tz: tzinfo) -> Moment | None:
    """Read a date, with or without a time, as the wall clock of `tz` unless the cell names an offset.

    None for a blank cell and for whatever is not surely one date between 2000 and 2099: 11/5/2026 may be May or
    November, 11月5日 has no year. Ask `text` to tell blank from unreadable.
    """
    match value:
        case datetime():
            return _plausible(value if value.tzinfo else value.replace(tzinfo=tz), has_time=not is_midnight(value))
        case None | bool() | CellError():
            return None
        case str():
            return _from_text(folded(value), tz)
        case _:
            return _from_number(value, tz)


def _plausible(at: datetime, *, has_time: bool) -> Moment | None:
    return Moment(at, has_time) if at.year in YEARS else None


def _from_number(value: float, tz: tzinfo) -> Moment | None:
    """Read a serial date, or eight digits such as 20261105 that somebody typed as a number."""
    if 20_000_101 <= value <= 20_991_231:  # noqa: PLR2004 - eight digits that begin with a plausible year
        return _from_text(str(int(value)), tz) if float(value).is_integer() else None
    if not 36_526 <= value < 73_051:  # noqa: PLR2004 - 2000-01-01 to 2099-12-31
        return None
    # Serials are binary fractions of a day; a microsecond below a full second is rounding, not time.
    seconds = round(float(value) * 86_400)
    at = _SERIAL_ZERO + timedelta(seconds=seconds)
    return _plausible(at.replace(tzinfo=tz), has_time=seconds % 86_400 != 0)


@lru_cache(maxsize=4096)
def _from_text(word: str, tz: tzinfo) -> Moment | None:
    if len(word) > _MOST_CHARACTERS:
        return None
    try:
        return _written_out(word, tz) or _digits_only(word, tz)
    except (ValueError, OverflowError):
        return None  # a 31st of June, 25 o'clock, an offset of 99 hours


def _written_out(word: str, tz: tzinfo) -> Moment | None:
    """Read 2026/11/5, 2026年11月5日(木) 午後2時30分, R8.11.5, 2026-11-05T14:30:00+09:00."""
    day = _DAY.match(word)
    if day is None or _MARKS[day["mark"]] != day["second_mark"]:
        return None
    time = _TIME.fullmatch(word, day.end())
    if time is None:
        return None
    start = datetime(_year(day), int(day["month"]), int(day["day"]), tzinfo=_zone(time["zone"], tz))
    return _at_clock(start, _clock(time))


def _digits_only(word: str, tz: tzinfo) -> Moment | None:
    """Read 20261105 and 20261105143000."""
    found = _COMPACT.fullmatch(word)
    if found is None:
        return None
    year, month, day, *clock = (int(digits or 0) for digits in found.groups())
    return _at_clock(datetime(year, month, day, tzinfo=tz), (clock[0], clock[1], clock[2]))


def _at_clock(start: datetime, clock: tuple[int, int, int]) -> Moment | None:
    # Midnight is what exports write for a day without a time. Taking it for the whole day can only delay a letter.
    if clock == (24, 0, 0):
        return _plausible(start + _ONE_DAY, has_time=True)
    hour, minute, second = clock
    return _plausible(start.replace(hour=hour, minute=minute, second=second), has_time=clock != (0, 0, 0))


def _year(day: re.Match[str]) -> int:
    if day["era"]:
        return _ERAS[day["era"]] + int(day["year"].replace("元", "1"))
    return int(day["year"])  # 26/11/5 may be three different days; year 26 is not plausible


def _clock(time: re.Match[str]) -> tuple[int, int, int]:
    hour, half = int(time["hour"] or 0), time["half"] or time["half_after"]
    if half:
        if hour > 12:  # noqa: PLR2004 - half a day has twelve hours
            raise ValueError(half)
        hour = hour % 12 + (12 if half in {"午後", "pm"} else 0)
    return hour, int(time["minute"] or 0), int(time["second"] or 0)


def _zone(name: str | None, tz: tzinfo) -> tzinfo:
    if name is None:
        return tz
    if name[0] in "+-":
        offset = timedelta(hours=int(name[1:3]), minutes=int(name[-2:]))
        return timezone(-offset if name[0] == "-" else offset)
    return timezone(timedelta(hours=9 if name == "jst" else 0))
