"""Compute the credits from the facts.

All facts are sorted by when they happened before any is counted, so one that is recorded late gives the same result as
if it had been recorded in time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sheets_automation.core.credit_months import count_months
from sheets_automation.core.credit_rules import Counting, CreditRules
from sheets_automation.core.credits import CreditEntry, CreditLedger, CreditSummary, EntryKind, credit_number
from sheets_automation.core.forecast import Forecast, capped, forecast
from sheets_automation.core.months import local_day, months_later
from sheets_automation.core.referrals import (
    RecordProblem,
    Referral,
    ReferralEvent,
    ReferralKind,
    fold_referrals,
    unique,
)


@dataclass(slots=True)
class _Credit:
    """A credit while the ledger is computed."""

    number: int
    granted: CreditEntry
    last_day: date | None
    is_spent: bool

    def is_usable_on(self, day: date) -> bool:
        in_time = self.last_day is None or day <= self.last_day
        return not self.is_spent and self.granted.on <= day and in_time


def summarise_credits(events: Iterable[ReferralEvent], rules: Sequence[CreditRules], *, now: datetime) -> CreditSummary:
    """Sum up the facts that had happened by `now`, whose zone says where a day begins and ends.

    A redemption that finds no credit is a problem of the summary, never a negative number.
    """
    happened = without_cancelled(event for event in unique(events) if event.at <= now)
    partners = {rule.id for rule in rules}
    problems = [_unknown_partner(event) for event in happened if event.partner not in partners]
    ledgers = []
    for rule in rules:
        ledger, overdrawn = _ledger([event for event in happened if event.partner == rule.id], rule, now)
        ledgers.append(ledger)
        problems.extend(overdrawn)
    return CreditSummary(as_of=now, ledgers=tuple(ledgers), problems=tuple(problems))


def without_cancelled(events: Iterable[ReferralEvent]) -> list[ReferralEvent]:
    """The events without the uses that never were, and without the word that says so."""
    kept = list(events)
    cancelled = {event.about for event in kept if event.kind is ReferralKind.CANCELLED}
    return [event for event in kept if event.event_id not in cancelled and event.kind is not ReferralKind.CANCELLED]


def _ledger(
    events: Sequence[ReferralEvent], rules: CreditRules, now: datetime
) -> tuple[CreditLedger, list[RecordProblem]]:
    referrals = fold_referrals(events)
    counted = sorted((moment, referral.code) for referral in referrals if (moment := _counts_at(referral, rules)))
    full = len(counted) - len(counted) % rules.per_credit
    granted = [*_earned(counted[:full], rules, now), *_added(events, now)]
    credits_ = _numbered(granted, rules)
    taken, problems = _taken(events, credits_, now)
    entries = [credit.granted for credit in credits_] + taken + list(_expired(credits_, now.date()))
    entries.sort(key=lambda entry: entry.on)  # which leaves on each day what came before what went
    return (
        CreditLedger(
            rules=rules,
            entries=tuple(entries),
            waiting=tuple(code for _, code in counted[full:]),
            months=count_months(referrals, entries, now),
            next_expiry=min((c.last_day for c in credits_ if c.last_day and c.is_usable_on(now.date())), default=None),
            forecast=_forecast([moment for moment, _ in counted], entries, rules, now),
        ),
        problems,
    )


def _forecast(
    counted: Sequence[datetime], entries: Sequence[CreditEntry], rules: CreditRules, now: datetime
) -> Forecast:
    known = forecast(counted, rules.per_credit - len(counted) % rules.per_credit, now)
    on = known.expected or now.date()
    earned = [entry.on for entry in entries if entry.kind is EntryKind.EARNED]
    is_over = _is_full(sum(day.year == on.year for day in earned), rules.max_per_year) or _is_full(
        sum((day.year, day.month) == (on.year, on.month) for day in earned), rules.max_per_month
    )
    return capped(known) if is_over else known


def _counts_at(referral: Referral, rules: CreditRules) -> datetime | None:
    moments = [referral.hired_at]
    if rules.counts is Counting.REGISTERED:
        moments.append(referral.registered_at)
    return min((moment for moment in moments if moment), default=None)


def _earned(counted: Sequence[tuple[datetime, str]], rules: CreditRules, now: datetime) -> Iterator[CreditEntry]:
    """One entry for each full group; the last one of the group earns it."""
    granted_in: Counter[tuple[int, ...]] = Counter()
    for start in range(0, len(counted), rules.per_credit):
        group = counted[start : start + rules.per_credit]
        on = local_day(group[-1][0], now)
        year, month = (on.year,), (on.year, on.month)
        is_over = _is_full(granted_in[year], rules.max_per_year) or _is_full(granted_in[month], rules.max_per_month)
        granted_in.update(() if is_over else (year, month))
        yield CreditEntry(
            on=on,
            kind=EntryKind.OVER_LIMIT if is_over else EntryKind.EARNED,
            amount=0 if is_over else 1,
            credit=0,
            evidence=tuple(code for _, code in group),
        )


def _is_full(granted: int, most: int | None) -> bool:
    return most is not None and granted >= most


def _added(events: Iterable[ReferralEvent], now: datetime) -> Iterator[CreditEntry]:
    for event in events:
        if event.kind is ReferralKind.ADJUSTED:
            for _ in range(event.amount):
                yield _entry(event, EntryKind.ADJUSTED, 1, 0, now)


def _numbered(granted: Iterable[CreditEntry], rules: CreditRules) -> list[_Credit]:
    """The credits in the order in which they came, which is also the order in which they are used."""
    in_order = sorted(granted, key=lambda entry: entry.on)
    return [
        _Credit(
            number=number,
            granted=replace(entry, credit=number),
            last_day=None if rules.expires_months is None else months_later(entry.on, rules.expires_months),
            is_spent=entry.amount == 0,
        )
        for number, entry in enumerate(in_order, start=1)
    ]


def _taken(
    events: Iterable[ReferralEvent], credits_: Sequence[_Credit], now: datetime
) -> tuple[list[CreditEntry], list[RecordProblem]]:
    entries: list[CreditEntry] = []
    problems: list[RecordProblem] = []
    for event in events:
        on = local_day(event.at, now)
        for _ in range(_credits_to_take(event)):
            oldest = next((credit for credit in credits_ if credit.is_usable_on(on)), None)
            if oldest is None:
                problems.append(_overdrawn(event, on))
                break
            oldest.is_spent = True
            kind = EntryKind.REDEEMED if event.kind is ReferralKind.REDEEMED else EntryKind.ADJUSTED
            entries.append(_entry(event, kind, -1, oldest.number, now))
    return entries, problems


def _credits_to_take(event: ReferralEvent) -> int:
    if event.kind is ReferralKind.REDEEMED:
        return event.amount
    return -event.amount if event.kind is ReferralKind.ADJUSTED else 0


def _expired(credits_: Iterable[_Credit], today: date) -> Iterator[CreditEntry]:
    for credit in credits_:
        if not credit.is_spent and credit.last_day and credit.last_day < today:
            yield CreditEntry(
                on=credit.last_day,
                kind=EntryKind.EXPIRED,
                amount=-1,
                credit=credit.number,
                evidence=credit.granted.evidence,
            )


def _entry(event: ReferralEvent, kind: EntryKind, amount: int, credit: int, now: datetime) -> CreditEntry:
    return CreditEntry(
        on=local_day(event.at, now),
        kind=kind,
        amount=amount,
        credit=credit,
        evidence=(event.event_id,),
        note=event.note,
        number=credit_number(event.event_id) if kind is EntryKind.REDEEMED else "",
        opening=event.opening,
        actor=event.actor,
    )


def _unknown_partner(event: ReferralEvent) -> RecordProblem:
    return RecordProblem(
        place=event.event_id,
        ja=f"紹介先「{event.partner}」は設定ファイルの [[partners]] にないので、数えていません。設定に加えてください。",
        en=f"Partner {event.partner} is not in [[partners]] of the configuration, so this does not count. "
        "Add it there.",
    )


def _overdrawn(event: ReferralEvent, on: date) -> RecordProblem:
    return RecordProblem(
        place=event.event_id,
        ja=f"{on} の{event.kind} {abs(event.amount)} 件に、その日に使えるクレジットが足りません。"
        "足りない分は数えていません。日付と件数を紹介先に確かめ、クレジット調整で直してください。",
        en=f"{abs(event.amount)} credits are taken on {on}, but fewer could be used on that day; "
        "the rest is not counted. Check date and number with the partner and correct them by an adjustment.",
    )
