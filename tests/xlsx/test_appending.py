"""Rows below the last one and columns at the right end; and what must grow with them."""

from datetime import datetime

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from sheets_automation.xlsx.sheet_edit import NewColumn
from tests.xlsx.edited import STYLES, TAB, changes_nothing, edited, framed, part, rows_in
from tests.xlsx.raw_workbook import cells_of, sheet_of, workbook_with
from tests.xlsx.test_refusals import refusal

STATUS = NewColumn(heading="通知状況", width=14)
SENT = NewColumn(heading="通知日", width=11.5)
HEADINGS = ("氏名", "選考結果", "備考")


@pytest.fixture
def hr_book(tmp_path):
    """Builds a sheet with a title, headings in row 3 and two candidates, decorated as a test wants."""

    def build(decorate):
        path = tmp_path / "hr.xlsx"
        with Workbook(path) as book:
            sheet = book.add_worksheet(TAB)
            bold = book.add_format({"bold": True})
            sheet.write(0, 9, "社外秘")
            sheet.write_row(2, 0, HEADINGS, bold)
            sheet.write_row(3, 0, ["山田", "不採用", "x"])
            sheet.write_row(4, 0, ["佐藤", "内定", "y"])
            decorate(sheet)
        return path

    return build


def add_columns(edit):
    first = edit.append_columns(TAB, [STATUS, SENT], 3)
    edit.set_cell(TAB, 4, first, "送信済み")


def test_columns_stand_right_of_the_rows_whatever_the_title_does(hr_book):
    new = edited(hr_book(lambda sheet: sheet.set_column("A:XFD", 9)), add_columns)

    sheet = load_workbook(new)[TAB]
    assert [cell.value for cell in sheet[3]][:5] == [*HEADINGS, "通知状況", "通知日"]
    assert sheet["D3"].font.b
    assert sheet["D4"].value == "送信済み"


def test_the_width_of_a_new_column_is_ours_and_all_others_keep_theirs(hr_book):
    new = edited(hr_book(lambda sheet: sheet.set_column("B:XFD", 9, None, {"hidden": True})), add_columns)

    assert part(new).partition("<cols>")[2].partition("</cols>")[0] == (
        '<col min="2" max="3" width="9.7109375" hidden="1" customWidth="1"/>'
        '<col min="4" max="4" width="14" customWidth="1"/><col min="5" max="5" width="11.5" customWidth="1"/>'
        '<col min="6" max="16384" width="9.7109375" hidden="1" customWidth="1"/>'
    )


def test_a_filter_that_ends_there_is_extended_with_its_hidden_name(hr_book):
    new = edited(hr_book(lambda sheet: sheet.autofilter("A3:C5")), add_columns)

    assert '<autoFilter ref="A3:E5"/>' in part(new)
    assert f"{TAB}!$A$3:$E$5</definedName>" in part(new, "xl/workbook.xml")


def test_a_table_that_ends_there_is_extended(hr_book):
    table = {"columns": [{"header": heading} for heading in HEADINGS], "name": "応募者"}
    new = edited(hr_book(lambda sheet: sheet.add_table("A3:C5", table)), add_columns)

    found = load_workbook(new)[TAB].tables["応募者"]
    assert (found.ref, found.autoFilter.ref) == ("A3:E5", "A3:E5")
    assert [(column.id, column.name) for column in found.tableColumns][2:] == [
        (3, "備考"),
        (4, "通知状況"),
        (5, "通知日"),
    ]


def test_a_table_that_already_has_the_name_is_refused(hr_book):
    columns = [{"header": heading} for heading in ("氏名", "通知日", "備考")]

    refused = refusal(hr_book(lambda sheet: sheet.add_table("A3:C5", {"columns": columns})), add_columns)

    assert refused.reason == "table_name"


@pytest.mark.parametrize(
    "decorate",
    [
        lambda sheet: sheet.autofilter("A2:C5"),
        lambda sheet: sheet.autofilter("A3:B5"),
        lambda sheet: sheet.add_table("A3:C5", {"header_row": False}),
        lambda sheet: sheet.add_table("H3:I5"),
    ],
    ids=["other headings", "ends earlier", "no headings", "further right"],
)
def test_what_does_not_end_at_our_columns_stays(hr_book, decorate):
    path = hr_book(decorate)

    new = edited(path, add_columns)

    if "xl/tables" in part(path, "[Content_Types].xml"):
        assert part(new, "xl/tables/table1.xml") == part(path, "xl/tables/table1.xml")
    assert part(path).partition("<autoFilter")[2] == part(new).partition("<autoFilter")[2]


def test_merged_headings_count_as_used(hr_book):
    new = edited(hr_book(lambda sheet: sheet.merge_range("C3:F3", "備考")), add_columns)

    assert load_workbook(new)[TAB]["G3"].value == "通知状況"


def test_rows_go_below_the_last_that_holds_anything(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" s="1"/></row><row r="9" ht="30"/>'
    path = workbook_with(tmp_path, rows, styles=STYLES)

    new = edited(path, lambda edit: edit.append_rows(TAB, [{0: 2}, {0: 3}]) and edit.append_rows(TAB, [{0: 4}]))

    assert cells_of(new) == {1: {0: 1}, 2: {0: datetime.fromisoformat("1900-01-02")}, 3: {0: 3}, 4: {0: 4}}
    assert '<row r="2"><c r="A2" s="1"><v>2</v></c></row>' in rows_in(new)
    assert '<row r="9" ht="30"/>' in rows_in(new)


def test_a_table_grows_with_rows_below_it_but_not_past_its_total(tmp_path):
    for total, expected in ((False, "A1:B4"), (True, "A1:B3")):
        path = tmp_path / f"log{total}.xlsx"
        with Workbook(path) as book:
            sheet = book.add_worksheet(TAB)
            sheet.add_table("A1:B3", {"data": [[1, 2], [3, 4]], "total_row": total, "name": "log"})
            if total:
                sheet.write(2, 0, "計")

        new = edited(path, lambda edit: edit.append_rows(TAB, [{0: 5, 1: 6}]))

        assert load_workbook(new)[TAB].tables["log"].ref == expected


def test_a_full_sheet_is_refused(tmp_path):
    sheet = sheet_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    path = workbook_with(tmp_path, sheet=sheet, styles=STYLES)

    assert refusal(path, lambda edit: edit.append_rows(TAB, [{0: 1}])).reason == "no_room"
    assert refusal(path, lambda edit: edit.append_columns(TAB, [STATUS], 1)).reason == "no_room"


def test_columns_that_are_filled_later_change_the_frame_no_more(hr_book):
    new = edited(hr_book(lambda sheet: sheet.autofilter("A3:C5")), add_columns)

    assert changes_nothing(new, lambda edit: edit.set_cell(TAB, 4, 3, "送信済み"))


def test_a_filter_over_what_stands_elsewhere_in_the_frame_is_found(tmp_path):
    sheet = framed(
        '<row r="1"><c r="A1"><v>1</v></c></row>', after='<!-- <autoFilter ref="A1:Z9"/> --><autoFilter ref="A1:A1"/>'
    )
    path = workbook_with(tmp_path, sheet=sheet, styles=STYLES)

    new = edited(path, lambda edit: edit.append_columns(TAB, [STATUS], 1))

    assert '<!-- <autoFilter ref="A1:Z9"/> --><autoFilter ref="A1:B1"/>' in part(new)
