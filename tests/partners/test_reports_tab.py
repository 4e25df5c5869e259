"""The tab into which HR or a partner types what was reported: each row counts once, and what is wrong has a cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sheets_automation.core.referral_rows import read_referral_events
from sheets_automation.core.referrals import ReferralKind, fold_referrals
from sheets_automation.core.registrations import Registration, RegistrationState
from sheets_automation.jobs.credits import show_credits
from sheets_automation.jobs.register import register, register_typed
from sheets_automation.workbooks.memory import MemorySheet
from tests.core.credit_facts import PARTNER, code
from tests.jobs.sent_letters import run, workbook_that_sent

TAB = "紹介先報告"
TECH = replace(PARTNER, id="tech", name="テックエージェント")
HEADINGS = ("紹介コード", "登録日", "種別", "紹介先", "メモ")


def typed(workbook, *rows, headings=HEADINGS, title="みらいキャリア支援からの報告"):
    """Somebody writes the tab anew: a title, headings below it, and these rows."""
    sheet = MemorySheet()
    sheet.put(1, 0, title)
    for number, row in enumerate([headings, *rows], start=3):
        for column, value in enumerate(row):
            sheet.put(number, column, value)
    workbook._file.sheets[TAB] = sheet


def facts(workbook):
    events, problems = read_referral_events(workbook.read().tables.get("紹介実績"))
    assert problems == ()
    return events


def take_in(workbook, number=2, partners=(PARTNER,)):
    return register_typed(workbook, partners, run(number))


@pytest.fixture
def workbook():
    """Twelve letters have left."""
    return workbook_that_sent(12)


def test_rows_are_taken_in_however_they_are_typed_and_once_only(workbook):
    link = f"https://links.example/r/{code(1)}"
    typed(
        workbook,
        (code(0), "2026/11/05", "登録"),
        (link, datetime(2026, 11, 6, 9, 30), ""),  # noqa: DTZ001 - a date cell has no zone
        (code(2).lower(), "令和8年11月7日", "採用決定"),
        (code(3),),
    )

    for number in (2, 3, 4):
        report = take_in(workbook, number)

    assert [(fact.code, fact.kind) for fact in facts(workbook)] == [
        (code(0), ReferralKind.REGISTERED),
        (code(1), ReferralKind.REGISTERED),
        (code(2), ReferralKind.HIRED),
        (code(3), ReferralKind.REGISTERED),
    ]
    assert [fact.source for fact in facts(workbook)] == [f"tab:{TAB}"] * 4
    assert report.counts == {RegistrationState.ALREADY_KNOWN: 4}


def test_a_row_may_be_moved_and_others_added_without_counting_twice(workbook):
    typed(workbook, (code(0), "2026/11/05"), (code(1), "2026/11/06"))
    take_in(workbook)

    typed(workbook, (code(2), "2026/11/07"), (code(1), "2026/11/06"), (code(0), "2026/11/05"))
    take_in(workbook, 3)

    assert [fact.code for fact in facts(workbook)] == [code(0), code(1), code(2)]


def test_what_is_wrong_is_named_by_its_cell_and_the_other_rows_count(workbook):
    typed(
        workbook,
        (code(0), "2026/11/05"),
        (code(1), "11月5日"),
        (code(2), "2026/11/05", "応募"),
        (code(3)[:-1] + "2", "2026/11/05"),
        (code(99), "2026/11/05"),
        ("", "2026/11/05"),
        (code(4), "2027/01/01"),
        (code(5), "", "取消"),
        (code(6), "2026/11/05", "登録", "どこか"),
    )

    report = take_in(workbook)

    assert [fact.code for fact in facts(workbook)] == [code(0)]
    assert sorted(problem.place for problem in report.problems) == [
        f"{TAB}!A10",
        f"{TAB}!A11",
        f"{TAB}!A7",
        f"{TAB}!A8",
        f"{TAB}!A9",
        f"{TAB}!B5",
        f"{TAB}!C6",
        f"{TAB}!D12",
    ]
    assert all(problem.ja.startswith(problem.place) for problem in report.problems)


def test_the_credit_tab_and_the_summary_tell_the_cells_and_how_many_rows_wait(workbook):
    typed(workbook, (code(0), "2026/11/05"), (code(1), "こんど"))

    summary = show_credits(workbook, [PARTNER], run(2))

    shown = [value for row in workbook.read().tables["クレジット"].rows() for value in row.cells.values()]
    assert f"{TAB}!B5" in shown
    assert summary.untaken == 1
    assert facts(workbook) == ()


def test_what_is_taken_back_stays_so_however_often_the_tab_is_read(workbook):
    typed(workbook, (code(0), ""))
    take_in(workbook)
    typed(workbook, (code(0), ""), (code(0), "2026/11/25 12:00", "取消"))

    for number in range(3, 6):
        pen = run(number)
        two_days_later = pen.clock() + timedelta(days=2)
        pen.clock = lambda moment=two_days_later: moment
        register_typed(workbook, [PARTNER], pen)

    assert [fact.kind for fact in facts(workbook)] == [ReferralKind.REGISTERED, ReferralKind.VOIDED]
    assert [referral.registered_at for referral in fold_referrals(facts(workbook))] == [None]


def test_a_tab_without_headings_is_one_problem_and_an_empty_or_missing_one_is_none(workbook):
    assert take_in(workbook).problems == ()

    typed(workbook, headings=("氏名", "メモ"))
    [problem] = take_in(workbook).problems
    assert problem.place == f"{TAB}!A1"

    typed(workbook, headings=("紹介コード", "紹介URL"))
    [doubled] = take_in(workbook).problems
    assert "B3" in doubled.en


def test_with_several_partners_a_row_has_to_say_whose_it_is(workbook):
    typed(
        workbook,
        (code(0), "2026/11/05", "", "テックエージェント"),
        (code(1), "2026/11/05", "", "mirai"),
        (code(2), "2026/11/05"),
    )

    report = take_in(workbook, partners=(PARTNER, TECH))

    assert {fact.code: fact.partner for fact in facts(workbook)} == {code(0): "tech", code(1): "mirai"}
    assert [problem.place for problem in report.problems] == [f"{TAB}!A6"]


def test_a_code_that_another_partner_has_reported_is_a_question_and_not_counted(workbook):
    typed(workbook, (code(0), "2026/11/05", "", "mirai"))
    take_in(workbook, partners=(PARTNER, TECH))

    typed(workbook, (code(0), "2026/11/20", "採用決定", "tech"))
    report = take_in(workbook, 3, partners=(PARTNER, TECH))

    assert [problem.place for problem in report.problems] == [f"{TAB}!A4"]
    assert [referral.hired_at for referral in fold_referrals(facts(workbook))] == [None]


def test_what_the_tab_reports_and_a_file_reported_before_is_known(workbook):
    register(workbook, [Registration(text=code(0))], run(2), partner=PARTNER.id, source="csv:x.csv")
    typed(workbook, (code(0), "2026/11/05"))

    assert take_in(workbook, 3).counts == {RegistrationState.ALREADY_KNOWN: 1}
