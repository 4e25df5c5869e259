"""紹介実績: what became of the links in our letters, as appended facts.

One tab keeps two families of facts: what a referral led to (clicked, registered, hired, or taken back), and what people
did with the credits (redeemed, adjusted). No fact is ever edited; a mistake is corrected by another fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sheets_automation.core.referral_codes import read_code


class ReferralKind(StrEnum):
    """種別: what a fact says; the value is the word in the tab, which HR reads too."""

    CLICKED = "クリック"
    REGISTERED = "登録"
    HIRED = "採用決定"
    VOIDED = "取消"  # all that was recorded for this code up to then was a mistake
    REDEEMED = "クレジット利用"
    ADJUSTED = "クレジット調整"
    CANCELLED = "クレジット利用取消"  # of one use, which then never was


AMOUNT_KINDS: Final = frozenset({ReferralKind.REDEEMED, ReferralKind.ADJUSTED})
"""Facts that carry an amount."""
CREDIT_KINDS: Final = AMOUNT_KINDS | {ReferralKind.CANCELLED}
"""Facts about credits: they carry no code."""
MOST_CREDITS_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralEvent:
    """One row of the tab."""

    event_id: str
    """Says which append wrote it, so that the same append twice counts once."""
    at: datetime
    """When it happened, aware. A day without a time is the beginning of that day."""
    kind: ReferralKind
    partner: str
    code: str = ""
    amount: int = 0
    """Credits redeemed (positive), or added and taken away by an adjustment (positive or negative)."""
    source: str = ""
    """Where we know it from: "cli", "csv:registrations.csv", "webhook"."""
    note: str = ""
    actor: str = ""
    opening: str = ""
    """For which opening credits were used."""
    about: str = ""
    """The id of the use that is cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordProblem:
    """A fact that cannot count as it stands: where it is, and what to do about it."""

    place: str
    """For people, e.g. "紹介実績!5" or an event id."""
    ja: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """紹介: one code and how far it led. A moment is the first of its kind that was not taken back."""

    code: str
    partner: str
    clicked_at: datetime | None = None
    registered_at: datetime | None = None
    hired_at: datetime | None = None
    voided_at: datetime | None = None
    """Whatever happened up to then was taken back."""

    @property
    def moments(self) -> tuple[datetime, ...]:
        """Of all that counts for this code."""
        return tuple(moment for moment in (self.clicked_at, self.registered_at, self.hired_at) if moment)

    def moment_of(self, kind: ReferralKind) -> datetime | None:
        """When this code was first clicked, registered or hired."""
        return {
            ReferralKind.CLICKED: self.clicked_at,
            ReferralKind.REGISTERED: self.registered_at,
            ReferralKind.HIRED: self.hired_at,
        }[kind]


def unique(events: Iterable[ReferralEvent]) -> list[ReferralEvent]:
    """The events without those that were appended twice, in an order that does not depend on theirs."""
    by_id = {event.event_id: event for event in sorted(events, key=_order, reverse=True)}
    return sorted(by_id.values(), key=_order)


def fold_referrals(events: Iterable[ReferralEvent]) -> tuple[Referral, ...]:
    """What each code led to, in order of code; the order of the events does not matter."""
    by_code: dict[str, list[ReferralEvent]] = {}
    for event in unique(events):
        if event.kind not in CREDIT_KINDS:
            by_code.setdefault(event.code, []).append(event)
    return tuple(_referral(code, by_code[code]) for code in sorted(by_code))


def of_known_codes(
    events: Iterable[ReferralEvent], candidate_of_code: Mapping[str, str]
) -> tuple[tuple[ReferralEvent, ...], tuple[RecordProblem, ...]]:
    """The events whose code stands in a letter of ours, and a problem for each of the others.

    A code that we never wrote earns nothing: whoever counts it would have to explain the credit without evidence.
    """
    known: list[ReferralEvent] = []
    problems: list[RecordProblem] = []
    for event in events:
        if event.kind in CREDIT_KINDS or event.code in candidate_of_code:
            known.append(event)
        else:
            problems.append(_unknown(event))
    return tuple(known), tuple(problems)


def normalised_code(text: str) -> str:
    """The code in a cell of the tab; ValueError when there is none."""
    reading = read_code(text)
    if reading.problem is not None:
        raise ValueError(reading.problem)
    return reading.code


def is_plausible_amount(kind: ReferralKind, amount: int) -> bool:
    """Whether a person can have meant this number of credits."""
    least = 1 if kind is ReferralKind.REDEEMED else -MOST_CREDITS_AT_ONCE
    return amount != 0 and least <= amount <= MOST_CREDITS_AT_ONCE


def _order(event: ReferralEvent) -> tuple[datetime, str, str, str, int]:
    return event.at, event.event_id, event.kind, event.code, event.amount


def _referral(code: str, events: list[ReferralEvent]) -> Referral:
    voided_at = max((event.at for event in events if event.kind is ReferralKind.VOIDED), default=None)
    first: dict[ReferralKind, datetime] = {}
    for event in events:
        if voided_at is None or event.at > voided_at:
            first.setdefault(event.kind, event.at)
    return Referral(
        code=code,
        partner=events[0].partner,
        clicked_at=first.get(ReferralKind.CLICKED),
        registered_at=first.get(ReferralKind.REGISTERED),
        hired_at=first.get(ReferralKind.HIRED),
        voided_at=voided_at,
    )


def _unknown(event: ReferralEvent) -> RecordProblem:
    return RecordProblem(
        place=event.event_id,
        ja=f"紹介コード {event.code} は、送信記録のどの通知にもありません。件数には入れていません。"
        "紹介先にコードを確かめてください。",
        en=f"Referral code {event.code} is in no letter that we sent, so it is not counted. "
        "Ask the partner for the right one.",
    )
