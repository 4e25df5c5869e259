"""Changing facts of a spreadsheet where they stand: found by their ids, and looked at again afterwards.

Sheets has no conditional write. A row that somebody moved between the read and the write is found by its id, and gets
back what it held: facts never change otherwise, so what each of them says is known from the read before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sheets_automation.core.errors import WriteRefused
from sheets_automation.core.table import CellValue
from sheets_automation.ports import FactChanges
from sheets_automation.workbooks.google_book import Book, Cell, Sheet
from sheets_automation.workbooks.google_facts import FACT_ID, FactHead
from sheets_automation.workbooks.google_writing import blocks

Json = dict[str, Any]
Wanted = Mapping[str, Mapping[str, CellValue]]


def changed_facts(book: Book, changes: FactChanges) -> Iterator[Json]:
    """The requests that change these facts, as far as they do not say so already."""
    for tab, wanted in changes.items():
        if (sheet := book.sheets.get(tab)) is not None:
            yield from blocks(sheet.sheet_id, _differing(sheet, wanted))


def put_right(before: Book, now: Book, changes: FactChanges) -> Iterator[Json]:
    """The requests after which every fact that was there before says what it said, or what it is to say."""
    for tab, wanted in changes.items():
        old, sheet = before.sheets.get(tab), now.sheets.get(tab)
        if old is not None and sheet is not None:
            known = {one: {**cells, **wanted.get(one, {})} for one, cells in _facts(old)}
            yield from blocks(sheet.sheet_id, _differing(sheet, known))


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


def _facts(sheet: Sheet) -> Iterator[tuple[str, Mapping[str, CellValue]]]:
    head = _head(sheet)
    for row in range(head.row + 1, len(sheet.cells)) if head is not None else ():
        fact_id = sheet.value(row, head.columns[FACT_ID]) if head else None
        if fact_id is not None and head is not None:
            yield str(fact_id), {heading: sheet.value(row, column) for heading, column in head.columns.items()}


def _head(sheet: Sheet) -> FactHead | None:
    try:
        head = FactHead(sheet, {FACT_ID})
    except WriteRefused:
        return None
    return head if FACT_ID in head.columns else None
