"""One pass over a worksheet part that finds its rows without parsing its cells."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from sheets_automation.xlsx.references import LAST_ROW
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


class PlannedRow(NamedTuple):
    """Where a row stands, or would stand, in a sheet of which all other rows are known."""

    gap: int
    """How many bytes of others stand between the planned row before it and this one."""
    number: int
    is_there: bool


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
        self.head = first
        """Everything before the first row; until `rows` is used up, perhaps more."""
        self.tail = b""
        """Everything from `</sheetData>` on; empty where the sheet data are one empty tag, and `head` is the part."""
        self.tail_start = 0

    def rows(self) -> Iterator[RowText]:
        """Every row, once. Raises CellRefused where they are out of order, as no position would then be sure."""
        return self._rows(None)

    def rows_between(self, wanted: Collection[int]) -> Iterator[RowText]:
        """The wanted rows; and those between them in stretches, none of which spans a wanted number; else like `rows`.

        A stretch has the number of its first row, or 0. A large sheet has far fewer stretches than rows.
        """
        return self._rows(deque(sorted(wanted)))

    def _rows(self, wanted: deque[int] | None) -> Iterator[RowText]:
        start_of_row = re.compile(rb"<%brow(?:\s+r=\"(\d{1,7})\"|(?=[\s/>]))" % re.escape(self.prefix))
        number = 0
        stop = _next(wanted)
        for place, data in self._blocks():
            begin, first, alone = 0, 0, False
            for match in start_of_row.finditer(masked(data)):
                previous, number = number, int(match[1] or self._unusual_number(data, match.start(), number))
                if number <= previous:
                    raise CellRefused("rows_unordered", what=f"{self._part}: {number}")
                if number < stop and not alone:
                    continue
                if match.start() > begin:
                    yield RowText(first, place + begin, data[begin : match.start()])
                begin, first, alone = match.start(), number, False
                while wanted and wanted[0] <= number:
                    alone = wanted.popleft() == number
                stop = _next(wanted)
            yield RowText(first, place + begin, data[begin:])

    def rows_along(self, plan: Iterable[PlannedRow], last_gap: int) -> Iterator[RowText]:
        """The planned rows as far as they are there, and what stands between them, in pieces that have no number.

        Nothing is sought in those pieces, so this takes half the time of `rows_between`; whoever knows how many bytes
        they have must also know how to tell whether they are the right ones.
        """
        window = _Window(self._read_head(), self._chunks, self.prefix)
        place = len(self.head)
        for gap, number, is_there in (*plan, PlannedRow(last_gap, 0, is_there=False)):
            for piece in window.take(gap):
                yield RowText(0, place, piece)
                place += len(piece)
            if number and (row := window.take_row(number, is_there=is_there)):
                yield RowText(number, place, row)
                place += len(row)
        self.tail_start, self.tail = place, window.rest()

    def _unusual_number(self, data: bytes, start: int, previous: int) -> int:
        tag = tag_pattern(self.prefix + b"row").match(data, start)
        number = attributes(tag[0]).get("r", "") if tag else ""
        return int(number) if number.isdecimal() else previous + 1  # a row without a number follows the one above

    def _blocks(self) -> Iterator[tuple[int, bytes]]:
        """Blocks of whole rows with their offsets; the head is set before the first, the tail after the last."""
        buffer = self._read_head()
        place = len(self.head)
        while buffer:
            visible = masked(buffer)
            end = _first(b"</" + self.prefix + b"sheetData", visible)
            # The last row may go on in the next chunk.
            whole = end if end >= 0 else visible.rfind(b"<" + self.prefix + b"row")
            if whole > 0:
                yield place, buffer[:whole]
                place += whole
            if end >= 0:
                self.tail_start, self.tail = place, buffer[whole:] + b"".join(self._chunks)
                return
            chunk = next(self._chunks, b"")
            if not chunk:
                raise CellRefused("rows_unordered", what=self._part)
            buffer = buffer[max(whole, 0) :] + chunk

    def _read_head(self) -> bytes:
        """Set the head; what was read behind it, b"" where the sheet has no rows and no place for them."""
        behind = re.compile(rb"<%brow(?=[\s/>])|</%bsheetData" % ((re.escape(self.prefix),) * 2))
        buffer = self.head
        while (match := behind.search(masked(buffer))) is None:
            chunk = next(self._chunks, b"")
            if not chunk:
                self.head = buffer
                return b""
            buffer += chunk
        self.head = buffer[: match.start()]
        return buffer[match.start() :]


class _Window:
    """The bytes from some place in a part on, as far as anybody has looked."""

    def __init__(self, data: bytes, chunks: Iterator[bytes], prefix: bytes) -> None:
        self._chunks = chunks
        self._tag = tag_pattern(prefix + b"row")
        self._end = re.compile(rb"<%brow(?=[\s/>])|</%bsheetData" % ((re.escape(prefix),) * 2))
        self._look_at(data)

    def _look_at(self, data: bytes) -> None:
        self._data, self._visible, self._at = data, masked(data), 0

    def take(self, count: int) -> Iterator[bytes]:
        """The next bytes, in pieces; fewer where the part ends."""
        while count:
            if self._at == len(self._data):
                self._look_at(next(self._chunks, b""))
            piece = self._data[self._at : self._at + count]
            if not piece:
                return
            self._at += len(piece)
            count -= len(piece)
            yield piece

    def take_row(self, number: int, *, is_there: bool) -> bytes:
        """The next row, if it has this number, or has none and `is_there`; else nothing."""
        while (end := self._end.search(self._visible, self._at + 1)) is None:
            if self._visible.startswith(b"</", self._at):  # here the rows end
                return b""
            chunk = next(self._chunks, b"")
            if not chunk:
                return b""
            self._look_at(self._data[self._at :] + chunk)
        tag = self._tag.match(self._visible, self._at)
        if tag is None or attributes(tag[0]).get("r", str(number) if is_there else "") != str(number):
            return b""
        start, self._at = self._at, end.start()
        return self._data[start : self._at]

    def rest(self) -> bytes:
        """All that was not taken."""
        return self._data[self._at :] + b"".join(self._chunks)


def _first(sought: bytes, data: bytes) -> int:
    """Where something stands that is most often not there; -1 then. Seeking it from behind takes half the time."""
    return -1 if data.rfind(sought) < 0 else data.find(sought)


def _next(wanted: deque[int] | None) -> int:
    """The row to stop at: every one where `wanted` is None, none any more where it is empty."""
    if wanted is None:
        return 0
    return wanted[0] if wanted else LAST_ROW + 1
