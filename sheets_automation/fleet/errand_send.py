"""Sending what is due in one workbook, for one stretch."""

from __future__ import annotations

from collections import Counter
from contextlib import closing

from sheets_automation.core.errors import MailCapReached
from sheets_automation.core.model import DeliveryState
from sheets_automation.core.reasons import Reason, Severity
from sheets_automation.fleet.calls import Call, Done, state_of
from sheets_automation.fleet.held import HeldCarrier
from sheets_automation.fleet.outcomes import State
from sheets_automation.jobs.send import Order, RunReport, send_letters
from sheets_automation.jobs.situation import OpenDesk
from sheets_automation.ports import Carrier
from sheets_automation.wiring import Office
from sheets_automation.wiring_fleet import open_lease

_UNSETTLED = {DeliveryState.FAILED, DeliveryState.REFUSED, DeliveryState.UNCERTAIN}


def do(call: Call) -> Done:
    """Send what is due, for one stretch. A number that is unusual waits for a person."""
    return send_stretch(call, call.office, call.office.open_desk, call.carrier)


def send_stretch(call: Call, office: Office, open_desk: OpenDesk, address: str) -> Done:
    """Send what this desk finds due by the carrier behind an address."""
    client = call.client
    office.leaves_by = address  # known before the carrier is opened, which may never be needed
    lease = open_lease(office, client.address, call.run.id)
    carrier = HeldCarrier(address.partition(":")[0].removesuffix("s"), lambda: _opened(call, office, address), lease)
    with closing(office.open_workbook(client.address, exclusive=True)) as workbook, closing(carrier):
        report = send_letters(workbook, carrier, open_desk, call.run, Order())
    if isinstance(report.error, MailCapReached):
        call.spent.add(address)
    return _sent(report)


def _opened(call: Call, office: Office, address: str) -> Carrier:
    """The carrier. A log counts its own workbook's letters alone: that a mailbox is spent, only its answer tells."""
    if address in call.spent:
        raise MailCapReached(
            "このメールボックスの 1 日の送信上限に、ほかのブックの通知で達しました。残りは明日以降の実行で送ります。",
            "Letters of other workbooks have used up this mailbox's day. The rest goes with a run from tomorrow on.",
        )
    return office.open_carrier(address, call.client.address)


def _sent(report: RunReport) -> Done:
    states = Counter(outcome.state for outcome in report.outcomes)
    act = sum(one.severity is Severity.ACT for one in report.skipped())
    counts = {
        "planned": len(report.plan.letters),
        **{state.value: states[state] for state in DeliveryState if states[state]},
        "need_a_person": act,
        "waiting_too_long": len(report.plan.waiting),
    }
    error = report.error or report.not_shown
    if error is not None:
        return Done(state=state_of(error), counts=counts, error=error)
    reached = sum(outcome.reason is not Reason.RUN_STOPPED for outcome in report.outcomes)
    if reached < len(report.plan.letters):
        return Done(state=State.MORE, counts=counts)
    is_settled = not any(states[state] for state in _UNSETTLED) and not report.plan.waiting
    return Done(state=State.DONE if is_settled else State.NEEDS_A_PERSON, counts=counts)
