"""The loop from rejected to hired: its definitions, its table and chart in the tab, and what it does not count."""

from __future__ import annotations

from sheets_automation.core.analysis_document import analysis_document
from sheets_automation.core.analysis_loop import LoopStepId
from sheets_automation.core.analysis_loop_table import SECTION
from sheets_automation.core.analysis_loop_words import LOOP_WORDS, rate_text
from sheets_automation.core.analysis_view import analysis_tab
from sheets_automation.core.credit_folding import summarise_credits
from sheets_automation.core.credits import credit_number
from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.model import Decision
from sheets_automation.core.views import ChartKind, Look
from tests.analysis.scene import look, told
from tests.core.builders import NOW, candidate
from tests.core.credit_facts import code, redeemed, ten

USED = redeemed(1, "2026-11-10")
NUMBER = credit_number(USED.event_id)


def scene():
    """Eleven rejected; all but one told by a link; ten registered: one credit, used; two came, one was hired."""
    people = [candidate(row=row) for row in range(5, 16)]
    letters = [event for place, one in enumerate(people[:10]) for event in told(one, code=code(place))]
    came = [
        candidate(row=20, decision=Decision.HIRED, credit=NUMBER),
        candidate(row=21, decision=Decision.IN_SELECTION, credit=NUMBER),
        candidate(row=22, decision=Decision.HIRED, credit="CR-999999"),
    ]
    return look([*people, *came], *letters, referred=[*ten("2026-11-05"), USED])


def counts(analysis):
    return {step.id: step.count for step in analysis.loop}


def test_every_step_is_counted_and_a_number_of_no_use_is_not():
    assert list(counts(scene()).values()) == [11, 10, 10, 10, 10, 1, 1, 2, 1]


def test_the_rates_are_shares_of_people_and_so_many_for_each_credit():
    rates = {step.id: rate_text(step) for step in scene().loop}

    assert rates[LoopStepId.REJECTED] == "–"
    assert rates[LoopStepId.TOLD] == "90.9%"
    assert rates[LoopStepId.EARNED] == "1 名あたり 0.10"
    assert rates[LoopStepId.FOUND] == "1 件あたり 2.00"
    assert rates[LoopStepId.HIRED] == "50.0%"
    assert rate_text(scene().loop[-2], "en") == "2.00 per credit"


def test_a_rate_over_few_is_marked_and_one_over_nothing_is_a_dash():
    steps = look([candidate()]).loop

    assert [step.is_small for step in scene().loop][-4:] == [False, True, True, True]
    assert [rate_text(step) for step in steps] == ["–", "0.0%", *["–"] * 7]


def test_a_letter_that_failed_told_nobody_unless_its_link_was_used():
    people = [candidate(row=5), candidate(row=6)]
    letters = [*told(people[0], EventKind.FAILED, code=code(0)), *told(people[1], EventKind.UNCERTAIN, code=code(1))]

    analysis = look(people, *letters, referred=[one for one in ten("2026-11-05") if one.code == code(1)])

    assert list(counts(analysis).values())[:5] == [2, 1, 1, 1, 1]


def test_without_a_partner_there_is_no_loop():
    analysis = look([candidate()], credits=summarise_credits([], [], now=NOW))

    assert analysis.loop == ()
    sections = [c[0].value for c in analysis_tab(analysis).rows if c and c[0] and c[0].look is Look.SECTION]
    assert SECTION not in sections


def test_each_figure_stands_with_definition_numerator_denominator_and_period_in_tab_and_document():
    analysis = scene()
    view, document = analysis_tab(analysis), analysis_document(analysis, "en")

    rows = view.rows[next(n for n, c in enumerate(view.rows) if c and c[0] and c[0].value == SECTION) :]
    by_name = {cells[0].value: cells for cells in rows if cells and cells[0]}
    for step in analysis.loop[1:]:
        cells = by_name[LOOP_WORDS[step.id].name[0]]
        assert [cell.value for cell in (cells[2], cells[3], cells[4])] == [step.count, step.count, step.before]
        assert cells[5].formula.startswith("=IF(E")
        assert LOOP_WORDS[step.id].definition[0] in cells[7].value
        assert LOOP_WORDS[step.id].period[0] in cells[7].value
    found = document["loop"][7]
    assert (found["numerator"], found["denominator"], found["rate"], found["is_share"]) == (2, 1, 2.0, False)
    assert found["definition"].startswith("Applications with the number")
    assert found["period_by"] == "by date of application"


def test_the_formula_of_a_rate_stands_in_the_row_of_its_numbers():
    view = analysis_tab(scene())

    for number, cells in enumerate(view.rows, start=1):
        formulas = [cell.formula for cell in cells if cell and cell.formula.startswith("=IF(E")]
        assert all(f"D{number}/E{number}" in formula for formula in formulas)


def test_the_chart_is_native_and_spans_exactly_the_steps():
    view = analysis_tab(scene())

    [chart] = [one for one in view.charts if one.title.startswith("紹介の循環")]
    [series] = chart.series
    names = [view.rows[row][0].value for row in range(series.first_row, series.last_row + 1)]
    assert chart.kind is ChartKind.BAR
    assert names == [words.name[0] for words in LOOP_WORDS.values()]


def test_nobody_is_named():
    assert "@" not in str(analysis_document(scene(), "ja")["loop"])
