"""A spreadsheet, or parts of it, as `spreadsheets.get` answers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.google_emulator.accounts import account_number
from tests.google_emulator.sheets.cell_data import CellWriter
from tests.google_emulator.sheets.looks import DEFAULT_FORMAT, THEME
from tests.google_emulator.sheets.model import (
    COLUMN_WIDTH,
    COLUMNS,
    PLAIN,
    ROW_HEIGHT,
    ROWS,
    Document,
    Json,
    Line,
    Rect,
    Sheet,
)
from tests.google_emulator.sheets.places import grid_json, shown
from tests.google_emulator.sheets.turns import Turn

_PARTS = (
    "conditionalFormats",
    "filterViews",
    "protectedRanges",
    "basicFilter",
    "charts",
    "bandedRanges",
    "developerMetadata",
    "rowGroups",
    "columnGroups",
    "slicers",
    "tables",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sheets, and which grid data of them, an answer shows."""

    rects: Sequence[tuple[Sheet, Rect]] | None
    """None is every sheet, whole."""
    grid: bool
    mask: str = ""
    path: tuple[str, ...] = ("sheets",)
    """Where the sheets stand under the mask."""


def spreadsheet_json(turn: Turn, wanted: Wanted) -> Json:
    """The whole Spreadsheet resource."""
    document = turn.document
    answer: Json = {
        "spreadsheetId": document.spreadsheet_id,
        "properties": properties_json(document),
        "sheets": _sheets(turn, wanted),
    }
    if document.named_ranges:
        answer["namedRanges"] = shown(document.named_ranges)
    answer["spreadsheetUrl"] = _url(turn)
    if document.metadata:
        answer["developerMetadata"] = [metadata_json(one, {"spreadsheet": True}) for one in document.metadata]
    return answer


def _url(turn: Turn) -> str:
    """Where people open it; to a person it says as whom, to a service account it does not."""
    address = f"https://docs.google.com/spreadsheets/d/{turn.document.spreadsheet_id}/edit"
    is_person = turn.email and not turn.email.endswith(".gserviceaccount.com")
    return f"{address}?ouid={account_number(turn.email)}" if is_person else address


def properties_json(document: Document) -> Json:
    """SpreadsheetProperties."""
    return {
        "title": document.title,
        "locale": document.locale,
        "autoRecalc": document.recalc,
        "timeZone": document.time_zone,
        "defaultFormat": DEFAULT_FORMAT,
        **document.properties,
        "spreadsheetTheme": THEME,
    }


def sheet_properties_json(document: Document, sheet: Sheet) -> Json:
    """SheetProperties. A sheet that is a chart has no grid."""
    answer: Json = {
        "sheetId": sheet.sheet_id,
        "title": sheet.title,
        "index": document.sheets.index(sheet),
        "sheetType": sheet.kind,
    }
    if sheet.kind == "GRID":
        answer["gridProperties"] = {
            "rowCount": sheet.row_count,
            "columnCount": sheet.column_count,
            **{key: value for key, value in sheet.grid.items() if value},
        }
    return {**answer, **{key: value for key, value in sheet.look.items() if value}}


def _sheets(turn: Turn, wanted: Wanted) -> list[Json]:
    writer = CellWriter(turn.calculator(), turn.locale, wanted.mask, *wanted.path, "data", "rowData", "values")
    found = []
    for sheet in turn.document.sheets:
        rects = [sheet.all] if wanted.rects is None else [rect for one, rect in wanted.rects if one is sheet]
        if rects:
            found.append(_sheet(turn, sheet, rects if wanted.grid and sheet.kind == "GRID" else [], writer, wanted))
    return found


def _sheet(turn: Turn, sheet: Sheet, rects: list[Rect], writer: CellWriter, wanted: Wanted) -> Json:
    answer: Json = {"properties": sheet_properties_json(turn.document, sheet)}
    if rects:
        answer["data"] = [_grid_data(sheet, rect, writer) for rect in rects]
    asked = [rect for one, rect in wanted.rects or () if one is sheet]
    merges = [merge for merge in sheet.merges if not asked or any(merge.meets(rect) for rect in asked)]
    if merges:
        answer["merges"] = [grid_json(sheet, merge) for merge in merges]
    parts = {**sheet.parts, "basicFilter": sheet.basic_filter}
    parts["protectedRanges"] = [protection_json(turn, one) for one in sheet.parts.get("protectedRanges", [])]
    parts["developerMetadata"] = [metadata_json(one, {"sheetId": sheet.sheet_id}) for one in sheet.metadata]
    for name in _PARTS:
        if parts.get(name):
            answer[name] = parts[name] if name == "developerMetadata" else shown(parts[name])
    return answer


def protection_json(turn: Turn, protection: Json) -> Json:
    """A ProtectedRange, with whether the caller may edit it."""
    answer = {key: value for key, value in protection.items() if key != "warningOnly" or value}
    if turn.may_edit(protection):
        answer["requestingUserCanEdit"] = True
    else:
        answer.pop("requestingUserCanEdit", None)
        answer.pop("editors", None)
    return answer


def metadata_json(metadata: Json, place: Json) -> Json:
    """DeveloperMetadata with the location where it is now."""
    if place.get("spreadsheet"):
        location = {"locationType": "SPREADSHEET", **place}
    elif "sheetId" in place:
        location = {"locationType": "SHEET", **place}
    else:
        kind = "ROW" if place["dimensionRange"]["dimension"] == ROWS else "COLUMN"
        location = {"locationType": kind, "dimensionRange": shown(place["dimensionRange"])}
    answer = {key: metadata[key] for key in ("metadataId", "metadataKey", "metadataValue") if key in metadata}
    return {**answer, "location": location, "visibility": metadata["visibility"]}


def line_place(sheet: Sheet, dimension: str, index: int) -> Json:
    """Where the metadata of a row or column is."""
    return {
        "dimensionRange": {
            "sheetId": sheet.sheet_id,
            "dimension": dimension,
            "startIndex": index,
            "endIndex": index + 1,
        }
    }


def _grid_data(sheet: Sheet, rect: Rect, writer: CellWriter) -> Json:
    answer: Json = {}
    if rect.top:
        answer["startRow"] = rect.top
    if rect.left:
        answer["startColumn"] = rect.left
    rows = [
        writer.row(sheet, row, sheet.rows[row][rect.left : rect.right], rect.left)
        for row in range(rect.top, min(rect.bottom, len(sheet.rows)))
    ]
    while rows and not rows[-1]:
        rows.pop()
    if rows:
        answer["rowData"] = rows
    answer["rowMetadata"] = _lines(sheet, ROWS, rect.top, rect.bottom)
    answer["columnMetadata"] = _lines(sheet, COLUMNS, rect.left, rect.right)
    return answer


def _lines(sheet: Sheet, dimension: str, start: int, end: int) -> list[Json]:
    usual = {"pixelSize": ROW_HEIGHT if dimension == ROWS else COLUMN_WIDTH}
    lines = sheet.lines[dimension]
    if not lines:
        return [usual] * (end - start)
    return [
        _line(sheet, dimension, index, lines[index], usual) if index in lines else usual for index in range(start, end)
    ]


def _line(sheet: Sheet, dimension: str, index: int, line: Line, usual: Json) -> Json:
    if line is PLAIN:
        return usual
    answer: dict[str, Any] = {}
    if line.filtered:
        answer["hiddenByFilter"] = True
    if line.hidden:
        answer["hiddenByUser"] = True
    answer["pixelSize"] = line.size or usual["pixelSize"]
    if line.metadata:
        place = line_place(sheet, dimension, index)
        answer["developerMetadata"] = [metadata_json(one, place) for one in line.metadata]
    return answer
