"""Giving back what our cells have overwritten where a person moved rows or columns while we wrote.

Giving back is a write too, and may be misplaced as well. So what was overwritten is not known by its place but by who
stands there and under which heading, it is looked for wherever it stands by then, and what giving back overwrites is
added to it. What stood there first is what comes back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sheets_automation.core.cells import text
from sheets_automation.core.errors import CellsOverwritten, WorkbookError
from sheets_automation.core.heading_problems import cell_name
from sheets_automation.core.headings import heading_key
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import CandidatesPlace, same_value
from sheets_automation.google.transport import AnswerLost
from sheets_automation.workbooks.google_book import Book, Cell, Formula, Sheet
from sheets_automation.workbooks.google_verifying import (
    ANSWER_FIELDS,
    Grid,
    Person,
    fits,
    person_in,
    seen_in,
    whole_tab,
)
from sheets_automation.workbooks.google_writing import Pass, Written, blocks

Json = dict[str, Any]

_TRIES = 10
"""Somebody may be sorting and moving all the while."""
_PAUSE = 10.0
"""Seconds after a refusal: most pass, and until then cells of HR's hold what is not theirs."""
_CELLS_NAMED = 10


def give_back(
    whole: Pass, *, read: Callable[[], Book], write: Callable[..., Json], sleep: Callable[[float], None]
) -> None:
    """Put back what a misplaced pass has overwritten, and what that has, where it was misplaced as well.

    Raises CellsOverwritten, which names the cells, where it cannot be done.
    """
    amends, unseen, left = Amends(whole), [whole], Pass()
    for _ in range(_TRIES):
        try:
            sheet = read().sheet_of(whole.sheet.sheet_id) if whole.sheet else None
            if sheet is None:
                return
            while unseen:  # whether it landed, and where, only this read tells
                amends.add(unseen.pop(), sheet.grid())
            left = amends.pass_over(sheet)
            if left.place is None or not left.written:
                return
            unseen.append(left)
            answer = write(left.requests, ranges=whole_tab(left.place), fields=ANSWER_FIELDS)
            if seen := seen_in(answer, sheet.sheet_id):
                amends.add(unseen.pop(), seen)
        except AnswerLost:
            continue
        except WorkbookError:
            sleep(_PAUSE)
    raise _overwritten(left)


@dataclass(frozen=True, slots=True)
class _Where:
    """Whose cell it is, and under which heading, as both were when we overwrote it."""

    person: Person
    candidate_id: str
    """Only where the person stands in several rows: an id may be what we have overwritten."""
    heading: str


@dataclass(slots=True, kw_only=True)
class _Overwritten:
    row: int
    column: int
    stood_there: Cell
    """Before we wrote. None also where nothing is known of that."""
    ours: list[CellValue] = field(default_factory=list)
    """What we wrote there; as long as any of it stands there, it has to go."""


class Amends:
    """All that the passes of one write have overwritten."""

    def __init__(self, whole: Pass) -> None:
        """`whole` is the first pass."""
        self._first = whole
        self._cells: dict[_Where, _Overwritten] = {}

    def add(self, whole: Pass, grid: Grid) -> None:
        """Add what a pass has overwritten, as `grid` shows the tab right after it."""
        if whole.sheet is None or whole.place is None:
            return
        before, now = _Standing(whole.sheet.grid(), whole.place), _Standing(grid, whole.place, whole.sheet)
        given = {one.row: one.candidate_id for one in whole.written}
        for one in whole.written:
            if fits(one, whole, grid) or not same_value(one.value, grid.get((one.row, one.column))):
                continue
            where = now.who(one.row, one.column)
            found = self._cells.get(where)
            if found is None:
                stood_there = _stood_there(where, one, now.candidate_id(one.row), before, whole.sheet, given)
                found = self._cells[where] = _Overwritten(row=one.row, column=one.column, stood_there=stood_there)
            found.ours.append(one.value)

    def pass_over(self, sheet: Sheet) -> Pass:
        """The pass that gives back what still stands wrong in the tab. It writes nothing when all is right."""
        if self._first.place is None:
            return Pass()
        now = _Standing(sheet.grid(), self._first.place, self._first.sheet)
        cells: dict[tuple[int, int], Cell] = {}
        for where, one in self._cells.items():
            at = now.place_of(where, one)
            shown = now.grid.get(at) if at else None
            is_ours = any(same_value(ours, shown) for ours in one.ours)
            if at and is_ours and not same_value(_value(one.stood_there), shown):
                cells[at] = one.stood_there
        return _pass_over(sheet, now, cells)


class _Standing:
    """Who stands where in one state of the tab, and what the columns are called."""

    def __init__(self, grid: Grid, place: CandidatesPlace, before: Sheet | None = None) -> None:
        """`before` is the tab by which `place` was told, where `grid` is a later state."""
        self.grid = grid
        self.place = _moved(place, before, grid) if before else place

    @cached_property
    def headings(self) -> Mapping[str, Sequence[int]]:
        """Columns by heading."""
        found: dict[str, list[int]] = defaultdict(list)
        for (row, column), value in self.grid.items():
            if row == self.place.heading_row - 1:
                found[heading_key(value)].append(column)
        return found

    @cached_property
    def people(self) -> Mapping[Person, Sequence[int]]:
        """Rows by name and address."""
        rows = sorted({row for row, _ in self.grid if row >= self.place.heading_row})
        found: dict[Person, list[int]] = defaultdict(list)
        for row in rows:
            found[person_in(self.grid, row, self.place)].append(row)
        return found

    @cached_property
    def id_column(self) -> int | None:
        """None where there is none, or several."""
        found = self.headings.get(heading_key(self.place.id_heading), ())
        return found[0] if len(found) == 1 else None

    @cached_property
    def ids(self) -> Mapping[str, Sequence[int]]:
        """Rows by candidate id."""
        found: dict[str, list[int]] = defaultdict(list)
        for rows in self.people.values():
            for row in rows:
                if candidate_id := self.candidate_id(row):
                    found[candidate_id].append(row)
        return found

    def people_by_part(self, person: Person) -> Sequence[int]:
        """Rows with this name or this address, where there is one."""
        parts = [part for part in person if part not in {None, ""}]
        return [row for one, rows in self.people.items() for row in rows if any(part in one for part in parts)]

    def candidate_id(self, row: int) -> str:
        return "" if self.id_column is None else text(self.grid.get((row, self.id_column)))

    def heading(self, column: int) -> str:
        return heading_key(self.grid.get((self.place.heading_row - 1, column)))

    def who(self, row: int, column: int) -> _Where:
        person = person_in(self.grid, row, self.place)
        is_one_of_several = len(self.people.get(person, ())) > 1
        return _Where(person, self.candidate_id(row) if is_one_of_several else "", self.heading(column))

    def place_of(self, where: _Where, one: _Overwritten) -> tuple[int, int] | None:
        """Where a cell stands by now; None where nothing tells it for certain."""
        rows = self.people.get(where.person, ())
        if len(rows) > 1:
            same = [row for row in rows if where.candidate_id and self.candidate_id(row) == where.candidate_id]
            rows = same if len(same) == 1 else [row for row in rows if row == one.row]
        columns = self.headings.get(where.heading, ()) if where.heading else [one.column]
        if len(columns) > 1:
            columns = [column for column in columns if column == one.column]
        if len(rows) != 1 or len(columns) != 1 or self.heading(columns[0]) != where.heading:
            return None
        return rows[0], columns[0]


def _stood_there(
    where: _Where, one: Written, candidate_id: str, before: _Standing, sheet: Sheet, given: Mapping[int, str]
) -> Cell:
    """The cell of before that belongs to whoever stands in the row now, under the heading that is over it now."""
    rows = before.people.get(where.person, ())
    if len(rows) > 1:  # one person may stand in several rows; ids that the pass gives tell them apart as well
        named = [row for row in rows if candidate_id in {before.candidate_id(row), given.get(row)} - {""}]
        unnamed = [row for row in rows if not candidate_id and not before.candidate_id(row)]
        rows = named or (unnamed if len(unnamed) == 1 else [row for row in rows if row == one.row])
    elif not rows:  # the name or the address may be what we have overwritten
        rows = before.ids.get(candidate_id, ()) or before.people_by_part(where.person)
    columns = before.headings.get(where.heading, ()) if where.heading else ()
    if len(rows) != 1 or len(columns) != 1:
        return None
    cell = sheet.cell(rows[0], columns[0])
    return cell if isinstance(cell, Formula) else sheet.value(rows[0], columns[0])


def _moved(place: CandidatesPlace, before: Sheet, grid: Grid) -> CandidatesPlace:
    """Where names and addresses stand now, by the headings over them."""
    head = place.heading_row - 1
    columns = {heading_key(value): column for (row, column), value in grid.items() if row == head}

    def moved(column: int) -> int:
        return columns.get(heading_key(before.value(head, column)), column)

    return replace(place, name_column=moved(place.name_column), address_column=moved(place.address_column))


def _pass_over(sheet: Sheet, now: _Standing, cells: Mapping[tuple[int, int], Cell]) -> Pass:
    """These cells as a pass over the tab as it is now, with all that tells later whether they landed."""
    ids = now.place.name_column if now.id_column is None else now.id_column
    values = {at: _value(cell) for at, cell in cells.items()}
    after = {**now.grid, **values}
    return Pass(
        requests=list(blocks(sheet.sheet_id, cells)),
        written=[
            Written(
                row=row,
                column=column,
                heading=now.heading(column),
                candidate_id=text(after.get((row, ids))),
                value=value,
            )
            for (row, column), value in values.items()
        ],
        sheet=sheet,
        place=now.place,
        id_column=ids,
        people={row: person_in(after, row, now.place) for row, _ in cells},
    )


def _overwritten(left: Pass) -> CellsOverwritten:
    tab = left.place.tab if left.place else ""
    names = [f"{tab}!{cell_name(one.row + 1, one.column)}" for one in left.written[:_CELLS_NAMED]]
    cells = ", ".join(names) + (" …" if len(left.written) > _CELLS_NAMED else "")
    return CellsOverwritten(
        f"書き込みのあいだに行か列が動かされ、{cells} に私たちの値が残りました。「ファイル」の「変更履歴」で、"
        "この実行より前の版を見て、そのセルを戻してください。",
        f"Rows or columns were moved while we wrote, and {cells} still hold values of ours. Look up what stood there "
        "before this run in “Version history” of the File menu, and put it back.",
    )


def _value(cell: Cell) -> CellValue:
    return cell.value if isinstance(cell, Formula) else cell
