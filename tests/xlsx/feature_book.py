"""A workbook with as many features as XlsxWriter knows, each of which an openpyxl round trip loses or changes."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from xlsxwriter import Workbook

_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def make_feature_book(path: Path) -> None:
    """Write it."""
    with Workbook(path) as book:
        sheet = book.add_worksheet("応募者一覧")
        other = book.add_worksheet("集計")
        _fill(book, sheet)
        _decorate(book, sheet)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=応募者一覧!$C$4:$C$23"})
        other.insert_chart("A1", chart)
        other.insert_image("H1", "pixel.png", {"image_data": io.BytesIO(_PIXEL)})
        other.insert_textbox("H5", "社外秘")
        other.insert_checkbox("A30", True)
        other.write_formula("A32", '=COUNTIF(応募者一覧!B4:B23,"名前*")', None, 20)
        other.write_dynamic_array_formula("C32:C33", "=_xlfn._xlws.SORT(応募者一覧!C4:C5)", None, 0)
        book.define_name("候補者範囲", "=応募者一覧!$A$3:$E$23")


def _fill(book: Workbook, sheet) -> None:
    bold, date = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy/m/d"})
    sheet.merge_range("A1:E1", "採用管理表", bold)
    for column, heading in enumerate(("No", "氏名", "点", "応募日", "推移")):
        sheet.write(2, column, heading, bold)
    for row in range(3, 23):
        sheet.write_row(row, 0, [row, f"名前 {row}", row * 3])
        sheet.write_number(row, 3, 46000 + row, date)
        sheet.add_sparkline(row, 4, {"range": f"応募者一覧!A{row + 1}:C{row + 1}"})
    sheet.write_rich_string("G1", "赤い", bold, "太字", "と普通")
    sheet.write_comment("B5", "電話で連絡済み")
    sheet.set_row(7, None, None, {"hidden": True})
    sheet.set_row(9, 30)


def _decorate(book: Workbook, sheet) -> None:
    sheet.add_table(
        "A3:E23", {"columns": [{"header": h} for h in ("No", "氏名", "点", "応募日", "推移")], "name": "応募者"}
    )
    sheet.conditional_format("C4:C23", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("C4:C23", {"type": "icon_set", "icon_style": "3_arrows"})
    sheet.conditional_format("B4:B23", {"type": "duplicate", "format": book.add_format({"bg_color": "#FFC7CE"})})
    sheet.data_validation("H4:H23", {"validate": "list", "source": ["不採用", "選考中"]})
    sheet.write_url("G4", "https://example.com/")
    sheet.freeze_panes(3, 2)
    sheet.set_landscape()
    sheet.repeat_rows(2)
    sheet.print_area("A1:E23")
    sheet.set_header("&C採用管理")
    sheet.insert_button("J2", {"macro": "送信", "caption": "送信"})
