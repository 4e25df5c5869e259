"""Rebuilding the tab with the analysis of one workbook."""

from __future__ import annotations

from contextlib import closing

from sheets_automation.core.analysis import FigureId
from sheets_automation.fleet.calls import Call, Done
from sheets_automation.fleet.outcomes import State
from sheets_automation.jobs.analyse import show_analysis


def do(call: Call) -> Done:
    """Rebuild the analysis' tab, for the period of the configuration."""
    office = call.office
    with closing(office.open_workbook(call.client.address, exclusive=True)) as workbook:
        analysis = show_analysis(workbook, office.look_at_desk, call.run)
    told = analysis.figure(FigureId.FOLLOW_UP)
    counts = {"rejected": int(told.denominator or 0), "told": int(told.numerator or 0)}
    return Done(state=State.NEEDS_A_PERSON if analysis.problems else State.DONE, counts=counts)
