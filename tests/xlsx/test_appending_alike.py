"""Rows that are added to a sheet look like the last one, and what is ruled for the rows above holds for them."""

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from tests.xlsx.edited import TAB, edited, part

HEADINGS = ("氏名", "選考結果")


@pytest.fixture
def ruled_book(tmp_path):
    """A sheet with a title, two candidates, a list to choose from and a colour by rule."""
    path = tmp_path / "hr.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet(TAB)
        sheet.write_row(1, 0, HEADINGS, book.add_format({"bold": True}))
        plain = book.add_format({"border": 1, "italic": True})
        sheet.write_row(2, 0, ["山田", "不採用"], plain)
        sheet.write_row(3, 0, ["佐藤", "内定"], plain)
        sheet.data_validation("B3:B4", {"validate": "list", "source": ["不採用", "内定"]})
        sheet.data_validation("A1:A1", {"validate": "length", "criteria": "<", "value": 99})
        rule = {"type": "cell", "criteria": "==", "value": '"内定"', "format": book.add_format({"bold": True})}
        sheet.conditional_format("A3:B4", rule)
        sheet.autofilter("A2:B4")
    return path


def add_rows(edit):
    edit.append_rows(TAB, [{0: "田中", 1: "不採用"}, {0: "伊藤"}], like_the_last=True)


def test_new_rows_look_like_the_last_one(ruled_book):
    sheet = load_workbook(edited(ruled_book, add_rows))[TAB]

    assert [cell.value for cell in sheet[5]] == ["田中", "不採用"]
    assert sheet["A5"].font.i
    assert sheet["A6"].border.left.style == "thin"


def test_lists_to_choose_from_and_colours_reach_over_new_rows(ruled_book):
    sheet = load_workbook(edited(ruled_book, add_rows))[TAB]

    assert sorted(str(one.sqref) for one in sheet.data_validations.dataValidation) == ["A1", "B3:B6"]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["A3:B6"]


def test_a_filter_reaches_over_new_rows(ruled_book):
    assert '<autoFilter ref="A2:B6"/>' in part(edited(ruled_book, add_rows))


def test_rows_that_need_not_look_like_others_leave_the_rules_alone(ruled_book):
    new = edited(ruled_book, lambda edit: edit.append_rows(TAB, [{0: "田中"}]))

    assert [str(one.sqref) for one in load_workbook(new)[TAB].conditional_formatting] == ["A3:B4"]
