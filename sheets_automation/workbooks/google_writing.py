"""One pass of writing as one atomic batchUpdate, and what has to stand there afterwards if nobody moved a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sheets_automation.core.cells import text
from sheets_automation.core.errors import TabNotOurs
from sheets_automation.core.headings import heading_key
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import CandidatesPlace, Look, OwnColumn, TabView, Views, is_free, is_shown, same_value
from sheets_automation.workbooks.google_book import Book, Cell, Formula, Sheet
from sheets_automation.workbooks.google_cells import DATE_TIME, cell_of, colour, range_of, update_cells
from sheets_automation.workbooks.google_drawing import draw, pixels_of, resized
from sheets_automation.workbooks.google_rows import added_rows
from sheets_automation.workbooks.looks import PROPERTIES
from sheets_automation.workbooks.placing import Placement, changed, place_views

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A cell beside a candidate that the pass writes: row and column from 0."""

    row: int
    column: int
    heading: str
    """As `heading_key` folds it."""
    candidate_id: str
    """Whose row it is, once the pass is done."""
    value: CellValue


@dataclass(slots=True, kw_only=True)
class Pass:
    """All requests of one pass, and which cells of the candidates tab they touch."""

    requests: list[Json] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    sheet: Sheet | None = None
    """The candidates tab as it was read."""
    place: CandidatesPlace | None = None
    id_column: int = 0
    people: dict[int, tuple[CellValue, CellValue]] = field(default_factory=dict)
    """Name and address cells of the rows, from 0, that get an id."""
    new_headings: frozenset[str] = frozenset()
    """Of the columns that it makes, as `heading_key` folds them."""
    new_ids: frozenset[str] = frozenset()
    """Of the candidates that it adds."""
    dropped_ids: list[str] = field(default_factory=list)
    """Of the candidates whose rows it empties: their ids go last, once all else has landed beside them."""

    @property
    def is_structural(self) -> bool:
        """Whether it makes columns or rows: done twice, they would stand there twice."""
        return bool(self.new_headings or self.new_ids)


def pass_for(book: Book, views: Views) -> Pass:
    """Say what has to be written. Raises WorkbookChanged or WriteRefused; nothing is written then."""
    whole = Pass()
    if views.place is not None:
        sheet = book.sheets.get(views.place.tab)
        if sheet is None:
            raise changed(views.place.tab)
        whole.sheet, whole.place = sheet, views.place
        _show_candidates(whole, sheet, views.place, views)
    for view in views.tabs:
        whole.requests += _tab(book, view)
    return whole


def all_stands(whole: Pass, now: Book) -> bool:
    """Whether the columns and rows that the pass makes are there."""
    if whole.place is None or whole.sheet is None:
        return True
    sheet = next((one for one in now.sheets.values() if one.sheet_id == whole.sheet.sheet_id), None)
    head = sheet.cells[whole.place.heading_row - 1 :][:1] if sheet else ()
    there = {heading_key(str(cell)) for cells in head for cell in cells or () if cell is not None}
    if not whole.new_headings <= there or sheet is None:
        return not whole.is_structural
    return whole.new_ids <= {text(sheet.value(row, whole.id_column)) for row in range(len(sheet.cells))}


def _tab(book: Book, view: TabView) -> list[Json]:
    sheet = book.sheets.get(view.tab)
    table = sheet.table() if sheet else None
    if not is_free(view, table):
        raise TabNotOurs(view.tab)
    if is_shown(view, table):
        return []
    return draw(view, sheet, book.sheet_ids)[1]


def _show_candidates(whole: Pass, sheet: Sheet, place: CandidatesPlace, views: Views) -> None:
    placement = place_views(sheet.table(), place, views)
    first_new = sheet.width()
    columns = placement.columns_with(first_new)
    if placement.new_columns:
        whole.new_headings = frozenset(heading_key(one.heading) for one in placement.new_columns)
        whole.requests += _new_columns(sheet, place, placement, first_new)
    hrs = {heading_key(heading) for held in views.only_over.values() for heading in held}
    for one in (*placement.identities, *placement.cells):
        column = columns[one.heading]
        if one.heading == heading_key(place.id_heading) and one.cell.value in {None, ""}:
            whole.dropped_ids.append(one.candidate_id)
        elif one.cell.value is None and isinstance(sheet.cell(one.row - 1, column), Formula) and one.heading in hrs:
            continue  # whatever it shows comes from other cells, and goes with them
        elif not same_value(one.cell.value, sheet.value(one.row - 1, column)):
            whole.written.append(
                Written(
                    row=one.row - 1,
                    column=column,
                    heading=one.heading,
                    candidate_id=one.candidate_id,
                    value=one.cell.value,
                )
            )
    whole.people = {one.row - 1: (one.name_text, one.address_text) for one in views.identities}
    whole.id_column = columns[heading_key(place.id_heading)]
    cells = {(one.row, one.column): one.value for one in whole.written}
    whole.requests += blocks(sheet.sheet_id, cells)
    if placement.new_rows:
        rows = [{columns[heading]: value for heading, value in row.items()} for row in placement.new_rows]
        whole.new_ids = frozenset(text(row[whole.id_column]) for row in rows)
        whole.requests += added_rows(sheet, place, rows)


def blocks(sheet_id: int, cells: Mapping[tuple[int, int], Cell]) -> Iterator[Json]:
    """Cells by row and column as few blocks: runs of neighbouring columns, over runs of rows that have the same ones.

    Moments go apart: they bring a number format with them, and text must not take one away.
    """
    for is_moment, fields in ((False, "userEnteredValue"), (True, "userEnteredValue,userEnteredFormat.numberFormat")):
        by_row: dict[int, dict[int, Cell]] = defaultdict(dict)
        for (row, column), value in cells.items():
            if isinstance(value, datetime) is is_moment:
                by_row[row][column] = value
        for start, column, grid in _rectangles(by_row):
            yield update_cells(sheet_id, start, column, [[cell_of(v) for v in row] for row in grid], fields)


def _rectangles(by_row: Mapping[int, Mapping[int, Cell]]) -> Iterator[tuple[int, int, list[list[Cell]]]]:
    """Upper left corner and cells of each block."""
    runs: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in sorted(by_row):
        for run in _runs(sorted(by_row[row])):
            runs[run.start, run.stop].append(row)
    for (start, stop), rows in runs.items():
        for run in _runs(rows):
            yield run.start, start, [[by_row[row][column] for column in range(start, stop)] for row in run]


def _runs(numbers: Iterable[int]) -> Iterator[range]:
    """Unbroken runs of ascending numbers."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield range(found[0], found[-1] + 1)


def _new_columns(sheet: Sheet, place: CandidatesPlace, placement: Placement, first: int) -> Iterator[Json]:
    """Make our missing columns at the right end; they look like the names beside them."""
    new = placement.new_columns
    columns = range(first, first + len(new))
    # Inserted, not written into blank cells: whatever somebody puts there meanwhile moves on and is not overwritten.
    yield {
        "insertDimension": {
            "range": {
                "sheetId": sheet.sheet_id,
                "dimension": "COLUMNS",
                "startIndex": columns.start,
                "endIndex": columns.stop,
            },
            "inheritFromBefore": columns.start > 0,
        }
    }
    rows = range(place.heading_row - 1, max(sheet.row_count, place.heading_row))
    name = range(place.name_column, place.name_column + 1)
    area = range_of(sheet.sheet_id, rows, columns)
    yield {
        "copyPaste": {
            "source": range_of(sheet.sheet_id, rows, name),
            "destination": area,
            "pasteType": "PASTE_FORMAT",
        }
    }
    yield {"setDataValidation": {"range": area}}  # PASTE_FORMAT brings the names' validation with it
    yield update_cells(sheet.sheet_id, rows.start, first, [[cell_of(one.heading) for one in new]], "userEnteredValue")
    yield from _reaching(sheet, place, columns)
    for column, one in zip(columns, new, strict=True):
        yield resized(sheet.sheet_id, "COLUMNS", column, column + 1, pixels_of(one.width))
        yield from _column_look(sheet, one, range(place.heading_row, rows.stop), column)


def _column_look(sheet: Sheet, own: OwnColumn, rows: range, column: int) -> Iterator[Json]:
    area = range_of(sheet.sheet_id, rows, range(column, column + 1))
    if own.look is Look.DATETIME and rows:
        shape = {"numberFormat": {"type": "DATE_TIME", "pattern": DATE_TIME}}
        yield {
            "repeatCell": {
                "range": area,
                "cell": {"userEnteredFormat": shape},
                "fields": "userEnteredFormat.numberFormat",
            }
        }
    if own.words and rows:
        yield from (_colour_rule(area, word, look) for word, look in own.words.items())


def _colour_rule(area: Json, word: str, look: Look) -> Json:
    """Colour the cells that hold this word, wherever rows move to."""
    properties = PROPERTIES[look]
    shape = {
        "backgroundColorStyle": colour(str(properties["bg_color"])),
        "textFormat": {"foregroundColorStyle": colour(str(properties["font_color"])), "bold": True},
    }
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": word}]}
    open_ended = {key: value for key, value in area.items() if key != "endRowIndex"}
    return {
        "addConditionalFormatRule": {
            "rule": {"ranges": [open_ended], "booleanRule": {"condition": condition, "format": shape}},
            "index": 0,
        }
    }


def _reaching(sheet: Sheet, place: CandidatesPlace, columns: range) -> Iterator[Json]:
    """Let a filter or table that ends where we begin reach over our columns: a sort would leave them behind."""
    kept = sheet.basic_filter
    if kept and "tableId" not in kept and _ends_before(kept["range"], place, columns):
        wider = {**kept["range"], "endColumnIndex": columns.stop}
        settings = {key: kept[key] for key in ("sortSpecs", "filterSpecs") if kept.get(key)}
        yield {"setBasicFilter": {"filter": {"range": wider, **settings}}}
    for table in sheet.tables:
        if _ends_before(table["range"], place, columns):
            wider = {**table["range"], "endColumnIndex": columns.stop}
            yield {"updateTable": {"table": {"tableId": table["tableId"], "range": wider}, "fields": "range"}}


def _ends_before(area: Json, place: CandidatesPlace, columns: range) -> bool:
    at_headings = area.get("startRowIndex", 0) == place.heading_row - 1
    return at_headings and area.get("endColumnIndex") == columns.start
