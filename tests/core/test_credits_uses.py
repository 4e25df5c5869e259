"""Uses of credits and their numbers, uses that never were, limits of a month, and what the forecast makes of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.credit_folding import summarise_credits, without_cancelled
from sheets_automation.core.credits import EntryKind, credit_number
from sheets_automation.core.forecast import Outlook
from sheets_automation.core.referral_codes import ALPHABET
from sheets_automation.core.referrals import ReferralEvent, ReferralKind
from tests.core.credit_facts import PARTNER, moment, redeemed, referred, ten

NOW = moment("2026-11-24T09:03")


def summary_of(*events, now=NOW, **rules):
    return summarise_credits(events, [replace(PARTNER, **rules)], now=now)


def kinds_of(*events, now=NOW, **rules):
    """Day and kind of each entry."""
    [ledger] = summary_of(*events, now=now, **rules).ledgers
    return [(str(entry.on), entry.kind) for entry in ledger.entries]


def cancelled(use):
    return ReferralEvent(
        event_id=f"no {use.event_id}", at=NOW, kind=ReferralKind.CANCELLED, partner=PARTNER.id, about=use.event_id
    )


def test_the_number_of_a_use_is_made_of_its_event_and_stays_the_same_for_ever():
    assert credit_number("20261124-090300-7KQ2-0001") == "CR-2XNXKZ"
    assert credit_number("\ud800").startswith("CR-")
    assert set(credit_number("x")[3:]) <= set(ALPHABET)


def test_a_use_is_found_by_its_number_and_nothing_else_is_a_use():
    use = replace(redeemed(2, "2026-06-01"), opening="営業職", actor="花子", note="山田さん")
    summary = summary_of(*ten("2026-05-01"), *ten("2026-05-02", 10), *ten("2026-05-03", 20), use)

    [(number, entry)] = summary.uses.items()
    assert number == entry.number == credit_number(use.event_id)
    assert (entry.credit, entry.opening, entry.actor, entry.note) == (1, "営業職", "花子", "山田さん")
    assert summary.redeemed == 2


def test_only_a_use_has_a_number():
    entries = summary_of(
        *ten("2026-05-01"), redeemed(1, "2026-06-01"), redeemed(1, "2026-06-02", ReferralKind.ADJUSTED)
    )

    assert {(e.kind, bool(e.number)) for ledger in entries.ledgers for e in ledger.entries} == {
        (EntryKind.EARNED, False),
        (EntryKind.REDEEMED, True),
        (EntryKind.ADJUSTED, False),
    }


def test_what_nobody_said_of_an_entry_is_blank():
    summary = summary_of(*ten("2026-05-01"))
    [entry] = summary.ledgers[0].entries

    assert (entry.number, entry.opening, entry.actor, entry.note, summary.untaken) == ("", "", "", "", 0)


def test_a_use_that_was_cancelled_never_was():
    first, second = redeemed(1, "2026-06-01"), redeemed(1, "2026-07-01")

    summary = summary_of(*ten("2026-05-01"), first, cancelled(first))
    both = summary_of(*ten("2026-05-01"), *ten("2026-05-02", 10), first, second, cancelled(first))

    assert (summary.redeemed, summary.left) == (0, 1)
    assert list(both.uses) == [credit_number(second.event_id)]


def test_only_a_cancellation_takes_a_fact_away_and_it_is_no_fact_of_its_own():
    use, other = redeemed(1, "2026-06-01"), redeemed(1, "2026-07-01")
    mentioning = replace(other, about=use.event_id)

    assert without_cancelled([use, cancelled(use), other]) == [other]
    assert without_cancelled([use, mentioning]) == [use, mentioning]


def test_the_limit_of_a_month_holds_for_that_month_of_that_year():
    events = [*ten("2025-05-02"), *ten("2026-05-02", 10), *ten("2026-05-20", 20), *ten("2026-06-20", 30)]

    assert kinds_of(*events, max_per_month=1) == [
        ("2025-05-02", EntryKind.EARNED),
        ("2026-05-02", EntryKind.EARNED),
        ("2026-05-20", EntryKind.OVER_LIMIT),
        ("2026-06-20", EntryKind.EARNED),
    ]


def test_what_is_over_the_limit_of_a_month_does_not_count_for_that_of_the_year():
    events = [*ten("2026-01-05"), *ten("2026-01-06", 10), *ten("2026-02-05", 20), *ten("2026-03-05", 30)]

    assert [kind for _, kind in kinds_of(*events, max_per_month=1, max_per_year=2)] == [
        EntryKind.EARNED,
        EntryKind.OVER_LIMIT,
        EntryKind.EARNED,
        EntryKind.OVER_LIMIT,
    ]


def forecast_of(*events, now=NOW, **rules):
    return summary_of(*events, now=now, **rules).ledgers[0].forecast


def spread(first, days, times, number=0):
    """Registrations some days apart."""
    start = moment(first)
    return [
        replace(referred(number + turn, "2026-01-01"), at=start + timedelta(days=days * turn)) for turn in range(times)
    ]


def test_the_forecast_counts_what_is_missing_to_the_next_credit():
    assert forecast_of(*ten("2026-10-01"), *[referred(number, "2026-11-01") for number in range(10, 13)]).missing == 7


@pytest.mark.parametrize(
    ("rules", "outlook"),
    [
        ({}, Outlook.EXPECTED),
        ({"max_per_month": 1}, Outlook.CAPPED),
        ({"max_per_month": 2}, Outlook.EXPECTED),
        ({"max_per_year": 1}, Outlook.CAPPED),
        ({"max_per_year": 2}, Outlook.EXPECTED),
        ({"max_per_month": 1, "max_per_year": 9}, Outlook.CAPPED),
        ({"max_per_month": 9, "max_per_year": 1}, Outlook.CAPPED),
        ({"max_per_month": 9, "max_per_year": 9}, Outlook.EXPECTED),
    ],
)
def test_a_credit_that_would_not_be_granted_is_not_foreseen(rules, outlook):
    """One each other day: the tenth of them came early in September, and the twentieth is due in the same month."""
    events, now = spread("2026-08-16", 2, 19), moment("2026-09-23")

    assert kinds_of(*events, now=now) == [("2026-09-03", EntryKind.EARNED)]
    assert forecast_of(*events, now=now, **rules).outlook is outlook


@pytest.mark.parametrize(
    ("before", "rules"),
    [
        (ten("2025-09-05", 100), {"max_per_month": 1}),
        (ten("2025-09-05", 100), {"max_per_year": 1}),
        (ten("2026-04-05", 100), {"max_per_month": 1}),
        ([*ten("2026-04-05", 100), redeemed(1, "2026-09-02")], {"max_per_month": 1}),
    ],
)
def test_a_limit_that_another_month_or_another_year_has_reached_does_not_hold(before, rules):
    known = forecast_of(*before, *spread("2026-08-01", 5, 9), now=moment("2026-09-12"), **rules)

    assert (known.outlook, str(known.expected)) == (Outlook.EXPECTED, "2026-09-22")


@pytest.mark.parametrize("rules", [{"max_per_month": 1}, {"max_per_year": 1}])
def test_the_limit_that_counts_is_that_of_the_day_on_which_the_credit_may_come(rules):
    known = forecast_of(*spread("2026-11-22", 2, 19), now=moment("2026-12-30"), **rules)

    assert (known.outlook, str(known.expected)) == (Outlook.EXPECTED, "2027-01-02")
