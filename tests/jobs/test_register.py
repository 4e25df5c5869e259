"""Registering: what is new is appended once, and everything else says what to do."""

from __future__ import annotations

import pytest

from sheets_automation.core.referral_rows import HEADINGS
from sheets_automation.core.referrals import ReferralKind
from sheets_automation.core.registrations import Registration, RegistrationState
from sheets_automation.jobs.register import register
from tests.core.credit_facts import code, moment
from tests.jobs.sent_letters import run, workbook_that_sent


@pytest.fixture
def workbook():
    return workbook_that_sent(5)


def tell(workbook, *texts, number: int = 1, **more):
    registrations = [Registration(text=text, **more) for text in texts]
    return register(workbook, registrations, run(number), partner="mirai", source="cli")


def states(report):
    return [outcome.state for outcome in report.outcomes]


def facts(workbook):
    """The rows of the tab by heading."""
    table = workbook.read().tables.get("紹介実績")
    rows = list(table.rows())[1:] if table else []
    return [{heading: row.cells.get(column) for column, heading in enumerate(HEADINGS)} for row in rows]


def test_a_registration_is_appended_with_where_it_comes_from(workbook):
    report = tell(workbook, code(0))

    assert states(report) == [RegistrationState.ADDED]
    assert report.outcomes[0].candidate_id == "C-0"
    assert facts(workbook) == [
        {
            "記録ID": "R1-R0001",
            "日時": "2026-11-24T09:03:00+09:00",
            "種別": "登録",
            "紹介コード": code(0),
            "紹介先": "mirai",
            "件数": None,
            "出所": "cli",
            "備考": None,
            "記録した人": "hr",
        }
    ]


def test_registering_again_adds_nothing(workbook):
    tell(workbook, code(0))

    report = tell(workbook, code(0).lower(), f"https://p.example/r/{code(0)}", number=2)

    assert states(report) == [RegistrationState.ALREADY_KNOWN] * 2
    assert len(facts(workbook)) == 1


def test_a_code_that_comes_twice_in_one_list_is_added_once(workbook):
    report = tell(workbook, code(0), code(1), code(0))

    assert states(report) == [RegistrationState.ADDED, RegistrationState.ADDED, RegistrationState.ALREADY_KNOWN]
    assert report.counts[RegistrationState.ADDED] == len(facts(workbook)) == 2


def test_a_hire_of_somebody_who_registered_is_new(workbook):
    tell(workbook, code(0))

    assert states(tell(workbook, code(0), kind=ReferralKind.HIRED, number=2)) == [RegistrationState.ADDED]


def test_a_code_that_we_never_sent_is_not_added(workbook):
    report = tell(workbook, code(99))

    assert states(report) == [RegistrationState.UNKNOWN_CODE]
    assert code(99) in report.outcomes[0].ja
    assert facts(workbook) == []


def test_a_mistyped_code_is_not_guessed_at_but_the_likely_one_is_named(workbook):
    mistyped = code(3)[:4] + ("B" if code(3)[4] != "B" else "C") + code(3)[5:]

    report = tell(workbook, mistyped, "山田太郎", "")

    assert states(report) == [RegistrationState.UNREADABLE] * 3
    assert code(3) in report.outcomes[0].ja
    assert code(3) in report.outcomes[0].en
    assert facts(workbook) == []


def test_a_date_in_the_future_is_refused(workbook):
    assert states(tell(workbook, code(0), at=moment("2026-11-25"))) == [RegistrationState.IN_FUTURE]


def test_what_was_taken_back_stays_back_unless_it_happened_again(workbook):
    tell(workbook, code(0), at=moment("2026-11-01"))
    taken_back = tell(workbook, code(0), kind=ReferralKind.VOIDED, at=moment("2026-11-10"), number=2)

    same_file_again = tell(workbook, code(0), at=moment("2026-11-01"), number=3)
    anew = tell(workbook, code(0), number=4)

    assert states(taken_back) == states(anew) == [RegistrationState.ADDED]
    assert states(same_file_again) == [RegistrationState.TAKEN_BACK]


def test_there_is_nothing_to_take_back_of_a_code_without_a_record(workbook):
    assert states(tell(workbook, code(0), kind=ReferralKind.VOIDED)) == [RegistrationState.ALREADY_KNOWN]


def test_rows_that_cannot_be_read_are_reported_with_the_outcome(workbook):
    workbook.append({"紹介実績": [dict.fromkeys(HEADINGS, "壊れた行")]})

    report = tell(workbook, code(0))

    assert states(report) == [RegistrationState.ADDED]
    assert [problem.place for problem in report.problems] == ["紹介実績!2"]


def test_every_outcome_has_a_sentence_in_two_languages(workbook):
    report = tell(workbook, code(0), code(0), code(99), "?", at=moment("2026-11-01"))

    assert all(outcome.ja and outcome.en and "{" not in outcome.ja + outcome.en for outcome in report.outcomes)
