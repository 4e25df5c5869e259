"""Readings of workbooks that other programs made, compared with openpyxl as an independent reader."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwings

from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.reading import tables

REAL_WORKBOOKS = sorted(Path(xlwings.__file__).parent.rglob("*.xlsm"))
WHEN = datetime.fromisoformat("2026-04-01T09:30:15")
ROWS = [
    ["候補者ID", "氏名", "応募日", "年齢", "選考結果", "更新日時", "希望年収", "同意"],
    ["007", "山田 太郎\n（旧姓 佐藤）", WHEN.date(), 31, "不採用", WHEN, 4_500_000.5, True],
    ["=1+1", " 髙橋﨑 ", date(1999, 12, 31), -1, "", WHEN + timedelta(microseconds=250_000), 0.1, False],
    [None, None, None, 0, None, None, 1e-9, None],
]


def our_reading(path):
    with Package.open(path) as package:
        return {
            title: {(row.number, column + 1): value for row in table.rows() for column, value in row.cells.items()}
            for title, table in tables(package).items()
        }


def their_reading(path):
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: dict(values_in(sheet)) for sheet in book.worksheets}


def values_in(sheet):
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                yield (cell.row, cell.column), plain(cell.value)


def plain(value):
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    return value


@pytest.mark.parametrize("path", REAL_WORKBOOKS, ids=lambda path: path.name)
def test_workbooks_made_by_excel_read_as_openpyxl_reads_them(path):
    assert our_reading(path) == their_reading(path)


def test_the_workbooks_made_by_excel_are_there():
    assert {"quickstart.xlsm", "quickstart_standalone.xlsm"} <= {path.name for path in REAL_WORKBOOKS}


def test_a_workbook_made_by_openpyxl_reads_as_openpyxl_reads_it(tmp_path):
    path = tmp_path / "openpyxl.xlsx"
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active["A3"].data_type = "s"  # it would be a formula otherwise
    book.create_sheet("空")
    book.save(path)

    assert our_reading(path) == their_reading(path)
    assert our_reading(path)["Sheet"][3, 1] == "=1+1"


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}, {"date_1904": True}], ids=str)
def test_a_workbook_made_by_xlsxwriter_reads_as_openpyxl_reads_it(tmp_path, options):
    path = tmp_path / "xlsxwriter.xlsx"
    formats = {"default_date_format": 'yyyy"年"m"月"d"日"', "strings_to_formulas": False}
    book = xlsxwriter.Workbook(path, options | formats)
    sheet = book.add_worksheet("候補者")
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, row)
    sheet.write_rich_string(5, 0, book.add_format({"bold": True}), "山", book.add_format({"italic": True}), "田")
    sheet.write_formula(5, 1, "=1+1", None, 2)
    book.close()

    assert our_reading(path) == their_reading(path)
    assert our_reading(path)["候補者"][2, 3] == datetime.fromisoformat("2026-04-01")
