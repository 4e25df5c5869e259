"""A proposal that HR has cleared: noted beside the row, and not made again, however many nights go by."""

from __future__ import annotations

from sheets_automation.core.tagging_refusals import REFUSED_HEADING
from tests.tags.house import HEADING, REASON_HEADING, RULES_TAB, TAB, row, rules, sheet
from tests.workbooks.people import recruiter_sorts_the_sheet, recruiter_writes

STRONG = ("スキル強", "スキル", "含む", "Python、Go")
AGAIN = ("再応募候補", "選考段階", "まで進んだ", "二次面接")


def clears(team, line, heading, instead=None):
    """Somebody clears a cell in a line of the sheet, or types something else."""
    column = team.store.look()[TAB][0].index(heading)
    recruiter_writes(team.store, TAB, line, column, instead)


def proposed(team):
    """By candidate: what is proposed, and what was refused."""
    return {one["候補者ID"]: (one.get(HEADING), one.get(REFUSED_HEADING)) for one in team.rows()}


def test_a_cleared_proposal_is_noted_and_not_made_again(team_of):
    team = team_of({TAB: sheet(row(1, スキル="Python"), row(2, スキル="Go")), RULES_TAB: rules(STRONG)})
    team.write()

    clears(team, 2, HEADING)
    report = team.write()
    team.write()

    assert report.refused == {"C-1": ("スキル強",)}
    assert proposed(team) == {"C-1": (None, "スキル強"), "C-2": ("スキル強", None)}
    assert team.column(REASON_HEADING)[0] is None
    assert team.column("タグ") == [None, None]


def test_one_of_two_proposals_is_refused_and_the_other_stays(team_of):
    team = team_of({TAB: sheet(row(1, スキル="Python")), RULES_TAB: rules(STRONG, AGAIN)})
    team.write()

    clears(team, 2, HEADING, "再応募候補")
    team.write()

    assert proposed(team) == {"C-1": ("再応募候補", "スキル強")}


def test_a_tag_that_was_moved_into_the_tags_is_accepted_and_not_refused(memory):
    team = memory({TAB: sheet(row(1, スキル="Python")), RULES_TAB: rules(STRONG)})
    team.write()

    clears(team, 2, HEADING)
    clears(team, 2, "タグ", "スキル強")
    team.write()

    assert proposed(team) == {"C-1": (None, None)}


def test_who_takes_the_word_out_again_is_proposed_it_again(memory):
    team = memory({TAB: sheet(row(1, スキル="Python")), RULES_TAB: rules(STRONG)})
    team.write()
    clears(team, 2, HEADING)
    team.write()

    clears(team, 2, REFUSED_HEADING)
    team.write()

    assert proposed(team) == {"C-1": ("スキル強", None)}


def test_hr_may_write_a_tag_there_that_nobody_has_proposed_yet(memory):
    columns = [*sheet(row(1))[0], REFUSED_HEADING]
    people = sheet({**row(1, スキル="Python"), REFUSED_HEADING: "スキル強、VIP"}, row(2, スキル="Go"), columns=columns)
    team = memory({TAB: people, RULES_TAB: rules(STRONG, AGAIN)})

    team.write()
    clears(team, 2, HEADING)
    team.write()

    assert proposed(team)["C-1"] == (None, "スキル強、VIP、再応募候補")
    assert proposed(team)["C-2"] == ("スキル強、再応募候補", None)


def test_a_refusal_goes_with_its_row_when_the_sheet_is_sorted(team_of):
    team = team_of({TAB: sheet(row(1, スキル="Python"), row(2, スキル="Go")), RULES_TAB: rules(STRONG)})
    team.write()
    clears(team, 2, HEADING)
    recruiter_sorts_the_sheet(team.store, TAB, 0)

    team.write()

    assert proposed(team) == {"C-1": (None, "スキル強"), "C-2": ("スキル強", None)}


def test_a_rule_that_holds_no_more_is_no_refusal(memory):
    team = memory({TAB: sheet(row(1, スキル="Python")), RULES_TAB: rules(STRONG)})
    team.write()

    clears(team, 2, "スキル", "COBOL")
    team.write()
    clears(team, 2, "スキル", "Go")
    team.write()

    assert proposed(team) == {"C-1": ("スキル強", None)}


def test_whoever_only_looks_is_not_proposed_it_either_and_nothing_is_written(memory):
    team = memory({TAB: sheet(row(1, スキル="Python")), RULES_TAB: rules(STRONG)})
    team.write()
    clears(team, 2, HEADING)
    before = team.store.look()

    report = team.look()

    assert report.tagging.suggestions == {}
    assert report.refused == {"C-1": ("スキル強",)}
    assert team.store.look() == before


def test_who_takes_our_whole_column_away_has_refused_nothing(memory):
    team = memory({TAB: sheet(row(1, スキル="Python"), row(2, スキル="Go")), RULES_TAB: rules(STRONG)})
    team.write()
    for line in (3, 2, 1):  # the heading last
        clears(team, line, HEADING)

    team.write()

    assert proposed(team) == {"C-1": ("スキル強", None), "C-2": ("スキル強", None)}


def test_a_remark_that_somebody_wrote_among_the_reasons_is_no_tag(memory):
    team = memory({TAB: sheet(row(1, スキル="Python")), RULES_TAB: rules(STRONG)})
    team.write()

    clears(team, 2, REASON_HEADING, "森本: あとで見る")
    team.write()

    assert proposed(team) == {"C-1": ("スキル強", None)}


def test_a_proposal_that_somebody_refuses_by_name_is_noted_and_the_other_one_accepted(team_of):
    team = team_of({TAB: sheet(row(1, スキル="Python"), row(2, スキル="Go")), RULES_TAB: rules(STRONG, AGAIN)})

    report = team.write(
        lambda one, tag: (one.id, tag) == ("C-1", "再応募候補"),
        refuses=lambda one, tag: (one.id, tag) == ("C-1", "スキル強"),
    )
    again = team.write()

    assert (report.accepted, report.refused) == ({"C-1": ("再応募候補",)}, {"C-1": ("スキル強",)})
    assert team.column("タグ") == ["再応募候補", None]
    assert proposed(team) == {"C-1": (None, "スキル強"), "C-2": ("スキル強、再応募候補", None)}
    assert (again.accepted, again.refused) == ({}, {})
