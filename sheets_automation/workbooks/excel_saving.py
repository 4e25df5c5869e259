"""One save of a workbook file: facts, ids, our columns and our tabs, as one set of changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from sheets_automation.core.errors import TabNotOurs
from sheets_automation.core.headings import heading_key
from sheets_automation.core.table import Table
from sheets_automation.core.views import (
    CandidatesPlace,
    Look,
    TabView,
    ViewCell,
    Views,
    is_free,
    is_shown,
)
from sheets_automation.workbooks.excel_facts import Additions, Cells
from sheets_automation.workbooks.looks import FILLS
from sheets_automation.workbooks.placing import changed, place_views
from sheets_automation.workbooks.row_heights import fitting_width
from sheets_automation.xlsx.cell_style import CellStyle
from sheets_automation.xlsx.edit import Edit
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.sheet_edit import NewColumn

_SEEN_FOR_WIDTHS: Final = 200


def edit_for(
    package: Package,
    tables: Mapping[str, Table],
    views: Views,
    facts: Iterable[Additions],
    hidden_names: Mapping[str, str | None],
) -> Edit:
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
    for name, text in hidden_names.items():
        edit.set_hidden_name(name, text)
    return edit


def _add_facts(edit: Edit, added: Additions) -> None:
    if not added:
        return
    if added.is_whole_tab:
        from sheets_automation.workbooks.excel_drawing import draw

        facts = dict(added.rows)
        first = facts.pop(min(facts))
        view = _fact_view(added, first, list(islice(facts.values(), _SEEN_FOR_WIDTHS)))
        edit.put_tabs(draw([view], date1904=edit.date1904), {added.tab: facts})
        return
    for column, heading in added.headings.items():
        edit.set_cell(added.tab, added.heading_row, column, heading)
    for row, cells in added.rows.items():
        for column, value in cells.items():
            edit.set_cell(added.tab, row, column, value)


def _fact_view(added: Additions, fact: Cells, others: Sequence[Cells]) -> TabView:
    """A new fact tab, protected from slips of the hand: headings in row 1, and the first fact, as all others look.

    Columns are as wide as some of the others need, too: what is known of a letter that has left is in none that waits.
    """
    headings = tuple(ViewCell(value=heading, look=Look.HEADING) for heading in added.headings.values())
    cells = tuple(ViewCell(value=fact[column]) if column in fact else None for column in added.headings)
    return TabView(
        tab=added.tab,
        title=str(next(iter(added.headings.values()), "")),
        rows=(headings, cells),
        widths=tuple(
            fitting_width(heading, *(one.get(column) for one in (fact, *others)))
            for column, heading in added.headings.items()
        ),
        frozen_rows=1,
        is_protected=True,
    )


def _show_candidates(edit: Edit, table: Table, place: CandidatesPlace, views: Views) -> None:
    placement = place_views(table, place, views)
    new = [NewColumn(heading=one.heading, width=one.width) for one in placement.new_columns]
    first = edit.append_columns(place.tab, new, place.heading_row, beside=place.name_column) if new else 0
    columns = placement.columns_with(first)
    hrs = {(one, heading_key(heading)) for one, held in views.only_over.items() for heading in held}
    for one in (*placement.identities, *placement.cells):
        style = None if (one.candidate_id, one.heading) in hrs else _style(one.cell, place)
        edit.set_cell(place.tab, one.row, columns[one.heading], one.cell.value, style)
    if placement.new_rows:
        rows = [{columns[heading]: value for heading, value in row.items()} for row in placement.new_rows]
        edit.append_rows(place.tab, rows, like_the_last=True)


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
        if not is_free(view, table):
            raise TabNotOurs(view.tab)
        if not is_shown(view, table):
            edit.put_tabs(draw([view], date1904=edit.date1904))
