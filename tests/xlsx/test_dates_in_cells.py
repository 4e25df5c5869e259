from __future__ import annotations

from datetime import datetime

import pytest

from sheets_automation.xlsx.number_formats import is_date_format
from tests.xlsx.raw_workbook import MAIN, PROLOG, RELS, cells_of, styles_of, workbook_with

IN_1904 = (
    f'{PROLOG}<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><workbookPr date1904="1"/><sheets>'
    '<sheet name="候補者" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def moment(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    "code",
    [
        "yyyy/m/d;@",
        'yyyy"年"m"月"d"日"',
        '[$-411]ggge"年"m"月"d"日"',
        '[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@',
        "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
        "[h]:mm",
        "[mm]:ss",
        "mm:ss.0",
        "h:mm AM/PM",
        "[Red][<45000]yyyy/mm/dd;yyyy/mm/dd",
        '[=0]"";yyyy/m/d',
        "aaa",
        "e",
        "[DBNum1]m",
    ],
)
def test_a_format_that_shows_a_date_or_a_time_is_known(code):
    assert is_date_format(code)


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "G/標準",
        "0",
        "#,##0;[Red]-#,##0",
        '0"days"',
        "0\\d",
        "0.00E+00",
        "##0.0e-0",
        "@",
        '"yyyy/m/d"',
        "[$¥-411]#,##0;[$¥-411]-#,##0",
        "[Magenta]0",
        "_-* #,##0_-",
        "_d0",
        '0"unclosed d',
        "[unclosed d",
        "",
    ],
)
def test_a_format_that_only_looks_like_a_date_is_not_taken_for_one(code):
    assert not is_date_format(code)


def test_a_format_code_without_end_takes_no_time():
    assert not is_date_format('"' * 10_000_000)


@pytest.mark.parametrize("number", [14, 22, 27, 36, 45, 47, 50, 58])
def test_built_in_formats_are_dates_in_japanese_workbooks_too(tmp_path, number):
    path = workbook_with(tmp_path, '<row r="1"><c r="A1" s="1"><v>46113</v></c></row>', styles=styles_of(str(number)))

    assert cells_of(path) == {1: {0: moment("2026-04-01")}}


@pytest.mark.parametrize("number", [0, 13, 23, 26, 37, 44, 48, 49, 59])
def test_the_built_in_formats_between_them_are_numbers(tmp_path, number):
    path = workbook_with(tmp_path, '<row r="1"><c r="A1" s="1"><v>46113</v></c></row>', styles=styles_of(str(number)))

    assert cells_of(path) == {1: {0: 46113}}


@pytest.mark.parametrize(
    ("serial", "value"),
    [
        ("46113.3958333333", moment("2026-04-01T09:30:00")),
        ("1", moment("1900-01-01")),
        ("59", moment("1900-02-28")),
        ("61", moment("1900-03-01")),
        ("0.5", moment("1899-12-31T12:00")),
        ("2958465.5", moment("9999-12-31T12:00")),
        ("2958466", 2958466),
        ("2958465.9999999999", 2958465.9999999999),
        ("-1", -1),
    ],
)
def test_a_serial_number_is_the_moment_that_excel_shows(tmp_path, serial, value):
    path = workbook_with(
        tmp_path, f'<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>', styles=styles_of("yyyy/m/d")
    )

    assert cells_of(path) == {1: {0: value}}


def test_workbooks_from_old_macs_count_from_1904(tmp_path):
    row = '<row r="1"><c r="A1" s="1"><v>44651</v></c><c r="B1" s="1"><v>0</v></c></row>'

    path = workbook_with(tmp_path, row, styles=styles_of("yyyy/m/d"), workbook=IN_1904)

    assert cells_of(path) == {1: {0: moment("2026-04-01"), 1: moment("1904-01-01")}}
