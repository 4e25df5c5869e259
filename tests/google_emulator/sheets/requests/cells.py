"""Requests that write, format, merge and validate cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.google_emulator.sheets.entering import checked, raw, write
from tests.google_emulator.sheets.field_masks import Path, below, merged, read_paths
from tests.google_emulator.sheets.formulas.tokens import canonical, shifted_by
from tests.google_emulator.sheets.looks import as_kept, link_looks
from tests.google_emulator.sheets.model import EMPTY, Cell, Formula, Json, Rect, Sheet, Value, altered
from tests.google_emulator.sheets.places import find_cell, find_grid, grid_of
from tests.google_emulator.sheets.refusals import Refused
from tests.google_emulator.sheets.turns import Turn

FIELDS = ("userEnteredValue", "userEnteredFormat", "note", "textFormatRuns", "dataValidation", "pivotTable", "chipRuns")
_BORDERS = ("top", "bottom", "left", "right")
Change = Callable[[Cell], Cell]


def value_of(extended: Json | None) -> Value:
    """An ExtendedValue as it is kept. An updateCells takes texts as they are: nothing is read into them."""
    if not extended:
        return None
    kind, value = next(iter(extended.items()))
    checked(value)
    if kind == "formulaValue":
        if not value.startswith("="):
            raise Refused("Invalid formula: a formula must begin with '='.")  # unverified
        return Formula(canonical(value))
    if kind == "errorValue":
        raise Refused("Cannot set errorValue.")  # unverified
    return raw(value)


def changer(paths: list[Path], data: Json) -> Change:
    """What an update with these fields and this CellData makes of a cell."""
    content: Json = {}
    if below(paths, "note") is not None:
        content["note"] = data.get("note", "")
    if below(paths, "dataValidation") is not None:
        content["validation"] = _validation(data.get("dataValidation"))
    if below(paths, "textFormatRuns") is not None:
        content["runs"] = tuple(_run(one) for one in as_kept(data.get("textFormatRuns", [])))
    if below(paths, "chipRuns") is not None:
        content["chips"] = tuple(data.get("chipRuns", []))
    if below(paths, "pivotTable") is not None:
        content["pivot"] = data.get("pivotTable")
    looks = below(paths, "userEnteredFormat")
    form = {} if looks is None else as_kept(data.get("userEnteredFormat") or {})
    has_value = below(paths, "userEnteredValue") is not None
    value = value_of(data.get("userEnteredValue")) if has_value else None
    known: dict[int, Json | None] = {}

    def change(cell: Cell) -> Cell:
        if has_value:
            cell = write(cell, value)
        if looks is not None:
            if id(cell.format) not in known:
                whole = as_kept(_merged_format(cell.format, form, looks) or {}) if looks else form
                known[id(cell.format)] = whole or None
            cell = altered(cell, format=known[id(cell.format)])
        return altered(cell, **content) if content else cell

    return change


def _run(run: Json) -> Json:
    """A run as it is told: a link brings its looks along, and a start at 0 is left out."""
    form = run.get("format", {})
    if "link" in form:
        form = {**link_looks(form["link"].get("uri", "")), **form}
    return {**({"startIndex": run["startIndex"]} if run.get("startIndex") else {}), "format": form}


def _merged_format(old: Json | None, new: Json, paths: list[Path]) -> Json | None:
    """Both spellings of a colour are set and cleared together."""
    twins = [(*path[:-1], _twin(path[-1])) for path in paths if path[-1].endswith(("Color", "ColorStyle"))]
    return merged(old, new, [*paths, *twins])


def _twin(name: str) -> str:
    return name.removesuffix("Style") if name.endswith("Style") else f"{name}Style"


def _validation(rule: Json | None) -> Json | None:
    return {key: value for key, value in rule.items() if value is not False} if rule else None


def update_cells(turn: Turn, body: Json) -> Json:
    """Write rows of cells. In a range, what the rows do not cover is cleared; from a start, nothing else is touched."""
    paths = read_paths(body.get("fields", ""), FIELDS)
    rows = [row.get("values", []) for row in body.get("rows", [])]
    if "range" in body:
        sheet, rect = find_grid(turn.document, body["range"])
    else:
        sheet, top, left = find_cell(turn.document, body.get("start", {}))
        rect = Rect(top, left, sheet.row_count, sheet.column_count)
    _within(rows, rect)
    covered = rect if "range" in body else Rect(rect.top, rect.left, rect.top + len(rows), rect.left + _width(rows))
    turn.guard(sheet, covered)
    for number, row in enumerate(range(covered.top, covered.bottom)):
        data = rows[number] if number < len(rows) else []
        width = covered.width if "range" in body else len(data)
        _write_row(sheet, row, rect.left, [*data, *[{}] * (width - len(data))], paths)
    return {}


def _width(rows: list[list[Json]]) -> int:
    return max(map(len, rows), default=0)


def _within(rows: list[list[Json]], rect: Rect) -> None:
    if rows and rect.top + len(rows) > rect.bottom:
        raise Refused(
            f"Attempting to write row: {max(rect.bottom, rect.top)}, "
            f"beyond the last requested row of: {rect.bottom - 1}"
        )
    if rect.left + _width(rows) > rect.right:
        raise Refused(
            f"Attempting to write column: {max(rect.right, rect.left)}, "
            f"beyond the last requested column of: {rect.right - 1}"
        )


def _write_row(sheet: Sheet, row: int, left: int, data: list[Json], paths: list[Path]) -> None:
    sheet.put(
        row, {column: changer(paths, one)(sheet.cell(row, column)) for column, one in enumerate(data, start=left)}
    )


def append_cells(turn: Turn, body: Json) -> Json:
    """Write rows below the last row of the sheet that has data; the grid grows with them."""
    sheet = grid_of(turn.document, body)
    paths = read_paths(body.get("fields", ""), FIELDS)
    rows = [row.get("values", []) for row in body.get("rows", [])]
    top = next((row + 1 for row in range(len(sheet.rows) - 1, -1, -1) if _has_data(sheet, row)), 0)
    bottom = max(top + len(rows), sheet.row_count)
    _within(rows, Rect(top, 0, bottom, sheet.column_count))
    turn.allow_growth(sheet, bottom, sheet.column_count)
    turn.guard(sheet, Rect(top, 0, top + len(rows), max(_width(rows), 1)))
    sheet.row_count = bottom
    for row, data in enumerate(rows, start=top):
        _write_row(sheet, row, 0, data, paths)
    return {}


def _has_data(sheet: Sheet, row: int) -> bool:
    return any(cell.value is not None for cell in sheet.rows[row])


def repeat_cell(turn: Turn, body: Json) -> Json:
    """Give all cells of a range the same content; a formula moves along as if it were pasted."""
    paths = read_paths(body.get("fields", ""), FIELDS)
    sheet, rect = find_grid(turn.document, body.get("range"))
    turn.guard(sheet, rect)
    data = body.get("cell") or {}
    formula = data.get("userEnteredValue", {}).get("formulaValue")
    if formula and below(paths, "userEnteredValue") is not None:
        _repeat_formula(sheet, rect, paths, data)
    else:
        _change_all(sheet, rect, changer(paths, data))
    return {}


def _repeat_formula(sheet: Sheet, rect: Rect, paths: list[Path], data: Json) -> None:
    for row in range(rect.top, rect.bottom):
        for column in range(rect.left, rect.right):
            text = shifted_by(data["userEnteredValue"]["formulaValue"], row - rect.top, column - rect.left)
            one = {**data, "userEnteredValue": {"formulaValue": text}}
            sheet.put(row, {column: changer(paths, one)(sheet.cell(row, column))})


def _change_all(sheet: Sheet, rect: Rect, change: Change) -> None:
    """Change every cell; what an empty cell becomes is worked out once."""
    fresh = change(EMPTY)
    for row in range(rect.top, rect.bottom):
        cells = sheet.cells(row)
        if fresh is EMPTY and len(cells) <= rect.left:
            continue
        end = rect.right if fresh is not EMPTY else min(rect.right, len(cells))
        changed: dict[int, Cell] = {}
        for column in range(rect.left, end):
            cell = cells[column] if column < len(cells) else EMPTY
            changed[column] = fresh if cell is EMPTY else change(cell)
        if changed:
            sheet.put(row, changed)


def set_data_validation(turn: Turn, body: Json) -> Json:
    """Give a range a rule, or none."""
    sheet, rect = find_grid(turn.document, body.get("range"))
    turn.guard(sheet, rect)
    rule = _validation(body.get("rule"))
    if rule and not rule.get("condition", {}).get("type"):
        raise Refused("No condition type specified.")  # unverified
    _change_all(sheet, rect, lambda cell: altered(cell, validation=rule))
    return {}


def update_borders(turn: Turn, body: Json) -> Json:
    """Draw the edges of a range, and the lines inside of it."""
    sheet, rect = find_grid(turn.document, body.get("range"))
    turn.guard(sheet, rect)
    given = as_kept({key: body[key] for key in (*_BORDERS, "innerHorizontal", "innerVertical") if key in body})
    for row in range(rect.top, rect.bottom):
        for column in range(rect.left, rect.right):
            edges = {
                "top": given.get("top" if row == rect.top else "innerHorizontal"),
                "bottom": given.get("bottom" if row == rect.bottom - 1 else "innerHorizontal"),
                "left": given.get("left" if column == rect.left else "innerVertical"),
                "right": given.get("right" if column == rect.right - 1 else "innerVertical"),
            }
            sheet.put(row, {column: _bordered(sheet.cell(row, column), edges)})
    return {}


def _bordered(cell: Cell, edges: dict[str, Any]) -> Cell:
    borders = dict((cell.format or {}).get("borders", {}))
    for side, edge in edges.items():
        if edge is not None and edge.get("style") not in {None, "NONE"}:
            borders[side] = {"style": edge["style"], "width": _WIDTHS.get(edge["style"], 1), **_inked(edge)}
        elif edge is not None:
            borders.pop(side, None)
    form = {**(cell.format or {}), "borders": borders} if borders else _without(cell.format, "borders")
    return altered(cell, format=form or None)


_WIDTHS = {"SOLID_MEDIUM": 2, "SOLID_THICK": 3, "DOUBLE": 3}


def _inked(edge: Json) -> Json:
    return {"color": edge.get("color", {}), "colorStyle": edge.get("colorStyle", {"rgbColor": {}})}


def _without(form: Json | None, name: str) -> Json:
    return {key: value for key, value in (form or {}).items() if key != name}


def merge_cells(turn: Turn, body: Json) -> Json:
    """Make one cell of many; only the first one of each keeps its value."""
    sheet, rect = find_grid(turn.document, body.get("range"))
    turn.guard(sheet, rect)
    _whole_merges(sheet, rect)
    _not_across_frozen(sheet, rect)
    sheet.merges = [merge for merge in sheet.merges if not merge.meets(rect)]
    for block in _blocks(rect, body.get("mergeType", "MERGE_ALL")):
        if block.height * block.width > 1:
            sheet.merges.append(block)
            _empty_but_first(sheet, block)
    return {}


def _blocks(rect: Rect, kind: str) -> list[Rect]:
    if kind == "MERGE_ROWS":
        return [rect._replace(top=row, bottom=row + 1) for row in range(rect.top, rect.bottom)]
    if kind == "MERGE_COLUMNS":
        return [rect._replace(left=column, right=column + 1) for column in range(rect.left, rect.right)]
    return [rect]


def _empty_but_first(sheet: Sheet, block: Rect) -> None:
    for row, column, cell in list(sheet.filled(block)):
        if (row, column) != (block.top, block.left) and cell.value is not None:
            sheet.put(row, {column: altered(cell, value=None, runs=())})


def _whole_merges(sheet: Sheet, rect: Rect) -> None:
    if any(merge.meets(rect) and not rect.holds(merge) for merge in sheet.merges):
        raise Refused("You must select all cells in a merged range to merge or unmerge them.")


def _not_across_frozen(sheet: Sheet, rect: Rect) -> None:
    if rect.top < sheet.grid.get("frozenRowCount", 0) < rect.bottom:
        raise Refused("You can't merge frozen and non-frozen rows.")
    if rect.left < sheet.grid.get("frozenColumnCount", 0) < rect.right:
        raise Refused("You can't merge frozen and non-frozen columns.")


def unmerge_cells(turn: Turn, body: Json) -> Json:
    """Take merged cells apart."""
    sheet, rect = find_grid(turn.document, body.get("range"))
    turn.guard(sheet, rect)
    _whole_merges(sheet, rect)
    sheet.merges = [merge for merge in sheet.merges if not merge.meets(rect)]
    return {}


KINDS = {
    "updateCells": update_cells,
    "appendCells": append_cells,
    "repeatCell": repeat_cell,
    "setDataValidation": set_data_validation,
    "updateBorders": update_borders,
    "mergeCells": merge_cells,
    "unmergeCells": unmerge_cells,
}
