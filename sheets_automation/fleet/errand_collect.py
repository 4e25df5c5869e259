"""Taking what the public links saw into one workbook."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sheets_automation.core.registrations import RegistrationState
from sheets_automation.fleet.calls import Call, Done, state_of
from sheets_automation.fleet.outcomes import State
from sheets_automation.wiring_links import records_lacking
from sheets_automation.wiring_records import take_in_links


def do(call: Call) -> Done:
    """Take clicks and refusals in, where the roster says where they are noted."""
    if not call.client.links:
        lacking = records_lacking(call.office.config, call.client.links)
        return Done(state=State.NEEDS_A_PERSON if lacking else State.DONE, error=lacking)
    with closing(call.office.open_workbook(call.client.address, exclusive=True)) as workbook:
        taken = take_in_links(call.office, workbook, call.run, [Path(call.client.links)])
    report = taken.report
    counts = {
        "clicks": report.clicks[RegistrationState.ADDED],
        "refusals": report.refusals_added,
        "answers": len(taken.answers.new),
        "registrations": report.reports[RegistrationState.ADDED],
    }
    error = report.not_shown
    if error is not None:
        return Done(state=state_of(error), counts=counts, error=error)
    needs_a_person = report.problems or taken.unreadable or taken.foreign
    return Done(state=State.NEEDS_A_PERSON if needs_a_person else State.DONE, counts=counts)
