"""Requests that move, copy and sort cells."""

from __future__ import annotations

from collections.abc import Callable

from tests.google_emulator.sheets.a1 import Area, written
from tests.google_emulator.sheets.formulas.tokens import shifted_by
from tests.google_emulator.sheets.model import COLUMNS, EMPTY, ROWS, Cell, Formula, Json, Rect, Sheet, altered, made
from tests.google_emulator.sheets.places import find_cell, find_grid, grid_of
from tests.google_emulator.sheets.refusals import Refused, beyond_grid
from tests.google_emulator.sheets.sorting import sort_rows
from tests.google_emulator.sheets.structure import follow_cut
from tests.google_emulator.sheets.turns import Turn

_PASTE: dict[str, Callable[[Cell, Cell], Cell]] = {
    "PASTE_NORMAL": lambda _, new: new,
    "PASTE_VALUES": lambda old, new: altered(old, value=new.value, runs=(), chips=()),
    "PASTE_FORMAT": lambda old, new: altered(old, format=new.format),
    "PASTE_NO_BORDERS": lambda _, new: altered(
        new, format={key: value for key, value in (new.format or {}).items() if key != "borders"} or None
    ),
    "PASTE_FORMULA": lambda old, new: altered(old, value=new.value),
    "PASTE_DATA_VALIDATION": lambda old, new: altered(old, validation=new.validation),
    "PASTE_CONDITIONAL_FORMATTING": lambda old, _: old,
}


def copy_paste(turn: Turn, body: Json) -> Json:
    """Copy a range; a larger destination is filled with copies, a smaller one still takes a whole one."""
    source, taken = find_grid(turn.document, body.get("source"))
    target, place = find_grid(turn.document, body.get("destination"))
    cells = [
        [source.cell(row, column) for column in range(taken.left, taken.right)]
        for row in range(taken.top, taken.bottom)
    ]
    if body.get("pasteOrientation") == "TRANSPOSE":
        cells = [list(column) for column in zip(*cells, strict=True)]
    paste = _PASTE[body.get("pasteType", "PASTE_NORMAL")]
    values_only = body.get("pasteType") == "PASTE_VALUES"
    if values_only:
        cells = _evaluated(turn, source, taken, cells)
    rect = _filled(place, len(cells), len(cells[0]) if cells else 0, target)
    turn.guard(target, rect)
    for row in range(rect.top, rect.bottom):
        changed = {}
        for column in range(rect.left, rect.right):
            down, across = (row - rect.top) % len(cells), (column - rect.left) % len(cells[0])
            new = _shifted(cells[down][across], row - taken.top - down, column - taken.left - across)
            changed[column] = paste(target.cell(row, column), new)
        target.put(row, changed)
    return {}


def _evaluated(turn: Turn, source: Sheet, taken: Rect, cells: list[list[Cell]]) -> list[list[Cell]]:
    calculator = turn.calculator()
    return [
        [
            altered(cell, value=calculator.outcome(source, row, column, cell).value)
            if isinstance(cell.value, Formula)
            else cell
            for column, cell in enumerate(line, start=taken.left)
        ]
        for row, line in enumerate(cells, start=taken.top)
    ]


def _filled(place: Rect, height: int, width: int, sheet: Sheet) -> Rect:
    rows = place.height - place.height % height if height and place.height >= height else height
    columns = place.width - place.width % width if width and place.width >= width else width
    bottom, right = place.top + rows, place.left + columns
    return Rect(place.top, place.left, min(bottom, sheet.row_count), min(right, sheet.column_count))


def _shifted(cell: Cell, rows: int, columns: int) -> Cell:
    if not isinstance(cell.value, Formula):
        return cell
    return altered(cell, value=Formula(shifted_by(cell.value.text, rows, columns)))


def cut_paste(turn: Turn, body: Json) -> Json:
    """Move a range; what it leaves is empty. Formulas move unchanged, and row metadata stays behind."""
    source, taken = find_grid(turn.document, body.get("source"))
    target, top, left = find_cell(turn.document, body.get("destination", {}))
    if top + taken.height > target.row_count or left + taken.width > target.column_count:
        place = Area(top, left, top + taken.height, left + taken.width)
        raise beyond_grid(written(target.title, place), target.row_count, target.column_count)
    turn.guard(source, taken)
    turn.guard(target, Rect(top, left, top + taken.height, left + taken.width))
    cells = [
        [source.cell(row, column) for column in range(taken.left, taken.right)]
        for row in range(taken.top, taken.bottom)
    ]
    source.change(taken, lambda _: EMPTY)
    follow_cut(turn.document, source, taken, target, top - taken.top, left - taken.left)
    paste = _PASTE[body.get("pasteType", "PASTE_NORMAL")]
    for row, line in enumerate(cells, start=top):
        target.put(
            row,
            {column: paste(target.cell(row, column), cell) for column, cell in enumerate(line, start=left)},
        )
    return {}


def sort_range(turn: Turn, body: Json) -> Json:
    """Sort rows by columns of the sheet; whole sheets are not meant, only the rows of the range."""
    range_ = body.get("range") or {}
    sheet = grid_of(turn.document, range_)
    if range_.get("startRowIndex", 0) >= sheet.row_count:
        raise Refused(f"range.startRowIndex is larger than current grid size ({sheet.row_count})")
    sheet, rect = find_grid(turn.document, range_)
    for merge in sheet.merges:
        if merge.height > 1 and merge.meets(rect):
            where = written("x", Area(*merge)).partition("!")[2]
            raise Refused(f"You can't sort a range containing vertical merges. There is a vertical merge at {where}")
    turn.guard(sheet, rect)
    by = [(one.get("dimensionIndex", 0), one.get("sortOrder") == "DESCENDING") for one in body.get("sortSpecs", [])]
    sort_rows(turn.calculator(), sheet, rect, by, whole=True)
    return {}


def insert_range(turn: Turn, body: Json) -> Json:
    """Insert empty cells; those at their place move right or down, and the grid grows if it must."""
    sheet, rect = find_grid(turn.document, body.get("range"))
    dimension = body.get("shiftDimension", "")
    band = _band(sheet, rect, dimension)
    turn.guard(sheet, band)
    count = rect.height if dimension == ROWS else rect.width
    _slide(sheet, rect, dimension, count)
    return {}


def delete_range(turn: Turn, body: Json) -> Json:
    """Delete cells; those behind them move up or left."""
    sheet, rect = find_grid(turn.document, body.get("range"))
    dimension = body.get("shiftDimension", "")
    turn.guard(sheet, _band(sheet, rect, dimension))
    _slide(sheet, rect, dimension, -(rect.height if dimension == ROWS else rect.width))
    return {}


def _band(sheet: Sheet, rect: Rect, dimension: str) -> Rect:
    if dimension not in {ROWS, COLUMNS}:
        raise Refused("No dimension specified.")  # unverified
    return rect._replace(bottom=sheet.row_count) if dimension == ROWS else rect._replace(right=sheet.column_count)


def _slide(sheet: Sheet, rect: Rect, dimension: str, by: int) -> None:
    band = _band(sheet, rect, dimension)
    moved = {(row, column): cell for row, column, cell in sheet.filled(band)}
    sheet.change(band._replace(bottom=min(band.bottom, len(sheet.rows))), lambda _: EMPTY)
    for (row, column), cell in moved.items():
        if by < 0 and row < rect.bottom and column < rect.right:
            continue
        down, across = (row + by, column) if dimension == ROWS else (row, column + by)
        sheet.row_count = max(sheet.row_count, down + 1)
        sheet.column_count = max(sheet.column_count, across + 1)
        sheet.put(down, {across: cell})


def delete_duplicates(turn: Turn, body: Json) -> Json:
    """Delete the rows of a range that repeat an earlier one; the first row of the range counts too."""
    sheet, rect = find_grid(turn.document, body.get("range"))
    turn.guard(sheet, rect)
    columns = [
        column
        for one in body.get("comparisonColumns") or [{"startIndex": rect.left, "endIndex": rect.right}]
        for column in range(one.get("startIndex", 0), one.get("endIndex", rect.right))
    ]
    calculator, seen, kept = turn.calculator(), set(), []
    for row in range(rect.top, rect.bottom):
        key = tuple(
            str(calculator.outcome(sheet, row, column, sheet.cell(row, column)).value).casefold() for column in columns
        )
        if key not in seen:
            kept.append([sheet.cell(row, column) for column in range(rect.left, rect.right)])
        seen.add(key)
    removed = rect.height - len(kept)
    for number, row in enumerate(range(rect.top, rect.bottom)):
        line = kept[number] if number < len(kept) else [EMPTY] * rect.width
        sheet.put(row, dict(enumerate(line, start=rect.left)))
    return {"deleteDuplicates": {"duplicatesRemovedCount": removed} if removed else {}}


def trim_whitespace(turn: Turn, body: Json) -> Json:
    """Take spaces from both ends of texts, and all but one from within."""
    sheet, rect = find_grid(turn.document, body.get("range"))
    turn.guard(sheet, rect)
    changed = 0
    for row, column, cell in list(sheet.filled(rect)):
        if isinstance(cell.value, str) and " ".join(cell.value.split()) != cell.value:
            sheet.put(row, {column: made(**{**_parts(cell), "value": " ".join(cell.value.split()) or None})})
            changed += 1
    return {"trimWhitespace": {"cellsChangedCount": changed} if changed else {}}


def _parts(cell: Cell) -> Json:
    return {"format": cell.format, "note": cell.note, "validation": cell.validation}


def text_to_columns(turn: Turn, body: Json) -> Json:
    """Split the texts of one column over the columns to its right."""
    sheet, rect = find_grid(turn.document, body.get("source"))
    if rect.width != 1:
        raise Refused("The source must be a single column.")  # unverified
    marks = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " "}
    mark = body.get("delimiter") or marks.get(body.get("delimiterType", "AUTODETECT"), ",")
    parts = {row: cell.value.split(mark) for row, _, cell in sheet.filled(rect) if isinstance(cell.value, str)}
    width = max(map(len, parts.values()), default=1)
    turn.guard(sheet, rect._replace(right=rect.left + width))
    sheet.column_count = max(sheet.column_count, rect.left + width)
    for row, texts in parts.items():
        sheet.put(
            row,
            {
                column: altered(sheet.cell(row, column), value=text.strip() or None)
                for column, text in enumerate(texts, start=rect.left)
            },
        )
    return {}


KINDS = {
    "copyPaste": copy_paste,
    "cutPaste": cut_paste,
    "sortRange": sort_range,
    "insertRange": insert_range,
    "deleteRange": delete_range,
    "deleteDuplicates": delete_duplicates,
    "trimWhitespace": trim_whitespace,
    "textToColumns": text_to_columns,
}
