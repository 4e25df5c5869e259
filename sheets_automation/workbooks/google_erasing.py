"""Changing facts of a spreadsheet where they stand: found by their ids, and looked at again afterwards.

Sheets has no conditional write. A row that somebody moved between the read and the write is found by its id, and gets
back what it held: but for erasures facts never change, so what each of them says is known from the read before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sheets_automation.core.errors import WriteRefused
from sheets_automation.core.table import CellValue
from sheets_automation.ports import FactChanges
from sheets_automation.workbooks.google_book import Book, Cell, Sheet
from sheets_automation.workbooks.google_facts import FACT_ID, FactHead
from sheets_automation.workbooks.google_writing import blocks

Json = dict[str, Any]
Cells = Mapping[str, CellValue]
"""Of one fact, by heading."""
Wanted = Mapping[str, Cells]


def changed_facts(book: Book, changes: FactChanges) -> Iterator[Json]:
    """The requests that change these facts, as far as they do not say so already."""
    for tab, wanted in changes.items():
        if (sheet := book.sheets.get(tab)) is not None:
            yield from blocks(sheet.sheet_id, _differing(sheet, wanted))


def differ(seen: Book, now: Book, changes: FactChanges) -> bool:
    """Whether any of these facts says something else by now: then what was decided about it holds no longer."""
    for tab, wanted in changes.items():
        then, today = _facts(seen.sheets.get(tab)), _facts(now.sheets.get(tab))
        if any(then.get(one) != today.get(one) for one in wanted):
            return True
    return False


def put_right(before: Book, now: Book, changes: FactChanges) -> FactChanges:
    """What facts are to say from here on: ours what they are to, those that ours went astray on what they said before.

    Only what we have changed is touched: another erasure may have changed facts since, and they stay erased.
    """
    found: dict[str, Wanted] = {}
    for tab, wanted in changes.items():
        old, facts = _facts(before.sheets.get(tab)), _facts(now.sheets.get(tab))
        headings = {heading for cells in wanted.values() for heading in cells}
        ours = {
            heading: {cells[heading] or "" for cells in wanted.values() if heading in cells} for heading in headings
        }
        known = {one: said for one, said in facts.items() if one in old and _is_known(said, old[one], ours)}
        mine = {one: {**_only(old[one], headings), **cells} for one, cells in wanted.items() if one in known}
        astray = [_changing(wanted[one], old[one]) for one, cells in mine.items() if not _says(known[one], cells)]
        hit = {
            one: _only(old[one], block)
            for block in astray
            for one, said in known.items()
            if one not in wanted and block and _says(said, block)
        }
        found[tab] = {**hit, **mine}
    return found


def _is_known(said: Cells, old: Cells, ours: Mapping[str, Collection[CellValue]]) -> bool:
    """Whether a fact says nothing but what it said before, or what we have written into one fact or another."""
    return all((said.get(h) or "") in {old.get(h) or "", *values} for h, values in ours.items())


def _only(cells: Cells, headings: Iterable[str]) -> Cells:
    return {heading: cells.get(heading) for heading in headings}


def _changing(wanted: Cells, old: Cells) -> Cells:
    return {heading: value for heading, value in wanted.items() if (value or "") != (old.get(heading) or "")}


def _says(said: Cells, cells: Cells) -> bool:
    return not _changing(cells, said)


def _differing(sheet: Sheet, wanted: Wanted) -> dict[tuple[int, int], Cell]:
    head = _head(sheet)
    if head is None:
        return {}
    found: dict[tuple[int, int], Cell] = {}
    for row in range(head.row + 1, len(sheet.cells)):
        for heading, value in wanted.get(str(sheet.value(row, head.columns[FACT_ID])), {}).items():
            column = head.columns.get(heading)
            if column is not None and (sheet.value(row, column) or "") != (value or ""):
                found[row, column] = value
    return found


def _facts(sheet: Sheet | None) -> Wanted:
    head = _head(sheet) if sheet is not None else None
    if sheet is None or head is None:
        return {}
    return {
        str(fact_id): {heading: sheet.value(row, column) for heading, column in head.columns.items()}
        for row in range(head.row + 1, len(sheet.cells))
        if (fact_id := sheet.value(row, head.columns[FACT_ID])) is not None
    }


def _head(sheet: Sheet) -> FactHead | None:
    try:
        head = FactHead(sheet, {FACT_ID})
    except WriteRefused:
        return None
    return head if FACT_ID in head.columns else None
