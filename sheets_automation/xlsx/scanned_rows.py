"""Rows of a worksheet by a scan for just the cells that are wanted: several times faster than any XML parser.

The scan knows the spelling that Excel, LibreOffice, Google Sheets and the common libraries use. Where it meets any
other it raises UnusualSpelling, never guesses; then `parsed_rows` reads the sheet. A test holds the two to the same
rows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter, lt

from sheets_automation.core.table import CellValue, Row
from sheets_automation.xlsx.cell_values import CellReader
from sheets_automation.xlsx.columns import column_index, column_letters
from sheets_automation.xlsx.limits import Limits
from sheets_automation.xlsx.markup import MarkupError
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.spelling import UnusualSpelling, has_hidden_text, resolved, root_prefix

# After the address: style, type; then nothing, a value (perhaps after a formula), or plain inline text. A wanted cell
# that is none of these is caught by the last group. No part can match in two ways, so time stays linear.
_CELL = (
    r'<{p}c r="((?i:{columns}))([0-9]{{1,7}})"'
    r'(?:(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?(?: (?:cm|vm|ph)="[0-9a-z]+")*'
    r"(?:/>|>(?:"
    r"(?:<{p}(f)[ />][^<]*(?:</{p}f>)?)?(?:<{p}v>([^<]*)</{p}v>|<{p}v ?/>)?</{p}c>"
    r'|<{p}is><{p}t(?: xml:space="preserve")?>([^<]*)</{p}t></{p}is></{p}c>'
    r"))|(.))"
)
_row_number = itemgetter(1)
_MAY_HOLD_OTHER_CELLS = (b"extLst", b"AlternateContent")


def scanned_rows(package: Package, part: str, columns: Collection[int] | None, cells: CellReader) -> Iterator[Row]:
    """Rows that have a value in one of `columns`. Raises UnusualSpelling or MarkupError."""
    chunks = package.stream(part)
    prefix, rest = _head(chunks, package.limits)
    scan = _BlockScan(prefix, columns, cells, package.limits)
    data_end, row_tag = b"</%bsheetData>" % prefix, b"<%brow" % prefix
    new = 0  # where the bytes begin that were not searched yet
    while (end := rest.find(data_end, new)) < 0:
        cut = max(rest.rfind(row_tag, new), 0)
        yield from scan.rows(rest[:cut])
        rest = rest[cut:]
        new = max(len(rest) - len(data_end), 0)
        rest += _next(chunks)
        if len(rest) > package.limits.max_row_bytes:
            raise MarkupError("a row is too long")
    yield from scan.rows(rest[:end])
    for chunk in chunks:  # to the end, where the CRC is checked
        rest = rest[-100:] + chunk
    if not rest.rstrip().endswith(b"</%bworksheet>" % prefix):
        raise UnusualSpelling


def _head(chunks: Iterator[bytes], limits: Limits) -> tuple[bytes, bytes]:
    """The prefix of the sheet's tags, and what follows the opening tag of its rows as far as it was read."""
    head = _next(chunks)
    prefix = root_prefix(head, b"worksheet")
    opening = b"<%bsheetData>" % prefix
    while (start := head.find(opening)) < 0:
        head += _next(chunks)
        if len(head) > limits.max_row_bytes:
            raise UnusualSpelling
    if has_hidden_text(head, head.find(b"worksheet"), start):
        raise UnusualSpelling
    return prefix, head[start + len(opening) :]


def _next(chunks: Iterator[bytes]) -> bytes:
    chunk = next(chunks, None)
    if chunk is None:
        raise UnusualSpelling
    return chunk


class _BlockScan:
    """Scans blocks of whole rows."""

    def __init__(self, prefix: bytes, columns: Collection[int] | None, cells: CellReader, limits: Limits) -> None:
        p = prefix.decode()
        letters = "[A-Z]{1,3}" if columns is None else "|".join(map(column_letters, sorted(columns))) or "(?!)"
        self._find_cells = re.compile(_CELL.format(p=p, columns=letters), re.DOTALL).findall
        self._find_row_numbers = re.compile(f'<{p}row r="([0-9]{{1,7}})"').findall
        self._find_hidden = re.compile(f'<{p}row r="([0-9]{{1,7}})"[^<]* hidden="(?:1|true)"').findall
        self._row_tag, self._cell_tag = f"<{p}row", f"<{p}c"
        self._cells = cells
        self._limits = limits
        self._cell_count = 0
        self._last_row = 0

    def rows(self, block: bytes) -> Iterator[Row]:
        text = self._checked(block)
        numbers = self._numbers(text)
        hidden = frozenset(self._find_hidden(text)) if ' hidden="' in text else frozenset()
        last = 0
        for number, cells in groupby(self._find_cells(text), _row_number):
            if number not in numbers or int(number) <= last:
                raise UnusualSpelling
            last = int(number)
            if values := self._values(cells):
                yield Row(last, values, number in hidden)

    def _values(self, cells: Iterable[tuple[str, ...]]) -> dict[int, CellValue]:
        values: dict[int, CellValue] = {}
        for column, _, style, kind, formula, raw, inline, odd in cells:
            if odd:
                raise UnusualSpelling
            value = self._cells.value(kind, style or "0", resolved(raw or inline), formula=bool(formula))
            if value is not None:
                values[column_index(column)] = value
        if values and max(values) >= self._limits.max_columns:
            raise UnusualSpelling
        return values

    def _checked(self, block: bytes) -> str:
        if has_hidden_text(block) or any(name in block for name in _MAY_HOLD_OTHER_CELLS):
            raise UnusualSpelling
        try:
            text = block.decode()
        except UnicodeDecodeError as error:
            raise UnusualSpelling from error
        count = text.count(self._cell_tag)
        if count != text.count(self._cell_tag + ' r="'):
            raise UnusualSpelling
        self._cell_count += count
        if self._cell_count > self._limits.max_cells:
            raise MarkupError("too many cells")
        return text

    def _numbers(self, text: str) -> frozenset[str]:
        """The numbers of the rows in this block, which must rise."""
        found: list[str] = self._find_row_numbers(text)
        numbers = [self._last_row, *map(int, found)]
        self._last_row = numbers[-1]
        rising = all(map(lt, numbers, numbers[1:]))
        if len(found) != text.count(self._row_tag) or not rising or self._last_row > self._limits.max_rows:
            raise UnusualSpelling
        return frozenset(found)
