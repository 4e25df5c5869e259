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
        (scope(21, rows=70), False),  # 30 % exactly
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


TOO_MANY = scope(51)
A_LARGE_SHARE = scope(20, due=900)
MORE_THAN_USUAL = scope(40, last_runs=[4, 5, 90])


@pytest.mark.parametrize(
    ("reach", "ja", "en"),
    [
        (TOO_MANY, "1 回の上限 50 通を超えています", "more than the limit of 50 letters a run"),
        (
            A_LARGE_SHARE,
            "候補者 1000 名の 90 % にあたります(目安 30 % まで)",
            "90 % of the 1000 candidates (usually up to 30 %)",
        ),
        (MORE_THAN_USUAL, "ふだん(中央値 5 通)の 8 倍です", "8 times the usual number (median 5)"),
    ],
)
def test_what_is_unusual_is_said_in_numbers(reach, ja, en):
    found = objection(reach, RULES)

    assert (found.ja, found.en) == (ja, en)


def test_the_refusal_says_what_is_unusual_and_how_to_go_on():
    with pytest.raises(BlastRadius) as refusal:
        check(MORE_THAN_USUAL, RULES, expect=None)

    assert refusal.value.ja == (
        "40 通の送信はふだん(中央値 5 通)の 8 倍です。何も送っていません。"
        "一覧を確かめ、正しければ --expect 40 を付けて実行してください。"
    )
    assert refusal.value.en == (
        "40 letters are 8 times the usual number (median 5). Nothing was sent. "
        "Look at the plan; if it is right, run again with --expect 40."
    )


def test_a_wrong_number_is_set_beside_the_right_one():
    with pytest.raises(ExpectationMissed) as refusal:
        check(scope(51), RULES, expect=15)

    assert refusal.value.ja == (
        "--expect 15 と言われましたが、送る予定は 51 通です。何も送っていません。"
        "一覧を見直してから、正しい数で実行してください。"
    )
    assert refusal.value.en == (
        "--expect 15 was given, but 51 letters are planned. Nothing was sent. "
        "Look at the plan again, then name the number it shows."
    )


def test_an_ordinary_run_needs_no_number():
    check(scope(3), RULES, expect=None)


def test_half_a_letter_more_than_usual_is_told_as_it_is():
    assert "(median 5.5)" in objection(scope(40, last_runs=[5, 6]), RULES).en


def test_an_empty_sheet_is_no_share_of_anything():
    assert objection(scope(0, rows=0), BlastRules(compare_from=0)) is None


def test_a_first_run_has_nothing_to_be_compared_with():
    assert objection(scope(50, rows=500, last_runs=[]), RULES) is None


def test_the_limits_that_hold_where_nothing_is_configured_are_those_of_the_readme():
    assert (RULES.max_letters, RULES.compare_from) == (50, 20)
    assert (RULES.max_share_percent, RULES.usual_factor) == (30, 3)
