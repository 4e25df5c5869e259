"""A save that goes around cells of our columns which a person has filled with what no program may overwrite.

A formula in a status cell is somebody's work, and no reason to send nobody a letter: the cell stays as it is, the rest
is written, and the person is told. Ids are not gone around: a letter needs the id of its row in the sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from sheets_automation.core.errors import CellsKept
from sheets_automation.core.headings import heading_key
from sheets_automation.core.table import Table
from sheets_automation.core.views import ViewCell, Views
from sheets_automation.workbooks.placing import place_views
from sheets_automation.xlsx.edit import Edit
from sheets_automation.xlsx.references import cell_name
from sheets_automation.xlsx.refusals import CellRefused

MOST_BY_COLUMN = 8
"""So many cells of a column are gone around one by one; then the column is left as it is."""


def going_around(
    make: Callable[[Views], Edit], tables: Mapping[str, Table], views: Views
) -> tuple[Edit, CellsKept | None]:
    """Make the edit, without the cells that must not be overwritten, and say which was the first of them.

    Raises CellRefused where anything else is in the way.
    """
    kept: CellsKept | None = None
    met: Counter[str] = Counter()
    while True:
        edit = make(views)
        try:
            edit.carry_out()
        except CellRefused as refused:
            found = _cell_of_ours(refused, tables, views)
            if found is None:
                raise
            candidate_id, heading = found
            met[heading] += 1
            everybody = met[heading] > MOST_BY_COLUMN
            views = replace(views, cells=dict(_without(views, heading, None if everybody else candidate_id)))
            kept = kept or _told(refused)
        else:
            return edit, kept


def _told(refused: CellRefused) -> CellsKept:
    ja, en = refused.sentences
    return CellsKept(
        f"「{refused.tab}」{refused.cell}: {ja}（このセルはそのままにして、ほかはすべて保存しました）。",
        f'"{refused.tab}" {refused.cell}: {en}. This cell was left as it is; all else was saved.',
    )


def _cell_of_ours(refused: CellRefused, tables: Mapping[str, Table], views: Views) -> tuple[str, str] | None:
    """Whose status it is that cannot be written, and in which column."""
    place = views.place
    if place is None or refused.tab != place.tab or not refused.cell:
        return None
    placement = place_views(tables[place.tab], place, views)
    for one in placement.cells:
        column = placement.columns.get(one.heading)
        if column is not None and cell_name(one.row, column) == refused.cell:
            return one.candidate_id, one.heading
    return None


def _without(views: Views, heading: str, candidate_id: str | None) -> Iterator[tuple[str, Mapping[str, ViewCell]]]:
    """The cells of all candidates but this one, or all of a column."""
    for one, cells in views.cells.items():
        if candidate_id in {None, one}:
            yield one, {name: cell for name, cell in cells.items() if heading_key(name) != heading}
        else:
            yield one, cells
