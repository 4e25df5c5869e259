"""The analysis of a Google spreadsheet: the same figures, formulas that Sheets computes, native charts."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest

from sheets_automation.core.analysis import FigureId
from sheets_automation.core.rules import SendRules
from sheets_automation.jobs.analyse import show_analysis
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.run import Run
from tests.analysis.invented import HEADINGS, invented
from tests.core.builders import JST, NOW
from tests.workbooks.google_people import GoogleStore

WORLD = invented(40, seed=11)


@pytest.fixture
def store(google):
    rows = [[cell if cell != "" else None for cell in row] for row in WORLD.rows]
    return GoogleStore(google, {"候補者": [[*HEADINGS], *rows]})


def analyse(store, now=NOW):
    desk = Desk(rules=SendRules(timezone=JST), compose=lambda *_: None)
    run = Run(id="R", clock=lambda: now, new_code=str)
    with closing(store.open()) as workbook:
        return show_analysis(workbook, lambda _: desk, run)


def test_the_tab_holds_the_figures_and_its_formulas_come_to_what_we_computed(store):
    analysis = analyse(store)

    rows = {row[0]: row for row in store.look()["分析"] if row}
    assert analysis.figure(FigureId.APPLICATIONS).value == 40
    assert rows["採用率"][1] == pytest.approx(analysis.figure(FigureId.HIRE_RATE).value)
    assert rows["採用率"][4] == pytest.approx(rows["採用率"][1])
    heads = rows["応募職種"]
    for line in analysis.openings:
        assert rows[line.name][1] == rows[line.name][heads.index("検算(式)")] == line.applications
    assert len(store.formulas()) > 20


def test_there_are_three_native_charts(store):
    analyse(store)

    with closing(store.open()) as workbook:
        book = workbook.read_book()
    assert len(book.sheets["分析"].charts) == 3


def test_a_second_analysis_writes_nothing_and_a_changed_sheet_is_shown(store):
    analyse(store)
    before = store.look()

    analyse(store, NOW + timedelta(hours=1))
    assert store.look() == before

    sheets = {title: rows for title, rows in before.items() if title == "候補者"}
    sheets["候補者"][1][HEADINGS.index("応募媒体")] = "新しい媒体"
    store.save({**before, **sheets})
    analyse(store)
    assert any(row and row[0] == "新しい媒体" for row in store.look()["分析"])
