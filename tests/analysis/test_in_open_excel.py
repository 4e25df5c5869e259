"""The analysis of a workbook that somebody has open in Excel: the figures, and native charts."""

from __future__ import annotations

from contextlib import closing

import pytest

from sheets_automation.core.analysis import FigureId
from sheets_automation.core.rules import SendRules
from sheets_automation.jobs.analyse import show_analysis
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.run import Run
from tests.analysis.invented import HEADINGS, invented
from tests.core.builders import JST, NOW
from tests.excel_engine.excel import Excel
from tests.excel_engine.people import OpenBookStore
from tests.excel_engine.plugged import plugged_in

WORLD = invented(30, seed=13)


@pytest.fixture
def store(tmp_path):
    rows = [[cell if cell != "" else None for cell in row] for row in WORLD.rows]
    made = Excel()
    with plugged_in(made.do):
        yield OpenBookStore(made, tmp_path / "book.xlsx", {"候補者": [[*HEADINGS], *rows]})


def test_the_open_workbook_shows_the_figures_and_keeps_the_candidates(store):
    before = store.look()["候補者"]
    desk = Desk(rules=SendRules(timezone=JST), compose=lambda *_: None)
    with closing(store.open()) as workbook:
        analysis = show_analysis(workbook, lambda _: desk, Run(id="R", clock=lambda: NOW, new_code=str))

    seen = store.look()
    rows = {row[0]: row for row in seen["分析"] if row and row[0]}
    assert seen["候補者"] == before
    assert rows["採用率"][1] == pytest.approx(analysis.figure(FigureId.HIRE_RATE).value)
    assert {line.name: rows[line.name][1] for line in analysis.openings} == {
        line.name: line.applications for line in analysis.openings
    }
    assert store.formulas() == []  # each would be a call of its own, while a person waits
