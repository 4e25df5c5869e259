"""分析 at a glance: where people stand, what became of each opening and medium, and how long people waited. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sheets_automation.core.credit_months import MONTHS_SHOWN, months_later
from sheets_automation.core.delivery_log import Delivery, DeliveryLog
from sheets_automation.core.model import Candidate, Decision, DeliveryState, LetterKind

_LEFT = {DeliveryState.SENT, DeliveryState.BOUNCED}
_MOST_GROUPS = 50
_DAY = timedelta(days=1)
NO_NAME = "―"
"""Stands for a blank cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupGlance:
    """One opening or medium."""

    name: str
    rows: int
    rejected: int
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthGlance:
    """One month: who applied, who was rejected, who was written to."""

    month: str
    """Such as "2026-11"."""
    applied: int
    rejected: int
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """The whole workbook in a few numbers."""

    stages: tuple[tuple[str, int], ...]
    openings: tuple[GroupGlance, ...]
    media: tuple[GroupGlance, ...]
    months: tuple[MonthGlance, ...]
    """The last twelve, oldest first."""
    median_wait: float | None
    """Days from the decision to the letter, of those who were written to and whose decision has a date."""
    longest_wait: float | None
    follow_up_rate: float | None
    """The share of the rejected who were written to; None where nobody was rejected."""


def glance(candidates: Sequence[Candidate], log: DeliveryLog, now: datetime) -> Glance:
    """Count. `now` is in the workbook's time zone."""
    sent = {one.candidate_id: delivery for one, delivery in log.deliveries.items() if delivery.state in _LEFT}
    rejected = [candidate for candidate in candidates if candidate.decision is Decision.REJECTED]
    waits = sorted(_waits(rejected, log))
    told = sum(candidate.id in sent for candidate in rejected)
    return Glance(
        stages=tuple(Counter(candidate.stage or NO_NAME for candidate in candidates).most_common(_MOST_GROUPS)),
        openings=_groups(candidates, sent, lambda candidate: candidate.opening),
        media=_groups(candidates, sent, lambda candidate: candidate.medium),
        months=_months(candidates, sent.values(), now),
        median_wait=_median(waits),
        longest_wait=waits[-1] if waits else None,
        follow_up_rate=told / len(rejected) if rejected else None,
    )


def _groups(
    candidates: Iterable[Candidate], sent: Collection[str], name_of: Callable[[Candidate], str]
) -> tuple[GroupGlance, ...]:
    rows: Counter[str] = Counter()
    rejected: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for candidate in candidates:
        name = name_of(candidate) or NO_NAME
        rows[name] += 1
        rejected[name] += candidate.decision is Decision.REJECTED
        told[name] += candidate.id in sent
    return tuple(
        GroupGlance(name=name, rows=count, rejected=rejected[name], sent=told[name])
        for name, count in rows.most_common(_MOST_GROUPS)
    )


def _months(candidates: Sequence[Candidate], deliveries: Iterable[Delivery], now: datetime) -> tuple[MonthGlance, ...]:
    applied = _monthly((candidate.applied_at for candidate in candidates), now)
    decided = (candidate.decided_at for candidate in candidates if candidate.decision is Decision.REJECTED)
    rejected = _monthly(decided, now)
    sent = _monthly((delivery.at for delivery in deliveries), now)
    days = (months_later(now.date().replace(day=1), -back) for back in reversed(range(MONTHS_SHOWN)))
    return tuple(
        MonthGlance(month=month, applied=applied[month], rejected=rejected[month], sent=sent[month])
        for month in (f"{day:%Y-%m}" for day in days)
    )


def _monthly(moments: Iterable[datetime | None], now: datetime) -> Mapping[str, int]:
    return Counter(f"{moment.astimezone(now.tzinfo):%Y-%m}" for moment in moments if moment)


def _waits(rejected: Iterable[Candidate], log: DeliveryLog) -> Iterable[float]:
    """Days; a letter on the day of the decision, whose clock stands at that day's end, was waited for not at all."""
    for candidate in rejected:
        delivery = log.delivery(log.current_key(candidate.id, LetterKind.REJECTION))
        if delivery.state in _LEFT and delivery.at and candidate.decided_at:
            yield max((delivery.at - candidate.decided_at) / _DAY, 0.0)


def _median(ordered: Sequence[float]) -> float | None:
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
