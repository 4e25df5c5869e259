"""What a cell means, once its type, style and text are known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Protocol

from sheets_automation.core.table import UNCALCULATED, CellError, CellValue
from sheets_automation.xlsx.markup import MarkupError

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(\.[0-9]*)?|(\.[0-9]+))([eE][+-]?[0-9]+)?")
_LONGEST_NUMBER = 64
_MOST_DIGITS_OF_AN_INTEGER = 15
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")

_DAYS_1904 = 1_462
_END_OF_DAYS = 2_958_466  # 10000-01-01, where Excel's calendar ends too
# 1900 was no leap year, but Lotus 1-2-3 and therefore Excel count a 29 February 1900: serial 60.
_NO_SUCH_DAY = 60
_EPOCH_FROM_MARCH_1900 = datetime.fromisoformat("1899-12-30")
_EPOCH_BEFORE = datetime.fromisoformat("1899-12-31")


class Texts(Protocol):
    """Shared strings by number."""

    def __getitem__(self, number: int) -> str:
        """The text with this number; LookupError when there is none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CellReader:
    """Turns what stands in a cell into a value, for one workbook."""

    texts: Texts
    date_styles: frozenset[str]
    date1904: bool

    def value(self, kind: str, style: str, raw: str, *, formula: bool = False) -> CellValue:
        """The value of a cell of type `kind` ("" is a number) whose text is `raw`; None when it is empty."""
        if not raw:
            return UNCALCULATED if formula and kind in {"", "n"} else None
        if kind == "s":
            try:
                return self.texts[int(raw)] or None
            except (ValueError, LookupError) as error:
                raise MarkupError("a cell points to a shared string that does not exist") from error
        if kind in {"", "n"}:
            number = number_of(raw)
            return moment_of(number, date1904=self.date1904) if style in self.date_styles else number
        return _other_value(kind, raw)


def _other_value(kind: str, raw: str) -> CellValue:
    match kind:
        case "b":
            return raw.strip() in {"1", "true"}
        case "e":
            return CellError(raw)
        case "d":
            return _iso_date(raw)
        case _:
            return unescaped(raw)


def number_of(raw: str) -> int | float | CellError:
    """The number that a cell holds; an int where it is written as one that a spreadsheet can hold exactly."""
    if raw.isdecimal() and len(raw) <= _MOST_DIGITS_OF_AN_INTEGER:
        return int(raw)
    raw = raw.strip()
    match = _NUMBER.fullmatch(raw) if len(raw) <= _LONGEST_NUMBER else None
    if match is None:
        return CellError("#VALUE!")
    if match.lastindex is None and len(raw) <= _MOST_DIGITS_OF_AN_INTEGER:
        return int(raw)
    number = float(raw)
    return number if abs(number) != float("inf") else CellError("#NUM!")


@lru_cache(maxsize=4096)
def moment_of(serial: float | CellError, *, date1904: bool) -> CellValue:
    """The date of a serial number, to the millisecond; the number itself where the calendar has no such day."""
    if isinstance(serial, CellError):
        return serial
    day = serial + _DAYS_1904 if date1904 else serial
    if not 0 <= day < _END_OF_DAYS:
        return serial
    epoch = _EPOCH_BEFORE if day < _NO_SUCH_DAY else _EPOCH_FROM_MARCH_1900
    try:
        return epoch + timedelta(milliseconds=round(day * 86_400_000))
    except OverflowError:  # the last half millisecond of the year 9999
        return serial


def unescaped(text: str) -> str:
    """Text with Excel's `_x000D_` escapes resolved; half a surrogate pair becomes U+FFFD."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _iso_date(raw: str) -> CellValue:
    try:
        return datetime.fromisoformat(raw.strip()).replace(tzinfo=None)
    except ValueError:
        return CellError("#VALUE!")
