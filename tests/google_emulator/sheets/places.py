"""Where a range of a request lies: from A1 notation, a GridRange or a GridCoordinate to cells of a sheet."""

from __future__ import annotations

from typing import Any

from tests.google_emulator.sheets.a1 import Area, parse_area, split_title, written
from tests.google_emulator.sheets.model import Document, Json, Rect, Sheet
from tests.google_emulator.sheets.refusals import Refused, beyond_grid, no_grid, unparsable

_SIDES = ("startRowIndex", "startColumnIndex", "endRowIndex", "endColumnIndex")

_INDICES = {"startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"}
_PLACES = {"range", "anchorCell", "dimensionRange"}


def find_range(document: Document, text: str) -> tuple[Sheet, Area]:
    """The sheet and the rectangle that a text names.

    A bare word is a named range first, then a range of the first visible sheet, then a title. With an exclamation mark
    the left side is a title, whatever named ranges there are; in quotes it is always one.
    """
    title, rest = split_title(text)
    if title is not None:
        sheet = document.by_title(title)
        area = Area() if rest is None else parse_area(rest)
        if sheet is None or area is None:
            raise unparsable(text)
        return sheet, area
    return _bare(document, text)


def _bare(document: Document, text: str) -> tuple[Sheet, Area]:
    for named in document.named_ranges:
        if named["name"].casefold() == text.casefold():
            return grid_of(document, named["range"]), area_of(named["range"])
    area = parse_area(text)
    if area is not None:
        return document.first_visible(), area
    sheet = document.by_title(text)
    if sheet is None:
        raise unparsable(text)
    return sheet, Area()


def clipped(sheet: Sheet, area: Area) -> Rect:
    """The part of it that the grid has; a range that begins outside is refused."""
    top, left = area.top or 0, area.left or 0
    if top >= sheet.row_count or left >= sheet.column_count:
        raise beyond_grid(written(sheet.title, area), sheet.row_count, sheet.column_count)
    bottom = sheet.row_count if area.bottom is None else min(area.bottom, sheet.row_count)
    right = sheet.column_count if area.right is None else min(area.right, sheet.column_count)
    return Rect(top, left, bottom, right)


def contained(sheet: Sheet, area: Area) -> Rect:
    """All of it; a range that ends outside the grid is refused too."""
    if (area.bottom or 0) > sheet.row_count or (area.right or 0) > sheet.column_count:
        raise beyond_grid(written(sheet.title, area), sheet.row_count, sheet.column_count)
    return clipped(sheet, area)


def a1_of(sheet: Sheet, rect: Rect) -> str:
    """A rectangle as an answer names it."""
    return written(sheet.title, Area(*rect))


def grid_of(document: Document, range_: Json) -> Sheet:
    """The sheet that a GridRange, GridCoordinate or DimensionRange lies on."""
    sheet_id = range_.get("sheetId", 0)
    sheet = document.by_id(sheet_id)
    if sheet is None or sheet.kind != "GRID":
        raise no_grid(sheet_id)
    return sheet


def area_of(range_: Json) -> Area:
    """The rectangle of a GridRange."""
    sides = [range_.get(side) for side in _SIDES]
    for start, end in ((sides[0], sides[2]), (sides[1], sides[3])):
        if (start or 0) < 0 or (end is not None and end < (start or 0)):
            raise Refused(
                "Invalid range: a start index must not be negative or greater than its end index."
            )  # unverified
    return Area(*sides)


def find_grid(document: Document, range_: Any) -> tuple[Sheet, Rect]:
    """The cells of a GridRange. It may hold none, and may end outside the grid."""
    range_ = range_ or {}
    sheet = grid_of(document, range_)
    return sheet, clipped(sheet, area_of(range_))


def find_cell(document: Document, coordinate: Json) -> tuple[Sheet, int, int]:
    """The cell of a GridCoordinate."""
    return grid_of(document, coordinate), coordinate.get("rowIndex", 0), coordinate.get("columnIndex", 0)


def find_lines(document: Document, range_: Json) -> tuple[Sheet, str, int, int | None]:
    """The sheet, dimension, start and end of a DimensionRange; no end is the end of the sheet."""
    sheet = grid_of(document, range_)
    dimension = range_.get("dimension", "")
    if dimension not in {"ROWS", "COLUMNS"}:
        raise Refused("No dimension specified.")  # unverified
    return sheet, dimension, range_.get("startIndex", 0), range_.get("endIndex")


def grid_json(sheet: Sheet, rect: Rect) -> Json:
    """A rectangle as a GridRange of an answer: id 0 is left out, and an index 0 is not."""
    sides = {
        "startRowIndex": rect.top,
        "endRowIndex": rect.bottom,
        "startColumnIndex": rect.left,
        "endColumnIndex": rect.right,
    }
    return {"sheetId": sheet.sheet_id, **sides} if sheet.sheet_id else sides


def bounded(document: Document, range_: Json) -> Json:
    """A GridRange with all its sides, as answers show those of filters, bandings and conditional formats."""
    sheet, rect = find_grid(document, range_)
    return {"sheetId": sheet.sheet_id, **grid_json(sheet, rect)}


def located(value: Any) -> Any:
    """A JSON value of a request with the sheet named in each of its ranges, as it is kept."""
    if isinstance(value, list):
        return [located(element) for element in value]
    if not isinstance(value, dict):
        return value
    kept = {
        key: {"sheetId": 0, **part} if key in _PLACES and isinstance(part, dict) else part
        for key, part in value.items()
    }
    if kept.keys() & _INDICES:
        kept = {"sheetId": 0, **kept}
    return {key: located(part) for key, part in kept.items()}


def shown(value: Any) -> Any:
    """A stored JSON value as answers write it: an id 0 in a range, and any 0 in a coordinate, is left out."""
    if isinstance(value, list):
        return [shown(element) for element in value]
    if not isinstance(value, dict):
        return value
    is_place = value.get("sheetId") == 0 and not value.keys() & {"title", "locationType"}
    is_coordinate = "rowIndex" in value
    return {
        key: shown(part)
        for key, part in value.items()
        if not (is_place and key == "sheetId") and not (is_coordinate and part == 0)
    }
