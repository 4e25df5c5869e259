"""選考段階: the order of the stages, and how far everybody came."""

import pytest

from sheets_automation.core.analysis_stages import Outcome, Standing, ladder_of
from sheets_automation.core.model import Decision
from tests.analysis.scene import look
from tests.core.builders import candidate


def at(*stages, configured=()):
    return ladder_of([candidate(stage=stage) for stage in stages], configured)


def test_the_usual_stages_stand_in_their_usual_order_whatever_that_of_the_rows():
    ladder = at("最終面接", "書類選考", "二次面接", "一次面接")

    assert ladder.names == ("応募", "書類選考", "一次面接", "二次面接", "最終面接", "内定", "採用")


def test_different_words_for_one_stage_are_one_stage_named_by_the_commonest():
    ladder = at("１次面接", "一次面接", "一次面接", "一次選考")

    assert ladder.names == ("応募", "一次面接", "内定", "採用")
    assert ladder.standing(candidate(stage="1次面接")) == Standing(1, Outcome.REJECTED)


def test_a_configured_order_wins_and_may_name_several_words_for_a_stage():
    ladder = at("実技", "筆記", "適性", configured=("実技|実技試験", "筆記|適性"))

    assert ladder.names == ("応募", "実技", "筆記", "内定", "採用")
    assert ladder.standing(candidate(stage="適性")).place == 2


def test_a_word_whose_place_nobody_knows_is_told_and_counts_as_an_application_only():
    ladder = at("店長面談", "店長面談", "書類選考")

    assert ladder.unknown == (("店長面談", 2),)
    assert ladder.standing(candidate(stage="店長面談")).place == 0


@pytest.mark.parametrize(
    ("decision", "stage", "place", "outcome"),
    [
        (Decision.HIRED, "書類選考", 3, Outcome.HIRED),
        (Decision.OFFERED, "", 2, Outcome.OFFERED),
        (Decision.WITHDRAWN, "内定", 2, Outcome.WITHDRAWN),
        (Decision.REJECTED, "エントリー", 0, Outcome.REJECTED),
        (Decision.NOT_CONSIDERED, "書類選考", 1, Outcome.NOT_CONSIDERED),
        (Decision.IN_SELECTION, "書類選考", 1, Outcome.GOING),
        (Decision.UNKNOWN, "書類選考", 1, Outcome.GOING),
    ],
)
def test_an_offer_and_a_hire_have_passed_every_stage_and_others_stand_where_they_stand(decision, stage, place, outcome):
    ladder = at("書類選考")

    assert ladder.standing(candidate(stage=stage, decision=decision)) == Standing(place, outcome)


def test_the_funnel_counts_who_stands_further_at_every_stage_before():
    people = [
        candidate(row=5, stage="書類選考"),
        candidate(row=6, stage="最終面接"),
        candidate(row=7, stage="最終面接", decision=Decision.IN_SELECTION),
        candidate(row=8, stage="書類選考", decision=Decision.WITHDRAWN),
        candidate(row=9, stage="最終面接", decision=Decision.HIRED),
        candidate(row=10, decision=Decision.OFFERED),
        candidate(row=11, decision=Decision.NOT_CONSIDERED),
    ]

    lines = look(people).stages

    assert [(line.name, line.reached, line.passed, line.rejected, line.withdrawn) for line in lines] == [
        ("応募", 7, 6, 0, 0),
        ("書類選考", 6, 4, 1, 1),
        ("最終面接", 4, 2, 1, 0),
        ("内定", 2, 1, 0, 0),
        ("採用", 1, 1, 0, 0),
    ]
    assert [(line.not_considered, line.going) for line in lines] == [(1, 0), (0, 0), (0, 1), (0, 1), (0, 0)]


def test_whoever_has_no_result_yet_is_no_part_of_the_pass_rate():
    people = [
        candidate(row=5, stage="書類選考"),
        candidate(row=6, stage="一次面接"),
        candidate(row=7, stage="書類選考", decision=Decision.IN_SELECTION),
    ]

    rate = look(people).stages[1].pass_rate

    assert (rate.part, rate.whole, rate.value) == (1, 2, 0.5)
