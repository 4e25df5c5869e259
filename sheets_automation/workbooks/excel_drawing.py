"""Draw tabs of ours as a workbook of their own, with XlsxWriter; the Excel file adapter grafts them into HR's file."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sheets_automation.core.errors import WriteRefused
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import Look, TabView, ViewCell
from sheets_automation.workbooks.excel_charts import add_chart
from sheets_automation.workbooks.excel_looks import BASE, NAVY, PROPERTIES, VARIATIONS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT: Final = 32_767
_A4: Final = 9
_DEFAULT_WIDTH: Final = 9
_HEIGHTS: Final = {Look.TITLE: 32.0, Look.SECTION: 27.0, Look.BIG_NUMBER: 30.0, Look.HEADING: 21.0}
_ROW_HEIGHT: Final = 18.0
_LINE_HEIGHT: Final = 14.5
_ROOM: Final = {Look.NOTE: 1.1, Look.WRAPPED: 0.95}
"""How many half-width characters fit into one unit of width; the looks that wrap."""
_RIGHT_ALIGNED: Final = frozenset({Look.NUMBER, Look.PERCENT, Look.YEN, Look.BIG_NUMBER})
_SEVERAL_YEARS_AGO: Final = datetime(2020, 1, 1)  # noqa: DTZ001 - any fixed moment: equal views give equal bytes


def draw(tab_views: Sequence[TabView]) -> bytes:
    """One .xlsx workbook with these tabs. Equal views give equal bytes; no cell is ever a formula."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxWriterException

    buffer = io.BytesIO()
    workbook = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"created": _SEVERAL_YEARS_AGO})
    pen = _Pen(workbook)
    try:
        for view in tab_views:
            _draw_tab(workbook.add_worksheet(view.tab), view, pen)
        workbook.close()
    except XlsxWriterException as error:
        raise WriteRefused(
            f"タブを作れません({error})。設定ファイルの [workbook] のタブ名を確かめてください。",
            f"A tab cannot be drawn ({error}). Check the tab names under [workbook] in the configuration.",
        ) from error
    return buffer.getvalue()


class _Pen:
    """Formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self._formats: dict[tuple[Look, frozenset[str]], Format] = {}

    def format(self, look: Look, variations: frozenset[str]) -> Format:
        key = look, variations
        if key not in self._formats:
            properties = {**BASE, **PROPERTIES[look]}
            for variation in sorted(variations):
                properties |= VARIATIONS[variation]
            self._formats[key] = self.workbook.add_format(properties)
        return self._formats[key]


def _draw_tab(sheet: Worksheet, view: TabView, pen: _Pen) -> None:
    last_column = max([len(cells) for cells in view.rows] + [len(view.widths)]) - 1
    _set_up_page(sheet, view, last_column)
    for column, width in enumerate(view.widths):
        sheet.set_column(column, column, width)
    for row, cells in enumerate(view.rows):
        sheet.set_row(row, _height(view, cells, last_column))
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            style = pen.format(cell.look, _variations(view, row, column, cell))
            if column < last_column and _spreads(cells, column):
                sheet.merge_range(row, column, row, last_column, "", style)
            _draw_cell(sheet, row, column, cell.value, style)
    for chart in view.charts:
        add_chart(pen.workbook, sheet, view, chart)


def _variations(view: TabView, row: int, column: int, cell: ViewCell) -> frozenset[str]:
    """In what the cell differs from others of its look, because of what it holds or stands beside."""
    variations = set()
    if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
        variations.add("quoted")
    if cell.look is Look.NOTE and column:
        variations.add("indented")
    below = view.rows[row + 1] if row + 1 < len(view.rows) else ()
    if cell.look is Look.HEADING and column < len(below):
        under = below[column]
        if under and under.look in _RIGHT_ALIGNED:
            variations.add("right")
        elif under and under.look is Look.NOTE:
            variations.add("indented")
    return frozenset(variations)


def _draw_cell(sheet: Worksheet, row: int, column: int, value: CellValue, style: Format) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value[:LONGEST_TEXT], style)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def _set_up_page(sheet: Worksheet, view: TabView, last_column: int) -> None:
    sheet.hide_gridlines(2)
    sheet.set_tab_color(NAVY)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&L&8&A&R&8&P / &N")
    if view.frozen_rows:
        sheet.freeze_panes(view.frozen_rows, 0)
    if view.is_protected:
        sheet.protect("", {"format_columns": True, "format_rows": True})
    if view.filter_row is not None:
        sheet.autofilter(view.filter_row, 0, max(len(view.rows) - 1, view.filter_row), last_column)
        sheet.repeat_rows(view.filter_row)


def _height(view: TabView, cells: Sequence[ViewCell | None], last_column: int) -> float:
    """The height of a row in points. Excel fits no row that has merged cells, and LibreOffice none in a new file."""
    heights = [_ROW_HEIGHT]
    for column, cell in enumerate(cells):
        if cell is None:
            continue
        heights.append(_HEIGHTS.get(cell.look, 0.0))
        if cell.look in _ROOM:
            columns = range(column, last_column + 1 if _spreads(cells, column) else column + 1)
            room = sum(view.widths[c] if c < len(view.widths) else _DEFAULT_WIDTH for c in columns)
            heights.append(_LINE_HEIGHT * _lines(str(cell.value or ""), room * _ROOM[cell.look]) + 3.5)
    return max(heights)


def _spreads(cells: Sequence[ViewCell | None], column: int) -> bool:
    """Whether the cell is a note that has all columns to its right for itself."""
    cell = cells[column]
    return cell is not None and cell.look is Look.NOTE and not any(cells[column + 1 :])


@lru_cache(maxsize=4096)  # the same sentences stand in many rows
def _lines(text: str, room: float) -> int:
    """How many lines a text takes in a column that is `room` half-width characters wide."""
    return sum(max(1, math.ceil(_half_widths(line) / room)) for line in text.split("\n"))


def _half_widths(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
