"""What a scheduled run does in one workbook: the jobs of the command line, with numbers as their answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sheets_automation.config.roster import Client
from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import ConfigurationError, SheetsAutomationError
from sheets_automation.core.model import DeliveryState
from sheets_automation.core.reasons import Reason, Severity
from sheets_automation.core.refusal_codes import refusal_code
from sheets_automation.core.registrations import RegistrationState
from sheets_automation.fleet.held import HeldCarrier
from sheets_automation.fleet.outcomes import State
from sheets_automation.jobs.collect import collect
from sheets_automation.jobs.credits import show_credits
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.send import Order, RunReport, send_letters
from sheets_automation.jobs.situation import sit_down
from sheets_automation.jobs.sync import sync
from sheets_automation.link_record_files import read_link_records
from sheets_automation.wiring import Office
from sheets_automation.wiring_fleet import open_lease
from sheets_automation.wiring_links import link_keys, linked_partner

_UNSETTLED = {DeliveryState.FAILED, DeliveryState.REFUSED, DeliveryState.UNCERTAIN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One turn in one workbook."""

    client: Client
    office: Office
    run: Run

    @property
    def carrier(self) -> str:
        """What takes the letters. Raises ConfigurationError where nobody has said it."""
        if found := self.client.carrier or self.office.config.sender.carrier:
            return found
        raise ConfigurationError(
            f"ブック {self.client.name} の送信手段がありません。名簿の carrier か [sender] carrier に書いてください。",
            f"Workbook {self.client.name} has no carrier. Set carrier in the roster, or [sender] carrier.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How it ended, in numbers."""

    state: State
    counts: Mapping[str, int] = field(default_factory=dict)
    error: SheetsAutomationError | None = None


def send(call: Call) -> Done:
    """Send what is due, for one stretch. A number that is unusual waits for a person."""
    office, client = call.office, call.client
    address = call.carrier
    lease = open_lease(office, client.address, call.run.id)
    carrier = HeldCarrier(
        address.partition(":")[0].removesuffix("s"), lambda: office.open_carrier(address, client.address), lease
    )
    with closing(office.open_workbook(client.address, exclusive=True)) as workbook, closing(carrier):
        report = send_letters(workbook, carrier, office.open_desk, call.run, Order())
    return _sent(report)


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


def look_for_answers(call: Call) -> Done:
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


def take_in_links(call: Call) -> Done:
    """Take clicks and refusals in, where the roster says where they are noted."""
    if not call.client.links:
        return Done(state=State.DONE)
    office, path = call.office, Path(call.client.links)
    keys, partner = link_keys(office.environ), linked_partner(office.config)
    read = read_link_records([path])
    with closing(office.open_workbook(call.client.address, exclusive=True)) as workbook:
        report = collect(
            workbook,
            office.look_at_desk,
            call.run,
            read.records,
            codes_of=lambda address: [refusal_code(address, key) for key in keys],
            partner=partner.id if partner else "",
        )
    counts = {"clicks": report.clicks[RegistrationState.ADDED], "refusals": report.refusals_added}
    error = report.not_shown
    if error is not None:
        return Done(state=state_of(error), counts=counts, error=error)
    return Done(state=State.NEEDS_A_PERSON if report.problems or read.unreadable else State.DONE, counts=counts)


def sum_up_credits(call: Call) -> Done:
    """Rebuild the credits' tab."""
    office = call.office
    with closing(office.open_workbook(call.client.address, exclusive=True)) as workbook:
        desk, _ = sit_down(workbook, office.open_desk)
        summary = show_credits(workbook, desk.rules.partners, call.run, tabs=desk.rules.tabs)
    counts = {"credits_left": sum(ledger.left for ledger in summary.ledgers)}
    return Done(state=State.NEEDS_A_PERSON if summary.problems else State.DONE, counts=counts)


def state_of(error: SheetsAutomationError) -> State:
    """What an error means for whoever schedules: a person has to act, somebody else is at work, or it failed."""
    if error.name == "workbook_busy":
        return State.BUSY
    return State.NEEDS_A_PERSON if error.name in _FOR_A_PERSON else State.FAILED


_FOR_A_PERSON = {"blast_radius", "second_person_needed", "cells_kept", "mail_cap_reached"}

ERRANDS: Mapping[str, Callable[[Call], Done]] = {
    "sync": look_for_answers,
    "collect": take_in_links,
    "send": send,
    "credits": sum_up_credits,
}
