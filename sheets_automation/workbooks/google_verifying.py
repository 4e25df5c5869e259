"""Whether a pass landed where it was meant to, and what to give back where a person moved rows or columns meanwhile.

Sheets has no conditional write. But an answer to a batchUpdate can show the sheet as it was in the very moment after
it, so a misplaced cell is always found; and what stood there before is known from the last read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sheets_automation.core.cells import text
from sheets_automation.core.heading_problems import column_letters
from sheets_automation.core.headings import heading_key
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import CandidatesPlace, same_value, unheaded_column
from sheets_automation.workbooks.google_book import CELLS, Book, Cell, Formula, Sheet, cells_of
from sheets_automation.workbooks.google_writing import Pass, Written, blocks

Json = dict[str, Any]
Grid = Mapping[tuple[int, int], CellValue]
"""Cells by row and column, from 0."""

ANSWER_FIELDS = f"updatedSpreadsheet(sheets(properties(sheetId),data(startRow,startColumn,{CELLS})))"


def ranges_to_see(whole: Pass) -> list[str]:
    """What an answer has to show: the headings, and who stands in each row. Empty where nothing can be misplaced."""
    if whole.place is None or not whole.written:
        return []
    place = whole.place
    title = "'" + place.tab.replace("'", "''") + "'"
    columns = sorted({whole.id_column, place.name_column, place.address_column})
    names = [column_letters(column) for column in columns]
    return [f"{title}!{place.heading_row}:{place.heading_row}", *(f"{title}!{name}:{name}" for name in names)]


def seen_in(answer: Json, sheet_id: int) -> Grid:
    """The cells that the answer shows of one tab."""
    found: dict[tuple[int, int], CellValue] = {}
    sheets = (answer.get("updatedSpreadsheet") or {}).get("sheets") or ()
    for sheet in sheets:
        if (sheet.get("properties") or {}).get("sheetId", 0) == sheet_id:
            for first_row, first_column, rows in cells_of(sheet):
                found.update(_placed(first_row, first_column, rows))
    return found


def is_in_place(whole: Pass, grid: Grid) -> bool:
    """Whether each written cell stands under its heading and beside its candidate."""
    return all(_fits(one, whole, grid) for one in whole.written)


def given_back(whole: Pass, before: Sheet, now: Book) -> list[Json]:
    """The requests that put back what a misplaced cell has overwritten, as far as it still stands there.

    A formula comes back as the formula. Where nothing is known of what stood there, the cell is cleared.
    """
    sheet = next((one for one in now.sheets.values() if one.sheet_id == before.sheet_id), None)
    if sheet is None or whole.place is None:
        return []
    grid = {
        (row, column): sheet.value(row, column)
        for row, cells in enumerate(sheet.cells)
        for column in range(len(cells or ()))
    }
    known = _Known.of(whole, before, whole.place, grid)
    cells: dict[tuple[int, int], Cell] = {}
    for one in whole.written:
        if _fits(one, whole, grid) or not same_value(one.value, grid.get((one.row, one.column))):
            continue
        cells[one.row, one.column] = _what_stood_there(one, known, before, grid)
    return list(blocks(sheet.sheet_id, cells))


def _fits(one: Written, whole: Pass, grid: Grid) -> bool:
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
    return person is None or person == _person(grid, one.row, place)


def _person(grid: Grid, row: int, place: CandidatesPlace) -> tuple[CellValue, CellValue]:
    return grid.get((row, place.name_column)), grid.get((row, place.address_column))


def _place_now(place: CandidatesPlace, before: Sheet, grid: Grid) -> CandidatesPlace:
    """Where names and addresses stand now, by the headings over them."""
    head = place.heading_row - 1
    columns = {heading_key(value): column for (row, column), value in grid.items() if row == head}

    def moved(column: int) -> int:
        return columns.get(heading_key(before.value(head, column)), column)

    return replace(place, name_column=moved(place.name_column), address_column=moved(place.address_column))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """Where people stood before the pass, and by which columns they are found now."""

    place: CandidatesPlace
    """As the columns stand now."""
    id_column: int | None
    people: Mapping[tuple[CellValue, CellValue], Sequence[int]]
    """The rows of before, by name and address."""
    ids: Mapping[str, int]
    """The row of before, by candidate id; ids that the pass gives count too."""

    @classmethod
    def of(cls, whole: Pass, before: Sheet, place: CandidatesPlace, grid: Grid) -> _Known:
        people: dict[tuple[CellValue, CellValue], list[int]] = {}
        ids: dict[str, int] = {}
        for row in range(place.heading_row, len(before.cells)):
            person = before.value(row, place.name_column), before.value(row, place.address_column)
            people.setdefault(person, []).append(row)
            if candidate_id := text(before.value(row, whole.id_column)):
                ids[candidate_id] = row
        ids |= {one.candidate_id: one.row for one in whole.written}
        key, head = heading_key(place.id_heading), place.heading_row - 1
        id_columns = [column for (row, column), value in grid.items() if row == head and heading_key(value) == key]
        return cls(
            place=_place_now(place, before, grid),
            id_column=id_columns[0] if len(id_columns) == 1 else None,
            people=people,
            ids=ids,
        )

    def row_before(self, row: int, grid: Grid) -> int | None:
        """Where whoever stands in this row now stood before; None where nothing tells it for certain."""
        rows = self.people.get(_person(grid, row, self.place), ())
        if len(rows) == 1:
            return rows[0]
        if self.id_column is None:
            return None
        found = self.ids.get(text(grid.get((row, self.id_column))))  # one person may stand in several rows
        return found if found in rows else None


def _what_stood_there(one: Written, known: _Known, before: Sheet, grid: Grid) -> Cell:
    """The cell that belongs to whoever stands in this row now, under the heading that is over this column now."""
    head = known.place.heading_row - 1
    row = known.row_before(one.row, grid)
    heading = heading_key(grid.get((head, one.column)))
    columns = [
        column for column in range(before.width()) if heading and heading_key(before.value(head, column)) == heading
    ]
    if row is None or len(columns) != 1:
        return None
    cell = before.cell(row, columns[0])
    return cell if isinstance(cell, Formula) else before.value(row, columns[0])


def _placed(
    first_row: int, first_column: int, rows: Sequence[Sequence[Cell] | None]
) -> Iterator[tuple[tuple[int, int], CellValue]]:
    for row, cells in enumerate(rows, start=first_row):
        for column, cell in enumerate(cells or (), start=first_column):
            yield (row, column), cell.value if isinstance(cell, Formula) else cell
