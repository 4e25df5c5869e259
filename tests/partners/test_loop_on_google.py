"""The loop in a Google spreadsheet: a native chart, and formulas that come to what we computed."""

from __future__ import annotations

from contextlib import closing

import pytest

from sheets_automation.core.rules import SendRules
from sheets_automation.jobs.analyse import show_analysis
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.run import Run
from tests.analysis.invented import HEADINGS, invented
from tests.core.builders import JST, NOW
from tests.core.credit_facts import PARTNER
from tests.workbooks.google_people import GoogleStore


def test_the_loop_has_a_native_chart_and_its_rates_are_what_sheets_computes(google):
    rows = [[cell if cell != "" else None for cell in row] for row in invented(40, seed=11).rows]
    store = GoogleStore(google, {"候補者": [[*HEADINGS], *rows]})
    desk = Desk(rules=SendRules(timezone=JST, partners=(PARTNER,)), compose=lambda *_: None)

    with closing(store.open()) as workbook:
        analysis = show_analysis(workbook, lambda _: desk, Run(id="R", clock=lambda: NOW, new_code=str))

    with closing(store.open()) as workbook:
        charts = workbook.read_book().sheets["分析"].charts
    shown = store.look()["分析"]
    [first] = [number for number, row in enumerate(shown) if row and row[0] == "通知" and len(row) > 7]
    assert len(charts) == 4
    assert shown[first][3:6] == [0, analysis.loop[0].count, pytest.approx(0)]
