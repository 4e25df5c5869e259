"""One save of a workbook file: facts, ids, our columns and our tabs, as one set of changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sheets_automation.core.cells import text
from sheets_automation.core.errors import WorkbookChanged
from sheets_automation.core.headings import heading_key
from sheets_automation.core.table import Row, Table
from sheets_automation.core.views import (
    CandidatesPlace,
    Identity,
    Look,
    OwnColumn,
    TabView,
    ViewCell,
    Views,
    is_shown,
)
from sheets_automation.workbooks.excel_facts import Additions, not_ours
from sheets_automation.workbooks.looks import FILLS
from sheets_automation.xlsx.cell_style import CellStyle
from sheets_automation.xlsx.edit import Edit
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.sheet_edit import NewColumn

_ID_WIDTH = 15
_FACT_WIDTH = 18


def edit_for(package: Package, tables: Mapping[str, Table], views: Views, facts: Iterable[Additions]) -> Edit:
    """All changes of one save. Raises WriteRefused or WorkbookChanged; nothing is written then."""
    facts = list(facts)
    edit = Edit(package, own_tabs=[added.tab for added in facts])
    for added in facts:
        _add_facts(edit, added)
    if views.place is not None:
        table = tables.get(views.place.tab)
        if table is None:
            raise changed(views.place.tab)
        _show_candidates(edit, table, views.place, views)
    _put_tabs(edit, tables, views.tabs)
    return edit


def changed(tab: str) -> WorkbookChanged:
    """The error for a tab that is no longer what was read."""
    return WorkbookChanged(
        f"「{tab}」タブが読み取りのあとに変わったので、書き込みませんでした。もう一度実行してください。",
        f"Tab {tab} changed after it was read, so nothing was written. Run the command again.",
    )


def _add_facts(edit: Edit, added: Additions) -> None:
    if not added:
        return
    if added.is_whole_tab:
        from sheets_automation.workbooks.excel_drawing import draw

        edit.put_tabs(draw([_fact_view(added)]))
        return
    for column, heading in added.headings.items():
        edit.set_cell(added.tab, added.heading_row, column, heading)
    for row, cells in added.rows.items():
        for column, value in cells.items():
            edit.set_cell(added.tab, row, column, value)


def _fact_view(added: Additions) -> TabView:
    """A new fact tab: headings in row 1, a fact in each row below, protected from slips of the hand."""
    headings = tuple(ViewCell(value=heading, look=Look.HEADING) for heading in added.headings.values())
    facts = (
        tuple(ViewCell(value=cells[column]) if column in cells else None for column in added.headings)
        for cells in added.rows.values()
    )
    return TabView(
        tab=added.tab,
        title=str(next(iter(added.headings.values()), "")),
        rows=(headings, *facts),
        widths=(_FACT_WIDTH,) * len(headings),
        frozen_rows=1,
        is_protected=True,
    )


def _show_candidates(edit: Edit, table: Table, place: CandidatesPlace, views: Views) -> None:
    columns = _columns(edit, table, place, views.columns)
    id_column = columns[heading_key(place.id_heading)] if place.id_column is None else place.id_column
    looked_at = {id_column, place.name_column, place.address_column} if views.identities else {id_column}
    rows = {row.number: row for row in table.rows(looked_at) if row.number > place.heading_row}
    ids = {number: text(row.cells.get(id_column)) for number, row in rows.items()}
    for identity in views.identities:
        _check_identity(identity, rows, ids, place)
        if not ids.get(identity.row):
            edit.set_cell(place.tab, identity.row, id_column, identity.candidate_id, _style(ViewCell(value=""), place))
            ids[identity.row] = identity.candidate_id
    for row, cells in _cells_by_row(ids, views.cells):
        for heading, cell in cells.items():
            edit.set_cell(place.tab, row, columns[heading_key(heading)], cell.value, _style(cell, place))


def _columns(edit: Edit, table: Table, place: CandidatesPlace, own: Iterable[OwnColumn]) -> dict[str, int]:
    """Columns by heading; ours are made at the right end when they are missing."""
    head = next((row for row in table.rows() if row.number == place.heading_row), Row(0, {}))
    columns = {heading_key(value): column for column, value in head.cells.items()}
    id_key = heading_key(place.id_heading)
    stands = (
        heading_key(head.cells.get(place.id_column)) == id_key
        if place.id_column is not None
        else (bool(columns) and id_key not in columns)
    )
    if not stands:
        raise changed(place.tab)
    wanted = [NewColumn(heading=place.id_heading, width=_ID_WIDTH)] if place.id_column is None else []
    wanted += [
        NewColumn(heading=one.heading, width=one.width) for one in own if heading_key(one.heading) not in columns
    ]
    if wanted:
        first = edit.append_columns(place.tab, wanted, place.heading_row, beside=place.name_column)
        columns |= {heading_key(one.heading): first + number for number, one in enumerate(wanted)}
    return columns


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


def _cells_by_row(
    ids: Mapping[int, str], cells: Mapping[str, Mapping[str, ViewCell]]
) -> Iterator[tuple[int, Mapping[str, ViewCell]]]:
    """Where each candidate stands now; ids that are gone or doubled are passed over."""
    times = Counter(ids.values())
    return ((row, cells[one]) for row, one in ids.items() if times[one] == 1 and one in cells)


def _style(cell: ViewCell, place: CandidatesPlace) -> CellStyle:
    """Our cells look like the names beside them, but for the colour that says how things stand."""
    return CellStyle(
        like=place.name_column,
        fill=FILLS.get(cell.look),
        number_format="yyyy/m/d h:mm" if isinstance(cell.value, datetime) else None,
    )


def _put_tabs(edit: Edit, tables: Mapping[str, Table], views: Iterable[TabView]) -> None:
    from sheets_automation.workbooks.excel_drawing import draw

    for view in views:
        table = tables.get(view.tab)
        title = next((row.cells.get(0) for row in table.rows() if row.number == 1), None) if table else None
        if table is not None and title != view.title and any(table.rows()):
            raise not_ours(view.tab)
        if not is_shown(view, table):
            edit.put_tabs(draw([view]))
