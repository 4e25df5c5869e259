"""Taking what the LINE webhook heard into one workbook."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sheets_automation.fleet.calls import Call, Done, state_of
from sheets_automation.fleet.outcomes import State
from sheets_automation.wiring_line import chats_lacking
from sheets_automation.wiring_records import take_in_chats


def do(call: Call) -> Done:
    """Take links and their ends in, where the roster says where they are noted."""
    if not call.client.line_records:
        lacking = chats_lacking(call.office.config)
        return Done(state=State.NEEDS_A_PERSON if lacking else State.DONE, error=lacking)
    with closing(call.office.open_workbook(call.client.address, exclusive=True)) as workbook:
        read, report = take_in_chats(call.office, workbook, call.run, [Path(call.client.line_records)])
    counts = {"line_linked": len(report.linked), "line_ended": len(report.ended)}
    if report.answered:
        counts["line_answered"] = len(report.answered)
    if report.refused:
        counts["line_refused"] = report.refused
    error = report.not_shown
    if error is not None:
        return Done(state=state_of(error), counts=counts, error=error)
    return Done(state=State.NEEDS_A_PERSON if read.unreadable else State.DONE, counts=counts)
