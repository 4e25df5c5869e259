"""Our own tabs in an open workbook: written with one call, then dressed run by run as `looks` says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sheets_automation.core.errors import WorkbookError
from sheets_automation.core.views import ChartKind, ChartView, Look, TabView, ViewCell
from sheets_automation.workbooks.excel_live_book import OpenBook
from sheets_automation.workbooks.excel_live_reading import OpenTab
from sheets_automation.workbooks.excel_live_writing import TEXT, Pen, format_of
from sheets_automation.workbooks.looks import BASE, PROPERTIES
from sheets_automation.xlsx.references import cell_name

if TYPE_CHECKING:
    from xlwings import Range, Sheet

_CHARTS: Final = {
    ChartKind.COLUMN: "column_clustered",
    ChartKind.STACKED_COLUMN: "column_stacked",
    ChartKind.BAR: "bar_clustered",
    ChartKind.LINE: "line",
    ChartKind.DOUGHNUT: "doughnut",
}
_POINTS_IN_A_PIXEL: Final = 0.75


def add_tab(book: OpenBook, title: str) -> Sheet:
    """A new tab behind all others; the person stays on the tab where they are."""
    calls = book.calls
    sheets = book.book.sheets
    active = calls.ask(lambda: sheets.active)
    # Not asked again: a second tab would be added where the first answer was lost.
    made = calls.ask_once(lambda: sheets.add(after=sheets[len(sheets) - 1]))
    try:
        calls.ask(lambda: setattr(made, "name", title))
    except WorkbookError:
        calls.ask(made.delete)  # else a nameless empty tab stays behind
        raise
    # xlwings' own `activate` would bring the whole of Excel to the front.
    calls.ask(active.impl.activate)
    return made


def draw_tab(book: OpenBook, sheet: Sheet, view: TabView, present: OpenTab | None) -> None:
    """Let the tab be what the view says; what stood there is gone."""
    calls = book.calls
    if present is not None and present.extent != (1, 1):
        calls.ask(lambda: book.native.drop_filter(sheet))  # what it hides would be written wrong
        calls.ask(lambda: sheet.used_range.clear())  # noqa: PLW0108 - asking for the range is a call, too
    for chart in calls.ask(lambda: list(sheet.charts)):
        calls.ask(chart.delete)
    width = max([len(cells) for cells in view.rows] + [len(view.widths), 1])
    rows = [[*(cell.value if cell else None for cell in cells), *[None] * (width - len(cells))] for cells in view.rows]
    pen = Pen(book, sheet)
    block = pen.range(1, 0, len(rows), width)
    calls.ask(lambda: _dress(block, "number_format", TEXT))
    calls.ask(lambda: _dress(block, "font", dict(BASE)))
    for look, row, column, height, span in _blocks(view, width):
        part = pen.range(row + 1, column, height, span)
        for name, value in _properties(look, view.rows[row][column]):
            calls.ask(lambda part=part, name=name, value=value: _dress(part, name, value))  # type: ignore[misc]
    pen.put_values(block, rows)
    for column, size in enumerate(view.widths):
        cells = pen.range(1, column)
        calls.ask(lambda cells=cells, size=size: setattr(cells, "column_width", size))  # type: ignore[misc]
    for drawn in view.charts:
        _draw_chart(book, pen, sheet, drawn)


_Key = tuple[Look, str | None]
"""A look, and the format that the values of the cells need."""


def _blocks(view: TabView, width: int) -> Iterator[tuple[Look, int, int, int, int]]:
    """Cells of one look as rectangles: look, first row and column from 0, height, width."""
    open_runs: dict[tuple[_Key, int, int], int] = {}
    for column in range(width + 1):
        here = {(key, first, height) for key, first, height in _runs(view, column)}
        for run in [run for run in open_runs if run not in here]:
            started = open_runs.pop(run)
            (look, _), first, height = run
            yield look, first, started, height, column - started
        for run in here:
            open_runs.setdefault(run, column)


def _runs(view: TabView, column: int) -> Iterator[tuple[_Key, int, int]]:
    """Cells of one look below each other, in one column."""
    first, key = 0, None
    for row in range(len(view.rows) + 1):
        cell = _cell(view, row, column)
        here = (cell.look, format_of(cell.value)) if cell is not None else None
        if here == key:
            continue
        if key is not None:
            yield key, first, row - first
        first, key = row, here


def _cell(view: TabView, row: int, column: int) -> ViewCell | None:
    cells = view.rows[row] if row < len(view.rows) else ()
    return cells[column] if column < len(cells) else None


def _properties(look: Look, cell: ViewCell | None) -> Iterator[tuple[str, object]]:
    """What differs from text in the base font, as (property, value)."""
    properties = PROPERTIES[look]
    value = cell.value if cell else None
    if (wanted := properties.get("num_format")) and not isinstance(value, str):
        yield "number_format", wanted
    elif format_of(value) not in {None, TEXT}:
        yield "number_format", format_of(value)
    font = {name: properties[name] for name in ("font_size", "bold", "font_color") if name in properties}
    if font:
        yield "font", font
    if "bg_color" in properties:
        yield "color", properties["bg_color"]
    if look in {Look.WRAPPED, Look.HEADING}:
        yield "wrap_text", True


def _dress(cells: Range, name: str, value: object) -> None:
    """Set one property of cells; a font has several."""
    if name != "font" or not isinstance(value, dict):
        setattr(cells, name, value)
        return
    font = cells.font
    for key, attribute in (("font_name", "name"), ("font_size", "size"), ("bold", "bold"), ("font_color", "color")):
        if key in value:
            setattr(font, attribute, value[key])


def _draw_chart(book: OpenBook, pen: Pen, sheet: Sheet, drawn: ChartView) -> None:
    """A native chart of what the same pass has written; its series are named by the headings above them."""
    head = drawn.series[0].first_row
    last = drawn.series[0].last_row + 1
    columns = [drawn.series[0].category_column, *(series.value_column for series in drawn.series)]
    address = ",".join(f"{cell_name(head, column)}:{cell_name(last, column)}" for column in columns)
    anchor = pen.range(drawn.row + 1, drawn.column)
    chart = book.calls.ask_once(
        lambda: sheet.charts.add(
            anchor=anchor,
            width=drawn.width * _POINTS_IN_A_PIXEL,
            height=drawn.height * _POINTS_IN_A_PIXEL,
            chart_type=_CHARTS[drawn.kind],
            source=sheet.range(address),
            plot_by="columns",
        )
    )
    book.calls.ask(lambda: setattr(chart, "title", drawn.title))
