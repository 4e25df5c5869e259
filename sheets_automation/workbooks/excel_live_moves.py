"""People who move columns or rows while we write: what is HR's is not lost.

Just before a cell of HR's is written it is looked at, and just afterwards again. Where the move fell into the moment
between, what we wrote is taken back, and what stood there is put there again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sheets_automation.core.errors import WorkbookChanged
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import CandidatesPlace, same_value
from sheets_automation.workbooks.excel_live_book import OpenBook
from sheets_automation.workbooks.excel_live_reading import Cells, OpenTab, rows_of
from sheets_automation.workbooks.excel_live_writing import Look, Pen
from sheets_automation.workbooks.placing import changed

Written = Mapping[int, Cells]
"""What we wrote, by row from 1 and column from 0."""

_TRIES: Final = 5
"""Somebody may be sorting all the while."""


def refuse_moved(book: OpenBook, pen: Pen, tab: OpenTab, place: CandidatesPlace, column: int, count: int = 1) -> None:
    """Raise WorkbookChanged unless these columns hold what was read, from the headings down; with one call."""
    last = max(tab.rows, default=place.heading_row)
    cells = pen.range(place.heading_row, column, last - place.heading_row + 1, count)
    now = rows_of(book.calls.ask(lambda: cells.raw_value), place.heading_row, column + 1)
    for row in range(place.heading_row, last + 1):
        for at in range(column, column + count):
            if not same_value(tab.rows.get(row, {}).get(at), now.get(row, {}).get(at)):
                raise changed(place.tab)


def look_at(
    pen: Pen, tab: OpenTab, place: CandidatesPlace, column: int, written: Written = MappingProxyType({})
) -> Look:
    """Raises WorkbookChanged unless the same people stand in the rows, with the same in this column; with one call.

    `written` is what was written into other columns since the tab was read.
    """
    columns = {column, place.name_column, place.address_column, *([] if place.id_column is None else [place.id_column])}
    first, width = min(columns), max(columns) - min(columns) + 1

    def look(row: int, height: int) -> Callable[[], None]:
        cells = pen.range(row, first, height, width)

        def refuse() -> None:
            now = rows_of(cells.raw_value, row, first + 1)
            for number in range(row, row + height):
                was = tab.rows.get(number, {})
                expected = {**was, **written.get(number, {}), column: was.get(column)}
                if not all(same_value(expected.get(at), now.get(number, {}).get(at)) for at in columns):
                    raise changed(place.tab)

        return refuse

    return look


def give_back(book: OpenBook, tab: OpenTab, place: CandidatesPlace, now: OpenTab, written: Written) -> None:
    """Put back what stood in HR's cells that we wrote into because a column had moved; WorkbookChanged if any had."""
    before, after = tab.rows.get(place.heading_row, {}), now.rows.get(place.heading_row, {})
    places = [(row, column) for row, cells in written.items() for column in cells]
    moved = [
        (row, column) for row, column in places if column < tab.width() and before.get(column) != after.get(column)
    ]
    pen = Pen(book, now.sheet)
    for row, column in moved:
        heading = after.get(column)
        stood = next((at for at, one in before.items() if heading is not None and one == heading), None)
        was = tab.rows.get(row, {}).get(stood) if stood is not None else None
        # Not compared with what we wrote: under another format it may have become a number.
        if not same_value(was, now.rows.get(row, {}).get(column)):
            pen.put_block(row, column, [[was]])
    if moved:
        raise changed(place.tab)


@dataclass(frozen=True, slots=True, kw_only=True)
class HrsCells:
    """What one pass has written into columns of HR's, and the tab as it was read before."""

    tab: OpenTab
    place: CandidatesPlace
    cells: Written
    own: Collection[int]
    """The columns of ours that the pass has written: they tell nobody from anybody."""

    @classmethod
    def of(cls, tab: OpenTab, place: CandidatesPlace, written: Written, hrs: Collection[int]) -> HrsCells:
        """Of all that was written, what went into HR's columns."""
        cells = {row: {at: value for at, value in ours.items() if at in hrs} for row, ours in written.items()}
        return cls(tab=tab, place=place, cells=cells, own={at for ours in written.values() for at in ours} - {*hrs})

    def give_back(self, book: OpenBook, now: OpenTab, read: Callable[[], OpenTab | None]) -> None:
        """Put back what stood in cells of people who had come to stand where we wrote; WorkbookChanged if any had.

        What is put back may go astray as well, and is looked at again like all else.
        """
        left: set[tuple[int, int]] = set()
        put = {(row, column): value for row, cells in self.cells.items() for column, value in cells.items()}
        for _ in range(_TRIES):
            left |= {one for place, value in put.items() if (one := self._astray(place, value, now)) is not None}
            put = self._amends(left, now)
            if not put:
                break
            pen = Pen(book, now.sheet)
            with suppress(WorkbookChanged):  # sorted once more
                for (row, column), value in put.items():
                    pen.put_block(row, column, [[value]], look_at(pen, now, self.place, column))
            if (again := read()) is None:
                break
            now = again
        if left:
            raise changed(self.place.tab)

    def _amends(self, left: Collection[tuple[int, int]], now: OpenTab) -> dict[tuple[int, int], CellValue]:
        """What has to be put where, by now, so that these cells of before hold what they held."""
        rows = {self._row_before(row, now): row for row in now.rows} if left else {}
        held = {(rows[row], at): self.tab.rows.get(row, {}).get(at) for row, at in left if row in rows}
        return {at: was for at, was in held.items() if not same_value(was, now.rows[at[0]].get(at[1]))}

    def _astray(self, place: tuple[int, int], value: CellValue, now: OpenTab) -> tuple[int, int] | None:
        """The place, before, of a cell that holds what was not meant for it; None where all is right."""
        row, column = place
        shown = now.rows.get(row, {}).get(column)
        if not _may_be(value, shown) or (before := self._row_before(row, now)) is None:
            return None
        ours = self.cells.get(before, {})
        is_meant = column in ours and _may_be(ours[column], shown)
        is_right = is_meant or same_value(self.tab.rows.get(before, {}).get(column), shown)
        return None if is_right else (before, column)

    def _row_before(self, row: int, now: OpenTab) -> int | None:
        """Where whoever stands in this row stood before: 0 for a row without anybody; None where nothing tells it."""
        before, after = self.tab.rows.get(self.place.heading_row, {}), now.rows.get(self.place.heading_row, {})
        still = {at for at in range(self.tab.width()) if before.get(at) == after.get(at)} - {*self.own}
        names = still & {self.place.name_column, self.place.address_column}
        ids = still & {self.place.id_column}
        for columns in (still, names | ids, names, ids):  # somebody may also have typed into the row meanwhile
            if columns and self._fits(row, row, columns, now):
                return row
            found = [one for one in (0, *self.tab.rows) if columns and self._fits(one, row, columns, now)]
            if len(found) == 1:
                return found[0]
        return None

    def _fits(self, before: int, row: int, columns: Collection[int], now: OpenTab) -> bool:
        """Whether a row may be the one that stood there before, apart from what we wrote into either."""
        was, shown = self.tab.rows.get(before, {}), now.rows.get(row, {})
        ours = [self.cells.get(one, {}) for one in (before, row)]
        return all(
            same_value(was.get(at), shown.get(at)) or any(at in one and _may_be(one[at], shown.get(at)) for one in ours)
            for at in columns
        )


def _may_be(ours: CellValue, shown: CellValue) -> bool:
    """Whether a cell may hold what we wrote: under another format a text may have become a number, or a date."""
    return same_value(ours, shown) or (ours not in {None, ""} and shown is not None and type(shown) is not type(ours))
