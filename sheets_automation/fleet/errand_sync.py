"""Reading what came back to the mailbox of one workbook."""

from __future__ import annotations

from collections import Counter
from contextlib import closing

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.fleet.calls import Call, Done, state_of
from sheets_automation.fleet.outcomes import State
from sheets_automation.jobs.sync import sync


def do(call: Call) -> Done:
    """Read what came back to the mailbox; a carrier without an inbox has nothing to tell."""
    if not call.carrier.startswith("gmail:"):
        return Done(state=State.DONE)
    office = call.office
    with (
        closing(office.open_inbox(call.carrier)) as inbox,
        closing(office.open_workbook(call.client.address, exclusive=True)) as workbook,
    ):
        report = sync(workbook, inbox, office.open_desk, call.run)
    kinds = Counter(found.kind for found in report.judged.returns)
    counts = {"bounced": kinds[EventKind.BOUNCED], "replied": kinds[EventKind.REPLIED]}
    if report.not_shown is not None:
        return Done(state=state_of(report.not_shown), counts=counts, error=report.not_shown)
    return Done(state=State.NEEDS_A_PERSON if counts["bounced"] or not report.is_whole else State.DONE, counts=counts)
