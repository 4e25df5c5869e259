"""Native charts of Google Sheets in our palette: flat, with a title, whole numbers on the axis of a count."""

from __future__ import annotations

from typing import Any, Final

from sheets_automation.core.views import ChartKind, ChartSeries, ChartView, TabView
from sheets_automation.workbooks.google_cells import FONT, colour, range_of
from sheets_automation.workbooks.looks import INK, LINE, MUTED, SERIES

Json = dict[str, Any]

_TYPES: Final = {
    ChartKind.COLUMN: "COLUMN",
    ChartKind.STACKED_COLUMN: "COLUMN",
    ChartKind.BAR: "BAR",
    ChartKind.LINE: "LINE",
}


def add_chart(view: TabView, drawn: ChartView, sheet_id: int) -> Json:
    """One chart over cells that the same pass writes."""
    spec: Json = {
        "title": drawn.title,
        "titleTextFormat": {**_text(11, INK), "bold": True},
        "altText": drawn.title,  # for those who cannot see the chart
        "fontName": FONT,
        "hiddenDimensionStrategy": "SHOW_ALL",  # a filter on the list must not change the picture
    }
    if drawn.kind is ChartKind.DOUGHNUT:
        spec["pieChart"] = _doughnut(drawn, sheet_id)
    else:
        spec["basicChart"] = _basic(view, drawn, sheet_id)
    position = {
        "overlayPosition": {
            "anchorCell": {"sheetId": sheet_id, "rowIndex": drawn.row, "columnIndex": drawn.column},
            "offsetXPixels": 10,
            "offsetYPixels": 4,
            "widthPixels": drawn.width,
            "heightPixels": drawn.height,
        }
    }
    return {
        "addChart": {
            "chart": {"spec": spec, "position": position, "border": {"colorStyle": colour(LINE)}},
        }
    }


def _basic(view: TabView, drawn: ChartView, sheet_id: int) -> Json:
    is_bar = drawn.kind is ChartKind.BAR
    values = "BOTTOM_AXIS" if is_bar else "LEFT_AXIS"
    categories = "LEFT_AXIS" if is_bar else "BOTTOM_AXIS"
    domain = _source(sheet_id, drawn.series[0], drawn.series[0].category_column, head=_has_head(view, drawn))
    chart: Json = {
        "chartType": _TYPES[drawn.kind],
        "legendPosition": "BOTTOM_LEGEND" if len(drawn.series) > 1 else "NO_LEGEND",
        "headerCount": 1 if _has_head(view, drawn) else 0,
        "axis": [
            {"position": categories, "format": _text(9, MUTED)},
            {"position": values, "format": _text(9, MUTED), "viewWindowOptions": {"viewWindowMin": 0}},
        ],
        "domains": [{"domain": domain, "reversed": False}],
        "series": [
            {
                "series": _source(sheet_id, one, one.value_column, head=_has_head(view, drawn)),
                "targetAxis": values,
                "colorStyle": colour(SERIES[number % len(SERIES)]),
            }
            for number, one in enumerate(drawn.series)
        ],
    }
    if drawn.kind is ChartKind.STACKED_COLUMN:
        chart["stackedType"] = "STACKED"
    return chart


def _doughnut(drawn: ChartView, sheet_id: int) -> Json:
    [series] = drawn.series
    return {
        "legendPosition": "BOTTOM_LEGEND",
        "pieHole": 0.6,
        "domain": _source(sheet_id, series, series.category_column),
        "series": _source(sheet_id, series, series.value_column),
    }


def _has_head(view: TabView, drawn: ChartView) -> bool:
    """Whether the row above each series names it: Sheets takes a series' name from a cell and from nowhere else."""
    above = drawn.series[0].first_row - 1
    cells = view.rows[above] if above >= 0 else ()
    return all(
        one.value_column < len(cells) and (cell := cells[one.value_column]) is not None and isinstance(cell.value, str)
        for one in drawn.series
    )


def _source(sheet_id: int, series: ChartSeries, column: int, *, head: bool = False) -> Json:
    rows = range(series.first_row - 1 if head else series.first_row, series.last_row + 1)
    return {"sourceRange": {"sources": [range_of(sheet_id, rows, range(column, column + 1))]}}


def _text(size: int, ink: str) -> Json:
    return {"fontFamily": FONT, "fontSize": size, "foregroundColorStyle": colour(ink)}
