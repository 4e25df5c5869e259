"""Single cells of one sheet: what to splice into its part, or why not.

Nothing is guessed. A cell that Excel computes, covers or guards is refused, and the whole write with it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from sheets_automation.xlsx.cells import CellWrite, RowWriter
from sheets_automation.xlsx.references import LAST_COLUMN, LAST_ROW, Area, cell_name
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.row_scan import RowText, SheetScan
from sheets_automation.xlsx.tags import Splice, attributes, tag_pattern

Writes = Mapping[int, Mapping[int, CellWrite]]
"""By row, counted from 1, and column, counted from 0."""


class Touched(NamedTuple):
    """A cell that changes."""

    row: int
    column: int
    old_style: int


class Claim(NamedTuple):
    """Cells that something else in the workbook has a claim to, and the reason to refuse them."""

    reason: str
    area: Area
    """The cells that nobody else may write."""
    whole: Area
    """What the reason speaks of."""


def patch_rows(
    scan: SheetScan, rows: Iterator[RowText], writes: Writes, writer: RowWriter
) -> tuple[list[Splice], list[Touched]]:
    """Find what to splice into a sheet to write some cells, using up the rows of its scan."""
    _check_room(writer.tab, writes)
    splices: list[Splice] = []
    touched: list[Touched] = []
    waiting = deque(sorted(writes))

    def note(number: int, old_styles: Mapping[int, int]) -> None:
        touched.extend(Touched(number, column, style) for column, style in old_styles.items())

    def new_rows(until: int) -> bytes:
        made = b""
        while waiting and waiting[0] < until:
            number = waiting.popleft()
            row, old_styles = writer.new_row(number, writes[number])
            note(number, old_styles)
            made += row
        return made

    for row in rows:
        if not waiting or row.number < waiting[0]:
            continue
        if made := new_rows(row.number):
            splices.append(Splice(row.start, row.start, made))
        if waiting and waiting[0] == row.number:
            change = writer.change(row.data, row.number, writes[waiting.popleft()])
            note(row.number, change.old_styles)
            splices.extend(Splice(row.start + s.start, row.start + s.end, s.new) for s in change.splices)
    if made := new_rows(LAST_ROW + 1):
        splices.append(_behind_all_rows(scan, made))
    return splices, touched


def check_claims(tab: str, touched: list[Touched], claims: Iterator[Claim]) -> None:
    """Refuse to change a cell that something else has a claim to."""
    if not touched:
        return
    top, bottom = min(cell.row for cell in touched), max(cell.row for cell in touched)
    for reason, area, whole in claims:
        if area.top > bottom or area.bottom < top:
            continue
        hit = next((cell for cell in touched if area.holds(cell.row, cell.column)), None)
        if hit is not None:
            raise CellRefused(reason, tab=tab, cell=cell_name(hit.row, hit.column), what=str(whole))


def check_locks(tab: str, touched: list[Touched], is_locked: Callable[[int], bool]) -> None:
    """Refuse to change a locked cell of a protected sheet."""
    locked = {style: is_locked(style) for style in {cell.old_style for cell in touched}}
    hit = next((cell for cell in touched if locked[cell.old_style]), None)
    if hit is not None:
        raise CellRefused("protected", tab=tab, cell=cell_name(hit.row, hit.column))


def noting_arrays(rows: Iterator[RowText], prefix: bytes, areas: list[Area]) -> Iterator[RowText]:
    """Pass rows on, and note the areas that array formulas and data tables among them cover."""
    formula = re.compile(rb"<%bf\s[^>]*\bt\s*=\s*[\"'](?:array|dataTable)[^>]*>" % re.escape(prefix))
    for row in rows:
        if tags := formula.findall(row.data):
            found = (Area.parse(attributes(tag).get("ref", "")) for tag in tags)
            areas.extend(area for area in found if area is not None)
        yield row


def covered_cells(merged: Area) -> tuple[Area, Area]:
    """A merged area without its anchor, the one cell of it that can hold a value."""
    top, left, bottom, right = merged
    return Area(top, left + 1, top, right), Area(top + 1, left, bottom, right)


def _check_room(tab: str, writes: Writes) -> None:
    for row, cells in writes.items():
        for column in cells:
            if not (1 <= row <= LAST_ROW and 0 <= column <= LAST_COLUMN):
                raise CellRefused("no_room", tab=tab, what=f"{row}, {column + 1}")


def _behind_all_rows(scan: SheetScan, rows: bytes) -> Splice:
    if scan.tail:
        return Splice(scan.tail_start, scan.tail_start, rows)
    name = scan.prefix + b"sheetData"
    empty = tag_pattern(name).search(scan.head)
    if empty is None:
        raise CellRefused("rows_unordered", what="sheetData")
    return Splice(empty.start(), empty.end(), b"<%b>%b</%b>" % (name, rows, name))
