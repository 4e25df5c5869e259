"""Values and looks as Sheets takes them: raw, never parsed, and never as a formula that we did not read there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sheets_automation.core.table import CellValue
from sheets_automation.core.views import Look
from sheets_automation.workbooks.google_book import Cell, Formula, serial_of
from sheets_automation.workbooks.looks import BASE, PROPERTIES, VARIATIONS, Properties

Json = dict[str, Any]

FONT = "Noto Sans JP"
"""Sheets brings it to every browser; a font of the reader's own computer it would replace by Arial."""
LONGEST_TEXT = 50_000
"""Characters a cell can hold."""
DATE_TIME = "yyyy/m/d h:mm"
_BORDERS = {1: "SOLID", 2: "SOLID_MEDIUM"}
_FORMAT_TYPES = (("%", "PERCENT"), ("¥", "CURRENCY"), ("hh:mm", "DATE_TIME"), ("yyyy", "DATE"))


def entered(value: Cell) -> Json:
    """The `userEnteredValue` of a cell; {} clears it. Text stays text, whatever it begins with."""
    match value:
        case None | "":
            return {}
        case Formula():
            return {"formulaValue": value.text}  # only ever what stood there before
        case bool():
            return {"boolValue": value}
        case datetime():
            return {"numberValue": serial_of(value)}
        case str():
            # A lone surrogate is no Unicode, and Google refuses the whole request for it.
            return {"stringValue": value.encode("utf-8", "replace").decode()[:LONGEST_TEXT]}
        case _:
            return {"numberValue": value}


def cell_of(value: Cell) -> Json:
    """A cell without a format of its own; a moment gets one, or it would show as a number."""
    cell: Json = {"userEnteredValue": entered(value)}
    if isinstance(value, datetime):
        cell["userEnteredFormat"] = {"numberFormat": {"type": "DATE_TIME", "pattern": DATE_TIME}}
    return cell


def format_of(look: Look, differs: frozenset[str] = frozenset()) -> Json:
    """The `userEnteredFormat` of a look."""
    properties: Properties = {**BASE, **PROPERTIES[look]}
    for variation in sorted(differs):
        properties |= VARIATIONS[variation]
    text: Json = {
        "fontFamily": FONT,
        "fontSize": properties["font_size"],
        "bold": bool(properties.get("bold")),
        "foregroundColorStyle": colour(str(properties["font_color"])),
    }
    found: Json = {
        "textFormat": text,
        "verticalAlignment": "MIDDLE",
        "wrapStrategy": "WRAP" if properties.get("text_wrap") else "CLIP",
    }
    if align := properties.get("align"):
        found["horizontalAlignment"] = str(align).upper()
    if background := properties.get("bg_color"):
        found["backgroundColorStyle"] = colour(str(background))
    if thickness := properties.get("bottom"):
        style = _BORDERS[int(thickness)]
        found["borders"] = {"bottom": {"style": style, "colorStyle": colour(str(properties["bottom_color"]))}}
    if pattern := properties.get("num_format"):
        found["numberFormat"] = number_format(str(pattern))
    if indent := properties.get("indent"):
        found["padding"] = {"left": 3 + 9 * int(indent), "right": 3, "top": 2, "bottom": 2}
    return found


def number_format(pattern: str) -> Json:
    """A number format, with the kind that Sheets wants to be told."""
    kind = next((kind for mark, kind in _FORMAT_TYPES if mark in pattern), "NUMBER")
    return {"type": kind, "pattern": pattern}


def colour(written: str) -> Json:
    """A colour such as "#2C5F8A"."""
    parts = zip(("red", "green", "blue"), (1, 3, 5), strict=True)
    return {"rgbColor": {name: round(int(written[at : at + 2], 16) / 255, 4) for name, at in parts}}


def range_of(sheet_id: int, rows: range, columns: range) -> Json:
    """A GridRange: rows and columns from 0."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": rows.start,
        "endRowIndex": rows.stop,
        "startColumnIndex": columns.start,
        "endColumnIndex": columns.stop,
    }


def update_cells(sheet_id: int, row: int, column: int, rows: list[list[Json]], fields: str) -> Json:
    """One block of cells, from its upper left corner."""
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column},
            "rows": [{"values": cells} for cells in rows],
            "fields": fields,
        }
    }


def row_of(cells: Mapping[int, CellValue]) -> Json:
    """A row to append, by column from 0."""
    width = max(cells, default=-1) + 1
    return {"values": [cell_of(cells.get(column)) for column in range(width)]}
