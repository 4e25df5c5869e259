"""Rows of the same kind below those that XlsxWriter drew: a log of thousands, without drawing each cell of it."""

import io
from datetime import datetime

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from sheets_automation.xlsx.refusals import CellRefused
from tests.xlsx.edited import STYLES, edited, part
from tests.xlsx.raw_workbook import workbook_with

LOG = "送信記録"
MORE = {3: {0: "R-0002", 1: "=1+1"}, 4: {0: "R-0003", 1: "<送信>"}}


@pytest.fixture
def book(tmp_path):
    """Somebody's workbook."""
    return workbook_with(tmp_path, '<row r="1"><c r="A1"><v>1</v></c></row>', styles=STYLES)


def drawn():
    """A tab with a heading row and one row below it, each cell of that in a format of its own."""
    out = io.BytesIO()
    with Workbook(out) as made:
        sheet = made.add_worksheet(LOG)
        sheet.write_row("A1", ["記録ID", "状態"], made.add_format({"bold": True}))
        sheet.set_row(1, 24)
        sheet.write("A2", "R-0001", made.add_format({"italic": True}))
        sheet.write("B2", "準備", made.add_format({"bg_color": "#DDEEFF"}))
    return out.getvalue()


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_more_rows_stand_below_the_last_one_and_look_like_it(book):
    new = edited(book, lambda edit: edit.put_tabs(drawn(), {LOG: MORE}))

    sheet = load_workbook(new)[LOG]
    assert [cell.value for cell in sheet["A"]] == ["記録ID", "R-0001", "R-0002", "R-0003"]
    assert [cell.value for cell in sheet["B"]][1:] == ["準備", "=1+1", "<送信>"]
    assert all(sheet[f"A{row}"].font.i and not sheet[f"A{row}"].font.b for row in (2, 3, 4))
    assert {sheet[f"B{row}"].fill.fgColor.rgb for row in (2, 3, 4)} == {"FFDDEEFF"}
    assert {sheet.row_dimensions[row].height for row in (2, 3, 4)} == {24}
    assert sheet.calculate_dimension() == "A1:B4"
    assert '<dimension ref="A1:B4"/>' in part(new, "xl/worksheets/sheet2.xml")


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_text_like_a_formula_stays_text_in_more_rows_too(book):
    new = edited(book, lambda edit: edit.put_tabs(drawn(), {LOG: MORE}))

    cell = load_workbook(new)[LOG]["B3"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_a_date_in_more_rows_is_shown_as_one(book):
    day = datetime.fromisoformat("2026-11-24")

    new = edited(book, lambda edit: edit.put_tabs(drawn(), {LOG: {3: {1: day}}}))

    cell = load_workbook(new)[LOG]["B3"]
    assert (cell.value, cell.is_date) == (day, True)


def test_what_no_cell_can_hold_is_refused_with_its_place(book):
    with pytest.raises(CellRefused, match="B3") as caught:
        edited(book, lambda edit: edit.put_tabs(drawn(), {LOG: {3: {1: "長" * 40_000}}}))

    assert (caught.value.reason, caught.value.tab) == ("text_too_long", LOG)
