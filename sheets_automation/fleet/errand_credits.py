"""Taking in what partners reported in a tab, and rebuilding the tab with the credits of one workbook."""

from __future__ import annotations

from contextlib import closing

from sheets_automation.core.registrations import RegistrationState
from sheets_automation.fleet.calls import Call, Done
from sheets_automation.fleet.outcomes import State
from sheets_automation.jobs.credits import show_credits
from sheets_automation.jobs.register import register_typed
from sheets_automation.jobs.situation import sit_down


def do(call: Call) -> Done:
    """Take the rows of the partners' tab in, and rebuild the credits' tab."""
    office = call.office
    with closing(office.open_workbook(call.client.address, exclusive=True)) as workbook:
        desk, _ = sit_down(workbook, office.open_desk)
        report = register_typed(workbook, desk.rules.partners, call.run, tabs=desk.rules.tabs)
        summary = show_credits(workbook, desk.rules.partners, call.run, tabs=desk.rules.tabs)
    counts = {
        "credits_left": sum(ledger.left for ledger in summary.ledgers),
        "registrations": report.counts[RegistrationState.ADDED],
    }
    return Done(state=State.NEEDS_A_PERSON if summary.problems else State.DONE, counts=counts)
