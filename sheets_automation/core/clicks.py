"""クリック: which records of the public links are clicks of people, as reports that can be registered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.link_records import LinkRecord, LinkUse
from sheets_automation.core.referrals import ReferralKind
from sheets_automation.core.registrations import Registration
from sheets_automation.core.scanners import Sign

A_PERSON_TAKES: Final = timedelta(seconds=30)
"""From the delivery of a letter to the first click: a gateway opens links before anybody can have read them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClicksSeen:
    """The clicks of people, the first of each code, and how many records show machines, by what betrayed them."""

    by_people: tuple[Registration, ...] = ()
    by_machines: Mapping[str, int] = field(default_factory=dict)


def delivered_at(events: Iterable[DeliveryEvent]) -> Mapping[str, datetime]:
    """When the letter with each code left, or may have; where no one wrote that down, when it was ready to."""
    claims: dict[str, DeliveryEvent] = {}
    left: dict[str, datetime] = {}
    for event in events:
        if event.referral_code:
            claims[event.event_id] = event
            left.setdefault(event.referral_code, event.at)
        elif event.kind in {EventKind.SENT, EventKind.UNCERTAIN} and event.claim_id in claims:
            left[claims[event.claim_id].referral_code] = event.at
    return left


def look_at_clicks(records: Iterable[LinkRecord], delivered: Mapping[str, datetime], now: datetime) -> ClicksSeen:
    """Tell people from machines, and keep the first click of each code.

    The clock of the public app may be ahead of ours: what it saw in our future was seen now.
    """
    people: dict[str, tuple[datetime, str]] = {}
    machines: Counter[str] = Counter()
    for record in records:
        if record.use is not LinkUse.CLICK:
            continue
        sign = record.sign or _too_soon(record, delivered)
        if sign:
            machines[sign] += 1
        else:
            at = min(record.at, now)
            people[record.code] = min(people.get(record.code, (at, record.partner)), (at, record.partner))
    clicks = (
        Registration(text=code, kind=ReferralKind.CLICKED, at=at, partner=partner)
        for code, (at, partner) in sorted(people.items())
    )
    return ClicksSeen(by_people=tuple(clicks), by_machines=dict(machines))


def _too_soon(record: LinkRecord, delivered: Mapping[str, datetime]) -> str:
    left = delivered.get(record.code)
    return Sign.TOO_SOON if left is not None and record.at < left + A_PERSON_TAKES else ""
