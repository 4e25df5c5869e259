"""Reading a tab of facts that we append: the heading row, wherever it stands, and the rows of text below it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.table import Row, Table


def fact_rows(
    table: Table | None,
    headings: Collection[str],
    damaged: Callable[[str, int], LogDamaged],
    *,
    newer: Collection[str] = (),
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The number of each filled row, and its cells by heading, without outer blanks.

    Rows above the headings (a title) are passed over. Tabs of earlier versions lack the `newer` headings. Raises what
    `damaged` makes of the tab and a row where the tab holds something, and no row has all the other headings.
    """
    columns: Mapping[str, int] = {}
    is_empty = True
    for row in table.rows() if table is not None else ():
        is_empty = False
        if not columns:
            columns = _columns(row, headings, newer)
        elif any(str(value).strip() for value in row.cells.values()):
            yield row.number, {name: str(row.cells.get(column, "")).strip() for name, column in columns.items()}
    if table is not None and not columns and not is_empty:
        raise damaged(table.title, 1)


def _columns(row: Row, headings: Collection[str], newer: Collection[str]) -> Mapping[str, int]:
    found = {str(value).strip(): column for column, value in row.cells.items()}
    if not set(headings) <= set(found):
        return {}
    return {name: found[name] for name in (*headings, *newer) if name in found}
