"""Cell references: `B7` and `A4:T90` to numbers and back. Rows count from 1, columns from 0, as in `core.table`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, Self

from sheets_automation.xlsx.columns import column_index, column_letters

LAST_ROW = 1_048_576
LAST_COLUMN = 16_383

_CELL = re.compile(r"\$?([A-Za-z]{1,3})?\$?([0-9]{1,7})?")


def cell_name(row: int, column: int) -> str:
    """A cell as people write it: row 7, column 1 is B7."""
    return f"{column_letters(column)}{row}"


class Area(NamedTuple):
    """A rectangle of cells, all four edges included."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The area that `A4:T90`, `B7`, `A:C` or `4:9` names, with or without `$`; None when it names none."""
        corners = [_CELL.fullmatch(corner) for corner in text.split(":")]
        first, last = corners[0], corners[-1]
        if len(corners) > 2 or first is None or last is None or not (first[0] and last[0]):  # noqa: PLR2004
            return None
        return cls(
            int(first[2] or 1),
            column_index(first[1]) if first[1] else 0,
            int(last[2] or LAST_ROW),
            column_index(last[1]) if last[1] else LAST_COLUMN,
        )

    def __str__(self) -> str:
        """`A4:T90`, or `B7` for a single cell."""
        first, last = cell_name(self.top, self.left), cell_name(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def grown_to(self, row: int, column: int) -> Area:
        """The smallest area that also holds this cell."""
        return Area(min(self.top, row), min(self.left, column), max(self.bottom, row), max(self.right, column))


def areas(text: str) -> Iterator[Area]:
    """The areas of a space-separated list, as in `sqref`."""
    return (area for word in text.split() if (area := Area.parse(word)))
