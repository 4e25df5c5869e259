"""クレジット: ten registrations earn one, the oldest is used first, none is ever less than nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.credit_folding import summarise_credits
from sheets_automation.core.credit_rules import Counting
from sheets_automation.core.credits import EntryKind
from sheets_automation.core.months import months_later
from sheets_automation.core.referrals import ReferralKind
from tests.core.credit_facts import PARTNER, code, moment, redeemed, referred, ten

NOW = moment("2026-11-24T09:03")
EXPIRING = replace(PARTNER, expires_months=6)


def ledger_of(events, rules=PARTNER, now=NOW):
    return summarise_credits(events, [rules], now=now).ledgers[0]


def figures(summary):
    return summary.earned, summary.redeemed, summary.expired, summary.adjusted, summary.left


def test_nothing_has_earned_nothing():
    summary = summarise_credits([], [PARTNER], now=NOW)

    assert figures(summary) == (0, 0, 0, 0, 0)
    assert summary.progress == "0/10"


def test_nine_registrations_are_progress_and_the_tenth_is_a_credit():
    nine, full = ten("2026-05-01")[:9], ten("2026-05-01")

    assert (ledger_of(nine).left, ledger_of(nine).progress) == (0, 9)
    assert (ledger_of(full).left, ledger_of(full).progress) == (1, 0)


def test_a_credit_keeps_the_codes_that_earned_it_and_is_earned_when_the_last_one_registers():
    events = [*ten("2026-05-01")[:9], referred(9, "2026-06-15"), referred(10, "2026-07-01")]

    ledger = ledger_of(events)

    (entry,) = ledger.entries
    assert (entry.on, entry.kind) == (date(2026, 6, 15), EntryKind.EARNED)
    assert set(entry.evidence) == {code(number) for number in range(10)}
    assert ledger.waiting == (code(10),)


def test_a_code_counts_once_however_often_it_is_reported():
    events = [referred(0, f"2026-05-{day:02}") for day in range(1, 31)]

    assert ledger_of(events).progress == 1


def test_a_hire_counts_as_a_registration_too():
    events = [referred(0, "2026-05-01", ReferralKind.HIRED), referred(0, "2026-06-01")]

    assert ledger_of(events).progress == 1


def test_where_only_hires_count_registrations_do_not():
    by_hires = replace(PARTNER, counts=Counting.HIRED, per_credit=2)
    events = [*ten("2026-05-01"), referred(0, "2026-06-01", ReferralKind.HIRED)]

    assert ledger_of(events, by_hires).progress == 1


def test_clicks_earn_nothing():
    assert ledger_of([referred(n, "2026-05-01", ReferralKind.CLICKED) for n in range(20)]).progress == 0


def test_a_registration_that_was_taken_back_takes_its_credit_with_it():
    events = [*ten("2026-05-01"), referred(3, "2026-05-02", ReferralKind.VOIDED)]

    assert (ledger_of(events).left, ledger_of(events).progress) == (0, 9)


def test_the_oldest_credit_is_used_first():
    events = [*ten("2026-05-01"), *ten("2026-06-01", first=10), redeemed(1, "2026-07-01")]

    entries = ledger_of(events).entries

    assert [(entry.kind, entry.credit) for entry in entries] == [
        (EntryKind.EARNED, 1),
        (EntryKind.EARNED, 2),
        (EntryKind.REDEEMED, 1),
    ]
    assert entries[-1].evidence == ("REDEEMED-2026-07-01",)


def test_a_redemption_without_a_credit_is_a_problem_and_no_negative_number():
    summary = summarise_credits([*ten("2026-05-01"), redeemed(3, "2026-07-01")], [PARTNER], now=NOW)

    assert figures(summary) == (1, 1, 0, 0, 0)
    assert [problem.place for problem in summary.problems] == ["REDEEMED-2026-07-01"]


def test_a_credit_cannot_be_used_before_the_day_on_which_it_was_earned():
    day_before = summarise_credits([*ten("2026-05-02"), redeemed(1, "2026-05-01")], [PARTNER], now=NOW)
    same_day = summarise_credits([*ten("2026-05-02T18:00"), redeemed(1, "2026-05-02")], [PARTNER], now=NOW)

    assert (day_before.redeemed, len(day_before.problems)) == (0, 1)
    assert (same_day.redeemed, len(same_day.problems)) == (1, 0)


def test_a_credit_expires_at_the_end_of_its_last_day_in_the_zone_of_the_workbook():
    events = ten("2026-05-01")
    last_minute, midnight = moment("2026-11-01T23:59"), moment("2026-11-02T00:00")

    assert ledger_of(events, EXPIRING, last_minute).left == 1
    assert ledger_of(events, EXPIRING, last_minute).next_expiry == date(2026, 11, 1)
    assert ledger_of(events, EXPIRING, midnight).left == 0
    assert ledger_of(events, EXPIRING, midnight).entries[-1].kind is EntryKind.EXPIRED
    assert ledger_of(events, EXPIRING, midnight).next_expiry is None


def test_days_are_those_of_the_workbook_and_not_of_greenwich():
    tenth = replace(referred(9, "2026-05-01"), at=moment("2026-05-02T01:00").astimezone(UTC))

    assert ledger_of([*ten("2026-05-01")[:9], tenth]).entries[0].on == date(2026, 5, 2)


def test_an_expired_credit_cannot_be_used_and_one_used_in_time_does_not_expire():
    in_time = ledger_of([*ten("2026-01-10"), redeemed(1, "2026-07-10")], EXPIRING)
    too_late = ledger_of([*ten("2026-01-10"), redeemed(1, "2026-07-11")], EXPIRING)

    assert [entry.kind for entry in in_time.entries] == [EntryKind.EARNED, EntryKind.REDEEMED]
    assert [entry.kind for entry in too_late.entries] == [EntryKind.EARNED, EntryKind.EXPIRED]


def test_what_is_earned_beyond_the_limit_of_a_year_is_shown_and_not_granted():
    rules = replace(PARTNER, max_per_year=1)
    events = [*ten("2025-12-01"), *ten("2026-01-05", first=10), *ten("2026-02-01", first=20)]

    entries = ledger_of(events, rules).entries

    assert [(entry.kind, entry.amount) for entry in entries] == [
        (EntryKind.EARNED, 1),
        (EntryKind.EARNED, 1),
        (EntryKind.OVER_LIMIT, 0),
    ]


def test_an_adjustment_adds_and_takes_credits():
    adjust = ReferralKind.ADJUSTED
    summary = summarise_credits(
        [redeemed(3, "2026-05-01", adjust), redeemed(-1, "2026-06-01", adjust)], [PARTNER], now=NOW
    )

    assert figures(summary) == (0, 0, 0, 2, 2)


def test_facts_of_the_future_do_not_count_yet():
    ledger = ledger_of(ten("2026-12-01"))

    assert (ledger.left, ledger.progress) == (0, 0)


def test_each_partner_has_a_ledger_and_the_summary_is_their_total():
    other = replace(PARTNER, id="kibou", per_credit=5)
    events = ten("2026-05-01") + [
        replace(event, partner="kibou", event_id=f"k{event.event_id}") for event in ten("2026-05-01", 50)[:9]
    ]

    summary = summarise_credits(events, [PARTNER, other], now=NOW)

    assert [ledger.left for ledger in summary.ledgers] == [1, 1]
    assert summary.left == 2
    assert summary.progress == "4/5"


def test_a_partner_that_is_not_configured_is_reported():
    summary = summarise_credits([replace(referred(0, "2026-05-01"), partner="?")], [PARTNER], now=NOW)

    assert summary.ledgers[0].progress == 0
    assert "?" in summary.problems[0].ja


def test_the_last_twelve_months_are_counted_by_what_happened_in_them():
    events = [referred(0, "2025-11-30"), referred(1, "2025-12-01"), *ten("2026-11-01", 10), redeemed(1, "2026-11-02")]

    months = ledger_of(events).months

    assert [month.first_day for month in (months[0], months[-1])] == [date(2025, 12, 1), date(2026, 11, 1)]
    assert [month.registered for month in months] == [1, *[0] * 10, 10]
    assert (months[-1].earned, months[-1].redeemed) == (1, 1)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 15), 12, date(2027, 11, 15)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
    ],
)
def test_months_end_where_they_end(day, months, later):
    assert months_later(day, months) == later


DAYS = st.dates(date(2025, 1, 1), date(2026, 11, 23)).map(date.isoformat)
FACTS = st.one_of(
    st.builds(
        referred,
        st.integers(0, 40),
        DAYS,
        st.sampled_from([ReferralKind.REGISTERED, ReferralKind.HIRED, ReferralKind.VOIDED]),
    ),
    st.builds(redeemed, st.integers(1, 3), DAYS),
    st.builds(redeemed, st.integers(-3, 3).filter(bool), DAYS, st.just(ReferralKind.ADJUSTED)),
)
RULES = st.builds(
    replace,
    st.just(PARTNER),
    per_credit=st.integers(1, 5),
    counts=st.sampled_from(Counting),
    expires_months=st.none() | st.integers(1, 12),
    max_per_year=st.none() | st.integers(0, 3),
)


@given(st.lists(FACTS, max_size=60), RULES, st.randoms())
def test_the_order_in_which_facts_arrive_makes_no_difference(facts, rules, random):
    late = [*facts, *facts[:3]]
    random.shuffle(late)

    assert summarise_credits(late, [rules], now=NOW) == summarise_credits(facts, [rules], now=NOW)


@given(st.lists(FACTS, max_size=60), RULES)
def test_the_figures_always_add_up_and_no_credit_is_spent_twice(facts, rules):
    summary = summarise_credits(facts, [rules], now=NOW)

    assert summary.left == summary.earned + summary.adjusted - summary.redeemed - summary.expired
    gone = [entry.credit for entry in summary.ledgers[0].entries if entry.amount < 0]
    came = [entry.credit for entry in summary.ledgers[0].entries if entry.amount > 0]
    assert len(set(gone)) == len(gone)
    assert set(gone) <= set(came)
    running = 0
    for entry in summary.ledgers[0].entries:
        running += entry.amount
        assert running >= 0
