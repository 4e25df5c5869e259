"""Exports of other systems: each is recognised, and what it says stands under HR's headings."""

import csv
from datetime import datetime
from io import BytesIO, StringIO

import pytest
from xlsxwriter import Workbook

from sheets_automation.core.importing.columns import Certainty
from tests.imports.exports import EXPORTS
from tests.imports.house import TAB, sheet

every_export = pytest.mark.parametrize("export", EXPORTS, ids=lambda one: one.system)


def first_of(team):
    row = team.people()[0]
    return {h: f"{v:%Y-%m-%d}" if isinstance(v, datetime) else v for h, v in row.items()}


def as_xlsx(text: str) -> bytes:
    """The same export as a workbook, below a title."""
    out = BytesIO()
    delimiter = max(",\t;", key=text.splitlines()[0].count)
    with Workbook(out) as book:
        book.add_worksheet("表紙").write(0, 0, "出力日: 2026/11/24")
        tab = book.add_worksheet("一覧")
        tab.write(0, 0, "応募者一覧")
        for number, values in enumerate(csv.reader(StringIO(text), delimiter=delimiter), start=2):
            for column, value in enumerate(values):
                tab.write_string(number, column, value)
    return out.getvalue()


@every_export
def test_an_export_is_recognised_and_stands_under_hrs_headings(memory, export):
    team = memory({TAB: sheet()})

    report = team.take_in(team.file(export.text, encoding=export.encoding))

    assert report.files[0].sheet.system_name == export.system
    assert (len(report.plan.additions), report.plan.refused) == (export.people, [])
    assert export.wanted.items() <= first_of(team).items()


@every_export
def test_an_export_taken_in_twice_changes_nothing(memory, export):
    team = memory({TAB: sheet()})
    file = team.file(export.text, encoding=export.encoding)
    team.take_in(file)
    before = team.store.look()

    report = team.take_in(file)

    assert report.plan.unchanged == export.people
    assert team.store.look() == before


@every_export
def test_an_export_as_a_workbook_says_the_same_as_one_in_text(memory, export):
    in_text, in_a_workbook = memory({TAB: sheet()}), memory({TAB: sheet()})

    in_text.take_in(in_text.file(export.text, encoding=export.encoding))
    in_a_workbook.take_in(in_a_workbook.file(as_xlsx(export.text), "応募者.xlsx"))

    assert in_a_workbook.people() == in_text.people()


def test_the_name_goes_into_two_columns_where_the_workbook_has_two(memory):
    head = ["姓", "名", "メールアドレス", "選考結果"]
    team = memory({TAB: [head, ["既存", "人", "k@example.com", None]]})

    team.take_in(team.file("氏名,メールアドレス\n髙橋 一郎,ichiro@example.com\nマリア,maria@example.com\n"))

    assert [(row.get("姓"), row.get("名")) for row in team.people()[1:]] == [("髙橋", "一郎"), ("マリア", None)]


def test_a_pc_and_a_mobile_address_go_into_two_columns_where_the_workbook_has_two(memory):
    head = ["氏名", "メールアドレス(PC)", "携帯メール", "選考結果"]
    team = memory({TAB: [head, ["既存", "k@example.com", None, None]]})

    team.take_in(team.file("氏名,PCメール,携帯アドレス\n田中 実,pc@example.com,m@docomo.ne.jp\n"))

    assert team.people()[1] == {
        "氏名": "田中 実",
        "メールアドレス(PC)": "pc@example.com",
        "携帯メール": "m@docomo.ne.jp",
    }


def test_what_nobody_may_keep_of_applicants_is_left_out_even_if_hr_has_a_column_for_it(memory):
    head = ["氏名", "メールアドレス", "選考結果", "本籍地"]
    team = memory({TAB: [head, ["既存", "k@example.com", None, None]]})

    report = team.take_in(team.file("氏名,メールアドレス,本籍地,家族構成\n田中 実,t@example.com,奈良県,三人\n"))

    assert team.people()[1] == {"氏名": "田中 実", "メールアドレス": "t@example.com"}
    forbidden = [one.heading for one in report.files[0].columns if one.certainty is Certainty.FORBIDDEN]
    assert forbidden == ["本籍地", "家族構成"]
