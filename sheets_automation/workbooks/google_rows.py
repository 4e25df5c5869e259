"""New candidates in a spreadsheet: below the last row, wherever that is by then, with what surrounds the rows above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sheets_automation.core.table import CellValue
from sheets_automation.core.views import CandidatesPlace
from sheets_automation.workbooks.google_book import Sheet
from sheets_automation.workbooks.google_cells import range_of, row_of

Json = dict[str, Any]


def added_rows(sheet: Sheet, place: CandidatesPlace, rows: Sequence[Mapping[int, CellValue]]) -> Iterator[Json]:
    """Append rows, and let lists to choose from, a filter and a table that end above them reach over them.

    appendCells looks for the last row when it is carried out, so nobody's cells are ever written over.
    """
    end = sheet.height()
    fields = "userEnteredValue"
    if any(isinstance(value, datetime) for row in rows for value in row.values()):
        fields += ",userEnteredFormat.numberFormat"
    yield {"appendCells": {"sheetId": sheet.sheet_id, "rows": [row_of(row) for row in rows], "fields": fields}}
    if end > place.heading_row:
        width = range(max(sheet.width(), 1))
        yield {
            "copyPaste": {
                "source": range_of(sheet.sheet_id, range(end - 1, end), width),
                "destination": range_of(sheet.sheet_id, range(end, end + len(rows)), width),
                "pasteType": "PASTE_DATA_VALIDATION",
            }
        }
    yield from _reaching_down(sheet, place, end, end + len(rows))


def without_ids(sheet: Sheet, place: CandidatesPlace, id_column: int, ids: Sequence[str]) -> Iterator[Json]:
    """Take ids away wherever they stand when this is carried out: by what they say, so that no other cell is met."""
    for one in ids:
        yield {
            "findReplace": {
                "find": one,
                "replacement": "",
                "matchCase": True,
                "matchEntireCell": True,
                "includeFormulas": False,
                "range": {
                    "sheetId": sheet.sheet_id,
                    "startRowIndex": place.heading_row,
                    "startColumnIndex": id_column,
                    "endColumnIndex": id_column + 1,
                },
            }
        }


def _reaching_down(sheet: Sheet, place: CandidatesPlace, end: int, new_end: int) -> Iterator[Json]:
    kept = sheet.basic_filter
    if kept and "tableId" not in kept and _ends_at(kept["range"], place, end):
        settings = {key: kept[key] for key in ("sortSpecs", "filterSpecs") if kept.get(key)}
        yield {"setBasicFilter": {"filter": {"range": {**kept["range"], "endRowIndex": new_end}, **settings}}}
    for table in sheet.tables:
        if _ends_at(table["range"], place, end):
            longer = {**table["range"], "endRowIndex": new_end}
            yield {"updateTable": {"table": {"tableId": table["tableId"], "range": longer}, "fields": "range"}}


def _ends_at(area: Json, place: CandidatesPlace, end: int) -> bool:
    return area.get("startRowIndex", 0) == place.heading_row - 1 and area.get("endRowIndex") == end
