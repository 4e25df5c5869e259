"""The made-up candidates, as a careful and then less careful HR team typed them over a year.

`candidates.tsv` holds days, not dates: "-6" is six working days before today, and a word after it says how the person
who typed it writes dates ("-6 wareki").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

SERIAL_ZERO = date(1899, 12, 30)
FIRST_REIWA_YEAR = 2019
SATURDAY = 5
DAYS = re.compile(r"([+-]?\d+)(?: (\w+))?")

Cell = str | int | date


def _serial(day: date) -> int:
    return (day - SERIAL_ZERO).days


def _wareki(day: date) -> str:
    return f"令和{day.year - FIRST_REIWA_YEAR + 1}年{day.month}月{day.day}日"


HANDWRITINGS: Mapping[str | None, Callable[[date], Cell]] = {
    None: lambda day: day,
    "text": lambda day: f"{day.year}/{day.month}/{day.day}",
    "kanji": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "dots": lambda day: f"{day.year}.{day.month}.{day.day}",
    "wareki": _wareki,
    "serial": _serial,  # a date cell that lost its format when somebody pasted over it
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRow:
    """One candidate's cells by heading; an empty cell is absent."""

    cells: Mapping[str, Cell]

    @property
    def name(self) -> str:
        """姓 and 名, which stand in two columns."""
        return f"{self.text('姓')} {self.text('名')}".strip()

    def text(self, heading: str) -> str:
        """What the cell says, or nothing."""
        return str(self.cells.get(heading, ""))


def working_day(today: date, offset: int) -> date:
    """The day `offset` working days after today (before, when negative); a weekend is nobody's decision day."""
    step = timedelta(days=1 if offset > 0 else -1)
    day, left = today, abs(offset)
    while left:
        day += step
        left -= day.weekday() < SATURDAY
    return day


def demo_rows(today: date) -> tuple[DemoRow, ...]:
    """All candidates in the order of the sheet, with their dates set around `today`."""
    return tuple(DemoRow(cells=dict(_cells(fields, today))) for fields in _records())


def _records() -> Iterator[Mapping[str, str]]:
    text = files(__package__).joinpath("candidates.tsv").read_text(encoding="utf-8")
    headings, *lines = (line.split("\t") for line in text.rstrip("\n").split("\n"))
    return (dict(zip(headings, line, strict=True)) for line in lines)


def _cells(fields: Mapping[str, str], today: date) -> Iterator[tuple[str, Cell]]:
    yield from ((heading, text) for heading, text in fields.items() if text)
    if fields["年齢"]:
        yield "年齢", int(fields["年齢"])
    applied = working_day(today, int(fields["応募日"]))
    touched = working_day(applied, 3)
    yield "応募日", applied
    decided = DAYS.fullmatch(fields["選考結果日"])
    if decided:
        touched = working_day(today, int(decided[1]))
        yield "選考結果日", HANDWRITINGS[decided[2]](touched)
    yield "更新日", min(touched, today)
