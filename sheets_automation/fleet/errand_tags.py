"""Proposing tags in one workbook: nothing is accepted, so what HR typed stays as it is."""

from __future__ import annotations

from contextlib import closing

from sheets_automation.core.tagging import counts
from sheets_automation.fleet.calls import Call, Done, state_of
from sheets_automation.fleet.outcomes import State
from sheets_automation.jobs.tag import show_tags


def do(call: Call) -> Done:
    """Write what the rules of タグ規則 propose into our own columns."""
    office = call.office
    with closing(office.open_workbook(call.client.address, exclusive=True)) as workbook:
        report = show_tags(workbook, office.look_at_desk, call.run)
    numbers = {"tags_proposed": sum(counts(report.tagging).values())}
    if report.kept is not None:
        return Done(state=state_of(report.kept), counts=numbers, error=report.kept)
    return Done(state=State.NEEDS_A_PERSON if report.problems else State.DONE, counts=numbers)
