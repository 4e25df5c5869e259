"""One pass over a worksheet part that finds its rows without parsing its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from sheets_automation.xlsx.references import Area
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.tags import attributes, masked, prefix_of, tag_pattern

_DECLARED_ENCODING = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_PROLOG_BYTES = 65_536


class RowText(NamedTuple):
    """One row as it stands in the part."""

    number: int
    start: int
    """Offset in the part."""
    data: bytes
    """From its `<row` to the next row, or to the end of the sheet data."""


def check_encoding(head: bytes, part: str) -> None:
    """Refuse what a scan over bytes would misread: other encodings than UTF-8, and DOCTYPEs with their entities."""
    declared = _DECLARED_ENCODING.match(head.removeprefix(b"\xef\xbb\xbf")[:1_024])
    if head.startswith(_UTF16) or (declared and declared[1].lower() not in {b"utf-8", b"us-ascii"}):
        raise CellRefused("encoding", what=part)
    if b"<!DOCTYPE" in masked(head[:_PROLOG_BYTES]):
        raise CellRefused("doctype", what=part)


class SheetScan:
    """The rows of a sheet part, and the frame around them once `rows` is used up.

    Rows are found by their start tags alone. That is safe, since in XML a `<` stands nowhere but at the start of a tag,
    comment, CDATA section or instruction; all but tags are blanked out before anybody looks.
    """

    def __init__(self, chunks: Iterable[bytes], part: str) -> None:
        self._chunks = iter(chunks)
        self._part = part
        first = next(self._chunks, b"")
        check_encoding(first, part)
        self.prefix = prefix_of(first)
        self.array_areas: list[Area] = []
        """What array formulas and data tables cover."""
        self.head = first
        """Everything before the first row; until `rows` is used up, perhaps more."""
        self.tail = b""
        """Everything from `</sheetData>` on; empty where the sheet data are one empty tag, and `head` is the part."""
        self.tail_start = 0

    def rows(self) -> Iterator[RowText]:
        """All rows, once. Raises CellRefused where they are out of order, as no position would then be sure."""
        usual = re.compile(rb"<%brow\s+r=\"(\d{1,7})\"" % re.escape(self.prefix))
        number = 0
        for start, data in self._spans():
            match = usual.match(data)
            previous, number = number, int(match[1]) if match else self._unusual_number(data, number)
            if number <= previous:
                raise CellRefused("rows_unordered", what=f"{self._part}: {number}")
            yield RowText(number, start, data)

    def _unusual_number(self, data: bytes, previous: int) -> int:
        tag = tag_pattern(self.prefix + b"row").match(data)
        number = attributes(tag[0]).get("r", "") if tag else ""
        return int(number) if number.isdecimal() else previous + 1  # a row without a number follows the one above

    def _spans(self) -> Iterator[tuple[int, bytes]]:
        start_of_row = re.compile(rb"<%brow(?=[\s/>])" % re.escape(self.prefix))
        close = b"</" + self.prefix + b"sheetData"
        buffer, place, in_head = self.head, 0, True
        while True:
            visible = masked(buffer)
            end = visible.find(close)
            marks = [match.start() for match in start_of_row.finditer(visible, 0, end if end >= 0 else len(visible))]
            if end >= 0:
                marks.append(end)
            if marks:
                if in_head:
                    self.head, in_head = buffer[: marks[0]], False
                for start, stop in pairwise(marks):
                    yield place + start, buffer[start:stop]
                self._note_arrays(visible, marks[0], marks[-1])
                place += marks[-1]
                buffer = buffer[marks[-1] :]
            if end >= 0:
                self.tail_start, self.tail = place, buffer + b"".join(self._chunks)
                return
            chunk = next(self._chunks, b"")
            if not chunk:
                break
            buffer += chunk
        self.head = buffer

    def _note_arrays(self, visible: bytes, start: int, end: int) -> None:
        formula = re.compile(rb"<%bf\s[^>]*\bt\s*=\s*[\"'](?:array|dataTable)[^>]*>" % re.escape(self.prefix))
        for match in formula.finditer(visible, start, end):
            area = Area.parse(attributes(match[0]).get("ref", ""))
            if area is not None:
                self.array_areas.append(area)
