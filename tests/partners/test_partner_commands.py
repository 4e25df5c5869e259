"""The commands about partners and credits, on the demo workbook."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

TAB = "紹介先報告"


@pytest.fixture
def codes(relay, book):
    sent = relay("send", "book.xlsx", "--carrier", "outbox:out", "--send")
    return [letter["referral_code"] for letter in sent["letters"] if letter["referral_code"]]


def add_tab(book, *rows):
    workbook = load_workbook(book)
    sheet = workbook[TAB] if TAB in workbook.sheetnames else workbook.create_sheet(TAB)
    for row in rows:
        sheet.append(row)
    workbook.save(book)


def test_the_rows_of_the_tab_are_taken_in_and_wrong_ones_are_told_by_cell(relay, book, codes):
    add_tab(book, ("紹介コード", "登録日", "種別"), (codes[0], "2026/11/24", "登録"), (codes[1], "いつか", "登録"))

    first = relay("register", "book.xlsx", "--tab", code=7)
    again = relay("register", "book.xlsx", "--tab", code=7)

    assert (first["added"], again["added"], again["already_known"]) == (1, 0, 1)
    assert [problem["place"] for problem in first["problems"]] == [f"{TAB}!B3"]
    assert first["credits"]["progress"] == "1/10"


def test_a_tab_that_has_nothing_wrong_needs_nobody(relay, book, codes):
    add_tab(book, ("コード", "日付"), *((code, "2026/11/24") for code in codes[:10]))

    done = relay("register", "book.xlsx", "--tab")

    assert (done["added"], done["problems"], done["credits"]["left"]) == (10, [], 1)
