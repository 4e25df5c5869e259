"""New spreadsheets, and tabs that are copied into another one."""

from __future__ import annotations

from dataclasses import replace

from tests.google_emulator.sheets.documents import Documents, first_sheet
from tests.google_emulator.sheets.model import Document, Json, Rect, Sheet
from tests.google_emulator.sheets.places import located
from tests.google_emulator.sheets.refusals import Refused, invalid
from tests.google_emulator.sheets.requests.cells import FIELDS, changer
from tests.google_emulator.sheets.requests.sheets import add_sheet, copied, copy_title
from tests.google_emulator.sheets.turns import Turn
from tests.google_emulator.sheets.writing_out import sheet_properties_json
from tests.google_emulator.wire import Call


def created(documents: Documents, call: Call) -> Document:
    """The spreadsheet that a request describes, not yet kept. Sheets of the request replace the usual one."""
    given = call.body.get("properties") or {}
    document = Document(
        spreadsheet_id=documents.new_id(),
        title=given.get("title") or "Untitled spreadsheet",
        locale=given.get("locale") or "en_US",
        time_zone=given.get("timeZone") or "Etc/GMT",
        recalc=given.get("autoRecalc") or "ON_CHANGE",
    )
    turn = Turn(document=document, email=call.principal.email, is_owner=True, now=call.now, random=documents.random)
    for number, sheet in enumerate(call.body.get("sheets") or []):
        try:
            _add(turn, number, sheet)
        except Refused as refused:
            raise invalid(str(refused), f"sheets[{number}]") from refused
    if not document.sheets:
        document.sheets.append(first_sheet(document.locale))
    document.named_ranges = [
        {"namedRangeId": one.get("namedRangeId") or str(turn.new_id()), **located(one)}
        for one in call.body.get("namedRanges") or []
    ]
    return document


def _add(turn: Turn, number: int, given: Json) -> None:
    add_sheet(turn, {"properties": {"index": number, **(given.get("properties") or {})}})
    sheet = turn.document.sheets[number]
    for data in given.get("data") or []:
        _fill(sheet, data)
    sheet.merges = [
        Rect(
            one.get("startRowIndex", 0),
            one.get("startColumnIndex", 0),
            one.get("endRowIndex", sheet.row_count),
            one.get("endColumnIndex", sheet.column_count),
        )
        for one in given.get("merges") or []
    ]
    names = ("conditionalFormats", "protectedRanges", "charts", "bandedRanges")
    sheet.parts = {name: located(given[name]) for name in names if given.get(name)}


def _fill(sheet: Sheet, data: Json) -> None:
    top, left = data.get("startRow", 0), data.get("startColumn", 0)
    paths = [(name,) for name in FIELDS]
    for row, line in enumerate(data.get("rowData") or [], start=top):
        given = line.get("values") or []
        if row >= sheet.row_count:
            raise Refused(f"Attempting to write row: {row}, beyond the last requested row of: {sheet.row_count - 1}")
        if left + len(given) > sheet.column_count:
            raise Refused(
                f"Attempting to write column: {sheet.column_count}, "
                f"beyond the last requested column of: {sheet.column_count - 1}"
            )
        sheet.put(row, {column: changer(paths, one)(sheet.cell(row, column)) for column, one in enumerate(given, left)})
    for dimension, name, first in (("ROWS", "rowMetadata", top), ("COLUMNS", "columnMetadata", left)):
        for index, one in enumerate(data.get(name) or [], start=first):
            line = replace(
                sheet.line(dimension, index), size=one.get("pixelSize"), hidden=bool(one.get("hiddenByUser"))
            )
            sheet.set_line(dimension, index, line)


def with_copy(turn: Turn, source: Sheet) -> Json:
    """Copy a tab of any spreadsheet to the end of this one."""
    name = copy_title(turn.document, source.title)
    copy = copied(turn, source, Sheet(sheet_id=turn.new_id(), title=name))
    turn.allow_growth(copy, copy.row_count, copy.column_count)
    turn.document.sheets.append(copy)
    return sheet_properties_json(turn.document, copy)
