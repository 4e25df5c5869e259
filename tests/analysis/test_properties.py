"""What holds of every analysis, whatever stands in the sheet."""

from __future__ import annotations

import re
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_automation.core.analysis import Unit
from sheets_automation.core.analysis_checking import Checking
from sheets_automation.core.analysis_document import analysis_document
from sheets_automation.core.analysis_period import EVERYTHING, read_period
from sheets_automation.core.analysis_view import analysis_tab
from sheets_automation.core.analysis_words import in_words
from sheets_automation.core.headings import Field
from sheets_automation.core.model import Decision
from tests.analysis.scene import look, told
from tests.core.builders import NOW, candidate

NAMES = st.one_of(st.sampled_from(["doda", "ＤＯＤＡ", "", "Green", "=1+1", "*", "女性"]), st.text(max_size=8))
STAGES = st.sampled_from(["", "書類選考", "一次面接", "最終面接", "内定", "謎の段階"])


@st.composite
def people(draw):
    """Some rows, some of which were written to."""
    number = draw(st.integers(0, 12))
    rows, events = [], []
    for row in range(5, 5 + number):
        one = candidate(
            row=row,
            address=f"p{draw(st.integers(0, 4))}@example.com",
            decision=draw(st.sampled_from(Decision)),
            medium=draw(NAMES),
            opening=draw(NAMES),
            stage=draw(STAGES),
            tags=tuple(draw(st.lists(NAMES.filter(bool), max_size=3))),
            applied_at=draw(st.none() | st.integers(0, 500).map(lambda days: NOW - timedelta(days=days))),
            opted_out=draw(st.booleans()),
        )
        rows.append(one)
        if draw(st.booleans()):
            events += told(one)
    return rows, events


@settings(max_examples=60)
@given(people())
def test_the_parts_add_up_to_the_whole(drawn):
    rows, events = drawn

    found = look(rows, *events)

    for table in (found.media, found.openings):
        assert sum(line.applications for line in table) == len(rows)
        assert sum(line.hired for line in table) == sum(one.decision is Decision.HIRED for one in rows)
        for place, stage in enumerate(found.stages):
            assert sum(line.stages[place].reached for line in table) == stage.reached
    for line in (*found.media, *found.openings, *found.tags):
        assert sum(line.outcomes.values()) == line.applications


@settings(max_examples=60)
@given(people())
def test_every_stage_is_the_sum_of_what_became_of_it_and_none_grows(drawn):
    rows, events = drawn

    stages = look(rows, *events).stages

    for stage in stages:
        parts = stage.passed + stage.rejected + stage.withdrawn + stage.not_considered + stage.going
        assert stage.reached == parts
    assert [stage.reached for stage in stages] == sorted((stage.reached for stage in stages), reverse=True)
    assert [stage.passed for stage in stages[:-1]] == [stage.reached for stage in stages[1:]]


@settings(max_examples=60)
@given(people(), st.sampled_from(["", "FY2026", "2026-01..", "..2026-06"]))
def test_every_rate_lies_between_nothing_and_all_and_nothing_is_said_of_nothing(drawn, period):
    rows, events = drawn

    found = look(rows, *events, period=read_period(period))

    for figure in found.figures:
        assert (figure.value is None) == (in_words(figure) == "–")
        if figure.unit is Unit.RATE:
            assert figure.value is None or 0 <= figure.value <= 1
        if figure.unit in {Unit.RATE, Unit.DAYS} and figure.denominator == 0:
            assert figure.value is None


@settings(max_examples=60)
@given(people())
def test_two_periods_that_meet_hold_together_what_the_whole_holds(drawn):
    rows, events = drawn
    dated = [one for one in rows if one.applied_at]

    halves = [look(dated, *events, period=read_period(period)) for period in ("..2026-03", "2026-04..")]
    whole = look(dated, *events, period=EVERYTHING)

    for place, stage in enumerate(whole.stages):
        assert sum(half.stages[place].reached for half in halves) == stage.reached


@settings(max_examples=60)
@given(people())
def test_the_order_of_the_rows_does_not_matter(drawn):
    rows, events = drawn

    one, other = look(rows, *events), look(rows[::-1], *events)

    assert analysis_document(one, "en") == analysis_document(other, "en")


@settings(max_examples=60)
@given(people())
def test_no_text_of_the_sheet_is_ever_part_of_a_formula(drawn):
    rows, events = drawn
    places = Checking(columns={Field.MEDIUM: "'候補者'!$E$2:$E$9", Field.OPENING: "'候補者'!$F$2:$F$9"})

    view = analysis_tab(look(rows, *events), checking=places)

    formulas = [cell.formula for cells in view.rows for cell in cells if cell and cell.formula]
    shapes = (
        r"=COUNTIFS\('候補者'!\$[EF]\$2:\$[EF]\$9,\$A\d+\)",
        r'=IF\(D\d+=0,"–",C\d+/D\d+\)',
        r'=IF\(E\d+=0,"–",D\d+/E\d+\)',
        r"=SUM\(C\d+:G\d+\)",
        r"=C\d+\*D\d+",
    )
    assert all(any(re.fullmatch(shape, formula) for shape in shapes) for formula in formulas)
