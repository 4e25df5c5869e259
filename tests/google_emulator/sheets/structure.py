"""Rows and columns that come, go and move, and everything that goes along with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.google_emulator.sheets.a1 import quoted
from tests.google_emulator.sheets.formulas.tokens import Reference, plain_title, rewritten
from tests.google_emulator.sheets.model import (
    COLUMNS,
    EMPTY,
    ROWS,
    Cell,
    Document,
    Formula,
    Json,
    Rect,
    Sheet,
    altered,
    made,
    trimmed,
)

Span = tuple[int, int]
Change = Callable[[int, int], Span | None]
"""Where the lines from start to end are afterwards; None if they are gone."""

_SIDES = {
    ROWS: ("startRowIndex", "endRowIndex", "rowIndex"),
    COLUMNS: ("startColumnIndex", "endColumnIndex", "columnIndex"),
}
_ENDLESS = 1 << 30
_GONE = object()
_PASSING = {"range", "sourceRange", "sources", "ranges", "domain", "source"}
"""Keys whose content is what the object is about: an object is gone with it."""


def insert_lines(document: Document, sheet: Sheet, dimension: str, at: int, count: int, like: int | None) -> None:
    """Make room for new lines; `like` is the line whose formats they take."""
    if dimension == ROWS:
        if at < len(sheet.rows):
            sheet.rows[at:at] = [()] * count
        sheet.row_count += count
    else:
        room = (EMPTY,) * count
        sheet.rows = [cells[:at] + room + cells[at:] if len(cells) > at else cells for cells in sheet.rows]
        sheet.column_count += count
    _follow(document, sheet, dimension, lambda start, end: (start + count * (start >= at), end + count * (end > at)))
    if like is not None:
        _take_formats(sheet, dimension, range(at, at + count), like if like < at else like + count)


def delete_lines(document: Document, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    """Take lines away; what follows moves up."""
    if dimension == ROWS:
        del sheet.rows[start:end]
        sheet.row_count -= end - start
    else:
        sheet.rows = [trimmed(cells[:start] + cells[end:]) if len(cells) > start else cells for cells in sheet.rows]
        sheet.column_count -= end - start

    def moved(first: int, last: int) -> Span | None:
        new = tuple(min(side, start) + max(side - end, 0) for side in (first, last))
        return (new[0], new[1]) if new[0] < new[1] else None

    _follow(document, sheet, dimension, moved)


def move_lines(document: Document, sheet: Sheet, dimension: str, start: int, end: int, to: int) -> None:
    """Move lines before the line that stands at `to` now, counted before the move."""
    size = sheet.size(dimension)
    rest = [line for line in range(size) if not start <= line < end]
    place = to if to <= start else to - (end - start)
    order = [*rest[:place], *range(start, end), *rest[place:]]
    if dimension == ROWS:
        sheet.rows.extend(() for _ in range(size - len(sheet.rows)))
        sheet.rows = [sheet.rows[line] for line in order]
    else:
        sheet.rows = [trimmed([cells[line] if line < len(cells) else EMPTY for line in order]) for cells in sheet.rows]
    where = {line: index for index, line in enumerate(order)}

    def moved(first: int, last: int) -> Span:
        last = min(last, size)
        new = [where[line] for line in range(first, last) if line in where]
        contiguous = new and max(new) - min(new) + 1 == len(new)
        return (min(new), max(new) + 1) if contiguous else (first, last)

    _follow(document, sheet, dimension, moved)


def _take_formats(sheet: Sheet, dimension: str, new: range, like: int) -> None:
    for index in new:
        line = sheet.line(dimension, like)
        sheet.set_line(dimension, index, replace(line, hidden=False, filtered=False, metadata=()))
    if dimension == ROWS:
        looks = {column: _look(cell) for column, cell in enumerate(sheet.cells(like)) if _look(cell) is not EMPTY}
        for row in new if looks else ():
            sheet.put(row, looks)
        return
    for row, cells in enumerate(sheet.rows):
        look = _look(cells[like]) if like < len(cells) else EMPTY
        if look is not EMPTY:
            sheet.put(row, dict.fromkeys(new, look))


def _look(cell: Cell) -> Cell:
    return made(format=cell.format, validation=cell.validation) if cell.format or cell.validation else EMPTY


def _follow(document: Document, sheet: Sheet, dimension: str, change: Change) -> None:
    """Let everything that names lines of a sheet name them where they are now."""
    lines = {}
    for index, line in sheet.lines[dimension].items():
        span = change(index, index + 1)
        if span:
            lines[span[0]] = line
    sheet.lines[dimension] = lines
    sheet.merges = [new for merge in sheet.merges if (new := _moved_rect(merge, dimension, change))]
    for one in document.sheets:
        for name, items in one.parts.items():
            one.parts[name] = [new for item in items if (new := _moved(item, sheet, dimension, change)) is not _GONE]
    if sheet.basic_filter:
        kept = _moved(sheet.basic_filter, sheet, dimension, change)
        sheet.basic_filter = None if kept is _GONE else kept
    named = [_moved(item, sheet, dimension, change) for item in document.named_ranges]
    document.named_ranges = [item for item in named if item is not _GONE]
    _follow_formulas(document, sheet, dimension, change)


def _moved_rect(rect: Rect, dimension: str, change: Change) -> Rect | None:
    span = change(rect.top, rect.bottom) if dimension == ROWS else change(rect.left, rect.right)
    if span is None:
        return None
    if dimension == ROWS:
        return rect._replace(top=span[0], bottom=span[1])
    return rect._replace(left=span[0], right=span[1])


def _moved(value: Any, sheet: Sheet, dimension: str, change: Change) -> Any:
    """A JSON value with all its ranges moved along."""
    if isinstance(value, list):
        return [new for element in value if (new := _moved(element, sheet, dimension, change)) is not _GONE]
    if not isinstance(value, dict):
        return value
    if value.get("sheetId") != sheet.sheet_id:
        return _moved_object(value, sheet, dimension, change)
    if value.get("dimension") == dimension and "startIndex" in value:
        span = change(value["startIndex"], value.get("endIndex", _ENDLESS))
        return {**value, "startIndex": span[0], "endIndex": span[1]} if span else _GONE
    if set(_SIDES[dimension]) & value.keys():
        return _moved_range(value, dimension, change)
    return _moved_object(value, sheet, dimension, change)


def _moved_object(value: Json, sheet: Sheet, dimension: str, change: Change) -> Any:
    kept: Json = {}
    for key, part in value.items():
        new = _moved(part, sheet, dimension, change)
        gone = new is _GONE or (isinstance(part, list) and part and not new and key in {"sources", "ranges"})
        if gone and (key in _PASSING or key == "series"):
            return _GONE
        if not gone:
            kept[key] = new
    return kept


def _moved_range(value: Json, dimension: str, change: Change) -> Any:
    first, last, single = _SIDES[dimension]
    if single in value:
        span = change(value[single], value[single] + 1)
        return {**value, single: span[0]} if span else value
    span = change(value.get(first, 0), value.get(last, _ENDLESS))
    if span is None:
        return _GONE
    moved = dict(value)
    if first in value:
        moved[first] = span[0]
    if last in value:
        moved[last] = span[1]
    return moved


def _follow_formulas(document: Document, sheet: Sheet, dimension: str, change: Change) -> None:
    for one in document.sheets:
        _rewrite_formulas(one, _rewriter(one, sheet, dimension, change))


def follow_cut(document: Document, source: Sheet, rect: Rect, target: Sheet, down: int, across: int) -> None:
    """Let formulas that look at cells which were cut look at where they were pasted."""

    def rewriter(home: Sheet) -> Callable[[Reference], str]:
        def rewrite(reference: Reference) -> str:
            area = reference.area()
            if None in {area.top, area.left, area.bottom, area.right} or not _names(reference, home, source):
                return reference.text()
            if not rect.holds(Rect(area.top or 0, area.left or 0, area.bottom or 0, area.right or 0)):
                return reference.text()
            corners = tuple((one[0], one[1] + across, one[2], one[3] + down) for one in reference.corners)
            stays = target is source and reference.title is None
            return Reference(None if stays else quoted(target.title), corners).text()

        return rewrite

    for sheet in document.sheets:
        _rewrite_formulas(sheet, rewriter(sheet))


def _names(reference: Reference, home: Sheet, sheet: Sheet) -> bool:
    title = home.title if reference.title is None else plain_title(reference.title)
    return title.casefold() == sheet.title.casefold()


def _rewrite_formulas(sheet: Sheet, rewrite: Callable[[Reference], str]) -> None:
    for row, cells in enumerate(sheet.rows) if sheet.has_formulas else ():
        changed = {
            column: altered(cell, value=Formula(rewritten(cell.value.text, rewrite)))
            for column, cell in enumerate(cells)
            if isinstance(cell.value, Formula)
        }
        if changed:
            sheet.put(row, changed)


def _rewriter(home: Sheet, target: Sheet, dimension: str, change: Change) -> Callable[[Reference], str]:
    def rewrite(reference: Reference) -> str:
        if not _names(reference, home, target):
            return reference.text()
        return _moved_reference(reference, dimension, change)

    return rewrite


def _moved_reference(reference: Reference, dimension: str, change: Change) -> str:
    area = reference.area()
    start, end = (area.top, area.bottom) if dimension == ROWS else (area.left, area.right)
    if start is None:
        return reference.text()
    span = change(start, _ENDLESS if end is None else end)
    if span is None:
        return "#REF!"
    corners = []
    for fixed_column, column, fixed_row, row in reference.corners:
        across = _side(column, start, span) if dimension == COLUMNS else column
        down = _side(row, start, span) if dimension == ROWS else row
        corners.append((fixed_column, across, fixed_row, down))
    return Reference(reference.title, tuple(corners)).text()


def _side(line: int | None, start: int, span: Span) -> int | None:
    if line is None:
        return None
    return span[0] if line == start else span[1] - 1


def renamed_in_formulas(document: Document, old: str, new: str) -> None:
    """Let formulas name a sheet by its new title."""

    def rewrite(reference: Reference) -> str:
        if reference.title is not None and plain_title(reference.title).casefold() == old.casefold():
            return Reference(quoted(new), reference.corners).text()
        return reference.text()

    for sheet in document.sheets:
        _rewrite_formulas(sheet, rewrite)
