"""Taking what the LINE webhook heard into one workbook."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sheets_automation.core.line_codes import line_code
from sheets_automation.fleet.calls import Call, Done, state_of
from sheets_automation.fleet.outcomes import State
from sheets_automation.jobs.line_links import take_in_line
from sheets_automation.record_files import read_line_files
from sheets_automation.wiring_line import line_keys


def do(call: Call) -> Done:
    """Take links and their ends in, where the roster says where they are noted."""
    if not call.client.line_records:
        return Done(state=State.DONE)
    office = call.office
    read = read_line_files([Path(call.client.line_records)])
    keys = line_keys(office.environ) if read.records else ()
    with closing(office.open_workbook(call.client.address, exclusive=True)) as workbook:
        report = take_in_line(
            workbook,
            office.look_at_desk,  # a letter that is broken stops no end of a link
            call.run,
            read.records,
            codes_of=lambda one, address, links: [line_code(one, address, links, key) for key in keys],
        )
    counts = {"line_linked": len(report.linked), "line_ended": len(report.ended)}
    if report.refused:
        counts["line_refused"] = report.refused
    error = report.not_shown
    if error is not None:
        return Done(state=state_of(error), counts=counts, error=error)
    return Done(state=State.NEEDS_A_PERSON if read.unreadable else State.DONE, counts=counts)
