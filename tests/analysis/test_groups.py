"""Media, openings, tags and skills: every row in one line of each table, the largest group first."""

from __future__ import annotations

from datetime import datetime

from sheets_automation.core.analysis_costs import Costs, MediumCost
from sheets_automation.core.analysis_period import EVERYTHING, read_period
from sheets_automation.core.analysis_rules import AnalysisRules
from sheets_automation.core.analysis_stages import Outcome
from sheets_automation.core.model import Decision
from tests.analysis.scene import look, told
from tests.core.builders import JST, candidate


def names(lines):
    return [(line.name, line.applications) for line in lines]


def test_names_that_differ_in_width_or_case_are_one_group_called_by_the_commonest():
    people = [candidate(row=row, medium=medium) for row, medium in enumerate(("ｄｏｄａ", "doda", "doda", "Green"), 5)]

    assert names(look(people).media) == [("doda", 3), ("Green", 1)]


def test_rows_that_name_none_are_a_group_without_a_name():
    people = [candidate(row=5, opening=""), candidate(row=6, opening="営業職"), candidate(row=7, opening="")]

    assert names(look(people).openings) == [("", 2), ("営業職", 1)]


def test_a_group_tells_what_became_of_its_people():
    people = [
        candidate(row=5, medium="doda", stage="書類選考"),
        candidate(row=6, medium="doda", decision=Decision.OFFERED),
        candidate(row=7, medium="doda", decision=Decision.HIRED),
        candidate(row=8, medium="doda", decision=Decision.WITHDRAWN),
    ]

    [line] = look(people, *told(people[0])).media

    assert (line.offered, line.hired, line.outcomes[Outcome.WITHDRAWN]) == (2, 1, 1)
    assert (line.hire_rate.value, line.told, line.to_tell) == (0.25, 1, 1)
    assert [stage.reached for stage in line.stages] == [4, 3, 2, 1]


def test_costs_are_divided_by_what_a_medium_brought():
    people = [candidate(row=5, medium="doda"), candidate(row=6, medium="doda", decision=Decision.HIRED)]
    costs = Costs(lines=(MediumCost(medium="doda", yen=300, period=EVERYTHING),))

    [line] = look(people, costs=costs).media

    assert (line.cost, line.cost_per_application, line.cost_per_hire) == (300, 150, 300)


def test_a_medium_that_cost_money_and_brought_nobody_is_listed_without_a_price():
    costs = Costs(lines=(MediumCost(medium="green", yen=300, period=EVERYTHING),))

    lines = look([candidate(medium="doda")], costs=costs).media

    assert names(lines) == [("doda", 1), ("green", 0)]
    assert (lines[0].cost, lines[0].cost_per_application) == (None, None)
    assert (lines[1].cost, lines[1].cost_per_application, lines[1].hire_rate.value) == (300, None, None)


def test_a_small_group_is_marked_and_never_hidden():
    people = [candidate(row=row, medium="doda" if row < 8 else "Green") for row in range(5, 10)]

    lines = look(people, rules=AnalysisRules(small_group=3)).media

    assert [(line.name, line.is_small) for line in lines] == [("doda", False), ("Green", True)]


def test_the_smallest_of_very_many_groups_are_one_line_and_nobody_is_lost():
    people = [candidate(row=row, opening=f"求人{row}") for row in range(5, 65)]
    people.append(candidate(row=65, opening="求人64"))

    lines = look(people).openings

    assert (len(lines), lines[0].name, lines[-1].name) == (51, "求人64", "その他")
    assert sum(line.applications for line in lines) == 61


def test_what_the_smallest_groups_cost_is_summed_and_is_unknown_where_nobody_noted_it():
    people = [candidate(row=row, medium=f"媒体{row}") for row in range(5, 60)]
    people += [candidate(row=row + 60, medium=f"媒体{row}") for row in range(5, 55)]
    lines = (
        MediumCost(medium="媒体57", yen=300, period=EVERYTHING),
        MediumCost(medium="媒体58", yen=50, period=EVERYTHING),
    )

    assert look(people, costs=Costs(lines=lines)).media[-1].cost == 350
    assert look(people).media[-1].cost is None


def test_whoever_has_several_tags_counts_under_each_and_whoever_has_none_under_none():
    people = [candidate(row=5, tags=("英語可", "スキル強")), candidate(row=6, tags=("英語可",)), candidate(row=7)]

    assert names(look(people).tags) == [("英語可", 2), ("スキル強", 1)]


def test_skills_are_read_from_their_column_each_once():
    people = [
        candidate(row=5, fields={"スキル": "Python、SQL、ｐｙｔｈｏｎ"}),
        candidate(row=6, fields={"Skills": "python / Excel"}),
    ]

    assert [(line.name.lower(), line.applications) for line in look(people).skills] == [
        ("python", 2),
        ("excel", 1),
        ("sql", 1),
    ]


def test_groups_of_a_period_hold_those_who_applied_in_it():
    people = [
        candidate(row=5, medium="doda", applied_at=datetime(2026, 5, 31, 23, 59, tzinfo=JST)),
        candidate(row=6, medium="doda", applied_at=datetime(2026, 6, 1, tzinfo=JST)),
        candidate(row=7, medium="Green"),
    ]

    assert names(look(people, period=read_period("2026-06")).media) == [("doda", 1)]
