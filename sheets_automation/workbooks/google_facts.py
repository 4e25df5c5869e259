"""The fact tabs of a spreadsheet: where their headings stand, which facts they hold, and how more are appended."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sheets_automation.core.errors import TabNotOurs, WriteRefused
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import Look, TabView, ViewCell
from sheets_automation.workbooks.google_book import MARKER, Book, Marker, Sheet
from sheets_automation.workbooks.google_cells import row_of, update_cells
from sheets_automation.workbooks.google_drawing import draw

Json = dict[str, Any]
Fact = Mapping[str, CellValue]

FACT_ID: Final = "記録ID"
_WIDTH: Final = 18
_MARKERS_KEPT: Final = 10


class FactHead:
    """Where the headings of a fact tab stand."""

    def __init__(self, sheet: Sheet, wanted: set[str]) -> None:
        """Find the first row with a heading that these facts have. Raises WriteRefused for a tab that is not ours."""
        self.row, self.columns = 0, dict[str, int]()
        for row, cells in enumerate(sheet.cells):
            found = {str(sheet.value(row, column)): column for column in range(len(cells or ()))}
            if wanted & set(found):
                self.row, self.columns = row, found
                return
        if any(sheet.table().rows()):
            raise TabNotOurs(sheet.title)


def known_facts(book: Book, tab: str) -> set[CellValue]:
    """The ids of all facts that a tab holds; none where somebody took its headings away."""
    sheet = book.sheets.get(tab)
    try:
        column = FactHead(sheet, {FACT_ID}).columns.get(FACT_ID) if sheet else None
    except WriteRefused:
        return set()
    if sheet is None or column is None:
        return set()
    return {row.cells[column] for row in sheet.table().rows({column})}


def append_facts(book: Book, tab: str, rows: Sequence[Fact]) -> Iterator[Json]:
    """The requests that append facts below the last row with data; the tab is made where it is missing."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    sheet = book.sheets.get(tab)
    head = FactHead(sheet, set(headings)) if sheet else None
    columns = head.columns if head else {}
    if sheet is None or head is None or not columns:
        view = _new_tab(tab, headings)
        sheet_id, requests = draw(view, sheet, book.sheet_ids)
        yield from requests
        columns = {heading: number for number, heading in enumerate(headings)}
    else:
        sheet_id = sheet.sheet_id
        yield from _more_headings(sheet, head, headings)
    cells = [{columns[heading]: value for heading, value in row.items()} for row in rows]
    yield {"appendCells": {"sheetId": sheet_id, "rows": [row_of(one) for one in cells], "fields": "userEnteredValue"}}


def _new_tab(tab: str, headings: Sequence[str]) -> TabView:
    head = tuple(ViewCell(value=heading, look=Look.HEADING) for heading in headings)
    return TabView(
        tab=tab,
        title=headings[0],
        rows=(head,),
        widths=(_WIDTH,) * len(headings),
        frozen_rows=1,
        is_protected=True,
    )


def _more_headings(sheet: Sheet, head: FactHead, headings: Sequence[str]) -> Iterator[Json]:
    """Put headings that the tab lacks at its right end."""
    missing = [heading for heading in headings if heading not in head.columns]
    if not missing:
        return
    first = sheet.width()
    if (lacking := first + len(missing) - sheet.column_count) > 0:
        yield {"appendDimension": {"sheetId": sheet.sheet_id, "dimension": "COLUMNS", "length": lacking}}
    cells = [{"userEnteredValue": {"stringValue": heading}} for heading in missing]
    yield update_cells(sheet.sheet_id, head.row, first, [cells], "userEnteredValue")
    head.columns.update({heading: first + number for number, heading in enumerate(missing)})


def remade(book: Book, tab: str, rows: Sequence[Fact], aside: str, markers: Markers) -> Iterator[Json]:
    """The requests that put a fact tab aside and make it anew; notes of facts that it lacks are taken away.

    Whoever is appending to the old tab in this moment does so by its id, and finds it renamed.
    """
    old = book.sheets.get(tab)
    if old is not None:
        properties = {"sheetId": old.sheet_id, "title": aside}
        yield {"updateSheetProperties": {"properties": properties, "fields": "title"}}
    known = {row.get(FACT_ID) for row in rows}
    yield from forget(marker for marker in book.markers if marker.tab == tab and marker.fact_id not in known)
    rest = {title: sheet for title, sheet in book.sheets.items() if title != tab}
    yield from append_facts(replace(book, sheets=rest), tab, rows)
    kept = tuple(marker for marker in book.markers if marker.tab != tab or marker.fact_id in known)
    yield from markers.note(replace(book, markers=kept), tab, rows[-1])


class Markers:
    """Notes in the spreadsheet's metadata of the last fact that each run appended, written together with it.

    Rows that somebody deletes at the end of the log leave no gap behind, and a tab that is deleted leaves nothing. The
    notes do: a run refuses a log that lacks a fact which some run is known to have appended.
    """

    def __init__(self) -> None:
        self._mine: dict[str, int] = {}

    def note(self, book: Book, tab: str, fact: Fact) -> Iterator[Json]:
        """The requests that note this fact as the last of its tab."""
        value = str(fact.get(FACT_ID) or "")
        if not value:
            return
        present = {marker.metadata_id for marker in book.markers}
        if (mine := self._mine.get(tab)) is not None and mine in present:
            yield _updated(mine, value)
            return
        if mine is None:
            mine = self._mine[tab] = secrets.randbelow(2**31 - 2) + 1
        yield {
            "createDeveloperMetadata": {
                "developerMetadata": {
                    "metadataId": mine,
                    "metadataKey": MARKER + tab,
                    "metadataValue": value,
                    "location": {"spreadsheet": True},
                    "visibility": "DOCUMENT",
                }
            }
        }
        yield from _forgotten(book.markers, tab)


def _updated(metadata_id: int, value: str) -> Json:
    return {
        "updateDeveloperMetadata": {
            "dataFilters": [{"developerMetadataLookup": {"metadataId": metadata_id}}],
            "developerMetadata": {"metadataValue": value},
            "fields": "metadataValue",
        }
    }


def _forgotten(markers: Sequence[Marker], tab: str) -> Iterator[Json]:
    """Only so many notes are kept: metadata has little room. Ids of facts begin with their moment, so they sort."""
    yield from forget(sorted((one for one in markers if one.tab == tab), key=lambda one: one.fact_id)[:-_MARKERS_KEPT])


def forget(markers: Iterable[Marker]) -> Iterator[Json]:
    """The requests that take notes away."""
    for marker in markers:
        lookup = {"developerMetadataLookup": {"metadataId": marker.metadata_id}}
        yield {"deleteDeveloperMetadata": {"dataFilter": lookup}}
