import pytest

from sheets_automation.core.blast_radius import BlastRules, Scope, check, objection
from sheets_automation.core.errors import BlastRadius, ExpectationMissed

RULES = BlastRules()


def scope(planned, *, due=None, rows=1000, last_runs=()):
    return Scope(planned=planned, due=planned if due is None else due, rows=rows, last_runs=last_runs)


@pytest.mark.parametrize(
    ("reach", "is_unusual"),
    [
        (scope(0, rows=0), False),
        (scope(50), False),
        (scope(51), True),
        (scope(19, rows=19), False),  # a small sheet, all of it: too few to judge a share by
        (scope(20, rows=60), True),  # 33 %
        (scope(20, rows=67), False),  # 29.9 %
        (scope(20, last_runs=[5, 7, 6]), True),
        (scope(18, last_runs=[1]), False),
        (scope(21, last_runs=[7, 7, 7]), False),
        (scope(22, last_runs=[7, 7, 7]), True),
    ],
)
def test_an_unusual_number_of_letters_is_noticed(reach, is_unusual):
    assert (objection(reach, RULES) is not None) is is_unusual


def test_a_daily_budget_does_not_hide_that_the_selection_was_everybody():
    assert objection(scope(30, due=900), RULES) is not None


def test_an_unusual_run_sends_nothing_until_the_exact_number_is_named():
    with pytest.raises(BlastRadius, match="--expect 51"):
        check(scope(51), RULES, expect=None)

    check(scope(51), RULES, expect=51)


@pytest.mark.parametrize("named", [50, 52, 0])
def test_a_number_that_is_not_the_planned_one_sends_nothing(named):
    with pytest.raises(ExpectationMissed):
        check(scope(51), RULES, expect=named)


def test_a_wrong_number_refuses_an_ordinary_run_too():
    with pytest.raises(ExpectationMissed):
        check(scope(3), RULES, expect=4)
