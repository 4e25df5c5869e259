"""What became of the rejected: who was told, how soon, who came back, and where the links in letters led."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from sheets_automation.core.analysis import MonthLine, Rate, WaitingLine
from sheets_automation.core.analysis_period import Period, months_between
from sheets_automation.core.credit_months import MONTHS_SHOWN
from sheets_automation.core.delivery_log import DeliveryLog
from sheets_automation.core.importing.reapplication import APART
from sheets_automation.core.model import Candidate, Decision, DeliveryState, LetterKind
from sheets_automation.core.months import months_later
from sheets_automation.core.persons import Persons
from sheets_automation.core.referrals import Referral

_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)
_MOST_MONTHS = 36


def decided(candidate: Candidate) -> datetime | None:
    """When a rejection was decided, or else first seen: a moment of that very day."""
    # A day without a time lasts until the midnight after it, which is of the next day: after a 31st, of the next month.
    return candidate.decided_at - _MOMENT if candidate.decided_at else candidate.first_seen_at


def told_by_row(
    candidates: Sequence[Candidate], log: DeliveryLog, persons: Persons, *, tells_agencies: bool
) -> Mapping[int, bool]:
    """By row, the rejected who are to be told, and whether they were: by a letter to this or another row of theirs.

    Nobody has to tell whoever refused letters, or came through an agency, which tells its candidates itself.
    """
    sent = {key.candidate_id for key, one in log.deliveries.items() if one.state is DeliveryState.SENT}
    families = {one.row: person.candidates for person in persons.people for one in person.candidates}
    return {
        one.row: one.id in sent or any(other.id in sent for other in families.get(one.row, ()))
        for one in candidates
        if one.decision is Decision.REJECTED and not one.opted_out and (tells_agencies or not one.from_agency)
    }


def days_to_letter(candidates: Sequence[Candidate], log: DeliveryLog) -> Sequence[float]:
    """Days from decision to letter, sorted. A letter on the day of the decision was waited for not at all."""
    return sorted(days for one in candidates if (days := wait_of(one, log)) is not None)


def wait_of(candidate: Candidate, log: DeliveryLog) -> float | None:
    """How many days one candidate waited for the letter; None for whoever has none, or no date of the decision."""
    if candidate.decision is not Decision.REJECTED or candidate.decided_at is None:
        return None
    delivery = log.delivery(log.current_key(candidate.id, LetterKind.REJECTION))
    if delivery.state is not DeliveryState.SENT or not delivery.at:
        return None
    return max((delivery.at - candidate.decided_at) / _DAY, 0.0)


def quantile(ordered: Sequence[float], share: float) -> float | None:
    """The value below which this share lies, between the two nearest ones by distance; None of nothing."""
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def reapplications(candidates: Sequence[Candidate], persons: Persons, period: Period, zone: tzinfo | None) -> Rate:
    """Of the people who applied in a period, those of whom an application there came 30 days or more after the last."""
    together = {one.row for person in persons.people for one in person.candidates}
    alone = sum(one.row not in together and period.holds(one.applied_at, zone) for one in candidates)
    families = [person.candidates for person in persons.people]
    there = [rows for rows in families if any(period.holds(one.applied_at, zone) for one in rows)]
    return Rate(sum(_came_back(rows, period, zone) for rows in there), alone + len(there))


def _came_back(rows: Sequence[Candidate], period: Period, zone: tzinfo | None) -> bool:
    moments = sorted(one.applied_at for one in rows if one.applied_at)
    return any(later - earlier >= APART and period.holds(later, zone) for earlier, later in itertools.pairwise(moments))


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCounts:
    """How far the links in letters led. Whoever registered is counted as having clicked, whoever was hired as both."""

    letters: int
    clicked: int
    registered: int
    hired: int


def link_counts(log: DeliveryLog, referrals: Sequence[Referral], period: Period, zone: tzinfo | None) -> LinkCounts:
    """Count the letters with a link that left in a period, and what became of each up to now."""
    by_code = {referral.code: referral for referral in referrals if referral.moments}
    led = [
        by_code.get(one.claim.referral_code)
        for one in log.deliveries.values()
        if one.claim and one.claim.referral_code and has_left(one.state, one.claim.referral_code, by_code)
        if period.holds(one.at, zone)
    ]
    found = [referral for referral in led if referral]
    return LinkCounts(
        letters=len(led),
        clicked=len(found),
        registered=sum(bool(one.registered_at or one.hired_at) for one in found),
        hired=sum(bool(one.hired_at) for one in found),
    )


def has_left(state: DeliveryState | None, code: str, by_code: Collection[str]) -> bool:
    """Whether a letter reached somebody: the log says so, or its link was used."""
    return state is DeliveryState.SENT or code in by_code


def months(candidates: Sequence[Candidate], log: DeliveryLog, period: Period, now: datetime) -> tuple[MonthLine, ...]:
    """Month by month: those of the period, or the last twelve; each thing in the month in which it happened."""
    sent = (one.at for one in log.deliveries.values() if one.state is DeliveryState.SENT)
    applied = _monthly((one.applied_at for one in candidates), now.tzinfo)
    rejected = _monthly((decided(one) for one in candidates if one.decision is Decision.REJECTED), now.tzinfo)
    left = _monthly(sent, now.tzinfo)
    return tuple(
        MonthLine(month=month, applied=applied.get(month, 0), rejected=rejected.get(month, 0), sent=left.get(month, 0))
        for month in months_shown(period, now)
    )


def _monthly(moments: Iterator[datetime | None], zone: tzinfo | None) -> Mapping[date, int]:
    found: dict[date, int] = {}
    for moment in moments:
        if moment:
            month = moment.astimezone(zone).date().replace(day=1)
            found[month] = found.get(month, 0) + 1
    return found


def months_shown(period: Period, now: datetime) -> Sequence[date]:
    """The months of a period that are told apart, by their first days."""
    last = period.last or now.date().replace(day=1)
    first = period.first or months_later(last, 1 - MONTHS_SHOWN)
    return months_between(first, last)[-_MOST_MONTHS:] if first <= last else (first,)


def waiting_lines(waiting: Sequence[Candidate], now: datetime) -> tuple[WaitingLine, ...]:
    """Who waits too long, the longest first; no addresses."""
    lines = [
        WaitingLine(
            row=one.row,
            candidate_id=one.id,
            name=one.name,
            opening=one.opening,
            days=(now - since) // _DAY,
        )
        for one in waiting
        if (since := decided(one))
    ]
    return tuple(sorted(lines, key=lambda line: (-line.days, line.row)))
