"""Credits: read → summarise → show, and a person's word that some were used or corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sheets_automation.core.circulation import number_in
from sheets_automation.core.credit_folding import summarise_credits
from sheets_automation.core.credit_rules import CreditRules
from sheets_automation.core.credit_view import credit_tab
from sheets_automation.core.credits import CreditEntry, CreditSummary, with_problems
from sheets_automation.core.delivery_log import DeliveryLog
from sheets_automation.core.errors import ConfigurationError, CreditsMissing, WorkbookChanged
from sheets_automation.core.log_folding import fold
from sheets_automation.core.log_rows import read_events
from sheets_automation.core.referral_rows import read_referral_events, to_row
from sheets_automation.core.referrals import ReferralEvent, ReferralKind, is_plausible_amount, of_known_codes
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
    summary = summarise_credits(known, partners, now=now)
    reports = snapshot.tables.get(tabs.reports)
    if reports is None:
        return with_problems(summary, (*broken, *unknown))
    from sheets_automation.core.report_inbox import look_into  # loaded where partners report in the workbook

    inbox = look_into(reports, partners, events, log.candidate_of_code, now)
    return with_problems(replace(summary, untaken=inbox.untaken), (*broken, *unknown, *inbox.problems))


def record_credits(
    workbook: Workbook,
    event: ReferralEvent,
    partners: Sequence[CreditRules],
    run: Run,
    *,
    tabs: TabNames | None = None,
    seen: int | None = None,
) -> CreditSummary:
    """Append a redemption or an adjustment, and show the credits with it. The same event again changes nothing.

    Raises CreditsMissing, and nothing counts, where more would be taken than is left with that partner, where `seen`
    is how many a person saw and others are left by now, or where somebody else took the credit at the same moment.
    """
    if not is_plausible_amount(event.kind, event.amount):
        raise ValueError("amount out of range")
    tabs = tabs or TabNames()
    snapshot = workbook.read()
    if event.event_id in {one.event_id for one in _events(snapshot, tabs)}:
        return show_credits(workbook, partners, run, tabs=tabs)
    ledgers = _summary(snapshot, partners, run, tabs).ledgers
    left = next((ledger.left for ledger in ledgers if ledger.rules.id == event.partner), 0)
    taken = event.amount if event.kind is ReferralKind.REDEEMED else -event.amount
    if taken > left:
        raise _too_many(taken, left)
    if seen is not None and seen != left:
        raise _others_left(seen, left)
    workbook.append({tabs.referrals: [to_row(event)]})
    if taken > 0 and not workbook.single_run:
        _give_way(workbook, event, partners, run, tabs)
    return show_credits(workbook, partners, run, tabs=tabs)


def _give_way(
    workbook: Workbook, event: ReferralEvent, partners: Sequence[CreditRules], run: Run, tabs: TabNames
) -> None:
    """Take our use back where another one stands before it in the tab and left nothing for it: the first one has it."""
    events = list(_events(workbook.read(), tabs))
    before = next((place for place, one in enumerate(events) if one.event_id == event.event_id), None)
    if before is None:
        raise WorkbookChanged(
            "クレジットの利用の記録が、書いた直後に見つかりません。「紹介実績」を確かめて、もう一度実行してください。",
            "The use of the credit cannot be found right after it was written. Look at 紹介実績 and try again.",
        )
    earlier = [one for place, one in enumerate(events) if place < before or not _takes(one)]
    if _overdrawn((*earlier, event), partners, run) == _overdrawn(earlier, partners, run):
        return
    workbook.append({tabs.referrals: [to_row(_cancellation(run, event))]})
    show_credits(workbook, partners, run, tabs=tabs)
    raise CreditsMissing(
        "同じ時に、ほかの方が先にこのクレジットを使いました。今回の利用は記録していません。",
        "Somebody else used this credit at the same moment, and was first. This use does not count.",
    )


def _takes(event: ReferralEvent) -> bool:
    return event.kind is ReferralKind.REDEEMED or (event.kind is ReferralKind.ADJUSTED and event.amount < 0)


def _overdrawn(events: Sequence[ReferralEvent], partners: Sequence[CreditRules], run: Run) -> int:
    """How many uses and adjustments find too few credits."""
    return len(summarise_credits(events, partners, now=run.clock()).problems)


def _events(snapshot: Snapshot, tabs: TabNames) -> tuple[ReferralEvent, ...]:
    """The facts in the order of the tab, those of codes of ours alone."""
    events, _ = read_referral_events(snapshot.tables.get(tabs.referrals))
    log = fold(read_events(snapshot.tables.get(tabs.log)))
    return of_known_codes(events, log.candidate_of_code)[0]


def _too_many(taken: int, left: int) -> CreditsMissing:
    return CreditsMissing(
        f"使えるクレジットは {left} 件なので、{taken} 件は減らせません。件数と紹介先を確かめてください。",
        f"Only {left} credits are left, so {taken} cannot be taken. Check the number and the partner.",
    )


def _others_left(seen: int, left: int) -> CreditsMissing:
    return CreditsMissing(
        f"使えるクレジットが、見ていた間に {seen} 件から {left} 件に変わりました。"
        "ほかの方が使っていないか確かめて、もう一度記録してください。",
        f"While you were looking, the credits that are left became {left} instead of {seen}. "
        "Find out whether somebody else used one, then record it again.",
    )


def uses_of(snapshot: Snapshot, partners: Sequence[CreditRules], run: Run, tabs: TabNames) -> Mapping[str, CreditEntry]:
    """The uses of credits, by クレジット番号."""
    return _summary(snapshot, partners, run, tabs).uses


def use_named(wanted: str, uses: Mapping[str, CreditEntry]) -> str:
    """The クレジット番号 that is meant; ConfigurationError where no use has it."""
    number = number_in(wanted)
    if number in uses:
        return number
    listed = ", ".join(uses) or "―"
    raise ConfigurationError(
        f"クレジット番号 {number} の利用は記録にありません(あるもの: {listed})。「クレジット」タブで確かめてください。",
        f"No use of a credit has the number {number} (there are: {listed}). See tab クレジット.",
    )


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What a person says of the use of credits."""

    partner: str
    amount: int
    opening: str = ""
    note: str = ""


def redemption(run: Run, use: Use, *, source: str = "cli", key: str = "") -> ReferralEvent:
    """The fact that credits were used now. With a `key`, saying the same again is the same fact."""
    event = _credit_event(run, ReferralKind.REDEEMED, use.partner, use.amount, use.note)
    return replace(event, event_id=f"P-{key}" if key else event.event_id, source=source, opening=use.opening)


def _cancellation(run: Run, event: ReferralEvent) -> ReferralEvent:
    word = _credit_event(run, ReferralKind.CANCELLED, event.partner, 0, event.note)
    return replace(word, source=event.source, about=event.event_id)


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
