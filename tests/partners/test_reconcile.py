"""A partner's monthly statement against our facts: every difference with its evidence, and nothing changes."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from sheets_automation.core.credit_rules import Counting
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.partner_reports import read_reports
from sheets_automation.core.reconciling import DifferenceKind
from sheets_automation.core.referral_rows import read_referral_events
from sheets_automation.core.referrals import ReferralKind
from sheets_automation.core.registrations import Registration
from sheets_automation.core.rules import TabNames
from sheets_automation.core.table import table_of
from sheets_automation.jobs.reconcile import Statement, reconcile_statement
from sheets_automation.jobs.register import register
from tests.core.credit_facts import PARTNER, TOKYO, code, moment
from tests.jobs.sent_letters import run, workbook_that_sent

HIRED = ReferralKind.HIRED
HEADINGS = ("紹介コード", "登録日", "種別", "対象")


@pytest.fixture
def workbook():
    """Twelve letters; registrations 0, 1 and 2 in October, 3 and 4 in November, and 4 was hired, too."""
    workbook = workbook_that_sent(12)
    days = ("2026-10-05", "2026-10-06", "2026-10-30", "2026-11-02", "2026-11-03")
    reports = [Registration(text=code(number), at=moment(day)) for number, day in enumerate(days)]
    reports.append(Registration(text=code(4), kind=HIRED, at=moment("2026-11-20")))
    register(workbook, reports, run(), partner=PARTNER.id, source="csv:nov.csv")
    return workbook


def statement(*rows, headings=HEADINGS):
    cells = {number: dict(enumerate(row)) for number, row in enumerate([headings, *rows], start=1)}
    return read_reports(table_of("明細", cells), [PARTNER], TOKYO, title="nov.csv")


def compare(workbook, *rows, rules=PARTNER, month=date(2026, 11, 1), accept=(), headings=HEADINGS):
    paper = Statement(read=statement(*rows, headings=headings), month=month)
    return reconcile_statement(workbook, paper, rules, run(9), tabs=TabNames(), accept=accept)


def kinds(report):
    return [(one.kind, one.code) for one in report.found.differences]


def test_a_statement_that_says_what_we_say_has_no_differences(workbook):
    report = compare(workbook, (code(3), "2026/11/02"), (code(4), "2026/11/03"), (code(4), "2026/11/20", "採用", "×"))

    assert report.found.differences == ()
    assert (report.found.theirs, report.found.ours, report.found.agreed) == (2, 2, 3)


def test_each_way_to_differ_has_a_name_and_evidence(workbook):
    register(
        workbook, [Registration(text=code(8), at=moment("2026-11-04"))], run(2), partner=PARTNER.id, source="webhook"
    )
    register(
        workbook,
        [Registration(text=code(8), kind=ReferralKind.VOIDED, at=moment("2026-11-06"))],
        run(3),
        partner=PARTNER.id,
        source="cli",
    )
    register(workbook, [Registration(text=code(9), at=moment("2026-11-05"))], run(4), partner="tech", source="webhook")

    report = compare(
        workbook,
        (code(3), "2026/11/02"),
        (code(3), "2026/11/02"),
        (code(2), "2026/11/01"),
        (code(5), "2026/11/09"),
        (code(8), "2026/11/04"),
        (code(9), "2026/11/05"),
        (code(99), "2026/11/05"),
    )

    assert kinds(report) == [
        (DifferenceKind.DOUBLED, code(3)),
        (DifferenceKind.OTHER_MONTH, code(2)),
        (DifferenceKind.THEY_HAVE, code(5)),
        (DifferenceKind.TAKEN_BACK, code(8)),
        (DifferenceKind.OTHER_PARTNER, code(9)),
        (DifferenceKind.UNKNOWN_CODE, code(99)),
        (DifferenceKind.WE_HAVE, code(4)),
    ]
    by_kind = {one.kind: one for one in report.found.differences}
    assert by_kind[DifferenceKind.DOUBLED].cells == ("nov.csv!A2", "nov.csv!A3")
    assert by_kind[DifferenceKind.OTHER_MONTH].ours == moment("2026-10-30")
    assert by_kind[DifferenceKind.THEY_HAVE].candidate_id == "C-5"
    assert [fact.source for fact in by_kind[DifferenceKind.TAKEN_BACK].facts] == ["webhook", "cli"]
    assert {fact.source for fact in by_kind[DifferenceKind.WE_HAVE].facts} == {"csv:nov.csv"}


def test_whoever_counts_a_registration_and_a_hire_of_one_person_counts_twice(workbook):
    report = compare(workbook, (code(3), "2026/11/02"), (code(4), "2026/11/03"), (code(4), "2026/11/20", "採用"))

    assert [(one.kind, one.what) for one in report.found.differences] == [(DifferenceKind.COUNT_RULE, HIRED)]
    assert (report.found.theirs, report.found.ours) == (3, 2)


def test_where_hires_alone_were_agreed_a_registration_that_is_counted_differs_and_one_that_is_not_agrees(workbook):
    rules = replace(PARTNER, counts=Counting.HIRED)
    rows = [(code(4), "2026/11/03"), (code(4), "2026/11/20", "採用", "はい"), (code(3), "2026/11/02", "登録", "いいえ")]

    report = compare(workbook, *rows, rules=rules)

    assert kinds(report) == [(DifferenceKind.COUNT_RULE, code(4))]
    assert report.found.ours == 1


def test_only_what_counts_in_the_month_and_with_this_partner_can_be_missing(workbook):
    register(workbook, [Registration(text=code(6), at=moment("2026-11-05"))], run(4), partner="tech", source="cli")

    report = compare(workbook, (code(3), "2026/11/02"), (code(4), "2026/11/03"))

    assert kinds(report) == []


def test_rows_that_cannot_be_read_are_named_by_cell_and_clicks_are_none_of_a_statement(workbook):
    report = compare(
        workbook,
        (code(3), "2026/11/02"),
        (code(4), "2026/11/03"),
        (code(0), "2026/11/03", "クリック"),
        ("XXXXXXXXXXXX", "2026/11/03"),
        (code(5), "11月"),
    )

    assert kinds(report) == []
    assert sorted(problem.place for problem in report.found.problems) == ["nov.csv!A5", "nov.csv!B6"]
    assert report.found.rows == 3


def test_the_month_is_that_of_the_dates_and_has_to_be_named_where_they_disagree(workbook):
    assert compare(workbook, (code(3), "2026/11/02"), month=None).found.month == date(2026, 11, 1)

    with pytest.raises(ConfigurationError, match="2026-10、2026-11"):
        compare(workbook, (code(3), "2026/11/02"), (code(2), "2026/10/30"), month=None)


def facts(workbook):
    return read_referral_events(workbook.read().tables["紹介実績"])[0]


def test_nothing_is_recorded_but_what_a_person_accepts_and_that_once(workbook):
    rows = [(code(3), "2026/11/02"), (code(4), "2026/11/03"), (code(5), "2026/11/09"), (code(6), "2026/11/10")]
    before = facts(workbook)

    compare(workbook, *rows)
    assert facts(workbook) == before
    compare(workbook, *rows, accept=[code(5)])
    [new] = [event for event in facts(workbook) if event not in before]
    assert (new.code, new.at, new.source) == (code(5), moment("2026-11-09"), "statement")
    assert kinds(compare(workbook, *rows)) == [(DifferenceKind.THEY_HAVE, code(6))]


def test_only_what_they_alone_have_can_be_accepted(workbook):
    for wrong in (code(3), code(99), "x"):
        with pytest.raises(ConfigurationError):
            compare(workbook, (code(3), "2026/11/02"), (code(99), "2026/11/02"), accept=[wrong])


def test_the_command_reads_excel_and_writes_a_list_for_the_partner_that_names_nobody(relay, book):
    sent = relay("send", "book.xlsx", "--carrier", "outbox:out", "--send")
    codes = [letter["referral_code"] for letter in sent["letters"] if letter["referral_code"]]
    relay("register", "book.xlsx", codes[0])
    paper = openpyxl.Workbook()
    paper.active.append(["みらいキャリア支援 2026年11月分"])
    paper.active.append(["URL", "登録日"])
    paper.active.append([f"https://x.example/r/{codes[1]}", "2026/11/24"])
    paper.save(book.parent / "nov.xlsx")
    before = book.read_bytes()

    found = relay("reconcile", "book.xlsx", "nov.xlsx", "--out", "diff.csv", code=7)

    assert [(one["kind"], one["code"], one["cells"]) for one in found["differences"]] == [
        ("they_have", codes[1], ["nov.xlsx!A3"]),
        ("we_have", codes[0], []),
    ]
    assert (found["month"], found["theirs"], found["ours"], found["agreed"]) == ("2026-11", 1, 1, 0)
    assert book.read_bytes() == before
    rows = list(csv.reader((book.parent / "diff.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row[:3] for row in rows[1:]] == [[codes[1], "先方のみ", "登録"], [codes[0], "当社のみ", "登録"]]
    ids = {letter["candidate_id"] for letter in sent["letters"]}
    assert not any(one in str(rows) for one in ids)

    accepted = relay("reconcile", "book.xlsx", "nov.xlsx", "--accept", codes[1], code=7)
    assert accepted["accepted"] == [codes[1]]
    assert relay("credits", "book.xlsx")["progress"] == "2/10"


def test_people_see_what_differs_and_the_evidence(relay, say, book):
    relay("send", "book.xlsx", "--carrier", "outbox:out", "--send")
    (book.parent / "nov.csv").write_text(f"コード,日付\n{code(7)},2026/11/20\n", encoding="utf-8")

    printed = say("reconcile", "book.xlsx", "nov.csv", "--lang", "ja", code=7).out

    assert "当社のどの通知にもないコードです" in printed
    assert "nov.csv!A2" in printed


def test_a_statement_without_the_heading_of_codes_is_refused(relay, book):
    (book.parent / "nov.csv").write_text("氏名,日付\n山田,2026/11/20\n", encoding="utf-8")

    refused = relay("reconcile", "book.xlsx", "nov.csv", code=1)

    assert refused["error"]["name"] == "registrations_unreadable"
