"""The cells of one row as bytes: found all at once, looked at one by one, since of most only the place matters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from functools import cached_property, lru_cache
from operator import lt
from typing import NamedTuple

from sheets_automation.xlsx.columns import column_index
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.tags import attributes, masked, tag_pattern

_LETTERS = re.compile(r"[A-Za-z]{1,3}")


class CellText(NamedTuple):
    """One cell as it stands in its row."""

    column: int
    start: int
    end: int
    tag: bytes
    inner: bytes

    @property
    def style(self) -> int:
        """The number of its format."""
        number = attributes(self.tag).get("s", "")
        return int(number) if number.isdecimal() else 0


class RowCells:
    """The cells of a row; one without a reference stands right of the one before it."""

    def __init__(self, row: bytes, prefix: bytes) -> None:
        self._row = row
        self._prefix = prefix
        self._visible = masked(row)
        self._looked_at: dict[int, CellText] = {}
        letters = tuple(_start_of_cell(prefix).findall(self._visible))
        self.columns = self._unusual_columns(letters) if b"" in letters else _columns(letters)
        """In the order in which they stand there."""

    @property
    def are_in_order(self) -> bool:
        """Whether each cell stands right of the one before it; else no place in the row is sure."""
        return _are_rising(self.columns)

    def __iter__(self) -> Iterator[CellText]:
        """Every cell, in the order in which they stand there."""
        return map(self.__getitem__, range(len(self.columns)))

    def __getitem__(self, number: int) -> CellText:
        """The cell that stands at a place in the row, counted from 0."""
        if number not in self._looked_at:
            self._looked_at[number] = self._cell(number)
        return self._looked_at[number]

    def _cell(self, number: int) -> CellText:
        start = self._starts[number]
        tag = tag_pattern(self._prefix + b"c").match(self._visible, start)
        if tag is None:  # its quotes do not close, so nobody can be sure of its end
            raise CellRefused("rows_unordered", what="<c>")
        closing = None if tag[0].endswith(b"/>") else _closing(self._prefix).search(self._visible, tag.end())
        inner = self._row[tag.end() : closing.start()] if closing else b""
        return CellText(self.columns[number], start, closing.end() if closing else tag.end(), tag[0], inner)

    def of(self, column: int) -> CellText | None:
        """The cell of a column; None where the row has none."""
        return self[self.columns.index(column)] if column in self.columns else None

    def place_for(self, column: int) -> int | None:
        """Where a cell that is not there belongs: before the first one right of it; None where it would be the last."""
        behind = bisect_right(self.columns, column)
        return self._starts[behind] if behind < len(self._starts) else None

    def without(self, columns: Collection[int]) -> bytes:
        """The row with the cells of these columns cut out."""
        pieces: list[bytes] = []
        at = 0
        for number in [number for number, column in enumerate(self.columns) if column in columns]:
            cell = self[number]
            pieces.append(self._row[at : cell.start])
            at = max(at, cell.end)
        return b"".join(pieces) + self._row[at:]

    @cached_property
    def _starts(self) -> list[int]:
        return [match.start() for match in _start_of_cell(self._prefix).finditer(self._visible)]

    def _unusual_columns(self, letters: tuple[bytes, ...]) -> tuple[int, ...]:
        columns: list[int] = []
        column = -1
        for one, start in zip(letters, self._starts, strict=True):
            column = column_index(one.decode()) if one else self._unusual_column(start, column)
            columns.append(column)
        return tuple(columns)

    def _unusual_column(self, start: int, previous: int) -> int:
        tag = tag_pattern(self._prefix + b"c").match(self._visible, start)
        match = _LETTERS.match(attributes(tag[0]).get("r", "")) if tag else None
        return column_index(match[0]) if match else previous + 1


@lru_cache(maxsize=2)  # a row is looked at by the digest and by the writer
def cells_of(row: bytes, prefix: bytes) -> RowCells:
    """The cells of a row."""
    return RowCells(row, prefix)


@lru_cache(maxsize=256)  # nearly all rows of a sheet have their cells in the same columns
def _columns(letters: tuple[bytes, ...]) -> tuple[int, ...]:
    return tuple(column_index(one.decode()) for one in letters)


@lru_cache(maxsize=256)
def _are_rising(columns: tuple[int, ...]) -> bool:
    return all(map(lt, columns, columns[1:]))


@lru_cache(maxsize=16)
def _start_of_cell(prefix: bytes) -> re.Pattern[bytes]:
    """Group 1 are the letters of its reference, where that is written as nearly everybody writes it."""
    return re.compile(rb"<%bc(?: r=\"([A-Z]{1,3})[0-9]+\"|(?=[\s/>]))" % re.escape(prefix))


@lru_cache(maxsize=16)
def _closing(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"</%bc\s*>" % re.escape(prefix))
