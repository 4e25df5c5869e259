"""The main job, one straight line: read → select → compose → prepare → claim → commit → record → show."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from sheets_automation.core import blast_radius
from sheets_automation.core.credits import CreditSummary
from sheets_automation.core.delivery_log import DeliveryEvent, claim_of
from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.core.log_rows import to_row
from sheets_automation.core.model import DeliveryState, Receipt
from sheets_automation.core.moments import ago
from sheets_automation.core.reasons import Reason
from sheets_automation.core.sentences import Skipped
from sheets_automation.core.stops import frozen
from sheets_automation.jobs.desk import Desk, only_marked
from sheets_automation.jobs.plan import Plan, plan_letters
from sheets_automation.jobs.run import A_RUN_IS_DEAD_AFTER, Progress, Run, no_progress
from sheets_automation.jobs.show import show_plan, show_state
from sheets_automation.jobs.situation import OpenDesk, Situation, credit_summary, sit_down, understand
from sheets_automation.ports import Carrier, Workbook

if TYPE_CHECKING:
    from sheets_automation.jobs.approve import Approval
    from sheets_automation.jobs.deliver import Delivering, LetterOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a person asked for on the command line or in the page."""

    only: Collection[str] = ()
    limit: int | None = None
    expect: int | None = None
    approval: Approval | None = None
    """People agreed to just these letters, and named their number where it is unusual."""
    although_frozen: bool = False
    """A person says that these go although sending is stopped: for apologies alone. A later stop stops them, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What a run did, or would do."""

    run_id: str
    plan: Plan
    desk: Desk
    credits: CreditSummary
    """As they stand in the workbook that was planned by; a run earns none."""
    outcomes: tuple[LetterOutcome, ...] = ()
    is_dry: bool = False
    error: SheetsAutomationError | None = None
    """What stopped or refused the run."""
    not_shown: SheetsAutomationError | None = None
    """Why the status columns are not up to date; the facts are safe, and the next run shows them."""
    resolved: int = 0
    """Claims of dead runs that were settled with the carrier before this run planned anything."""

    def skipped(self) -> tuple[Skipped, ...]:
        """Everybody who got no letter: by the plan, and what happened on the way."""
        return (*self.plan.skipped, *_dropped(self))


def plan_run(workbook: Workbook, open_desk: OpenDesk, run: Run, order: Order) -> RunReport:
    """Show exactly what a run would send and why the others are left out; touches nothing."""
    desk, situation = sit_down(workbook, open_desk)
    plan = plan_letters(situation, desk, run, only=order.only, limit=order.limit)
    report = _planned(plan, desk, run)
    return replace(report, is_dry=True, error=_refusal(plan, desk, order))


def send_letters(
    workbook: Workbook,
    carrier: Carrier,
    open_desk: OpenDesk,
    run: Run,
    order: Order,
    progress: Progress = no_progress,
) -> RunReport:
    """Deliver each due letter once and show what happened."""
    desk, situation = sit_down(workbook, open_desk)
    if situation.stops and not order.although_frozen:
        return _stopped(workbook, desk, situation, run, order)
    resolved = resolve_leftovers(workbook, carrier, situation, desk, run)
    if resolved:
        situation = understand(workbook.read(), desk.rules, desk.headings_used)
    writing = _for_what_is_approved(desk, situation, order.approval) if order.approval else desk
    plan = plan_letters(situation, writing, run, only=order.only, limit=order.limit)
    report = replace(_planned(plan, desk, run), resolved=resolved)
    refusal = _refusal(plan, desk, order)
    if refusal is not None or not plan.letters:
        return replace(report, error=refusal, not_shown=show_plan(workbook, plan, desk, run))
    delivering = _delivering(workbook, carrier, writing, run, plan, order)
    delivering.deliver(progress)
    if not delivering.is_open:  # nothing was claimed, and what hindered that hinders showing too
        return replace(report, error=delivering.error)
    return replace(
        report,
        outcomes=tuple(delivering.outcomes),
        error=delivering.error,
        not_shown=show_state(workbook, desk, run, delivering.situation.after(delivering.events)),
    )


def _stopped(workbook: Workbook, desk: Desk, situation: Situation, run: Run, order: Order) -> RunReport:
    """Nothing goes, and not even what a dead run left is looked after: asking LINE about that means sending."""
    from sheets_automation.jobs.freeze import record_flag

    record_flag(workbook, situation, desk.rules, run)
    plan = plan_letters(situation, desk, run, only=order.only, limit=order.limit)
    error = _refusal(plan, desk, order)
    return replace(_planned(plan, desk, run), error=error, not_shown=show_plan(workbook, plan, desk, run))


def _for_what_is_approved(desk: Desk, situation: Situation, approval: Approval) -> Desk:
    """The desk, at which only the letters are written to which people agree at this moment."""
    from sheets_automation.jobs.approve import still_approved

    return only_marked(desk, still_approved(situation, approval))


def _delivering(workbook: Workbook, carrier: Carrier, desk: Desk, run: Run, plan: Plan, order: Order) -> Delivering:
    from sheets_automation.jobs.approve import agreed_to  # most nights nobody is due
    from sheets_automation.jobs.deliver import Delivering

    return Delivering(
        workbook=workbook,
        carrier=carrier,
        desk=desk,
        run=run,
        plan=plan,
        accepted_stops=plan.situation.stops if order.although_frozen else (),
        agreed=partial(agreed_to, approval=order.approval) if order.approval else None,
    )


def _planned(plan: Plan, desk: Desk, run: Run) -> RunReport:
    return RunReport(
        run_id=run.id, plan=plan, desk=desk, credits=credit_summary(plan.situation, desk.rules, run.clock())
    )


def _refusal(plan: Plan, desk: Desk, order: Order) -> SheetsAutomationError | None:
    if (stops := plan.situation.stops) and not order.although_frozen:
        return frozen(stops[0])
    if order.approval is not None:  # the number was named when they were agreed to, and it can only shrink
        return None
    try:
        blast_radius.check(plan.scope, desk.rules.blast, order.expect)
    except SheetsAutomationError as refused:
        return refused
    return None


def resolve_leftovers(workbook: Workbook, carrier: Carrier, situation: Situation, desk: Desk, run: Run) -> int:
    """Settle with the carrier what dead runs left open; what another carrier has to answer stays open."""
    events: list[DeliveryEvent] = []
    beaten = {claim.event_id for delivery in situation.log.unfinished() for claim in delivery.beaten}
    for claim in situation.log.open_claims():
        if claim.carrier != carrier.name or claim.key.kind is not desk.kind:
            continue  # only who writes such letters can tell whether this one is still due
        if workbook.single_run or claim.at < ago(run.clock(), A_RUN_IS_DEAD_AFTER):
            events.append(run.outcome(claim, _resolved(claim, carrier, beaten)))
    if events:
        workbook.append({desk.rules.tabs.log: [to_row(event) for event in events]})
    return len(events)


def _resolved(claim: DeliveryEvent, carrier: Carrier, beaten: Collection[str]) -> Receipt:
    receipt = carrier.resolve(claim_of(claim))
    if receipt.state is not DeliveryState.UNCERTAIN or claim.event_id not in beaten or carrier.batch_size == 1:
        return receipt
    # It was not the first, its letter is not made ready any more, and it is not among the sent ones: it gave up.
    return replace(receipt, state=DeliveryState.WITHDRAWN)


def _dropped(report: RunReport) -> list[Skipped]:
    """Planned letters that this run did not send after all."""
    if report.is_dry or (report.error is not None and not report.outcomes):
        return []
    reached = {outcome.planned.candidate.id for outcome in report.outcomes}
    dropped = [
        Skipped(candidate=outcome.planned.candidate, reason=outcome.reason)
        for outcome in report.outcomes
        if outcome.reason is not None
    ]
    untouched = [p.candidate for p in report.plan.letters if p.candidate.id not in reached]
    return [*dropped, *(Skipped(candidate=c, reason=Reason.RUN_STOPPED) for c in untouched)]
