"""The one question after a letter: counted in groups, sealed in the sheet, the last answer of each letter."""

from collections import Counter
from datetime import date, timedelta

import pytest

from sheets_automation.core.survey import (
    Answer,
    answer_mark,
    evaluate,
    fact_id,
    is_genuine,
    read_answers,
    score_behind,
    seal_of,
    survey_code,
    to_row,
)
from sheets_automation.core.table import table_of

KEY, OTHER = "k" * 40, "o" * 40
FIRST = date(2026, 7, 1)


def answer(score, day=FIRST, who="C-1", key=KEY):
    code = survey_code(who, f"{who}@example.com", key)
    fact = fact_id(code, f"{day} {score}", score, key)
    return Answer(fact_id=fact, day=day, mark=answer_mark(code), seal=seal_of(fact, score, key))


def answers(*scores, day=FIRST, start=0):
    return [answer(score, day, f"C-{day}-{start + number}") for number, score in enumerate(scores)]


def tab_of(found, **changed):
    rows = [{**to_row(one), **changed} for one in found]
    heads = dict(enumerate(to_row(found[0])))
    return table_of(
        "満足度記録", {1: heads, **{n: dict(enumerate(row.values())) for n, row in enumerate(rows, start=2)}}
    )


def test_answers_come_back_from_the_tab_and_are_read_with_the_key_alone():
    found = answers(1, 2, 3, 4, 5)

    read = read_answers(tab_of(found))

    assert [score_behind(one, (OTHER, KEY)) for one in read] == [1, 2, 3, 4, 5]
    assert [score_behind(one, (OTHER,)) for one in read] == [None] * 5


def test_equal_answers_look_different_in_the_sheet():
    seals = Counter(one.seal for one in answers(*[5] * 20))

    assert len(seals) == 20


@pytest.mark.parametrize("change", [{"答え(封印)": "5"}, {"回答の印": "C-1"}, {"日付": "yesterday"}, {"記録ID": ""}])
def test_a_row_that_somebody_changed_counts_for_nothing(change):
    assert read_answers(tab_of(answers(5), **change)) == ()


def test_a_seal_that_was_moved_to_another_row_opens_nothing():
    one, two = answers(1, 5)

    assert score_behind(Answer(fact_id=one.fact_id, day=one.day, mark=one.mark, seal=two.seal), (KEY,)) is None


def test_the_last_answer_of_a_letter_counts():
    changed = [answer(1, FIRST), answer(5, FIRST + timedelta(days=1))]

    found = evaluate([*answers(3, 3, 3, 3), *changed], (KEY,))

    assert (found.answers, found.counts) == (5, (0, 0, 4, 0, 1))


def test_on_the_same_day_the_later_row_is_the_later_answer():
    found = evaluate([*answers(3, 3, 3, 3), answer(1), answer(4), answer(2)], (KEY,))

    assert found.counts == (0, 1, 4, 0, 0)


@pytest.mark.parametrize("number", range(5))
def test_fewer_than_five_answers_say_nothing(number):
    found = evaluate(answers(*[5] * number), (KEY,))

    assert (found.answers, found.mean, found.lines) == (0, None, ())


@pytest.mark.parametrize(("number", "counted"), [(5, 5), (9, 5), (10, 10), (14, 10)])
def test_new_answers_wait_until_five_have_come(number, counted):
    assert evaluate(answers(*[4] * number), (KEY,)).answers == counted


def test_months_with_few_answers_are_put_together_and_every_line_has_five():
    july, august = answers(1, 1, 1), answers(5, 5, 5, day=date(2026, 8, 3))
    october = answers(*[3] * 9, day=date(2026, 10, 3))

    found = evaluate([*july, *august, *october], (KEY,))

    assert [(one.first.month, one.last.month, one.answers) for one in found.lines] == [(7, 8, 6), (10, 10, 9)]
    assert [one.mean for one in found.lines] == [3.0, 3.0]
    assert sum(one.answers for one in found.lines) == found.answers == 15


def test_what_is_left_over_at_the_end_goes_with_the_line_before():
    found = evaluate([*answers(*[2] * 8), *answers(4, 4, day=date(2026, 9, 1))], (KEY,))

    assert [one.answers for one in found.lines] == [10]


def test_a_larger_group_may_be_asked_for_and_no_smaller_one():
    assert evaluate(answers(*[4] * 12), (KEY,), least=10).answers == 10
    assert evaluate(answers(*[4] * 12), (KEY,), least=1).answers == 10


def test_a_code_is_of_one_letter_and_of_nothing_else():
    code = survey_code("C-1", "taro@example.com", KEY)

    assert is_genuine(code, (OTHER, KEY))
    assert not is_genuine(code, (OTHER,))
    assert code == survey_code("C-1", "TARO@example.com", KEY)
    assert len({code, survey_code("C-2", "taro@example.com", KEY), survey_code("C-1", "jiro@example.com", KEY)}) == 3
