"""Native Excel charts in our palette: flat, with a title, few lines, and whole numbers on the axis of a count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sheets_automation.core.views import ChartKind, ChartView, Look, TabView
from sheets_automation.workbooks.looks import FONT, INK, LINE, MUTED, SERIES

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

_TYPES: Final = {
    ChartKind.COLUMN: {"type": "column"},
    ChartKind.STACKED_COLUMN: {"type": "column", "subtype": "stacked"},
    ChartKind.BAR: {"type": "bar"},
    ChartKind.LINE: {"type": "line"},
    ChartKind.DOUGHNUT: {"type": "doughnut"},
}
_AXIS_FORMATS: Final = {Look.PERCENT: "0%", Look.YEN: '"¥"#,##0'}
_FEW: Final = 5


def add_chart(workbook: Workbook, sheet: Worksheet, view: TabView, drawn: ChartView) -> None:
    """Add one chart to a tab whose cells are already written."""
    chart = workbook.add_chart(_TYPES[drawn.kind])
    for number, _ in enumerate(drawn.series):
        chart.add_series(_series(view, drawn, number))
    chart.set_title({"name": drawn.title, "name_font": {"name": FONT, "size": 11, "bold": True, "color": INK}})
    if len(drawn.series) > 1 or drawn.kind is ChartKind.DOUGHNUT:
        chart.set_legend({"position": "bottom", "font": _small_font()})
    else:
        chart.set_legend({"none": True})
    if drawn.kind is ChartKind.DOUGHNUT:
        chart.set_hole_size(60)
    else:
        _set_axes(chart, view, drawn)
    chart.set_chartarea({"border": {"color": LINE}})
    chart.set_size({"width": drawn.width, "height": drawn.height})
    # The alternative text is for those who cannot see the chart.
    sheet.insert_chart(drawn.row, drawn.column, chart, {"x_offset": 10, "y_offset": 4, "description": drawn.title})


def _series(view: TabView, drawn: ChartView, number: int) -> dict[str, object]:
    series, colour = drawn.series[number], SERIES[number % len(SERIES)]

    def cells(column: int) -> list[str | int]:
        return [view.tab, series.first_row, column, series.last_row, column]

    options: dict[str, object] = {
        "name": series.name,
        "categories": cells(series.category_column),
        "values": cells(series.value_column),
    }
    if drawn.kind is ChartKind.LINE:
        return {**options, "line": {"color": colour, "width": 2.25}}
    if drawn.kind is ChartKind.DOUGHNUT:
        slices = series.last_row - series.first_row + 1
        return {**options, "points": [{"fill": {"color": SERIES[n % len(SERIES)]}} for n in range(slices)]}
    if drawn.kind is ChartKind.BAR:
        options["data_labels"] = {"value": True, "font": _small_font()}
    return {**options, "fill": {"color": colour}, "gap": 60}


def _set_axes(chart: Chart, view: TabView, drawn: ChartView) -> None:
    """The axis of categories, and the axis of values."""
    categories = {"num_font": _small_font(), "line": {"color": LINE}, "major_tick_mark": "none"}
    if drawn.kind is ChartKind.BAR:
        # XlsxWriter calls the upright axis y, whatever stands on it. Reversed, the first category stands on top; the
        # axis of values would go there with it, and every bar tells its value.
        chart.set_y_axis({**categories, "reverse": True})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
        return
    chart.set_x_axis(categories)
    values: dict[str, object] = {
        "num_font": _small_font(),
        "num_format": _AXIS_FORMATS.get(_value_look(view, drawn), "#,##0"),
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": LINE, "width": 0.5}},
        "min": 0,
    }
    if _value_look(view, drawn) not in _AXIS_FORMATS and _peak(view, drawn) <= _FEW:
        values |= {"major_unit": 1, "max": max(_peak(view, drawn), 1)}  # or the axis would read 0, 1, 1, 2, 2
    chart.set_y_axis(values)


def _value_look(view: TabView, drawn: ChartView) -> Look:
    series = drawn.series[0]
    cell = view.rows[series.first_row][series.value_column]
    return cell.look if cell else Look.NUMBER


def _peak(view: TabView, drawn: ChartView) -> float:
    """The highest point of the chart."""
    rows = range(drawn.series[0].first_row, drawn.series[0].last_row + 1)
    stacks = [[_number(view, row, series.value_column) for series in drawn.series] for row in rows]
    pile = sum if drawn.kind is ChartKind.STACKED_COLUMN else max
    return max((pile(stack) for stack in stacks), default=0)


def _number(view: TabView, row: int, column: int) -> float:
    cells = view.rows[row] if row < len(view.rows) else ()
    cell = cells[column] if column < len(cells) else None
    return cell.value if cell and isinstance(cell.value, int | float) else 0


def _small_font() -> dict[str, object]:
    return {"name": FONT, "size": 9, "color": MUTED}
