"""The methods of `spreadsheets.values`: read, write, append and clear ranges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.google_emulator.sheets.a1 import Area, letters
from tests.google_emulator.sheets.entering import raw, type_into, write
from tests.google_emulator.sheets.model import ROWS, Cell, Json, Rect, Sheet
from tests.google_emulator.sheets.places import a1_of, clipped, contained, find_range
from tests.google_emulator.sheets.refusals import Refused
from tests.google_emulator.sheets.rendering import Options, grid_values
from tests.google_emulator.sheets.structure import insert_lines
from tests.google_emulator.sheets.tables import find_table
from tests.google_emulator.sheets.turns import Turn

Rows = list[list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How values are written, and what the answer shows of them."""

    typed: bool
    include: bool = False
    answer: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class Update:
    """What one update did."""

    answer: Json
    sheet_id: int
    rows: frozenset[int]
    columns: frozenset[int]
    cells: int


def read(turn: Turn, sheet: Sheet, rect: Rect, options: Options) -> Json:
    """A ValueRange."""
    answer: Json = {"range": a1_of(sheet, rect), "majorDimension": options.dimension}
    values = grid_values(turn.calculator(), turn.locale, sheet, rect, options)
    if values:
        answer["values"] = values
    return answer


def read_range(turn: Turn, text: str, options: Options) -> Json:
    """The values that a range of the request names."""
    sheet, area = find_range(turn.document, text)
    return read(turn, sheet, clipped(sheet, area), options)


def update(turn: Turn, text: str, body: Json, writing: Writing) -> Update:
    """Write values into a range. One cell, or an open side, reaches to the end of the grid."""
    sheet, area = find_range(turn.document, text)
    return update_area(turn, sheet, area, text, body, writing)


def update_area(turn: Turn, sheet: Sheet, area: Area, text: str, body: Json, writing: Writing) -> Update:
    """Write values into a rectangle that `text` named."""
    rows = rows_of(body)
    room = contained(sheet, area)
    if area.is_one_cell:
        room = Rect(room.top, room.left, sheet.row_count, sheet.column_count)
    _fits(rows, room, text)
    written = _put(turn, sheet, room.top, room.left, rows, writing)
    shown = written if area.is_one_cell or None in {area.bottom, area.right} else room
    return _updated(turn, sheet, written, rows, writing, shown)


def rows_of(body: Json) -> Rows:
    """The values row by row, whatever way the request gives them."""
    values = [list(row) for row in body.get("values") or []]
    for number, row in enumerate(values):
        for place, value in enumerate(row):
            if isinstance(value, list | dict):
                raise Refused(f"Invalid values[{number}][{place}]: {_as_protocol_text(value)}")
    if body.get("majorDimension") != "COLUMNS":
        return values
    height = max(map(len, values), default=0)
    return [[column[row] if row < len(column) else None for column in values] for row in range(height)]


def _as_protocol_text(value: Any) -> str:
    kind = "list_value" if isinstance(value, list) else "struct_value"
    inner = "".join(f"  values {{\n    {_scalar_text(one)}\n  }}\n" for one in value) if kind == "list_value" else ""
    return f"{kind} {{\n{inner}}}\n"


def _scalar_text(value: Any) -> str:
    if isinstance(value, bool):
        return f"bool_value: {str(value).lower()}"
    if isinstance(value, int | float):
        return f"number_value: {float(value)}"
    return f'string_value: "{value}"'


def _fits(rows: Rows, room: Rect, text: str) -> None:
    where = f"Requested writing within range [{text}], but tried writing to"
    if len(rows) > room.height:
        raise Refused(f"{where} row [{room.bottom + 1}]")
    if max(map(len, rows), default=0) > room.width:
        raise Refused(f"{where} column [{letters(room.right)}]")


def _put(turn: Turn, sheet: Sheet, top: int, left: int, rows: Rows, writing: Writing) -> Rect:
    width = max(map(len, rows), default=0)
    rect = Rect(top, left, top + max(len(rows), 1), left + max(width, 1))
    turn.guard(sheet, rect)
    enter = _typing(turn) if writing.typed else _taking
    for row, values in enumerate(rows, start=top):
        changed = {
            column: enter(sheet.cell(row, column), value)
            for column, value in enumerate(values, start=left)
            if value is not None
        }
        if changed:
            sheet.put(row, changed)
    return rect


def _typing(turn: Turn) -> Callable[[Cell, Any], Cell]:
    locale, now = turn.locale, turn.local_time
    return lambda cell, value: type_into(cell, value, locale, now)


def _taking(cell: Cell, value: Any) -> Cell:
    return write(cell, raw(value))


def _updated(turn: Turn, sheet: Sheet, written: Rect, rows: Rows, writing: Writing, shown: Rect) -> Update:
    """UpdateValuesResponse: null leaves a cell alone and does not count, and counts of 0 are left out."""
    places = [
        (row, column)
        for row, values in enumerate(rows, start=written.top)
        for column, value in enumerate(values, start=written.left)
        if value is not None
    ]
    changed = frozenset(row for row, _ in places), frozenset(column for _, column in places)
    counts = {"updatedRows": len(changed[0]), "updatedColumns": len(changed[1]), "updatedCells": len(places)}
    answer: Json = {
        "spreadsheetId": turn.document.spreadsheet_id,
        "updatedRange": a1_of(sheet, written),
        **{name: count for name, count in counts.items() if count},
    }
    if writing.include:
        answer["updatedData"] = read(turn, sheet, shown, writing.answer)
    return Update(answer, sheet.sheet_id, *changed, len(places))


def append(turn: Turn, text: str, body: Json, writing: Writing, *, insert: bool) -> Json:
    """Write values below the table that the range finds, or where the range begins if it finds none."""
    sheet, area = find_range(turn.document, text)
    table = find_table(sheet, clipped(sheet, area))
    rows = rows_of(body)
    top, left = (table.bottom, table.left) if table else (area.top or 0, area.left or 0)
    height, width = len(rows), max(map(len, rows), default=0)
    if insert and table and top < sheet.row_count and height:
        turn.guard(sheet, Rect(top, 0, top + height, sheet.column_count))
        turn.allow_growth(sheet, sheet.row_count + height, sheet.column_count)
        insert_lines(turn.document, sheet, ROWS, top, height, top - 1)
    _grow(turn, sheet, top + height, left + width)
    written = _put(turn, sheet, top, left, rows, writing)
    answer: Json = {"spreadsheetId": turn.document.spreadsheet_id}
    if table:
        answer["tableRange"] = a1_of(sheet, table)
    answer["updates"] = _updated(turn, sheet, written, rows, writing, written).answer
    return answer


def _grow(turn: Turn, sheet: Sheet, rows: int, columns: int) -> None:
    rows, columns = max(rows, sheet.row_count), max(columns, sheet.column_count)
    turn.allow_growth(sheet, rows, columns)
    sheet.row_count, sheet.column_count = rows, columns


def clear(turn: Turn, sheet: Sheet, area: Area) -> str:
    """Empty the cells of a range, and say which range that was; formats, notes and validations stay."""
    rect = clipped(sheet, area)
    turn.guard(sheet, rect)
    changes: dict[int, dict[int, Cell]] = {}
    for row, column, cell in sheet.filled(rect):
        changes.setdefault(row, {})[column] = write(cell, None)
    for row, cells in changes.items():
        sheet.put(row, cells)
    return a1_of(sheet, rect)


def clear_range(turn: Turn, text: str) -> str:
    """Empty what a text names."""
    return clear(turn, *find_range(turn.document, text))


def totals(updates: Sequence[Update]) -> Json:
    """The sums of a batch: a row or column that several updates touch counts once, and 0 is left out."""
    sums = {
        "totalUpdatedRows": len({(one.sheet_id, row) for one in updates for row in one.rows}),
        "totalUpdatedColumns": len({(one.sheet_id, column) for one in updates for column in one.columns}),
        "totalUpdatedCells": sum(one.cells for one in updates),
        "totalUpdatedSheets": len({one.sheet_id for one in updates if one.cells}),
    }
    return {name: total for name, total in sums.items() if total}
