"""Requests about the spreadsheet and its tabs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.google_emulator.sheets.field_masks import Path, below, merged, read_paths
from tests.google_emulator.sheets.looks import as_kept
from tests.google_emulator.sheets.model import COLUMNS, NEW_COLUMNS, NEW_ROWS, ROWS, Document, Json, Sheet
from tests.google_emulator.sheets.refusals import Refused, no_sheet, title_taken
from tests.google_emulator.sheets.structure import renamed_in_formulas
from tests.google_emulator.sheets.turns import Turn
from tests.google_emulator.sheets.writing_out import sheet_properties_json

_MAX_TITLE = 100
_IDS = ("chartId", "protectedRangeId", "bandedRangeId", "filterViewId")
_SHEET_FIELDS = ("title", "index", "gridProperties", "hidden", "tabColor", "tabColorStyle", "rightToLeft")
_GRID_FIELDS = (
    "rowCount",
    "columnCount",
    "frozenRowCount",
    "frozenColumnCount",
    "hideGridlines",
    "rowGroupControlAfter",
    "columnGroupControlAfter",
)
_DOCUMENT_FIELDS = {"title": "title", "locale": "locale", "timeZone": "time_zone", "autoRecalc": "recalc"}


def find_sheet(document: Document, sheet_id: int) -> Sheet:
    """The tab with this id."""
    sheet = document.by_id(sheet_id)
    if sheet is None:
        raise no_sheet(sheet_id)
    return sheet


def update_spreadsheet_properties(turn: Turn, body: Json) -> Json:
    """Rename the spreadsheet, or set its locale, time zone and other settings."""
    given = body.get("properties", {})
    names = (*_DOCUMENT_FIELDS, "iterativeCalculationSettings", "defaultFormat", "spreadsheetTheme")
    for path in read_paths(body.get("fields", ""), names):
        field = _DOCUMENT_FIELDS.get(path[0])
        if field is None:
            turn.document.properties[path[0]] = given.get(path[0])
        elif given.get(path[0]):
            setattr(turn.document, field, given[path[0]])
    turn.document.properties = {key: value for key, value in turn.document.properties.items() if value}
    return {}


def add_sheet(turn: Turn, body: Json) -> Json:
    """Add a tab; without an index it comes last."""
    given = body.get("properties", {})
    sheet = new_sheet(turn, given)
    grid = given.get("gridProperties", {})
    rows, columns = grid.get("rowCount", NEW_ROWS), grid.get("columnCount", NEW_COLUMNS)
    turn.allow_growth(sheet, rows, columns)
    sheet.row_count, sheet.column_count = rows, columns
    sheet.grid = {name: grid[name] for name in _GRID_FIELDS[2:] if grid.get(name)}
    sheet.look = as_kept({name: given[name] for name in _SHEET_FIELDS[3:] if given.get(name)})
    _check_frozen(sheet)
    _insert(turn.document, sheet, given.get("index"))
    return {"addSheet": {"properties": sheet_properties_json(turn.document, sheet)}}


def new_sheet(turn: Turn, given: Json) -> Sheet:
    """A tab with an id and a title of its own, not yet in the spreadsheet."""
    sheet_id = given.get("sheetId")
    if sheet_id is not None:
        if sheet_id < 0:
            raise Refused("Sheet id must be non-negative.")
        if turn.document.by_id(sheet_id):
            raise Refused(f"Sheet with id {sheet_id} already exists.")
    word = "シート" if turn.document.locale.startswith("ja") else "Sheet"
    title = given.get("title") or _free_title(turn.document, word)
    check_title(turn.document, title)
    return Sheet(sheet_id=turn.new_id() if sheet_id is None else sheet_id, title=title)


def check_title(document: Document, title: str, of: Sheet | None = None) -> None:
    """Refuse a title that is empty, too long or taken by another tab."""
    if not title:
        raise Refused("The sheet name cannot be empty.")
    if len(title) > _MAX_TITLE:
        raise Refused(f"The sheet name cannot be greater than {_MAX_TITLE} characters.")
    other = document.by_title(title)
    if other is not None and other is not of:
        raise title_taken(title)


def _free_title(document: Document, word: str) -> str:
    number = len(document.sheets) + 1
    while document.by_title(f"{word}{number}"):
        number += 1
    return f"{word}{number}"


def copy_title(document: Document, title: str) -> str:
    """What the copy of a tab is called."""
    name, number = f"Copy of {title}", 1
    while document.by_title(name):
        name, number = f"Copy of {title} {number}", number + 1
    return name


def _insert(document: Document, sheet: Sheet, index: int | None) -> None:
    place = len(document.sheets) if index is None else index
    if not 0 <= place <= len(document.sheets):
        raise Refused(f"Invalid sheet index: {index}.")  # unverified
    document.sheets.insert(place, sheet)


def delete_sheet(turn: Turn, body: Json) -> Json:
    """Delete a tab, but not the last one that people can see."""
    sheet = find_sheet(turn.document, body.get("sheetId", 0))
    turn.guard(sheet, sheet.all)
    if len(turn.document.sheets) == 1:
        raise Refused("You can't remove all the sheets in a document.")
    _one_stays_visible(turn.document, sheet)
    turn.document.sheets.remove(sheet)
    turn.document.named_ranges = [
        one for one in turn.document.named_ranges if one["range"].get("sheetId", 0) != sheet.sheet_id
    ]
    return {}


def _one_stays_visible(document: Document, gone: Sheet) -> None:
    if not any(sheet is not gone and not sheet.look.get("hidden") for sheet in document.sheets):
        raise Refused("You can't remove all the visible sheets in a document.")


def duplicate_sheet(turn: Turn, body: Json) -> Json:
    """Copy a tab within the spreadsheet."""
    source = find_sheet(turn.document, body.get("sourceSheetId", 0))
    title = body.get("newSheetName") or copy_title(turn.document, source.title)
    named = {"title": title, **({"sheetId": body["newSheetId"]} if "newSheetId" in body else {})}
    copy = copied(turn, source, new_sheet(turn, named))
    turn.allow_growth(copy, copy.row_count, copy.column_count)
    _insert(turn.document, copy, body.get("insertSheetIndex", 0))
    return {"duplicateSheet": {"properties": sheet_properties_json(turn.document, copy)}}


def copied(turn: Turn, source: Sheet, target: Sheet) -> Sheet:
    """A copy of a tab under the id and title of another one; its objects get new ids, and it is neither hidden nor
    protected."""
    copy = source.copy()
    copy.look = {key: value for key, value in copy.look.items() if key != "hidden"}
    copy.parts.pop("protectedRanges", None)
    copy.sheet_id, copy.title = target.sheet_id, target.title
    copy.metadata = []
    copy.lines = {
        dimension: {index: replace(line, metadata=()) for index, line in lines.items()}
        for dimension, lines in copy.lines.items()
    }
    for name, items in copy.parts.items():
        copy.parts[name] = [_renumbered(turn, _relocated(item, source, copy)) for item in items]
    if copy.basic_filter:
        copy.basic_filter = _relocated(copy.basic_filter, source, copy)
    return copy


def _relocated(value: Any, source: Sheet, copy: Sheet) -> Any:
    if isinstance(value, list):
        return [_relocated(element, source, copy) for element in value]
    if not isinstance(value, dict):
        return value
    moved = {key: _relocated(part, source, copy) for key, part in value.items()}
    return {**moved, "sheetId": copy.sheet_id} if moved.get("sheetId") == source.sheet_id else moved


def _renumbered(turn: Turn, item: Json) -> Json:
    return {**item, **{name: turn.new_id() for name in _IDS if name in item}}


def update_sheet_properties(turn: Turn, body: Json) -> Json:
    """Rename, move, hide, colour, resize or freeze a tab."""
    given = body.get("properties", {})
    sheet = find_sheet(turn.document, given.get("sheetId", 0))
    paths = read_paths(body.get("fields", ""), (*_SHEET_FIELDS, "sheetId", "sheetType"))
    names = {path[0] for path in paths}
    turn.guard(sheet, sheet.all)
    if "title" in names:
        _rename(turn, sheet, given.get("title", ""))
    _resize(turn, sheet, given.get("gridProperties", {}), below(paths, "gridProperties"))
    looks = [path for path in paths if path[0] in {"hidden", "tabColor", "tabColorStyle", "rightToLeft"}]
    if looks:
        _restyle(turn.document, sheet, given, looks)
    if "index" in names:
        _reorder(turn.document, sheet, given.get("index", 0))
    return {}


def _rename(turn: Turn, sheet: Sheet, title: str) -> None:
    check_title(turn.document, title, sheet)
    old, sheet.title = sheet.title, title
    if old != title:
        renamed_in_formulas(turn.document, old, title)


def _restyle(document: Document, sheet: Sheet, given: Json, paths: list[Path]) -> None:
    if any(path[0].startswith("tabColor") for path in paths):
        paths = [*paths, ("tabColor",), ("tabColorStyle",)]
    look = merged(sheet.look, as_kept(given), paths) or {}
    if look.get("hidden") and not sheet.look.get("hidden"):
        _one_stays_visible(document, sheet)
    sheet.look = {key: value for key, value in look.items() if value}


def _reorder(document: Document, sheet: Sheet, index: int) -> None:
    """The index is counted before the tab is taken out, as rows are moved."""
    at = document.sheets.index(sheet)
    if not 0 <= index <= len(document.sheets):
        raise Refused(f"Invalid sheet index: {index}.")  # unverified
    document.sheets.remove(sheet)
    document.sheets.insert(index if index <= at else index - 1, sheet)


def _resize(turn: Turn, sheet: Sheet, given: Json, paths: list[Path] | None) -> None:
    """A mask that names the grid properties whole sets all of them; missing counts are then no rows and columns."""
    if paths is None:
        return
    names = {path[0] for path in paths} or set(_GRID_FIELDS)
    rows = given.get("rowCount", 0) if "rowCount" in names else sheet.row_count
    columns = given.get("columnCount", 0) if "columnCount" in names else sheet.column_count
    if rows < 1:
        raise Refused("You can't delete all the rows on the sheet.")
    if columns < 1:
        raise Refused("You can't delete all the columns on the sheet.")
    turn.allow_growth(sheet, rows, columns)
    sheet.resize(ROWS, rows)
    sheet.resize(COLUMNS, columns)
    others = [(name,) for name in _GRID_FIELDS[2:] if name in names]
    sheet.grid = {key: value for key, value in (merged(sheet.grid, given, others) or {}).items() if value}
    _check_frozen(sheet)


def _check_frozen(sheet: Sheet) -> None:
    if sheet.grid.get("frozenRowCount", 0) >= sheet.row_count:
        raise Refused("You can't freeze all visible rows on the sheet.")
    if sheet.grid.get("frozenColumnCount", 0) >= sheet.column_count:
        raise Refused("You can't freeze all visible columns on the sheet.")


KINDS = {
    "updateSpreadsheetProperties": update_spreadsheet_properties,
    "addSheet": add_sheet,
    "deleteSheet": delete_sheet,
    "duplicateSheet": duplicate_sheet,
    "updateSheetProperties": update_sheet_properties,
}
