"""Whether a pass landed where it was meant to: a person may have moved rows or columns since the last read.

Sheets has no conditional write. But an answer to a batchUpdate can show the sheet as it was in the very moment after
it, so a misplaced cell is always found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sheets_automation.core.cells import text
from sheets_automation.core.heading_problems import column_letters
from sheets_automation.core.headings import heading_key
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import CandidatesPlace, same_value, unheaded_column
from sheets_automation.workbooks.google_book import CELLS, Cell, Formula, cells_of
from sheets_automation.workbooks.google_writing import Pass, Written

Json = dict[str, Any]
Grid = Mapping[tuple[int, int], CellValue]
"""Cells by row and column, from 0."""
Person = tuple[CellValue, CellValue]
"""The cells with name and address."""

ANSWER_FIELDS = f"updatedSpreadsheet(sheets(properties(sheetId),data(startRow,startColumn,{CELLS})))"


def ranges_to_see(whole: Pass) -> list[str]:
    """What an answer has to show: the headings, and who stands in each row. Empty where nothing can be misplaced."""
    if whole.place is None or not whole.written:
        return []
    place = whole.place
    title = _quoted(place.tab)
    columns = sorted({whole.id_column, place.name_column, place.address_column})
    names = [column_letters(column) for column in columns]
    return [f"{title}!{place.heading_row}:{place.heading_row}", *(f"{title}!{name}:{name}" for name in names)]


def whole_tab(place: CandidatesPlace) -> list[str]:
    """What an answer has to show where it has to be known what is overwritten: everything."""
    return [_quoted(place.tab)]


def seen_in(answer: Json, sheet_id: int) -> Grid:
    """The cells that the answer shows of one tab."""
    found: dict[tuple[int, int], CellValue] = {}
    sheets = (answer.get("updatedSpreadsheet") or {}).get("sheets") or ()
    for sheet in sheets:
        if (sheet.get("properties") or {}).get("sheetId", 0) == sheet_id:
            for first_row, first_column, rows in cells_of(sheet):
                found.update(_placed(first_row, first_column, rows))
    return found


def stands_all(whole: Pass, grid: Grid) -> bool:
    """Whether every cell holds what the pass writes there, whosever it is."""
    return all(same_value(one.value, grid.get((one.row, one.column))) for one in whole.written)


def is_in_place(whole: Pass, grid: Grid) -> bool:
    """Whether each written cell stands under its heading and beside its candidate."""
    return all(fits(one, whole, grid) for one in whole.written)


def fits(one: Written, whole: Pass, grid: Grid) -> bool:
    """Whether a written cell stands under its heading and beside its candidate."""
    place = whole.place
    if place is None:
        return True
    heading = heading_key(grid.get((place.heading_row - 1, one.column)))
    if heading != one.heading and unheaded_column(one.heading) is None:
        return False
    if text(grid.get((one.row, whole.id_column))) != one.candidate_id:
        return False
    # An id that we have just given proves nothing of itself: it is there because we wrote it.
    person = whole.people.get(one.row)
    return person is None or person == person_in(grid, one.row, place)


def person_in(grid: Grid, row: int, place: CandidatesPlace) -> Person:
    """Who stands in a row, from 0."""
    return grid.get((row, place.name_column)), grid.get((row, place.address_column))


def _quoted(tab: str) -> str:
    return "'" + tab.replace("'", "''") + "'"


def _placed(
    first_row: int, first_column: int, rows: Sequence[Sequence[Cell] | None]
) -> Iterator[tuple[tuple[int, int], CellValue]]:
    for row, cells in enumerate(rows, start=first_row):
        for column, cell in enumerate(cells or (), start=first_column):
            yield (row, column), cell.value if isinstance(cell, Formula) else cell
