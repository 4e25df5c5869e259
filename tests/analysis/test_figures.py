"""The key figures: what counts, what does not, and what is said where there is nothing to count."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sheets_automation.core.addresses import read_address
from sheets_automation.core.analysis import FigureId, Unit
from sheets_automation.core.analysis_costs import Costs, MediumCost
from sheets_automation.core.analysis_letters import quantile
from sheets_automation.core.analysis_period import EVERYTHING, read_period
from sheets_automation.core.analysis_rules import AnalysisRules
from sheets_automation.core.analysis_words import FIGURE_WORDS, in_words
from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.model import Decision
from sheets_automation.core.referrals import ReferralKind
from tests.analysis.scene import look, told, value
from tests.core.builders import JST, NOW, candidate, event
from tests.core.credit_facts import code, redeemed, referred, ten

MAY = datetime(2026, 5, 10, tzinfo=JST)


def parts(analysis, wanted):
    figure = analysis.figure(wanted)
    return figure.numerator, figure.denominator


def cost(yen, medium="doda", period=EVERYTHING):
    return MediumCost(medium=medium, yen=yen, period=period)


def test_an_empty_workbook_has_no_rates_no_durations_and_no_prices():
    found = look([])

    nothing = {figure.id for figure in found.figures if figure.value is None}
    assert {figure.unit for figure in found.figures if figure.id not in nothing} == {Unit.COUNT}
    assert {in_words(found.figure(one)) for one in nothing} == {"–"}
    assert len(nothing) == 14


def test_every_figure_is_there_once_with_its_words():
    found = look([candidate()])

    assert [figure.id for figure in found.figures] == list(FigureId)
    assert set(FIGURE_WORDS) == set(FigureId)


def test_who_was_told_is_divided_by_who_was_rejected():
    people = [candidate(row=row) for row in range(5, 9)]
    hired = candidate(row=9, decision=Decision.HIRED)

    found = look([*people, hired], *told(people[0]), *told(hired))

    assert parts(found, FigureId.FOLLOW_UP) == (1, 4)
    assert value(found, FigureId.FOLLOW_UP) == 0.25


@pytest.mark.parametrize("kind", [EventKind.UNCERTAIN, EventKind.FAILED, EventKind.REFUSED, EventKind.WITHDRAWN])
def test_a_letter_that_may_not_have_left_tells_nobody(kind):
    one = candidate()

    assert parts(look([one], *told(one, kind)), FigureId.FOLLOW_UP) == (0, 1)


def test_a_letter_that_came_back_tells_nobody_and_was_not_waited_for():
    one = candidate()
    claim, sent = told(one)
    found = look([one], claim, sent, event(EventKind.BOUNCED, to=one.id, claim_id=claim.event_id))

    assert parts(found, FigureId.FOLLOW_UP) == (0, 1)
    assert value(found, FigureId.LETTER_MEDIAN) is None


def test_a_letter_to_another_row_of_the_same_person_tells_them():
    one, other = candidate(row=5, address="a@example.com"), candidate(row=6, address="A@example.com")

    assert parts(look([one, other], *told(one)), FigureId.FOLLOW_UP) == (2, 2)


def test_people_with_two_rows_who_were_never_written_to_were_not_told():
    people = [candidate(row=5, address="a@example.com"), candidate(row=6, address="a@example.com")]

    assert parts(look(people), FigureId.FOLLOW_UP) == (0, 2)


def test_whoever_refused_letters_or_is_told_by_an_agency_is_not_to_be_told():
    people = [candidate(), candidate(row=6, opted_out=True), candidate(row=7, from_agency=True)]

    assert parts(look(people), FigureId.FOLLOW_UP) == (0, 1)
    assert parts(look(people, tells_agencies=True), FigureId.FOLLOW_UP) == (0, 2)


def test_the_follow_up_of_a_period_goes_by_the_date_of_the_decision_or_when_it_was_first_seen():
    people = [
        candidate(row=5, decided_at=MAY),
        candidate(row=6, decided_at=None, first_seen_at=MAY),
        candidate(row=7, decided_at=None),
        candidate(row=8, decided_at=datetime(2026, 5, 1, tzinfo=JST)),  # April 30 without a time: until its end
        candidate(row=9, decided_at=datetime(2026, 6, 1, tzinfo=JST)),
    ]

    assert parts(look(people, *told(people[1]), period=read_period("2026-05")), FigureId.FOLLOW_UP) == (1, 3)


@pytest.mark.parametrize(
    ("days", "median", "ninth"),
    [((3,), 3, 3), ((1, 3), 2, 2.8), ((1, 2, 9), 2, 7.6), ((0, 1, 2, 10), 1.5, 7.6), (tuple(range(11)), 5, 9)],
)
def test_the_wait_is_told_by_its_middle_and_by_that_of_nine_in_ten(days, median, ninth):
    people = [candidate(row=row, decided_at=NOW - timedelta(days=day)) for row, day in enumerate(days, start=5)]

    found = look(people, *(one for person in people for one in told(person)))

    assert value(found, FigureId.LETTER_MEDIAN) == pytest.approx(median)
    assert value(found, FigureId.LETTER_P90) == pytest.approx(ninth)
    assert found.figure(FigureId.LETTER_P90).denominator == len(days)


def test_a_letter_on_the_day_of_the_decision_was_not_waited_for():
    one = candidate(decided_at=NOW + timedelta(hours=5))

    assert value(look([one], *told(one)), FigureId.LETTER_MEDIAN) == 0


def test_nothing_has_no_quantile():
    assert quantile([], 0.5) is None


def test_whoever_applied_again_after_thirty_days_came_back():
    def people(days):
        again = candidate(row=6, address="a@example.com", applied_at=MAY + timedelta(days=days))
        return [candidate(row=5, address="a@example.com", applied_at=MAY), again, candidate(row=7, applied_at=MAY)]

    assert parts(look(people(30)), FigureId.REAPPLICATION) == (1, 2)
    assert parts(look(people(29)), FigureId.REAPPLICATION) == (0, 2)


def test_who_came_back_counts_in_the_period_of_the_later_application():
    later = candidate(row=6, address="a@example.com", applied_at=MAY + timedelta(days=60))
    people = [candidate(row=5, address="a@example.com", applied_at=MAY), later]

    assert parts(look(people, period=read_period("2026-05")), FigureId.REAPPLICATION) == (0, 1)
    assert parts(look(people, period=read_period("2026-07")), FigureId.REAPPLICATION) == (1, 1)
    assert parts(look(people, period=read_period("2026-08")), FigureId.REAPPLICATION) == (0, 0)


def test_a_link_is_followed_from_the_letter_to_the_hire_and_each_step_holds_those_before():
    people = [candidate(row=row) for row in range(5, 10)]
    letters = [one for number, person in enumerate(people[:4]) for one in told(person, code=code(number))]
    letters += told(people[4])  # without a link
    steps = [
        referred(0, "2026-11-20", ReferralKind.CLICKED),
        referred(1, "2026-11-20", ReferralKind.REGISTERED),
        referred(2, "2026-11-20", ReferralKind.HIRED),
    ]

    found = look(people, *letters, referred=steps)

    assert parts(found, FigureId.LINK_CLICKED) == (3, 4)
    assert parts(found, FigureId.LINK_REGISTERED) == (2, 4)
    assert parts(found, FigureId.LINK_HIRED) == (1, 4)


def test_a_link_of_a_letter_in_doubt_counts_once_it_was_used():
    one, other = candidate(row=5), candidate(row=6)
    letters = [*told(one, EventKind.UNCERTAIN, code=code(1)), *told(other, EventKind.UNCERTAIN, code=code(2))]

    found = look([one, other], *letters, referred=[referred(1, "2026-11-20", ReferralKind.CLICKED)])

    assert parts(found, FigureId.LINK_CLICKED) == (1, 1)


def test_a_registration_that_was_taken_back_is_none():
    one = candidate()
    steps = [referred(1, "2026-11-20"), referred(1, "2026-11-21", ReferralKind.VOIDED)]

    assert parts(look([one], *told(one, code=code(1)), referred=steps), FigureId.LINK_REGISTERED) == (0, 1)


def test_links_of_a_period_are_those_of_letters_that_left_in_it():
    one, other = candidate(row=5), candidate(row=6)
    letters = [*told(one, at=MAY, code=code(1)), *told(other, code=code(2))]

    assert parts(look([one, other], *letters, period=read_period("2026-05")), FigureId.LINK_CLICKED) == (0, 1)


def test_costs_are_divided_by_all_applications_and_all_hires():
    people = [candidate(medium="doda"), candidate(row=6, decision=Decision.HIRED)]

    found = look(people, costs=Costs(lines=(cost(300_000), cost(100_000, "green"))))

    assert value(found, FigureId.COST) == 400_000
    assert value(found, FigureId.COST_PER_APPLICATION) == 200_000
    assert value(found, FigureId.COST_PER_HIRE) == 400_000


def test_without_a_hire_there_is_no_cost_per_hire_and_no_worth_of_a_credit():
    found = look([candidate()], referred=ten("2026-05-01"), costs=Costs(lines=(cost(300_000),)))

    assert value(found, FigureId.CREDITS_LEFT) == 1
    assert value(found, FigureId.COST_PER_HIRE) is None
    assert value(found, FigureId.SAVING_AHEAD) is None


def test_a_used_credit_saved_a_hire_and_the_formula_stands_beside_it():
    hired = candidate(decision=Decision.HIRED)
    facts = [*ten("2026-05-01"), *ten("2026-05-02", first=10), redeemed(1, "2026-06-01")]

    found = look([hired], referred=facts, costs=Costs(lines=(cost(300_000),)))

    assert value(found, FigureId.SAVING) == 300_000
    assert found.figure(FigureId.SAVING).formula == "1 × ¥300,000 = ¥300,000"
    assert value(found, FigureId.SAVING_RATE) == 0.5
    assert found.figure(FigureId.SAVING_RATE).formula == "¥300,000 ÷ (¥300,000 + ¥300,000)"
    assert value(found, FigureId.SAVING_AHEAD) == 300_000
    assert (value(found, FigureId.CREDITS_EARNED), value(found, FigureId.CREDITS_USED)) == (2, 1)


def test_an_agreed_worth_of_a_credit_wins():
    facts = [*ten("2026-05-01"), redeemed(1, "2026-06-01")]

    found = look([], referred=facts, rules=AnalysisRules(credit_worth=800_000))

    assert value(found, FigureId.SAVING) == 800_000
    assert value(found, FigureId.SAVING_RATE) is None  # nothing is known of what was paid


def test_credits_of_a_period_go_by_the_date_of_the_ledger():
    facts = [*ten("2026-03-31"), *ten("2026-04-01", first=10), redeemed(1, "2026-05-01")]

    found = look([], referred=facts, period=read_period("FY2026"))

    assert (value(found, FigureId.CREDITS_EARNED), value(found, FigureId.CREDITS_USED)) == (1, 1)
    assert value(found, FigureId.CREDITS_LEFT) == 1


@pytest.mark.parametrize(("rows", "is_small"), [(4, True), (5, False)])
def test_a_rate_over_few_is_marked_and_shown(rows, is_small):
    figure = look([candidate(row=row) for row in range(5, 5 + rows)]).figure(FigureId.HIRE_RATE)

    assert figure.is_small is is_small
    assert figure.value == 0


def test_how_few_is_few_can_be_set_and_a_count_is_never_marked():
    found = look([candidate()], rules=AnalysisRules(small_group=1))
    few = look([candidate()])

    assert not any(one.is_small for one in found.figures if one.denominator)
    assert not any(one.is_small for one in few.figures if one.unit is Unit.COUNT)


def test_whoever_waits_too_long_is_named_by_row_the_longest_first():
    one, other = candidate(row=5), candidate(row=6, decided_at=NOW - timedelta(days=40), name="佐藤 花")

    lines = look([one, other], waiting=[one, other]).waiting

    assert [(line.row, line.name, line.days) for line in lines] == [(6, "佐藤 花", 40), (5, "山田 太郎", 3)]


def test_a_row_without_an_address_is_an_application_like_any_other():
    found = look([replace(candidate(), address=read_address(None))])

    assert value(found, FigureId.APPLICATIONS) == 1
    assert parts(found, FigureId.FOLLOW_UP) == (0, 1)
