"""Moments as Sheets keeps them: days since 30 December 1899, the time of day as a fraction."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's times have no zone
_DAY = 86_400


def serial_of(moment: datetime) -> float:
    """The number of a moment, whatever its zone."""
    passed = moment.replace(tzinfo=None) - _EPOCH
    return tidy(passed.days + (passed.seconds + passed.microseconds / 1e6) / _DAY)


def moment_of(serial: float) -> datetime:
    """The moment of a number, to the millisecond; out of range is clamped to what Python can show."""
    days = min(max(float(serial), -693_000.0), 2_958_465.999)
    whole = int(days // 1)
    return _EPOCH + timedelta(days=whole, milliseconds=round((days - whole) * _DAY * 1000))


def local(now: datetime, zone: str) -> datetime:
    """The time that a spreadsheet's clock shows."""
    try:
        return now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except (KeyError, ValueError, OSError):
        return now.replace(tzinfo=None)


def tidy(number: float) -> float:
    """Whole numbers are written without a point."""
    return int(number) if isinstance(number, float) and number.is_integer() and abs(number) < 1e15 else number
