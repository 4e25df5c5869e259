"""Reading what came back to the mailboxes of one workbook."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from itertools import chain

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.fleet.calls import Call, Done, state_of
from sheets_automation.fleet.outcomes import State
from sheets_automation.jobs.sync import SyncReport, sync


def do(call: Call) -> Done:
    """Read what came back to results and to news; a carrier without an inbox has nothing to tell."""
    carriers = dict.fromkeys((call.carrier, call.news_carrier))
    reports = [_read(call, carrier) for carrier in carriers if carrier.startswith("gmail:")]
    kinds = Counter(found.kind for found in chain.from_iterable(report.judged.returns for report in reports))
    counts = {"bounced": kinds[EventKind.BOUNCED], "replied": kinds[EventKind.REPLIED]} if reports else {}
    if (error := next((report.not_shown for report in reports if report.not_shown), None)) is not None:
        return Done(state=state_of(error), counts=counts, error=error)
    is_whole = all(report.is_whole for report in reports)
    return Done(state=State.NEEDS_A_PERSON if kinds[EventKind.BOUNCED] or not is_whole else State.DONE, counts=counts)


def _read(call: Call, carrier: str) -> SyncReport:
    office = call.office
    with (
        closing(office.open_inbox(carrier)) as inbox,
        closing(office.open_workbook(call.client.address, exclusive=True)) as workbook,
    ):
        return sync(workbook, inbox, office.open_desk, call.run)
