"""Dates that we write into a workbook whose days count from 1904, as old Excels for the Mac began them."""

from contextlib import closing
from datetime import datetime

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from sheets_automation.core.views import Look, TabView, ViewCell, Views
from sheets_automation.workbooks.excel_file import ExcelFileWorkbook

MOMENT = datetime.fromisoformat("2026-11-24T10:00")


@pytest.mark.parametrize("epoch", [{}, {"date_1904": True}], ids=["1900", "1904"])
def test_a_tab_of_ours_shows_the_same_day_wherever_the_workbook_begins_to_count(tmp_path, epoch):
    path = tmp_path / "book.xlsx"
    with Workbook(path, epoch) as made:
        made.add_worksheet("候補者").write("A1", "氏名")
    row = (ViewCell(value="記録"), ViewCell(value=MOMENT, look=Look.DATETIME))

    with closing(ExcelFileWorkbook(path, exclusive=True, timezone="Asia/Tokyo")) as workbook:
        workbook.show(Views(tabs=(TabView(tab="クレジット", title="記録", rows=(row,)),)))

    assert load_workbook(path)["クレジット"]["B1"].value == MOMENT
