"""Erasing people: nothing says who they were any more, every figure stays, and nobody gets a second letter."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.retention.house import LOG, TAB, letters, log_tab, row, sheet

ROWS = [row(number) for number in range(1, 13)]


@pytest.fixture
def team(team_of):
    """On every backend; a spreadsheet is slow, so it is asked everything at once, below."""
    return team_of({TAB: sheet(*ROWS), LOG: log_tab(letters(ROWS))})


def erased(team):
    """Announced, waited, erased."""
    team.announce()
    after = team.later(days=31)
    return after, after.erase_due(12).certificate


def test_after_the_notice_nothing_in_the_workbook_says_who_anybody_was(team):
    after, certificate = erased(team)

    said = after.everything()
    for one in ROWS:
        assert str(one["氏名"]) not in said
        assert str(one["メールアドレス"]) not in said
        assert str(one["電話番号"]) not in said
    assert "前職" not in said
    assert certificate.people == 12
    assert certificate.counts["rows"] == 12
    assert certificate.counts["log"] == 24
    assert certificate.left == []


PERIODS = ("", "2026-03", "FY2026", "2026-04..2026-05")


def test_the_analysis_of_last_year_is_the_same_before_and_after(team):
    before = [team.later(days=31).analysis(period) for period in PERIODS]

    after, _ = erased(team)

    assert [after.analysis(period) for period in PERIODS] == before
    assert before[0]["figures"][3]["numerator"] == 12


def test_the_log_still_holds_and_nobody_is_due(team):
    after, _ = erased(team)

    situation = after.situation()
    assert len(situation.events) == 25
    assert all(one.address.value.endswith("@erased.invalid") for one in situation.candidates)
    assert {one.decision_text for one in situation.candidates} == {"不採用"}
    assert after.look().plan.clocks == ()
    assert datetime(2026, 3, 1) in [one["応募日"] for one in after.rows()]  # noqa: DTZ001 - a date cell
