"""Dates and times as people type them, by the locale of the spreadsheet.

Japanese eras (令和8年) stay text, as nothing says that Sheets reads them.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from tests.google_emulator.sheets.locales import Locale
from tests.google_emulator.sheets.model import Json
from tests.google_emulator.sheets.serials import serial_of, tidy

Read = tuple[float, Json]
"""A serial number and the number format that comes with it."""

_ISO = re.compile(r"(\d{4})(-|/)(\d{1,2})\2(\d{1,2})")
_JAPANESE = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
_PARTS = re.compile(r"(\d{1,4})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
_WORDS = re.compile(
    r"(?:(?P<day1>\d{1,2})[ -])?(?P<month>[A-Za-z]{3,9})\.?(?:[ -](?P<day2>\d{1,2}))?(?:,?[ -](?P<year>\d{4}))?"
)
_TIME = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2})(\.\d+)?)?(?:\s*([AaPp])[Mm])?")
_JAPANESE_TIME = re.compile(r"(\d{1,2})時(?:(\d{1,2})分)?(?:(\d{1,2})秒)?")
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def read_date(text: str, locale: Locale, now: datetime) -> Read | None:
    """A date, a time or both, or None if it is neither."""
    time = _time(text)
    if time:
        return time[0], {"type": "TIME", "pattern": time[1]}
    day = _day(text, locale, now)
    if day:
        return serial_of(day[0]), {"type": "DATE", "pattern": day[1]}
    return _both(text, locale, now)


def _both(text: str, locale: Locale, now: datetime) -> Read | None:
    for gap in re.finditer(r"[ T]+", text):
        day, time = _day(text[: gap.start()], locale, now), _time(text[gap.end() :])
        if day and time and time[0] < 1:
            between = '"T"' if gap[0] == "T" else " "
            return tidy(serial_of(day[0]) + time[0]), {"type": "DATE_TIME", "pattern": day[1] + between + time[1]}
    return None


def _day(text: str, locale: Locale, now: datetime) -> tuple[datetime, str] | None:
    iso = _ISO.fullmatch(text)
    if iso:
        mark, padded = iso[2], len(iso[3]) == len(iso[4]) == 2
        shape = mark.join(("yyyy", "mm", "dd") if padded else ("yyyy", "m", "d"))
        return _made(int(iso[1]), int(iso[3]), int(iso[4]), shape)
    japanese = _JAPANESE.fullmatch(text) if locale.order == "YMD" else None
    if japanese:
        shape = ('yyyy"年"' if japanese[1] else "") + 'm"月"d"日"'
        return _made(int(japanese[1] or now.year), int(japanese[2]), int(japanese[3]), shape)
    return _numeric(text, locale, now) or _worded(text, now)


def _numeric(text: str, locale: Locale, now: datetime) -> tuple[datetime, str] | None:
    found = _PARTS.fullmatch(text)
    if not found or len(found[1]) > 2 or (found[2] == "." and locale.date[2:3] != "."):
        return None
    mark, first, second, third = found[2], found[1], found[3], found[4]
    if locale.order == "YMD" and third:
        return _made(_century(first), int(second), int(third), mark.join(("yy", "m", "d")))
    month, day = (second, first) if locale.order == "DMY" else (first, second)
    wide = any(part.startswith("0") for part in (month, day))
    names = ("mm", "dd") if wide else ("m", "d")
    shape = mark.join(reversed(names) if locale.order == "DMY" else names)
    if third:
        shape += mark + ("yyyy" if len(third) == 4 else "yy")
    return _made(_century(third) if third else now.year, int(month), int(day), shape)


def _century(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 30 else 1900)


def _worded(text: str, now: datetime) -> tuple[datetime, str] | None:
    found = _WORDS.fullmatch(text)
    if not found or bool(found["day1"]) == bool(found["day2"]):
        return None
    name = found["month"].lower()
    names = _FULL if name in _FULL and len(name) > 3 else _NAMES
    if name not in names:
        return None
    month, day = ("mmmm" if names is _FULL else "mmm"), "d"
    shape = f"{day} {month}" if found["day1"] else f"{month} {day}"
    shape += (" yyyy" if found["day1"] else ", yyyy") if found["year"] else ""
    year = int(found["year"] or now.year)
    return _made(year, names.index(name) + 1, int(found["day1"] or found["day2"]), shape)


def _made(year: int, month: int, day: int, shape: str) -> tuple[datetime, str] | None:
    try:
        return datetime(year, month, day), shape  # noqa: DTZ001 - a sheet's times have no zone
    except ValueError:
        return None


def _time(text: str) -> tuple[float, str] | None:
    japanese = _JAPANESE_TIME.fullmatch(text)
    if japanese:
        hours, minutes, seconds = (int(part or 0) for part in japanese.groups())
        return _clock(hours, minutes, seconds, 'h"時"m"分"' if japanese[2] else 'h"時"')
    found = _TIME.fullmatch(text)
    if not found:
        return None
    hours, minutes, seconds = int(found[1]), int(found[2]), int(found[3] or 0)
    shape = ("hh" if found[1].startswith("0") else "h") + ":mm" + (":ss" if found[3] else "")
    if found[5]:
        if not 1 <= hours <= 12:
            return None
        return _clock(hours % 12 + (12 if found[5] in "pP" else 0), minutes, seconds, shape + " am/pm")
    return _clock(hours, minutes, seconds, shape if hours < 24 else "[h]" + shape.lstrip("h"))


def _clock(hours: int, minutes: int, seconds: int, shape: str) -> tuple[float, str] | None:
    if minutes > 59 or seconds > 59:
        return None
    return tidy(timedelta(hours=hours, minutes=minutes, seconds=seconds) / timedelta(days=1)), shape
