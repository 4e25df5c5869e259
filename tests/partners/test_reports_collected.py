"""What partners reported to the webhook, taken into a workbook: once, and beside what the links saw."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sheets_automation.core.partner_records import PartnerRecord, ReportType
from sheets_automation.core.referral_rows import read_referral_events
from sheets_automation.core.referrals import ReferralKind, fold_referrals
from sheets_automation.core.registrations import RegistrationState
from sheets_automation.jobs.collect import collect
from tests.core.builders import NOW
from tests.jobs.house import people
from tests.public.collecting import click, codes_in, house_of
from tests.public.links_house import a_code


@pytest.fixture
def house(tmp_path):
    """A company whose letters left an hour ago."""
    house = house_of(tmp_path, *people(3))
    house.send()
    return house.later(hours=1)


def record(number, code, kind=ReportType.REGISTERED, minutes=10, partner="mirai"):
    at = NOW + timedelta(minutes=minutes)
    return PartnerRecord(partner=partner, event_id=f"evt-{number}", type=kind, code=code, at=at)


def take_in(house, *reports, clicks=()):
    return collect(
        house.workbook(), house.desk, house.run(), clicks, codes_of=lambda _: [], partner="mirai", reports=reports
    )


def facts(house):
    return read_referral_events(house.workbook().read().tables["紹介実績"])[0]


def test_a_report_becomes_a_fact_once_however_often_it_is_collected(house):
    first, other, _ = codes_in(house)

    for _ in range(2):
        report = take_in(house, record(1, first), record(2, other, ReportType.HIRED), clicks=[click(first)])

    assert [(fact.code, fact.kind, fact.source, fact.note) for fact in facts(house)] == [
        (first, ReferralKind.CLICKED, "link", ""),
        (first, ReferralKind.REGISTERED, "webhook", "evt-1"),
        (other, ReferralKind.HIRED, "webhook", "evt-2"),
    ]
    assert report.reports == {RegistrationState.ALREADY_KNOWN: 2}


def test_two_who_collect_at_once_append_the_same_fact_and_it_counts_once(house):
    first = codes_in(house)[0]
    report = record(1, first)
    take_in(house, report)
    events = facts(house)

    assert [event.event_id for event in events] == [report.registration().event_id]


def test_what_is_registered_and_taken_back_in_one_batch_is_gone(house):
    first = codes_in(house)[0]

    take_in(house, record(1, first), record(2, first, ReportType.VOIDED, minutes=20))

    [referral] = fold_referrals(facts(house))
    assert (referral.registered_at, referral.voided_at is not None) == (None, True)


def test_codes_of_other_workbooks_are_counted_and_no_problem(house):
    report = take_in(house, record(1, a_code()))

    assert (report.reports, report.problems) == ({RegistrationState.UNKNOWN_CODE: 1}, ())


def test_a_code_that_led_to_another_partner_is_a_problem_and_does_not_count(house):
    first = codes_in(house)[0]
    take_in(house, clicks=[click(first)])

    report = take_in(house, record(1, first, partner="tech"))

    assert [problem.place for problem in report.problems] == ["evt-1"]
    assert [fact.kind for fact in facts(house)] == [ReferralKind.CLICKED]
