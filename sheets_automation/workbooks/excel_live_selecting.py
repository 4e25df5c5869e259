"""Show somebody's row in the open workbook: its tab in front, its cell selected. Nothing in the workbook is changed."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sheets_automation.core.cells import text
from sheets_automation.core.names import name_key
from sheets_automation.workbooks.excel_live_book import OpenBook
from sheets_automation.workbooks.excel_live_calls import Calls
from sheets_automation.workbooks.excel_live_finding import find_book
from sheets_automation.workbooks.excel_live_native import native
from sheets_automation.workbooks.excel_live_reading import OpenTab, Reader
from sheets_automation.xlsx.references import Area


class RowShown(StrEnum):
    """What became of the wish to see a row."""

    SELECTED = "selected"
    HIDDEN = "hidden"
    """It is there, and a filter or a hand hides it: that is the person's own, and stays."""
    MISSING = "missing"


def select_row(location: str, cell: str, candidate_id: str, name: str) -> RowShown:
    """Select the row of somebody, by a cell such as 候補者!A12, the id and the name; each may be empty.

    People sort while the page stands open: a row is believed only if it holds the id, else the id is looked for. Before
    the first letter ids stand in no row: there the name has to be in it.
    """
    calls, words = Calls(), native()
    book = find_book(location, calls, words)
    reader = Reader(OpenBook(book, calls.ask(lambda: book.app), calls, words))
    title, _, place = cell.rpartition("!")
    area = Area.parse(place) if place else None
    tab = reader.tab(title) if title else None
    row, column = (area.top, area.left) if area is not None else (0, 0)
    if tab is None or not _is_right(tab, row, candidate_id):
        tabs = [tab] if tab is not None else reader.tabs().values()
        found = _row_with(tabs, candidate_id)
        if found is not None:
            tab, row = found
        elif tab is None or not _is_named(tab, row, name):
            return RowShown.MISSING
    if row in tab.hidden:
        return RowShown.HIDDEN
    sheet = tab.sheet
    # xlwings' own `activate` would bring the whole of Excel to the front.
    calls.ask(book.impl.activate)
    calls.ask(sheet.impl.activate)
    cells = calls.ask(lambda: sheet.range((row, column + 1)))
    calls.ask(cells.impl.select)
    return RowShown.SELECTED


def _is_right(tab: OpenTab, row: int, candidate_id: str) -> bool:
    return row in tab.rows and (not candidate_id or candidate_id in map(text, tab.rows[row].values()))


def _row_with(tabs: Iterable[OpenTab], candidate_id: str) -> tuple[OpenTab, int] | None:
    found = ((tab, row) for tab in tabs for row in tab.rows if candidate_id and _is_right(tab, row, candidate_id))
    return next(found, None)


def _is_named(tab: OpenTab, row: int, name: str) -> bool:
    """Family and given name may stand in cells of their own."""
    key = name_key(name)
    return bool(key) and key in name_key("".join(map(text, tab.rows.get(row, {}).values())))
