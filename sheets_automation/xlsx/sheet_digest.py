"""What must stay of a sheet, in a few bytes: taken before and after a write, and held against each other.

It is taken of the old sheet while that is read for the patch anyway, so a large sheet need not be read once more.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple
from zlib import crc32

from sheets_automation.xlsx.row_cells import cells_of
from sheets_automation.xlsx.row_scan import PlannedRow, RowText, SheetScan
from sheets_automation.xlsx.tags import elements, tag_pattern

_OURS_IN_THE_FRAME = frozenset({b"dimension", b"cols", b"autoFilter", b"sheetData"})
_RULES = frozenset({b"dataValidations", b"conditionalFormatting"})
_REACH = re.compile(rb"\ssqref\s*=\s*(?:\"[^\"]*\"|'[^']*')")
"""Where a rule holds: it grows with the rows that are added."""
_OURS_IN_A_ROW = re.compile(rb"\s(?:r|spans)\s*=\s*(?:\"[^\"]*\"|'[^']*')")


class SheetDigest(NamedTuple):
    """What a sheet holds beside the cells that were written."""

    rows: int
    frame: tuple[bytes, ...]
    plan: tuple[PlannedRow, ...]
    """Where the written rows stand among the others, or would stand."""
    last_gap: int
    """How many bytes of others stand behind the last of them."""

    def equals(self, other: SheetDigest) -> bool:
        """Whether two sheets differ in nothing but those cells, if the second was read along the first."""
        return (self.rows, self.frame) == (other.rows, other.frame)


class DigestingScan:
    """A scan that takes the digest as its rows pass by."""

    def __init__(self, scan: SheetScan, written: Mapping[int, Collection[int]]) -> None:
        self._scan = scan
        self._written = written
        self._sum = 0
        self._plan: list[PlannedRow] = []
        self._gap = 0

    def rows(self) -> Iterator[RowText]:
        """The written rows of the scan and those between, once."""
        waiting = deque(sorted(self._written))
        for row in self._scan.rows_between(self._written):
            while waiting and waiting[0] < row.number:
                self._note(waiting.popleft(), is_there=False)
            if waiting and waiting[0] == row.number:
                self._note(waiting.popleft(), is_there=True)
            else:
                self._gap += len(row.data)
            yield self._digested(row)
        while waiting:
            self._note(waiting.popleft(), is_there=False)

    def rows_as_before(self, before: SheetDigest) -> Iterator[RowText]:
        """The same of the sheet that was made of the one with this digest."""
        return map(self._digested, self._scan.rows_along(before.plan, before.last_gap))

    def _note(self, number: int, *, is_there: bool) -> None:
        self._plan.append(PlannedRow(self._gap, number, is_there))
        self._gap = 0

    def _digested(self, row: RowText) -> RowText:
        wanted = self._written.get(row.number)
        rest = row.data if wanted is None else _others(row, wanted, self._scan.prefix)
        self._sum = crc32(rest, self._sum)
        return row

    def digest(self) -> SheetDigest:
        """What was seen, once the rows are used up."""
        data = self._scan.head + self._scan.tail
        frame = (
            _REACH.sub(b"", data[e.start : e.end]) if e.name in _RULES else data[e.start : e.end]
            for e in elements(data, 1)
            if e.name not in _OURS_IN_THE_FRAME
        )
        return SheetDigest(self._sum, tuple(frame), tuple(self._plan), self._gap)


def _others(row: RowText, written: Collection[int], prefix: bytes) -> bytes:
    """What else stands in a row that we wrote into; b"" for a row that was not there, or was empty."""
    match = tag_pattern(prefix + b"row").match(row.data)
    tag = match[0] if match else b""
    look = _OURS_IN_A_ROW.sub(b"", tag)[len(prefix) + len("<row") :].rstrip(b"/> \t\r\n")
    end = b"</%brow>" % prefix
    rest = (end if tag.endswith(b"/>") else b"") + cells_of(row.data, prefix).without(written)[len(tag) :]
    return b"%d%b>%b" % (row.number, look, rest) if look or rest != end else b""
