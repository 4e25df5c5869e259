"""A1 notation: ranges as text, as Google reads and writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_LETTERS = 3
"""Four letters are no column at all: `AAAA1` does not parse."""

_CORNER = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9][0-9]*)?")
_R1C1 = re.compile(r"[Rr]([1-9][0-9]*)[Cc]([1-9][0-9]*)(?::[Rr]([1-9][0-9]*)[Cc]([1-9][0-9]*))?")
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle, half open, from 0; None is open on that side."""

    top: int | None = None
    left: int | None = None
    bottom: int | None = None
    right: int | None = None

    @property
    def is_one_cell(self) -> bool:
        """Whether it is a single cell."""
        return None not in {self.top, self.left} and (self.bottom, self.right) == (
            (self.top or 0) + 1,
            (self.left or 0) + 1,
        )


def letters(column: int) -> str:
    """0 is A."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_of(text: str) -> int:
    """A is 0."""
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def split_title(text: str) -> tuple[str | None, str | None]:
    """The title, unquoted, and the range behind it; the range is None for a title alone, quoted.

    A bare word without quotes or an exclamation mark comes back as a range: only the document knows what it names.
    """
    quoted = re.fullmatch(r"'((?:[^']|'')+)'(?:!(.*))?", text, re.DOTALL)
    if quoted:
        return quoted[1].replace("''", "'"), quoted[2]
    title, mark, rest = text.rpartition("!")
    return (title, rest) if mark else (None, text)


def parse_area(text: str) -> Area | None:
    """A range without a title, or None if it is none."""
    absolute = _R1C1.fullmatch(text)
    if absolute:
        top, left, bottom, right = (int(part) if part else None for part in absolute.groups())
        return _between((left or 1) - 1, (top or 1) - 1, (right or left or 1) - 1, (bottom or top or 1) - 1)
    first, colon, second = text.partition(":")
    start, end = _corner(first), _corner(second) if colon else None
    if start is None or (colon and end is None):
        return None
    if end is None:
        return _between(*start, *start) if None not in start else None
    if (start[0] is None and end[1] is None) or (start[1] is None and end[0] is None):
        return None
    return _between(*start, *end)


def _corner(text: str) -> tuple[int | None, int | None] | None:
    found = _CORNER.fullmatch(text)
    if not found or not text:
        return None
    column, row = found[1], found[2]
    return (column_of(column) if column else None, int(row) - 1 if row else None)


def _between(left: int | None, top: int | None, right: int | None, bottom: int | None) -> Area:
    first_row, last_row = _ordered(top, bottom)
    first_column, last_column = _ordered(left, right)
    return Area(first_row, first_column, last_row, last_column)


def _ordered(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    """Half open; the side that only one corner names is open at its end."""
    if first is None or last is None:
        known = last if first is None else first
        return known, None
    return min(first, last), max(first, last) + 1


def quoted(title: str) -> str:
    """A title as Google writes it before an exclamation mark: quoted where it needs to be."""
    if _PLAIN_TITLE.fullmatch(title) and not _LIKE_A_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def written(title: str, area: Area) -> str:
    """The range with its title: "Sheet1!A1:B2", "Sheet1!A221:ZZ", "'シート 1'!A1"."""
    start = _written_corner(area.left, area.top)
    end = _written_corner(
        None if area.right is None else area.right - 1, None if area.bottom is None else area.bottom - 1
    )
    if not start and not end:
        return quoted(title)
    range_ = start if area.is_one_cell else f"{start or 'A1'}:{end}"
    return f"{quoted(title)}!{range_}"


def _written_corner(column: int | None, row: int | None) -> str:
    return ("" if column is None else letters(column)) + ("" if row is None else str(row + 1))
