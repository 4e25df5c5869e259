"""Where each of our cells goes: rows by candidate id, columns by heading, as they stand at the moment of writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sheets_automation.core.cells import text
from sheets_automation.core.errors import WorkbookChanged
from sheets_automation.core.headings import heading_key
from sheets_automation.core.table import CellValue, Row, Table
from sheets_automation.core.views import (
    CandidatesPlace,
    Identity,
    Look,
    NewRow,
    OwnColumn,
    ViewCell,
    Views,
    same_value,
    unheaded_column,
)

ID_WIDTH = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One cell to write: row from 1, column by heading."""

    row: int
    candidate_id: str
    heading: str
    """As `heading_key` folds it."""
    cell: ViewCell


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One pass over the candidates tab."""

    columns: Mapping[str, int]
    """The columns that stand there, by `heading_key`."""
    new_columns: tuple[OwnColumn, ...]
    """Ours that are missing, to be made at the right end in this order."""
    identities: tuple[Placed, ...]
    """Ids for rows that have none."""
    cells: tuple[Placed, ...]
    """Everything else, which may be written again at any time."""
    new_rows: tuple[Mapping[str, CellValue], ...] = ()
    """Rows to add, their ids among them: cells by heading, as `heading_key` folds it."""

    def columns_with(self, first_new: int) -> Mapping[str, int]:
        """All columns, once the new ones stand from `first_new` on."""
        made = {heading_key(one.heading): first_new + number for number, one in enumerate(self.new_columns)}
        return {**self.columns, **made}


def place_views(table: Table, place: CandidatesPlace, views: Views) -> Placement:
    """Find the place of each cell. Raises WorkbookChanged when the rows that `views` speaks of have moved."""
    columns = {**_unheaded(views), **_columns(table, place)}
    id_key = heading_key(place.id_heading)
    id_column = place.id_column
    looked_at = {place.name_column, place.address_column} if views.identities else set()
    if id_column is not None:
        looked_at.add(id_column)
    rows = {row.number: row for row in table.rows(looked_at) if row.number > place.heading_row}
    ids = {number: text(row.cells.get(id_column)) for number, row in rows.items()} if id_column is not None else {}
    identities: list[Placed] = []
    for identity in views.identities:
        _check_identity(identity, rows, ids, place)
        if not ids.get(identity.row):
            ids[identity.row] = identity.candidate_id
            cell = ViewCell(value=identity.candidate_id)
            identities.append(Placed(row=identity.row, candidate_id=identity.candidate_id, heading=id_key, cell=cell))
    cells = [
        Placed(row=row, candidate_id=ids[row], heading=heading_key(heading), cell=cell)
        for row, own in _cells_by_row(ids, views.cells)
        for heading, cell in own.items()
    ]
    new_columns = tuple(_missing(columns, place, views.columns))
    _check_held(table, place, views, ids, columns)
    known = {*columns, *(heading_key(one.heading) for one in new_columns)}
    return Placement(
        columns=columns,
        new_columns=new_columns,
        identities=tuple(identities),
        cells=tuple(cells),
        new_rows=tuple(_new_rows(views.new_rows, place, frozenset(ids.values()), known)),
    )


def changed(tab: str) -> WorkbookChanged:
    """The error for a tab that is no longer what was read."""
    return WorkbookChanged(
        f"「{tab}」タブが読み取りのあとに変わったので、書き込みませんでした。もう一度実行してください。",
        f"Tab {tab} changed after it was read, so nothing was written. Run the command again.",
    )


def _columns(table: Table, place: CandidatesPlace) -> dict[str, int]:
    """Columns by heading; refused when the headings do not stand where they were read."""
    head = next((row for row in table.rows() if row.number == place.heading_row), Row(0, {}))
    by_place = sorted(head.cells.items(), reverse=True)
    columns = {heading_key(value): column for column, value in by_place}  # of two with one heading, the first one
    id_key = heading_key(place.id_heading)
    if place.id_column is None:
        stands = bool(columns) and id_key not in columns
    else:
        stands = heading_key(head.cells.get(place.id_column)) == id_key
        columns[id_key] = place.id_column
    if not stands:
        raise changed(place.tab)
    return columns


def _unheaded(views: Views) -> Mapping[str, int]:
    """Columns that no heading names. What their cells must hold says whether they stand where they stood."""
    names = {name for held in views.only_over.values() for name in held}
    return {name: at for name in names if (at := unheaded_column(name)) is not None}


def _missing(columns: Mapping[str, int], place: CandidatesPlace, own: Iterable[OwnColumn]) -> Iterator[OwnColumn]:
    if place.id_column is None:
        yield OwnColumn(heading=place.id_heading, width=ID_WIDTH, look=Look.TEXT)
    yield from (one for one in own if heading_key(one.heading) not in columns)


def _check_identity(
    identity: Identity, rows: Mapping[int, Row], ids: Mapping[int, str], place: CandidatesPlace
) -> None:
    """A row gets an id only while it is still the row that was read."""
    row = rows.get(identity.row) or Row(identity.row, {})
    held = row.cells.get(place.name_column), row.cells.get(place.address_column)
    if held != (identity.name_text, identity.address_text) or ids.get(identity.row, "") not in {
        "",
        identity.candidate_id,
    }:
        raise changed(place.tab)


def _check_held(
    table: Table, place: CandidatesPlace, views: Views, ids: Mapping[int, str], columns: Mapping[str, int]
) -> None:
    """Cells of HR's may be written only while they hold what they held when that was decided, or the new value."""
    wanted = {heading_key(heading) for held in views.only_over.values() for heading in held}
    if not wanted:
        return
    if not wanted <= columns.keys():
        raise changed(place.tab)
    cells = {row.number: row.cells for row in table.rows({columns[heading] for heading in wanted})}
    for number, one in ids.items():
        for heading, value in views.only_over.get(one, {}).items():
            shown = cells.get(number, {}).get(columns[heading_key(heading)])
            wanted_cell = views.cells.get(one, {}).get(heading)
            is_done = wanted_cell is not None and same_value(wanted_cell.value, shown)
            if not (is_done or same_value(value, shown)):
                raise changed(place.tab)


def _new_rows(
    rows: Iterable[NewRow], place: CandidatesPlace, there: frozenset[str], known: set[str]
) -> Iterator[Mapping[str, CellValue]]:
    """The rows that are not there yet. A heading that is gone stops everything: its values would be lost."""
    for row in rows:
        if row.candidate_id in there:
            continue
        cells = {heading_key(heading): value for heading, value in row.cells.items()}
        if not cells.keys() <= known:
            raise changed(place.tab)
        yield {**cells, heading_key(place.id_heading): row.candidate_id}


def _cells_by_row(
    ids: Mapping[int, str], cells: Mapping[str, Mapping[str, ViewCell]]
) -> Iterator[tuple[int, Mapping[str, ViewCell]]]:
    """Where each candidate stands now; ids that are gone or doubled are passed over."""
    times = Counter(ids.values())
    return ((row, cells[one]) for row, one in ids.items() if times[one] == 1 and one in cells)
