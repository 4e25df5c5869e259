"""Going round the workbooks in turns: who gets when a turn, and what becomes of those who fail."""

from itertools import count

import pytest

from sheets_automation.config.roster import Client
from sheets_automation.fleet.outcomes import Outcome, State
from sheets_automation.fleet.rounds import go_round


def client(name, jobs=("send",)):
    return Client(name=name, address=f"{name}.xlsx", config=None, carrier="", links="", jobs=jobs)


def never():
    return False


class Visits:
    """Says of each turn what it was told to say, and remembers the turns."""

    def __init__(self, **states):
        self.states = {name: iter(given) for name, given in states.items()}
        self.turns = []

    def __call__(self, one, errand):
        self.turns.append((one.name, errand))
        state = next(self.states.get(one.name, iter(())), State.DONE)
        error = "workbook_unreachable" if state is State.FAILED else ""
        return Outcome(client=one.name, errand=errand, state=state, error=error)


def played(clients, visits, is_over=never):
    return list(go_round(clients, lambda one: one.jobs, visits, is_over))


def test_a_large_workbook_holds_up_no_small_one():
    visits = Visits(large=[State.MORE, State.MORE, State.DONE])

    played([client("large"), client("small"), client("tiny")], visits)

    assert [name for name, _ in visits.turns] == ["large", "small", "tiny", "large", "large"]


def test_the_errands_of_a_workbook_come_one_after_the_other():
    visits = Visits()

    played([client("a", ("sync", "send")), client("b", ("sync", "send"))], visits)

    assert visits.turns == [("a", "sync"), ("a", "send"), ("b", "sync"), ("b", "send")]


def test_what_is_left_of_an_errand_goes_before_the_next_errand():
    visits = Visits(a=[State.MORE, State.DONE, State.DONE])

    played([client("a", ("send", "credits"))], visits)

    assert visits.turns == [("a", "send"), ("a", "send"), ("a", "credits")]


def test_a_workbook_that_fails_stops_nobody_and_is_tried_once_more_after_all_others():
    visits = Visits(broken=[State.FAILED, State.FAILED])

    outcomes = played([client("broken", ("send", "credits")), client("whole")], visits)

    assert [name for name, _ in visits.turns] == ["broken", "whole", "broken", "broken"]
    assert [(one.client, one.errand, one.state) for one in outcomes][-2:] == [
        ("broken", "send", State.FAILED),
        ("broken", "credits", State.DONE),
    ]


NIGHT = ("collect", "send", "follow-up", "credits")


@pytest.mark.parametrize("errand", ["collect", "collect-line"])
def test_nobody_is_written_to_where_refusals_could_not_be_taken_in(errand):
    visits = Visits(a=[State.FAILED, State.FAILED])

    outcomes = played([client("a", (errand, *NIGHT[1:]))], visits)

    assert [name for _, name in visits.turns] == [errand, errand, "credits"]
    assert [(one.errand, one.state, one.error) for one in outcomes[2:4]] == [
        ("send", State.NEEDS_A_PERSON, "refusals_unknown"),
        ("follow-up", State.NEEDS_A_PERSON, "refusals_unknown"),
    ]


@pytest.mark.parametrize("errand", ["collect", "collect-line"])
def test_nobody_is_written_to_where_somebody_else_was_at_work_when_refusals_were_taken_in(errand):
    visits = Visits(a=[State.BUSY, State.BUSY])

    outcomes = played([client("a", (errand, *NIGHT[1:])), client("b")], visits)

    assert visits.turns == [("a", errand), ("b", "send"), ("a", errand), ("a", "credits")]
    assert [(one.errand, one.state, one.error) for one in outcomes[3:5]] == [
        ("send", State.BUSY, "refusals_unknown"),
        ("follow-up", State.BUSY, "refusals_unknown"),
    ]


def test_letters_go_once_whoever_was_at_work_is_done_and_the_refusals_are_taken_in():
    visits = Visits(a=[State.BUSY])

    played([client("a", NIGHT)], visits)

    assert [name for _, name in visits.turns] == ["collect", *NIGHT]


def test_a_refusal_that_belongs_to_nobody_holds_the_news_and_no_result():
    visits = Visits(a=[State.NEEDS_A_PERSON])

    played([client("a", NIGHT)], visits)

    assert [name for _, name in visits.turns] == ["collect", "send", "credits"]


def test_cells_that_could_not_be_shown_hold_nothing():
    def visit(one, errand):
        state, error = (State.NEEDS_A_PERSON, "cells_kept") if errand == "collect" else (State.DONE, "")
        return Outcome(client=one.name, errand=errand, state=state, error=error)

    assert [one.state for one in played([client("a", NIGHT)], visit)[1:]] == [State.DONE] * 3


def test_whoever_was_not_reached_when_time_is_up_is_told():
    turns = count()

    outcomes = played([client("a"), client("b"), client("c")], Visits(), lambda: next(turns) >= 1)

    assert [(one.client, one.state) for one in outcomes] == [
        ("a", State.DONE),
        ("b", State.NOT_REACHED),
        ("c", State.NOT_REACHED),
    ]


def test_a_workbook_for_which_nothing_is_to_be_done_gets_no_turn():
    visits = Visits()

    assert played([client("a", ())], visits) == []
    assert visits.turns == []
