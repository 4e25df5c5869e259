"""Requests about rows and columns."""

from __future__ import annotations

from dataclasses import replace

from tests.google_emulator.sheets.field_masks import read_paths
from tests.google_emulator.sheets.model import COLUMN_WIDTH, COLUMNS, ROW_HEIGHT, ROWS, Json, Line, Rect, Sheet
from tests.google_emulator.sheets.places import find_lines, grid_of, shown
from tests.google_emulator.sheets.refusals import Refused
from tests.google_emulator.sheets.structure import delete_lines, insert_lines, move_lines
from tests.google_emulator.sheets.turns import Turn

_ONE = {ROWS: "row", COLUMNS: "column"}


def append_dimension(turn: Turn, body: Json) -> Json:
    """Add rows or columns at the end."""
    sheet = grid_of(turn.document, body)
    dimension, length = body.get("dimension", ""), body.get("length", 0)
    if dimension not in _ONE:
        raise Refused("No dimension specified.")  # unverified
    if length < 1:
        raise Refused("Length must be positive.")  # unverified
    _allow(turn, sheet, dimension, length)
    sheet.resize(dimension, sheet.size(dimension) + length)
    return {}


def _allow(turn: Turn, sheet: Sheet, dimension: str, length: int) -> None:
    turn.allow_growth(
        sheet, sheet.row_count + length * (dimension == ROWS), sheet.column_count + length * (dimension == COLUMNS)
    )


def insert_dimension(turn: Turn, body: Json) -> Json:
    """Insert rows or columns; they look like the ones after them, or like those before if so asked."""
    sheet, dimension, start, end = find_lines(turn.document, body.get("range", {}))
    size, before = sheet.size(dimension), body.get("inheritFromBefore", False)
    if end is None or end <= start:
        raise Refused("range.endIndex must be greater than range.startIndex.")  # unverified
    if start > size:
        raise Refused(f"range.startIndex is larger than current grid size ({size})")
    if start == size and not before:
        raise Refused(f"range.startIndex must be less than the grid size ({size}) if inheritFromBefore is false.")
    if start == 0 and before:
        raise Refused("inheritFromBefore cannot be true when inserting at the first row or column.")  # unverified
    _allow(turn, sheet, dimension, end - start)
    turn.guard(sheet, _lines_rect(sheet, dimension, start, min(start + 1, size)))
    insert_lines(turn.document, sheet, dimension, start, end - start, start - 1 if before else start)
    return {}


def _lines_rect(sheet: Sheet, dimension: str, start: int, end: int) -> Rect:
    whole = sheet.all
    return whole._replace(top=start, bottom=end) if dimension == ROWS else whole._replace(left=start, right=end)


def delete_dimension(turn: Turn, body: Json) -> Json:
    """Delete rows or columns."""
    sheet, dimension, start, end = find_lines(turn.document, body.get("range", {}))
    size, one = sheet.size(dimension), _ONE[dimension]
    end = size if end is None else end
    if end > size:
        raise Refused(
            f"Cannot delete a {one} that doesn't exist. "
            f"Tried to delete {one} index {max(start, size)} but there are only {size} {one}s."
        )
    if end <= start:
        raise Refused("range.endIndex must be greater than range.startIndex.")  # unverified
    frozen = sheet.grid.get("frozenRowCount" if dimension == ROWS else "frozenColumnCount", 0)
    if end - start == size:
        raise Refused(f"You can't delete all the {one}s on the sheet.")
    if frozen and start <= frozen and end == size:
        raise Refused(f"Sorry, it is not possible to delete all non-frozen {one}s.")
    turn.guard(sheet, _lines_rect(sheet, dimension, start, end))
    delete_lines(turn.document, sheet, dimension, start, end)
    _thaw(sheet, dimension, start, end, frozen)
    return {}


def _thaw(sheet: Sheet, dimension: str, start: int, end: int, frozen: int) -> None:
    left = frozen - max(min(end, frozen) - start, 0)
    if left != frozen:
        sheet.grid = {**sheet.grid, "frozenRowCount" if dimension == ROWS else "frozenColumnCount": left}


def move_dimension(turn: Turn, body: Json) -> Json:
    """Move rows or columns; the destination is counted before they are taken out."""
    sheet, dimension, start, end = find_lines(turn.document, body.get("source", {}))
    size, to, one = sheet.size(dimension), body.get("destinationIndex", 0), _ONE[dimension]
    end = size if end is None else end
    if not 0 <= start < end <= size or not 0 <= to <= size:
        raise Refused("The source and the destination must be within the grid.")  # unverified
    for merge in sheet.merges:
        first, last = (merge.top, merge.bottom) if dimension == ROWS else (merge.left, merge.right)
        crossed = first < to < last or (first < end and start < last and not (start <= first and last <= end))
        if last - first > 1 and crossed:
            raise Refused(
                f"Sorry, it is not possible to move a {one} to a position that crosses a merged cell. "
                "Please unmerge and try again."
            )
    turn.guard(sheet, _lines_rect(sheet, dimension, start, end))
    if not start <= to <= end:
        move_lines(turn.document, sheet, dimension, start, end, to)
    return {}


def update_dimension_properties(turn: Turn, body: Json) -> Json:
    """Hide rows or columns, or give them another size."""
    sheet, dimension, start, end = find_lines(turn.document, body.get("range", {}))
    names = {path[0] for path in read_paths(body.get("fields", ""), ("hiddenByUser", "pixelSize"))}
    given = body.get("properties", {})
    for index in range(start, min(sheet.size(dimension) if end is None else end, sheet.size(dimension))):
        sheet.set_line(dimension, index, _dressed(sheet.line(dimension, index), names, given, dimension))
    return {}


def _dressed(line: Line, names: set[str], given: Json, dimension: str) -> Line:
    if "hiddenByUser" in names:
        line = replace(line, hidden=bool(given.get("hiddenByUser")))
    if "pixelSize" in names:
        usual, size = ROW_HEIGHT if dimension == ROWS else COLUMN_WIDTH, given.get("pixelSize")
        line = replace(line, size=None if size in {None, usual} else size)
    return line


def auto_resize_dimensions(turn: Turn, body: Json) -> Json:
    """Fit rows or columns to their content: a column gets some pixels for each character of its longest text."""
    sheet, dimension, start, end = find_lines(turn.document, body.get("dimensions", {}))
    end = min(sheet.size(dimension) if end is None else end, sheet.size(dimension))
    for index in range(start, end):
        size = None if dimension == ROWS else _fitted(sheet, index)
        sheet.set_line(dimension, index, replace(sheet.line(dimension, index), size=size))
    return {}


def _fitted(sheet: Sheet, column: int) -> int | None:
    texts = [
        str(cells[column].value) for cells in sheet.rows if column < len(cells) and cells[column].value is not None
    ]
    return None if not texts else 21 + 7 * max(map(_breadth, texts))


def _breadth(text: str) -> int:
    return max(sum(2 if ord(letter) > 0x2E7F else 1 for letter in line) for line in text.split("\n"))


def add_dimension_group(turn: Turn, body: Json) -> Json:
    """Group rows or columns; a group around others makes those one deeper."""
    sheet, dimension, start, end = find_lines(turn.document, body.get("range", {}))
    name = "rowGroups" if dimension == ROWS else "columnGroups"
    groups = sheet.parts.setdefault(name, [])
    last = sheet.size(dimension) if end is None else end
    range_ = {"sheetId": sheet.sheet_id, "dimension": dimension, "startIndex": start, "endIndex": last}
    around = [one for one in groups if one["range"]["startIndex"] <= start and last <= one["range"]["endIndex"]]
    inside = [one for one in groups if one not in around and start <= one["range"]["startIndex"] < last]
    sheet.parts[name] = sorted(
        [{**one, "depth": one["depth"] + 1} if one in inside else one for one in groups]
        + [{"range": range_, "depth": len(around) + 1}],
        key=lambda one: (one["range"]["startIndex"], one["depth"]),
    )
    sheet.grid = {**sheet.grid, "rowGroupControlAfter" if dimension == ROWS else "columnGroupControlAfter": True}
    return {"addDimensionGroup": {"dimensionGroups": shown(sheet.parts[name])}}


def delete_dimension_group(turn: Turn, body: Json) -> Json:
    """Take the group of these rows or columns away."""
    sheet, dimension, start, end = find_lines(turn.document, body.get("range", {}))
    name = "rowGroups" if dimension == ROWS else "columnGroups"
    last = sheet.size(dimension) if end is None else end
    kept = [
        one
        for one in sheet.parts.get(name, [])
        if (one["range"]["startIndex"], one["range"]["endIndex"]) != (start, last)
    ]
    if len(kept) == len(sheet.parts.get(name, [])):
        raise Refused("There is no group over this range.")  # unverified
    sheet.parts[name] = kept
    return {"deleteDimensionGroup": {"dimensionGroups": shown(kept)} if kept else {}}


KINDS = {
    "appendDimension": append_dimension,
    "insertDimension": insert_dimension,
    "deleteDimension": delete_dimension,
    "moveDimension": move_dimension,
    "updateDimensionProperties": update_dimension_properties,
    "autoResizeDimensions": auto_resize_dimensions,
    "addDimensionGroup": add_dimension_group,
    "deleteDimensionGroup": delete_dimension_group,
}
