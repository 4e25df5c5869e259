"""Where a sheet ends: its last row that holds anything, and the last column from some row down."""

from __future__ import annotations

import re
from typing import NamedTuple

from sheets_automation.xlsx.columns import column_index
from sheets_automation.xlsx.row_cells import cells_of
from sheets_automation.xlsx.row_scan import RowText, SheetScan
from sheets_automation.xlsx.sheet_frame import SheetFrame


class Extent(NamedTuple):
    """The end of what is used. Cells that are only coloured don't count: HR formats whole columns ahead."""

    last_row: int
    """0 in an empty sheet."""
    last_column: int
    """-1 where nothing is used."""


def extent_of(scan: SheetScan, heading_row: int = 1) -> Extent:
    """Find the end of a sheet; the title rows above `heading_row` don't count for the column. Uses the scan up."""
    last_cell = re.compile(rb"<%bc r=\"([A-Z]{1,3})\d+\"" % re.escape(scan.prefix))
    last_row, last_column = 0, -1
    for row in scan.rows():
        column = _last_column(row, scan.prefix, last_cell)
        if column >= 0:
            last_row = row.number
            if row.number >= heading_row:
                last_column = max(last_column, column)
    merged = (area.right for area in SheetFrame(scan).merged() if area.bottom >= heading_row and area.top <= last_row)
    return Extent(last_row, max(last_column, *merged, -1))


def looks_of_row(scan: SheetScan, number: int) -> dict[int, int]:
    """The formats of a row's cells by column; empty where there is no such row. Uses the scan up to there."""
    for row in scan.rows():
        if row.number == number:
            return {cell.column: cell.style for cell in cells_of(row.data, scan.prefix)}
    return {}


def _last_column(row: RowText, prefix: bytes, usual: re.Pattern[bytes]) -> int:
    """The last column of a row with something in it; -1 where there is none."""
    if b"</" + prefix + b"c" not in row.data:
        return -1
    end = row.data.rfind(b"</" + prefix + b"c>")
    start = row.data.rfind(b"<" + prefix + b"c ", 0, end) if end >= 0 else -1
    match = usual.match(row.data, start) if start >= 0 else None
    if match and b"<!" not in row.data:
        return column_index(match[1].decode())
    return max((cell.column for cell in cells_of(row.data, prefix) if cell.inner), default=-1)
