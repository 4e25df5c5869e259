"""Taking clicks into the workbook: once, and of people."""

from datetime import timedelta

import pytest

from sheets_automation.core.referral_rows import read_referral_events
from sheets_automation.core.referrals import ReferralKind
from sheets_automation.core.registrations import Registration, RegistrationState
from sheets_automation.jobs.register import register
from tests.core.builders import NOW
from tests.jobs.house import people
from tests.public.collecting import click, clicks, codes_in, house_of, take_in
from tests.public.links_house import a_code


@pytest.fixture
def house(tmp_path):
    """A company whose letters left an hour ago."""
    house = house_of(tmp_path, *people(3))
    house.send()
    return house.later(hours=1)


def test_the_first_click_of_a_person_becomes_a_fact_once(house):
    code, at = codes_in(house)[0], NOW + timedelta(minutes=5)

    for _ in range(2):
        report = take_in(house, click(code, at + timedelta(minutes=20)), click(code, at), click(code.lower(), at))

    assert clicks(house) == [(code, at, ReferralKind.CLICKED)]
    assert report.clicks[RegistrationState.ALREADY_KNOWN] == 2


def test_a_click_is_a_fact_of_the_partner_whose_link_it_is(house):
    take_in(house, click(codes_in(house)[0]), partner="another")

    events, _ = read_referral_events(house.workbook().read().tables["紹介実績"])
    assert [(event.partner, event.source) for event in events] == [("another", "link")]


def test_machines_are_told_and_do_not_count(house):
    code = codes_in(house)[0]

    report = take_in(house, click(code, sign="agent"), click(code, sign="agent"), click(code, sign="prefetch"))

    assert report.machines == {"agent": 2, "prefetch": 1}
    assert clicks(house) == []


def test_a_click_within_seconds_of_the_delivery_is_a_machine(house):
    code = codes_in(house)[0]

    report = take_in(house, click(code, NOW + timedelta(seconds=20)), click(code, NOW - timedelta(seconds=3)))

    assert report.machines == {"too_soon": 2}
    assert clicks(house) == []


def test_the_person_who_clicks_after_the_machine_counts(house):
    code = codes_in(house)[0]

    take_in(house, click(code, NOW + timedelta(seconds=2)), click(code, NOW + timedelta(seconds=90)))

    assert [at for _, at, _ in clicks(house)] == [NOW + timedelta(seconds=90)]


def test_made_up_codes_leave_nothing_in_the_workbook(house):
    before = house.workbook().read().tables.keys()

    report = take_in(house, *(click(a_code()) for _ in range(50)), click("=HYPERLINK(1)"), click(""))

    assert report.clicks[RegistrationState.UNKNOWN_CODE] == 50
    assert house.workbook().read().tables.keys() == before


def test_a_clock_ahead_of_ours_dates_nothing_in_the_future(house):
    code = codes_in(house)[0]

    take_in(house, click(code, house.now + timedelta(hours=5)))

    assert clicks(house) == [(code, house.now, ReferralKind.CLICKED)]


def test_a_click_earns_no_credit_and_hinders_no_registration(house):
    code = codes_in(house)[0]
    take_in(house, click(code))

    report = register(
        house.workbook(), [Registration(text=code)], house.run(), partner="relay", source="cli", tabs=None
    )

    assert report.counts[RegistrationState.ADDED] == 1


def test_without_a_partner_no_click_is_taken_in(house):
    take_in(house, click(codes_in(house)[0]), partner="")

    assert clicks(house) == []
