"""Candidates who were found with a credit come into the workbook with the medium and the number of the credit."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from sheets_automation.core.circulation import number_in
from sheets_automation.core.importing.credits import with_credit
from sheets_automation.core.importing.source import SourceFile
from sheets_automation.core.table import table_of

NEW = "氏名,メールアドレス,応募職種,応募日,応募媒体\n"


@pytest.fixture
def number(relay, book):
    """A credit of the demo company has been used for sales people."""
    sent = relay("send", "book.xlsx", "--carrier", "outbox:out", "--send")
    codes = [letter["referral_code"] for letter in sent["letters"] if letter["referral_code"]]
    relay("register", "book.xlsx", *codes[:10])
    return relay("credits", "book.xlsx", "--redeem", "1", "--opening", "営業職")["number"]


def rows(book, heading="クレジット番号"):
    sheet = load_workbook(book)["応募者一覧"]
    heads = next(row for row in sheet.iter_rows(max_row=30) if any(cell.value == "姓" for cell in row))
    columns = {cell.value: cell.column - 1 for cell in heads if cell.value}
    if heading not in columns:
        return []
    return [
        {name: row[at].value for name, at in columns.items()}
        for row in sheet.iter_rows(min_row=heads[0].row + 1)
        if row[columns[heading]].value
    ]


def test_whoever_is_imported_with_a_credit_gets_its_number_and_the_medium(relay, book, number):
    text = NEW + "新 一郎,ichiro@new.example,営業職,2026/11/20,\n新 二郎,jiro@new.example,営業職,2026/11/21,紹介会社B\n"
    (book.parent / "new.csv").write_text(text, encoding="utf-8")

    done = relay("import", "book.xlsx", "new.csv", "--credit", number.lower())
    again = relay("import", "book.xlsx", "new.csv", "--credit", number)

    assert (done["added"], again["added"], again["changed"]) == (2, 0, 0)
    assert [(row["名"], row["クレジット番号"]) for row in rows(book)] == [("一郎", number), ("二郎", number)]
    assert [row["応募媒体"] for row in rows(book)] == ["キャリアリレー", "紹介会社B"]


def test_a_column_of_the_file_says_it_line_by_line_and_others_come_as_ever(relay, book, number):
    text = (
        "氏名,メールアドレス,応募職種,応募日,クレジット番号\n"
        f"新 一郎,ichiro@new.example,営業職,2026/11/20,{number}\n新 二郎,jiro@new.example,営業職,2026/11/21,\n"
    )
    (book.parent / "new.csv").write_text(text, encoding="utf-8")

    assert relay("import", "book.xlsx", "new.csv")["added"] == 2

    assert [row["名"] for row in rows(book)] == ["一郎"]


def test_a_credit_that_nobody_used_is_refused_and_nothing_is_imported(relay, book, number):
    (book.parent / "new.csv").write_text(NEW + "新 一郎,ichiro@new.example,営業職,2026/11/20,\n", encoding="utf-8")
    before = book.read_bytes()

    refused = relay("import", "book.xlsx", "new.csv", "--credit", "CR-999999", code=2)

    assert number in refused["error"]["text"]
    assert book.read_bytes() == before


def test_a_number_that_is_that_of_no_use_is_told_by_its_cell(relay, book, number):
    text = (
        "氏名,メールアドレス,応募職種,応募日,クレジット番号\n新 一郎,ichiro@new.example,営業職,2026/11/20,CR-999999\n"
    )
    (book.parent / "new.csv").write_text(text, encoding="utf-8")
    relay("import", "book.xlsx", "new.csv")

    found = [one for one in relay("check", "book.xlsx", code=7)["problems"] if one["name"] == "record"]

    assert len(found) == 1
    assert found[0]["where"] in found[0]["text"]
    assert found[0]["where"].startswith("応募者一覧!")


@pytest.mark.parametrize("typed", ["CR-2PGXSC", " cr-2pgxsc ", "ＣＲ－２ＰＧＸＳＣ", "CR -2PGXSC"])
def test_a_number_counts_however_it_is_typed(typed):
    assert number_in(typed) == "CR-2PGXSC"


def test_a_line_that_names_its_own_credit_keeps_it_and_blank_lines_stay_blank():
    cells = {
        1: {0: "応募者リスト"},
        2: {0: "氏名", 1: "メールアドレス", 2: "クレジット番号"},
        3: {0: "甲", 1: "a@example.com", 2: "CR-AAAAAA"},
        4: {0: "乙", 1: "b@example.com"},
        5: {0: " "},
    }
    file = with_credit(SourceFile(name="x.csv", tables=(table_of("x", cells),)), "CR-BBBBBB", frozenset())

    shown = {row.number: row.cells.get(2) for row in file.tables[0].rows()}

    assert shown == {1: None, 2: "クレジット番号", 3: "CR-AAAAAA", 4: "CR-BBBBBB", 5: None}
    assert [row.number for row in file.tables[0].rows({2})] == [2, 3, 4]
