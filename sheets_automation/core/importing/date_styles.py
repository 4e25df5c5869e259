"""How the dates of one column of a file are written: found out from all of them, and never guessed from one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import tzinfo
from enum import StrEnum

from sheets_automation.core.cells import folded
from sheets_automation.core.dates import Moment, date_time
from sheets_automation.core.table import CellValue

_MOST_LOOKED_AT = 5_000
_MONTHS = {
    month: number
    for number, month in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)  # noqa: SIM905
}
_THREE_NUMBERS = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})(?!\d)(.*)", re.ASCII | re.DOTALL)
_MONTH_FIRST = re.compile(
    r"([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)(.*)", re.ASCII | re.DOTALL
)
_DAY_FIRST = re.compile(r"(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+(\d{4})(?!\d)(.*)", re.ASCII | re.DOTALL)
_LAST_MONTH = 12


class DateStyle(StrEnum):
    """In which order day, month and year stand."""

    NONE = "none"  # no dates at all
    YEAR_FIRST = "year_first"  # 2026/11/05, 令和8年11月5日, a date cell
    MONTH_FIRST = "month_first"  # 11/25/2026
    DAY_FIRST = "day_first"  # 25/11/2026
    NAMED_MONTH = "named_month"  # Nov 5, 2026
    UNCLEAR = "unclear"  # 05/06/2026 and nothing above 12: nobody can tell


def date_style_of(values: Iterable[CellValue]) -> DateStyle:
    """Find out how a column writes its dates; it is UNCLEAR where its values say nothing, or contradict one another."""
    first_above = second_above = is_short = False
    named = others = 0
    for value, _ in zip(values, range(_MOST_LOOKED_AT), strict=False):
        word = folded(value) if isinstance(value, str) else ""
        if found := _THREE_NUMBERS.fullmatch(word):
            is_short = True
            first_above |= int(found[1]) > _LAST_MONTH
            second_above |= int(found[2]) > _LAST_MONTH
        elif _MONTH_FIRST.fullmatch(word) or _DAY_FIRST.fullmatch(word):
            named += 1
        elif value is not None and value != "":
            others += 1
    if is_short:
        if first_above == second_above:
            return DateStyle.UNCLEAR
        return DateStyle.DAY_FIRST if first_above else DateStyle.MONTH_FIRST
    if named:
        return DateStyle.NAMED_MONTH
    return DateStyle.YEAR_FIRST if others else DateStyle.NONE


def read_date(value: CellValue, style: DateStyle, zone: tzinfo) -> Moment | None:
    """Read a date that a column of this style holds; None where it is not surely one."""
    if not isinstance(value, str):
        return date_time(value, zone)
    word = folded(value)
    if found := _THREE_NUMBERS.fullmatch(word):
        order = {DateStyle.MONTH_FIRST: (1, 2), DateStyle.DAY_FIRST: (2, 1)}.get(style)
        return date_time(f"{found[3]}/{found[order[0]]}/{found[order[1]]}{found[4]}", zone) if order else None
    if found := _MONTH_FIRST.fullmatch(word):
        return _named(found[3], found[1], found[2], found[4], zone)
    if found := _DAY_FIRST.fullmatch(word):
        return _named(found[3], found[2], found[1], found[4], zone)
    return date_time(value, zone)


def _named(year: str, month: str, day: str, rest: str, zone: tzinfo) -> Moment | None:
    number = _MONTHS.get(month)
    return date_time(f"{year}/{number}/{day}{rest}", zone) if number else None
