"""Credits: read → summarise → show, and a person's word that some were used or corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sheets_automation.core.credit_folding import summarise_credits
from sheets_automation.core.credit_view import credit_tab
from sheets_automation.core.credits import CreditRules, CreditSummary, with_problems
from sheets_automation.core.delivery_log import DeliveryLog
from sheets_automation.core.errors import ConfigurationError, CreditsMissing
from sheets_automation.core.log_folding import fold
from sheets_automation.core.log_rows import read_events
from sheets_automation.core.referral_rows import read_referral_events, to_row
from sheets_automation.core.referrals import ReferralEvent, ReferralKind, is_plausible_amount, of_known_codes
from sheets_automation.core.report_inbox import look_into
from sheets_automation.core.rules import TabNames
from sheets_automation.core.table import Snapshot
from sheets_automation.core.views import Views, is_shown
from sheets_automation.jobs.run import Run
from sheets_automation.ports import Workbook


def show_credits(
    workbook: Workbook, partners: Sequence[CreditRules], run: Run, *, tabs: TabNames | None = None
) -> CreditSummary:
    """Sum up the credits and rebuild their tab."""
    tabs = tabs or TabNames()
    snapshot = workbook.read()
    summary = _summary(snapshot, partners, run, tabs)
    view = credit_tab(summary, tabs.credits)
    workbook.show(Views(tabs=() if is_shown(view, snapshot.tables.get(view.tab)) else (view,)))
    return summary


def summarise(
    snapshot: Snapshot, log: DeliveryLog, partners: Sequence[CreditRules], tabs: TabNames, now: datetime
) -> CreditSummary:
    """What the referrals have earned by now, and what is wrong with the records of them."""
    events, broken = read_referral_events(snapshot.tables.get(tabs.referrals))
    known, unknown = of_known_codes(events, log.candidate_of_code)
    inbox = look_into(snapshot.tables.get(tabs.reports), partners, events, log.candidate_of_code, now)
    summary = replace(summarise_credits(known, partners, now=now), untaken=inbox.untaken)
    return with_problems(summary, (*broken, *unknown, *inbox.problems))


def record_credits(
    workbook: Workbook,
    event: ReferralEvent,
    partners: Sequence[CreditRules],
    run: Run,
    *,
    tabs: TabNames | None = None,
) -> CreditSummary:
    """Append a redemption or an adjustment, and show the credits with it.

    Raises CreditsMissing, and appends nothing, where more would be taken than is left with that partner.
    """
    if not is_plausible_amount(event.kind, event.amount):
        raise ValueError("amount out of range")
    tabs = tabs or TabNames()
    ledgers = _summary(workbook.read(), partners, run, tabs).ledgers
    left = next((ledger.left for ledger in ledgers if ledger.rules.id == event.partner), 0)
    taken = event.amount if event.kind is ReferralKind.REDEEMED else -event.amount
    if taken > left:
        raise CreditsMissing(
            f"使えるクレジットは {left} 件なので、{taken} 件は減らせません。件数と紹介先を確かめてください。",
            f"Only {left} credits are left, so {taken} cannot be taken. Check the number and the partner.",
        )
    workbook.append({tabs.referrals: [to_row(event)]})
    return show_credits(workbook, partners, run, tabs=tabs)


def partner_named(wanted: str, partners: Sequence[CreditRules]) -> str:
    """The id of the partner that is meant: the only one there is, where none is named."""
    ids = [partner.id for partner in partners]
    if wanted in ids:
        return wanted
    if not wanted and len(ids) == 1:
        return ids[0]
    listed = ", ".join(ids) or "―"
    raise ConfigurationError(
        f"紹介先を --partner で選んでください(設定の [[partners]]: {listed})。",
        f"Choose the partner with --partner ([[partners]] in the configuration: {listed}).",
    )


def redemption(run: Run, *, partner: str, amount: int, note: str = "", source: str = "cli") -> ReferralEvent:
    """The fact that credits were used now."""
    return replace(_credit_event(run, ReferralKind.REDEEMED, partner, amount, note), source=source)


def adjustment(run: Run, *, partner: str, amount: int, note: str) -> ReferralEvent:
    """The fact that a person corrects the number of credits; the note says why."""
    return _credit_event(run, ReferralKind.ADJUSTED, partner, amount, note)


def _credit_event(run: Run, kind: ReferralKind, partner: str, amount: int, note: str) -> ReferralEvent:
    return ReferralEvent(
        event_id=run.next_referral_event_id(),
        at=run.clock(),
        kind=kind,
        partner=partner,
        amount=amount,
        source="cli",
        note=note,
        actor=run.actor,
    )


def _summary(snapshot: Snapshot, partners: Sequence[CreditRules], run: Run, tabs: TabNames) -> CreditSummary:
    log = fold(read_events(snapshot.tables.get(tabs.log)))
    return summarise(snapshot, log, partners, tabs, run.clock())
