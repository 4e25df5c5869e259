"""`relay check`: what it finds, and at which place."""

import pytest
from openpyxl import Workbook

from tests.commands.conftest import TUESDAY

HEADINGS = ("氏名", "メールアドレス", "選考結果", "選考結果日", "職種")
SATURDAY = "2026-11-28T10:00:00+09:00"
OTHERS_LETTER = "{{ 氏名 }}様\n\n株式会社よその会社です。\n\n{{ 会社名 }}"


@pytest.fixture
def write(tmp_path):
    """Write a workbook of these rows, and letters into its 文面 tab."""

    def make(*rows, letter=None):
        book = Workbook()
        sheet = book.active
        sheet.title = "応募者一覧"
        for row in (HEADINGS, *rows):
            sheet.append(row)
        if letter:
            tab = book.create_sheet("文面")
            tab.append(("名前", "言語", "件名", "本文"))
            tab.append(("標準", "日本語", "選考結果のご連絡", letter))
        book.save(tmp_path / "small.xlsx")
        return book

    return make


@pytest.fixture
def problems(relay):
    """What `relay check` finds: the place and the name of each."""

    def check(**more):
        found = relay("check", "small.xlsx", **{"code": 7, **more})["problems"]
        return [(one["where"], one["name"]) for one in found if "!" in one["where"]]

    return check


@pytest.mark.parametrize("now", [TUESDAY, "2026-11-27T17:30:00+09:00", SATURDAY])
def test_a_letter_is_looked_at_also_while_none_may_leave(write, problems, monkeypatch, now):
    write(("山田 太郎", "yamada@example.com", "不採用", "2026/11/18"), letter=OTHERS_LETTER)
    monkeypatch.setenv("RELAY_NOW", now)

    assert problems() == [("応募者一覧!A2", "foreign_company")]


def test_what_stops_the_letters_of_several_people_is_told_once(write, relay):
    write(
        ("山田 太郎", "yamada@example.com", "不採用", "2026/11/18"),
        ("鈴木 花子", "suzuki@example.com", "不採用", "2026/11/18"),
        letter=OTHERS_LETTER,
    )

    found = [one for one in relay("check", "small.xlsx", code=7)["problems"] if one["name"] == "foreign_company"]

    assert [one["where"] for one in found] == ["文面"]
    assert found[0]["text"].endswith("(the letters of 2 people: rows 2, 3)")


def test_the_cell_that_a_letter_lacks_is_named(write, problems):
    write(("山田 太郎", "yamada@example.com", "不採用", "2026/11/18", ""), letter="{{ 氏名 }}様\n\n{{ 職種 }}の件")

    assert ("応募者一覧!E2", "blank_field") in problems()


def test_a_tab_of_somebody_else_in_the_place_of_one_of_ours_is_told_before_anything_is_sent(write, relay, tmp_path):
    book = write(("山田 太郎", "yamada@example.com", "不採用", "2026/11/18"))
    book.create_sheet("クレジット").append(["会社", "与信枠"])
    book.save(tmp_path / "small.xlsx")

    [problem] = relay("check", "small.xlsx", code=7)["problems"]

    assert problem["where"] == "クレジット"
    assert "Rename the tab" in problem["text"]


def test_a_name_is_looked_at_also_on_the_day_of_the_decision(write, problems):
    write(("山田 太郎様", "yamada@example.com", "不採用", "2026/11/24"))

    assert problems() == [("応募者一覧!A2", "doubled_honorific")]
