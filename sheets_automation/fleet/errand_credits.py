"""Rebuilding the tab with the credits of one workbook."""

from __future__ import annotations

from contextlib import closing

from sheets_automation.fleet.calls import Call, Done
from sheets_automation.fleet.outcomes import State
from sheets_automation.jobs.credits import show_credits
from sheets_automation.jobs.situation import sit_down


def do(call: Call) -> Done:
    """Rebuild the credits' tab."""
    office = call.office
    with closing(office.open_workbook(call.client.address, exclusive=True)) as workbook:
        desk, _ = sit_down(workbook, office.open_desk)
        summary = show_credits(workbook, desk.rules.partners, call.run, tabs=desk.rules.tabs)
    counts = {"credits_left": sum(ledger.left for ledger in summary.ledgers)}
    return Done(state=State.NEEDS_A_PERSON if summary.problems else State.DONE, counts=counts)
