"""The ledger line by line: what came, what went, what was never granted, and the months in which it happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sheets_automation.core.credit_folding import summarise_credits
from sheets_automation.core.credit_months import MONTHS_SHOWN
from sheets_automation.core.credit_rules import Counting, CreditRules
from sheets_automation.core.credits import CreditMonth, CreditSummary, EntryKind, with_problems
from sheets_automation.core.referrals import RecordProblem, ReferralKind
from tests.core.credit_facts import PARTNER, code, moment, redeemed, referred, ten

NOW = moment("2026-11-24T09:03")
ONE_A_YEAR = replace(PARTNER, max_per_year=1)


def summary_of(*events, rules=PARTNER, now=NOW):
    return summarise_credits(events, [rules], now=now)


def ledger_of(*events, rules=PARTNER, now=NOW):
    return summary_of(*events, rules=rules, now=now).ledgers[0]


def lines(ledger):
    return [(entry.kind, entry.amount, entry.credit) for entry in ledger.entries]


def test_what_happens_in_this_very_moment_counts():
    assert ledger_of(replace(referred(0, "2026-11-24"), at=NOW)).progress == 1
    assert ledger_of(replace(referred(0, "2026-11-24"), at=NOW + timedelta(seconds=1))).progress == 0


def test_what_was_not_granted_cannot_be_used():
    summary = summary_of(*ten("2026-01-05"), *ten("2026-02-01", 10), redeemed(2, "2026-03-01"), rules=ONE_A_YEAR)

    assert (summary.earned, summary.redeemed, summary.left) == (1, 1, 0)
    assert [problem.place for problem in summary.problems] == ["REDEEMED-2026-03-01"]


def test_a_limit_of_nothing_grants_nothing():
    summary = summary_of(*ten("2026-01-05"), rules=replace(PARTNER, max_per_year=0))

    assert (summary.earned, summary.left) == (0, 0)
    assert lines(summary.ledgers[0]) == [(EntryKind.OVER_LIMIT, 0, 1)]


def test_the_limit_begins_anew_with_each_calendar_year():
    events = [*ten("2025-12-31"), *ten("2026-01-01", 10), *ten("2026-12-31", 20), *ten("2027-01-01", 30)]

    summary = summary_of(*events, rules=ONE_A_YEAR, now=moment("2027-06-01"))

    assert [kind for kind, _, _ in lines(summary.ledgers[0])] == [
        EntryKind.EARNED,
        EntryKind.EARNED,
        EntryKind.OVER_LIMIT,
        EntryKind.EARNED,
    ]


def test_on_one_day_what_came_stands_before_what_went():
    day = "2026-05-01"

    ledger = ledger_of(*ten(day), *ten(day, 10), redeemed(1, day), rules=ONE_A_YEAR)

    assert lines(ledger) == [(EntryKind.EARNED, 1, 1), (EntryKind.OVER_LIMIT, 0, 2), (EntryKind.REDEEMED, -1, 1)]


def test_on_one_day_credits_stand_in_the_order_in_which_they_are_used():
    day = "2026-05-01"

    ledger = ledger_of(*ten("2026-04-01"), *ten("2026-04-02", 10), redeemed(2, day))

    assert lines(ledger)[2:] == [(EntryKind.REDEEMED, -1, 1), (EntryKind.REDEEMED, -1, 2)]


def test_the_ledger_tells_its_story_in_the_order_of_the_days():
    events = [*ten("2026-01-05"), *ten("2026-03-01", 10), redeemed(1, "2026-02-01")]

    assert [kind for kind, _, _ in lines(ledger_of(*events))] == [
        EntryKind.EARNED,
        EntryKind.REDEEMED,
        EntryKind.EARNED,
    ]


def test_each_credit_keeps_its_own_ten_codes():
    first, second = ledger_of(*ten("2026-01-05"), *ten("2026-03-01", 10)).entries

    assert set(first.evidence) == {code(n) for n in range(10)}
    assert set(second.evidence) == {code(n) for n in range(10, 20)}


@pytest.mark.parametrize(
    ("morning", "evening"), [("2026-05-01T09:00", "2026-05-01T18:00"), ("2026-04-30", "2026-05-01")]
)
def test_credits_are_numbered_in_the_order_in_which_they_came_and_not_by_their_codes(morning, evening):
    for earlier, later in ((0, 10), (10, 0)):
        entries = ledger_of(*ten(evening, later), *ten(morning, earlier)).entries

        assert [entry.credit for entry in entries] == [1, 2]
        assert code(earlier) in entries[0].evidence


def test_credits_that_a_person_added_are_numbered_and_used_like_earned_ones():
    added = replace(redeemed(2, "2026-04-01", ReferralKind.ADJUSTED), note="初年度の特典")

    ledger = ledger_of(added, *ten("2026-05-01"), redeemed(1, "2026-06-01"))

    assert lines(ledger) == [
        (EntryKind.ADJUSTED, 1, 1),
        (EntryKind.ADJUSTED, 1, 2),
        (EntryKind.EARNED, 1, 3),
        (EntryKind.REDEEMED, -1, 1),
    ]
    assert (ledger.entries[0].evidence, ledger.entries[0].note) == (("ADJUSTED-2026-04-01",), "初年度の特典")


def test_a_credit_that_a_person_took_away_is_an_adjustment_of_that_day():
    ledger = ledger_of(*ten("2026-05-01"), redeemed(-1, "2026-06-01", ReferralKind.ADJUSTED))

    assert lines(ledger)[1:] == [(EntryKind.ADJUSTED, -1, 1)]
    assert ledger.entries[1].on == date(2026, 6, 1)
    assert ledger.left == 0


def test_an_expired_credit_keeps_the_codes_that_earned_it():
    (earned, expired) = ledger_of(*ten("2026-01-10"), rules=replace(PARTNER, expires_months=6)).entries

    assert (expired.kind, expired.amount, expired.credit, expired.on) == (EntryKind.EXPIRED, -1, 1, date(2026, 7, 10))
    assert expired.evidence == earned.evidence == tuple(sorted(code(n) for n in range(10)))


def test_the_next_expiry_is_that_of_the_oldest_credit_that_can_still_be_used():
    rules = replace(PARTNER, expires_months=6)
    events = [*ten("2026-06-01"), *ten("2026-07-01", 10), *ten("2026-08-01", 20)]

    assert ledger_of(*events, rules=rules).next_expiry == date(2026, 12, 1)
    assert ledger_of(*events, redeemed(1, "2026-09-01"), rules=rules).next_expiry == date(2027, 1, 1)
    assert ledger_of(*events).next_expiry is None


def test_a_referral_counts_from_the_first_of_its_registration_and_its_hire():
    hired_first = [referred(0, "2026-04-30", ReferralKind.HIRED), referred(0, "2026-05-02")]
    registered_first = [referred(1, "2026-04-29"), referred(1, "2026-06-01", ReferralKind.HIRED)]
    two = replace(PARTNER, per_credit=2)

    assert ledger_of(*hired_first, *registered_first, rules=two).entries[0].on == date(2026, 4, 30)


def test_an_amount_beside_a_registration_takes_no_credit():
    odd = replace(referred(0, "2026-05-02"), amount=-1)

    summary = summary_of(*ten("2026-05-01", 10), odd)

    assert (summary.left, summary.problems) == (1, ())


def test_a_partner_that_is_not_configured_is_named_with_what_to_do():
    problem = summary_of(replace(referred(0, "2026-05-01"), partner="kibou", event_id="E-1")).problems[0]

    assert problem == RecordProblem(
        place="E-1",
        ja="紹介先「kibou」は設定ファイルの [[partners]] にないので、数えていません。設定に加えてください。",
        en="Partner kibou is not in [[partners]] of the configuration, so this does not count. Add it there.",
    )


@pytest.mark.parametrize(("amount", "kind"), [(3, ReferralKind.REDEEMED), (-3, ReferralKind.ADJUSTED)])
def test_credits_that_are_not_there_are_reported_with_day_and_number(amount, kind):
    problem = summary_of(*ten("2026-05-01"), redeemed(amount, "2026-07-01", kind)).problems[0]

    assert problem.ja == (
        f"2026-07-01 の{kind} 3 件に、その日に使えるクレジットが足りません。"
        "足りない分は数えていません。日付と件数を紹介先に確かめ、クレジット調整で直してください。"
    )
    assert problem.en == (
        "3 credits are taken on 2026-07-01, but fewer could be used on that day; "
        "the rest is not counted. Check date and number with the partner and correct them by an adjustment."
    )


def test_problems_found_before_stand_in_front_and_the_figures_stay():
    summary = summary_of(*ten("2026-05-01"), redeemed(3, "2026-07-01"))
    earlier = RecordProblem(place="紹介実績!5", ja="コードがありません。", en="There is no code.")

    told = with_problems(summary, [earlier])

    assert told == CreditSummary(as_of=NOW, ledgers=summary.ledgers, problems=(earlier, *summary.problems))
    assert len(told.problems) == 2


def test_figures_are_those_of_all_partners_together():
    rules = [replace(PARTNER, expires_months=6), replace(PARTNER, id="kibou", expires_months=6)]
    events = [
        *ten("2026-01-05"),
        *ten("2026-02-05", 10),
        redeemed(1, "2026-03-01"),
        redeemed(4, "2026-10-01", ReferralKind.ADJUSTED),
        redeemed(-1, "2026-10-02", ReferralKind.ADJUSTED),
    ]
    both = [*events, *(replace(e, partner="kibou", event_id=f"k{e.event_id}") for e in events)]

    summary = summarise_credits(both, rules, now=NOW)

    assert (summary.earned, summary.redeemed, summary.expired, summary.adjusted, summary.left) == (4, 2, 2, 6, 6)
    assert summary.ledgers[0].total(EntryKind.REDEEMED) == -1
    assert summary.ledgers[0].left == 3


def test_without_a_partner_there_is_no_progress_to_show():
    assert summarise_credits([], [], now=NOW).progress == ""


def test_progress_is_shown_for_the_partner_whose_next_credit_is_nearest():
    far, near = replace(PARTNER, per_credit=3), replace(PARTNER, id="kibou", per_credit=10)
    events = [replace(referred(n, "2026-05-01"), partner="kibou") for n in range(9)]

    assert summarise_credits(events, [far, near], now=NOW).progress == "9/10"


def test_each_month_counts_clicks_registrations_hires_and_credits_apart():
    events = [
        *(referred(n, "2026-08-03", ReferralKind.CLICKED) for n in range(4)),
        *(referred(n, "2026-09-03") for n in range(3)),
        *(referred(n, "2026-10-03", ReferralKind.HIRED) for n in range(2)),
        redeemed(5, "2026-07-01", ReferralKind.ADJUSTED),
        redeemed(2, "2026-08-05"),
    ]

    months = ledger_of(*events, rules=replace(PARTNER, per_credit=2)).months

    assert months[-5:-1] == (
        CreditMonth(first_day=date(2026, 7, 1)),
        CreditMonth(first_day=date(2026, 8, 1), clicked=4, redeemed=2),
        CreditMonth(first_day=date(2026, 9, 1), registered=3, earned=1),
        CreditMonth(first_day=date(2026, 10, 1), hired=2),
    )
    assert len(months) == MONTHS_SHOWN == 12


def test_the_words_of_the_ledger_and_of_the_configuration_stay_as_they_are():
    assert [kind.value for kind in EntryKind] == ["獲得", "利用", "失効", "調整", "上限超過"]
    assert [counting.value for counting in Counting] == ["registered", "hired"]


def test_what_was_not_agreed_with_a_partner_is_ten_registrations_for_a_credit_that_never_expires():
    assert (PARTNER.counts, PARTNER.per_credit) == (Counting.REGISTERED, 10)
    assert (PARTNER.expires_months, PARTNER.max_per_year) == (None, None)
    assert CreditRules(id="kibou", name="きぼう").licence == ""


def test_a_line_of_the_ledger_has_no_note_unless_somebody_wrote_one():
    (entry,) = ledger_of(*ten("2026-05-01")).entries

    assert entry.note == ""
