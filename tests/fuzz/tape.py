"""Bytes turned into cells, grids and texts, readably: what a fuzzer writes, and what a person can write as a seed."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sheets_automation.core.table import CellError, CellValue

PART = b"\x1e"
"""Parts one cell or one text from the next."""
PUMP = b"\x1d"
"""`a PUMP b PUMP c` is a, then b over and over, then c: how a small input asks for a long one."""

_ZERO = datetime(1900, 1, 1)  # noqa: DTZ001 - a date cell is a wall clock without a zone
_MILLISECONDS = 8_099 * 365 * 86_400_000
_MOST_DIGITS = 4_000  # Python writes no more than 4300, and no spreadsheet holds more than 15


def text(data: bytes) -> str:
    """Any text, halves of surrogate pairs included; broken UTF-8 becomes such halves."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def pumped(data: bytes, most: int) -> bytes:
    """The input, with its middle repeated up to `most` bytes where it asks for that."""
    start, mark, rest = data.partition(PUMP)
    middle, _, end = rest.partition(PUMP)
    if not mark:
        return data[:most]
    times = max(0, most - len(start) - len(end)) // max(1, len(middle))
    return (start + middle * times + end)[:most]


def cell(data: bytes) -> CellValue:
    """Any value that a cell can hold; text, unless the first byte is one of seven."""
    read = _KINDS.get(data[:1])
    return read(data[1:]) if read else text(data)


def _whole(data: bytes) -> int:
    written = data.removeprefix(b"-")
    if written.isdigit() and len(written) <= _MOST_DIGITS:
        return int(data)
    return int.from_bytes(data[:1_600], "big", signed=True)


def _fraction(data: bytes) -> float:
    try:
        return float(data)
    except ValueError:
        return struct.unpack(">d", data[:8].rjust(8, b"\0"))[0]


def _moment(data: bytes) -> datetime:
    return _ZERO + timedelta(milliseconds=int.from_bytes(data[:8], "big") % _MILLISECONDS)


def _day(data: bytes) -> datetime:
    return _ZERO + timedelta(days=int.from_bytes(data[:3], "big") % 80_000)


_KINDS: Mapping[bytes, Callable[[bytes], CellValue]] = {
    b"\x01": lambda data: None,
    b"\x02": lambda data: len(data) % 2 == 1,
    b"\x03": _whole,
    b"\x04": _fraction,
    b"\x05": _moment,
    b"\x06": _day,
    b"\x07": lambda data: CellError(text(data)),
}


def grid(data: bytes) -> dict[int, dict[int, CellValue]]:
    """A tab: a line for each row, a tabulator between two cells."""
    rows: dict[int, dict[int, CellValue]] = {}
    for number, line in enumerate(data.split(b"\n"), 1):
        values = {column: cell(piece) for column, piece in enumerate(line.split(b"\t")) if piece}
        if found := {column: value for column, value in values.items() if value is not None}:
            rows[number] = found
    return rows
