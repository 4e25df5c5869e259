"""Draw a tab of ours with the means of Google Sheets: formats, widths, merged notes, filters, native charts."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator
from typing import Any, Final

from sheets_automation.core.views import TabView, ViewCell
from sheets_automation.workbooks.google_book import Sheet
from sheets_automation.workbooks.google_cells import colour, entered, format_of, range_of
from sheets_automation.workbooks.looks import NAVY, variations
from sheets_automation.workbooks.row_heights import height, spreads

Json = dict[str, Any]

PROTECTED: Final = "relay"
"""Description of the protections that are ours."""
_PIXELS_A_POINT: Final = 4 / 3
_PIXELS_A_WIDTH: Final = 7.2
_PIXELS_AROUND: Final = 8
_SPARE_ROWS: Final = 2


def draw(view: TabView, present: Sheet | None, taken: Collection[int]) -> tuple[int, list[Json]]:
    """All requests that make the tab say what the view says, and the tab's id; `taken` ids are other tabs'.

    An existing tab is emptied first: nothing of an earlier drawing may stay.
    """
    sheet_id = free_sheet_id(view.tab, taken) if present is None else present.sheet_id
    rows, columns = _size(view)
    grid = {"rowCount": rows, "columnCount": columns, "frozenRowCount": view.frozen_rows, "hideGridlines": True}
    properties = {"sheetId": sheet_id, "gridProperties": grid, "tabColorStyle": colour(NAVY)}
    requests: list[Json] = []
    if present is None:
        requests.append({"addSheet": {"properties": {**properties, "title": view.tab}}})
    else:
        requests += _emptied(present)
        fields = "gridProperties(rowCount,columnCount,frozenRowCount,hideGridlines),tabColorStyle"
        requests.append({"updateSheetProperties": {"properties": properties, "fields": fields}})
    requests.append(_all_cells(view, sheet_id, rows, columns))
    requests += _merged_notes(view, sheet_id, columns)
    requests += _sizes(view, sheet_id, columns)
    if view.filter_row is not None:
        whole = range_of(sheet_id, range(view.filter_row, max(len(view.rows), view.filter_row + 1)), range(columns))
        requests.append({"setBasicFilter": {"filter": {"range": whole}}})
    # Every tab of ours, also one that Excel leaves open: a warning hinders nobody, and says whose the tab is.
    if PROTECTED not in (present.protections if present else {}):
        requests.append(protection(sheet_id))
    if view.charts:
        from sheets_automation.workbooks.google_charts import add_chart  # most tabs have none

        requests += [add_chart(view, chart, sheet_id) for chart in view.charts]
    return sheet_id, requests


def free_sheet_id(tab: str, taken: Collection[int]) -> int:
    """An id for a new tab, the same for the same title: the requests behind addSheet have to name it."""
    sheet_id = zlib.crc32(tab.encode()) & 0x7FFFFFFF
    while sheet_id in taken:
        sheet_id = (sheet_id + 1) & 0x7FFFFFFF
    return sheet_id


def protection(sheet_id: int) -> Json:
    """Ask whoever edits the tab whether they mean it; our own writing is not hindered."""
    return {
        "addProtectedRange": {
            "protectedRange": {"range": {"sheetId": sheet_id}, "description": PROTECTED, "warningOnly": True}
        }
    }


def _size(view: TabView) -> tuple[int, int]:
    """Rows and columns of the grid: what is drawn, with room for the charts and a little below."""
    columns = max([len(cells) for cells in view.rows] + [len(view.widths), 1])
    rows = max(len(view.rows) + _SPARE_ROWS, view.frozen_rows + 1)
    for chart in view.charts:
        # A chart that reaches beyond the grid is cut off; 21 and 100 pixels are Sheets' own defaults.
        rows = max(rows, chart.row + chart.height // 21 + 2)
        columns = max(columns, chart.column + chart.width // 100 + 2)
    return rows, columns


def _emptied(present: Sheet) -> Iterator[Json]:
    whole = {"sheetId": present.sheet_id}
    yield from ({"deleteEmbeddedObject": {"objectId": chart}} for chart in present.charts)
    if present.basic_filter:
        yield {"clearBasicFilter": whole}
    yield {"unmergeCells": {"range": whole}}


def _all_cells(view: TabView, sheet_id: int, rows: int, columns: int) -> Json:
    """Every cell of the grid, the empty ones too."""
    drawn = [
        {"values": [_drawn(view, row, column, cell) for column, cell in enumerate(cells)]}
        for row, cells in enumerate(view.rows)
    ]
    return {
        "updateCells": {
            "range": range_of(sheet_id, range(rows), range(columns)),
            "rows": drawn,
            "fields": "userEnteredValue,userEnteredFormat",
        }
    }


def _drawn(view: TabView, row: int, column: int, cell: ViewCell | None) -> Json:
    if cell is None:
        return {}
    look = format_of(cell.look, variations(view, row, column, cell) - {"quoted"})
    value = {"formulaValue": cell.formula} if cell.formula else entered(cell.value)
    return {"userEnteredValue": value, "userEnteredFormat": look}


def _merged_notes(view: TabView, sheet_id: int, columns: int) -> Iterator[Json]:
    last = max([len(cells) for cells in view.rows] + [len(view.widths)])
    for row, cells in enumerate(view.rows):
        for column, _ in enumerate(cells):
            if column < last - 1 and spreads(cells, column):
                area = range_of(sheet_id, range(row, row + 1), range(column, min(last, columns)))
                yield {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}}


def _sizes(view: TabView, sheet_id: int, columns: int) -> Iterator[Json]:
    for column, width in enumerate(view.widths[:columns]):
        yield resized(sheet_id, "COLUMNS", column, column + 1, pixels_of(width))
    last = max([len(cells) for cells in view.rows] + [len(view.widths)]) - 1
    heights = [round(height(view, cells, last) * _PIXELS_A_POINT) for cells in view.rows]
    start = 0
    for row in range(1, len(heights) + 1):
        if row == len(heights) or heights[row] != heights[start]:
            yield resized(sheet_id, "ROWS", start, row, heights[start])
            start = row


def pixels_of(width: int) -> int:
    """The width of a column that shows so many half-width characters."""
    return round(width * _PIXELS_A_WIDTH) + _PIXELS_AROUND


def resized(sheet_id: int, dimension: str, start: int, stop: int, pixels: int) -> Json:
    """Rows or columns of one size."""
    return {
        "updateDimensionProperties": {
            "range": {"sheetId": sheet_id, "dimension": dimension, "startIndex": start, "endIndex": stop},
            "properties": {"pixelSize": pixels},
            "fields": "pixelSize",
        }
    }
