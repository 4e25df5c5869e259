"""What people do to a spreadsheet behind the clients' backs, for the scripts of the emulator.

Parameters are JSON: "spreadsheetId", "sheet" (a title; the first tab if absent), "row" from 1 as people count, "column"
as a letter, as a heading of the heading row, or from 0. "heading_row" is 1 unless given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tests.google_emulator.sheets.a1 import column_of
from tests.google_emulator.sheets.documents import Documents, first_sheet
from tests.google_emulator.sheets.entering import raw, type_into, write
from tests.google_emulator.sheets.model import COLUMNS, EMPTY, ROWS, Cell, Document, Formula, Json, Rect, Sheet, altered
from tests.google_emulator.sheets.requests.rules import set_basic_filter
from tests.google_emulator.sheets.requests.sheets import add_sheet, delete_sheet, update_sheet_properties
from tests.google_emulator.sheets.serials import serial_of
from tests.google_emulator.sheets.sorting import sort_rows
from tests.google_emulator.sheets.structure import delete_lines, insert_lines, move_lines
from tests.google_emulator.sheets.turns import Turn
from tests.google_emulator.wire import Edit

Hand = Callable[[Turn, Sheet, Json], None]


def edits_of(documents: Documents) -> Mapping[str, Edit]:
    """The edits by name."""
    hands: dict[str, Hand] = {
        "sort": _sort,
        "sort_one_column": _sort_one_column,
        "insert_row": _insert_row,
        "delete_row": _delete_row,
        "cut_paste_row": _cut_paste_row,
        "copy_row": _copy_row,
        "insert_column": _insert_column,
        "delete_column": _delete_column,
        "move_column": _move_column,
        "rename_heading": _rename_heading,
        "set_cell": _set_cell,
        "set_raw": _set_raw,
        "clear_column": _clear_column,
        "hide_row": _hide_row,
        "filter": _filter,
        "rename_sheet": _rename_sheet,
        "delete_sheet": _delete_sheet,
        "protect": _protect,
    }
    edits: dict[str, Edit] = {name: _by_hand(documents, hand) for name, hand in hands.items()}
    edits["add_sheet"] = lambda given: documents.by_hand(given["spreadsheetId"], lambda turn: _add_sheet(turn, given))
    edits["load"] = lambda given: documents.by_hand(given["spreadsheetId"], lambda turn: _load(turn, given))
    edits["create_document"] = lambda given: _create_document(documents, given)
    edits["delete_document"] = lambda given: documents.remove(given["spreadsheetId"])
    edits["rename_document"] = lambda given: setattr(documents.find(given["spreadsheetId"]), "title", given["title"])
    return edits


def _by_hand(documents: Documents, hand: Hand) -> Edit:
    def edit(given: Json) -> None:
        documents.by_hand(given["spreadsheetId"], lambda turn: hand(turn, _sheet(turn.document, given), given))

    return edit


def _sheet(document: Document, given: Json) -> Sheet:
    if "sheet" not in given:
        return document.sheets[0]
    sheet = document.by_title(given["sheet"])
    if sheet is None:
        raise LookupError(f"there is no tab {given['sheet']!r} in {[one.title for one in document.sheets]}")
    return sheet


def _column(sheet: Sheet, given: Json, name: str = "column") -> int:
    """A column by its place, by its heading, or by its letter."""
    wanted = given[name]
    if isinstance(wanted, int):
        return wanted
    for column, cell in enumerate(sheet.cells(_heading(given))):
        if isinstance(cell.value, str) and cell.value.strip() == wanted:
            return column
    if wanted.isascii() and wanted.isalpha() and len(wanted) <= 3:
        return column_of(wanted)
    raise LookupError(f"{sheet.title} has no column {wanted!r}")


def _heading(given: Json) -> int:
    return int(given.get("heading_row", 1)) - 1


def _body(sheet: Sheet, given: Json) -> Rect:
    top = _heading(given) + 1
    width = max((len(cells) for cells in sheet.rows), default=0)
    return Rect(top, 0, max(len(sheet.rows), top), width)


def _sort(turn: Turn, sheet: Sheet, given: Json) -> None:
    by = [(_column(sheet, given), bool(given.get("descending")))]
    sort_rows(turn.calculator(), sheet, _body(sheet, given), by, whole=True)


def _sort_one_column(turn: Turn, sheet: Sheet, given: Json) -> None:
    column = _column(sheet, given)
    rect = _body(sheet, given)._replace(left=column, right=column + 1)
    sort_rows(turn.calculator(), sheet, rect, [(column, bool(given.get("descending")))], whole=False)


def _insert_row(turn: Turn, sheet: Sheet, given: Json) -> None:
    at = given["row"] - 1
    insert_lines(turn.document, sheet, ROWS, at, 1, at)
    _fill(turn, sheet, at, 0, [given.get("cells", [])])


def _delete_row(turn: Turn, sheet: Sheet, given: Json) -> None:
    delete_lines(turn.document, sheet, ROWS, given["row"] - 1, given["row"])


def _cut_paste_row(_: Turn, sheet: Sheet, given: Json) -> None:
    """Cut all cells of a row and paste them over another one; the metadata of the row stays behind."""
    cells = sheet.cells(given["row"] - 1)
    _overwrite(sheet, given["row"] - 1, ())
    _overwrite(sheet, given["to"] - 1, cells)


def _copy_row(_: Turn, sheet: Sheet, given: Json) -> None:
    """Copy a row over another one; without "to" below the last one."""
    _overwrite(sheet, given.get("to", len(sheet.rows) + 1) - 1, sheet.cells(given["row"] - 1))


def _overwrite(sheet: Sheet, row: int, cells: tuple[Cell, ...]) -> None:
    sheet.row_count = max(sheet.row_count, row + 1)
    width = max(len(cells), len(sheet.cells(row)))
    sheet.put(row, {column: cells[column] if column < len(cells) else EMPTY for column in range(width)})


def _insert_column(turn: Turn, sheet: Sheet, given: Json) -> None:
    column = _column(sheet, given)
    insert_lines(turn.document, sheet, COLUMNS, column, 1, column)
    if given.get("heading"):
        sheet.put(_heading(given), {column: write(sheet.cell(_heading(given), column), given["heading"])})


def _delete_column(turn: Turn, sheet: Sheet, given: Json) -> None:
    column = _column(sheet, given)
    delete_lines(turn.document, sheet, COLUMNS, column, column + 1)


def _move_column(turn: Turn, sheet: Sheet, given: Json) -> None:
    """Move a column before the one that "to" names."""
    column, to = _column(sheet, given), _column(sheet, given, "to")
    move_lines(turn.document, sheet, COLUMNS, column, column + 1, to)


def _rename_heading(_: Turn, sheet: Sheet, given: Json) -> None:
    column, row = _column(sheet, given), _heading(given)
    sheet.put(row, {column: write(sheet.cell(row, column), given["heading"])})


def _set_cell(turn: Turn, sheet: Sheet, given: Json) -> None:
    """Type a value into a cell, as people do."""
    row, column = given["row"] - 1, _column(sheet, given)
    typed = type_into(sheet.cell(row, column), given["value"], turn.locale, turn.local_time)
    sheet.put(row, {column: typed})


def _set_raw(_: Turn, sheet: Sheet, given: Json) -> None:
    row, column = given["row"] - 1, _column(sheet, given)
    sheet.put(row, {column: _loaded(sheet.cell(row, column), given["value"])})


def _clear_column(_: Turn, sheet: Sheet, given: Json) -> None:
    """Empty a column below its heading."""
    column = _column(sheet, given)
    for row in range(_heading(given) + 1, len(sheet.rows)):
        sheet.put(row, {column: write(sheet.cell(row, column), None)})


def _hide_row(_: Turn, sheet: Sheet, given: Json) -> None:
    row = given["row"] - 1
    sheet.set_line(ROWS, row, replace(sheet.line(ROWS, row), hidden=not given.get("show")))


def _filter(turn: Turn, sheet: Sheet, given: Json) -> None:
    """Filter by a column so that rows with these values are hidden."""
    rect = _body(sheet, given)
    range_ = {
        "sheetId": sheet.sheet_id,
        "startRowIndex": _heading(given),
        "endRowIndex": rect.bottom,
        "startColumnIndex": 0,
        "endColumnIndex": rect.right,
    }
    criteria = {"hiddenValues": given["hide"]}
    spec = {"columnIndex": _column(sheet, given), "filterCriteria": criteria}
    set_basic_filter(turn, {"filter": {"range": range_, "filterSpecs": [spec]}})


def _rename_sheet(turn: Turn, sheet: Sheet, given: Json) -> None:
    properties = {"sheetId": sheet.sheet_id, "title": given["title"]}
    update_sheet_properties(turn, {"properties": properties, "fields": "title"})


def _delete_sheet(turn: Turn, sheet: Sheet, _: Json) -> None:
    delete_sheet(turn, {"sheetId": sheet.sheet_id})


def _protect(turn: Turn, sheet: Sheet, given: Json) -> None:
    """Protect the tab for these editors only; with "warning", for nobody."""
    protection: Json = {"protectedRangeId": turn.new_id(), "range": {"sheetId": sheet.sheet_id}}
    protection.update(
        {"warningOnly": True} if given.get("warning") else {"editors": {"users": given.get("editors", [])}}
    )
    sheet.parts.setdefault("protectedRanges", []).append(protection)


def _add_sheet(turn: Turn, given: Json) -> None:
    add_sheet(turn, {"properties": {"title": given["title"], "index": given.get("index")}})


def _load(turn: Turn, given: Json) -> None:
    """Fill a tab, which is made if there is none, with a grid of values as they are: {"date": ISO} is a date."""
    sheet = turn.document.by_title(given["sheet"])
    if sheet is None:
        add_sheet(turn, {"properties": {"title": given["sheet"]}})
        sheet = turn.document.sheets[-1]
    sheet.rows = []
    grid = given["values"]
    sheet.row_count = max(sheet.row_count, len(grid))
    sheet.column_count = max(sheet.column_count, max(map(len, grid), default=0))
    _fill(turn, sheet, 0, 0, grid)
    for row in given.get("hidden", []):
        sheet.set_line(ROWS, row - 1, replace(sheet.line(ROWS, row - 1), hidden=True))


def _fill(_: Turn, sheet: Sheet, top: int, left: int, grid: list[list[Any]]) -> None:
    for row, values in enumerate(grid, start=top):
        if values:
            sheet.put(row, {column: _loaded(EMPTY, value) for column, value in enumerate(values, start=left)})


def _loaded(cell: Cell, value: Any) -> Cell:
    """Numbers, texts and booleans as they are, {"date": ISO text} and {"formula": text}."""
    if not isinstance(value, dict):
        return write(cell, raw(value))
    if "formula" in value:
        return write(cell, Formula(value["formula"]))
    text = value["date"]
    is_day = len(text) <= len("2026-01-01")
    moment = datetime.combine(date.fromisoformat(text), datetime.min.time()) if is_day else datetime.fromisoformat(text)
    form = value.get("format") or ("yyyy/mm/dd" if is_day else "yyyy/mm/dd h:mm:ss")
    kind = {"type": "DATE" if is_day else "DATE_TIME", "pattern": form}
    return altered(write(cell, serial_of(moment)), format={**(cell.format or {}), "numberFormat": kind})


def _create_document(documents: Documents, given: Json) -> None:
    """Keep a document that Drive has just made: an empty one, or a copy."""
    locale = given.get("locale", "en_US")
    if given.get("copy_of"):
        document = documents.find(given["copy_of"]).copy()
        document.spreadsheet_id, document.title = given["spreadsheetId"], given["title"]
    else:
        document = Document(
            spreadsheet_id=given["spreadsheetId"],
            title=given.get("title") or "Untitled spreadsheet",
            locale=locale,
            time_zone=given.get("timeZone", "Etc/GMT"),
            sheets=[first_sheet(locale)],
        )
    documents.add(document)
