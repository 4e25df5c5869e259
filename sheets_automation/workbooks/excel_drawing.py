"""Draw tabs of ours as a workbook of their own, with XlsxWriter; the Excel file adapter grafts them into HR's file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sheets_automation.core.errors import WriteRefused
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import Look, TabView
from sheets_automation.workbooks.excel_charts import add_chart
from sheets_automation.workbooks.looks import BASE, NAVY, PROPERTIES, VARIATIONS, variations
from sheets_automation.workbooks.row_heights import height, spreads

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT: Final = 32_767
_A4: Final = 9
_SEVERAL_YEARS_AGO: Final = datetime(2020, 1, 1)  # noqa: DTZ001 - any fixed moment: equal views give equal bytes


def draw(tab_views: Sequence[TabView], *, date1904: bool = False) -> bytes:
    """One .xlsx workbook with these tabs. Equal views give equal bytes; no text ever becomes a formula.

    With `date1904` its days count from 1904, as in workbooks that old Excels for the Mac began.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxWriterException

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "date_1904": date1904}
    workbook = Workbook(buffer, options)
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

    def format(self, look: Look, differs: frozenset[str]) -> Format:
        key = look, differs
        if key not in self._formats:
            properties = {**BASE, **PROPERTIES[look]}
            for variation in sorted(differs):
                properties |= VARIATIONS[variation]
            self._formats[key] = self.workbook.add_format(properties)
        return self._formats[key]


def _draw_tab(sheet: Worksheet, view: TabView, pen: _Pen) -> None:
    last_column = max([len(cells) for cells in view.rows] + [len(view.widths)]) - 1
    _set_up_page(sheet, view, last_column)
    for column, width in enumerate(view.widths):
        sheet.set_column(column, column, width)
    for row, cells in enumerate(view.rows):
        sheet.set_row(row, height(view, cells, last_column))
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            style = pen.format(cell.look, variations(view, row, column, cell))
            if column < last_column and spreads(cells, column):
                sheet.merge_range(row, column, row, last_column, "", style)
            if cell.formula:
                sheet.write_formula(row, column, cell.formula, style, cell.value)
            else:
                _draw_cell(sheet, row, column, cell.value, style)
    for chart in view.charts:
        add_chart(pen.workbook, sheet, view, chart)


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
    sheet.set_h_pagebreaks(view.page_starts)
    if view.frozen_rows:
        sheet.freeze_panes(view.frozen_rows, 0)
    if view.is_protected:
        sheet.protect("", {"format_columns": True, "format_rows": True})
    if view.filter_row is not None:
        sheet.autofilter(view.filter_row, 0, max(len(view.rows) - 1, view.filter_row), last_column)
        sheet.repeat_rows(view.filter_row)
    elif view.frozen_rows:  # what stays in sight on the screen stands on every page as well
        sheet.repeat_rows(0, view.frozen_rows - 1)
