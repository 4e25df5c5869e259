"""Candidates, events and scenes for tests: only what a test speaks of has to be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import count

from sheets_automation.core.addresses import read_address
from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.guard_scene import GuardRules, Scene
from sheets_automation.core.guards import first_finding
from sheets_automation.core.log_folding import fold
from sheets_automation.core.model import Candidate, Decision, DeliveryKey, LetterKind
from sheets_automation.core.names import name_key

JST = timezone(timedelta(hours=9), "JST")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=JST)  # a Tuesday, after a holiday
_numbers = count(1)


def candidate(**fields) -> Candidate:
    """A rejected candidate to whom everything is right: a letter is due."""
    row = fields.pop("row", 5)
    name = fields.pop("name", "山田 太郎")
    address = fields.pop("address", f"taro{row}@example.com")
    ready = Candidate(
        row=row,
        id=f"C-{row:04d}",
        name=name,
        name_key=name_key(name),
        address=read_address(address),
        decision=Decision.REJECTED,
        decision_text="不採用",
        decided_at=NOW - timedelta(days=3),
        opening="営業職",
    )
    return replace(ready, **fields)


def event(kind: EventKind, *, to: str = "C-0005", run: str = "R1", cycle: int = 1, **fields) -> DeliveryEvent:
    """An event about the rejection letter to a candidate."""
    ready = DeliveryEvent(
        event_id=f"{run}-{next(_numbers):04d}",
        at=NOW - timedelta(hours=1),
        run_id=run,
        key=DeliveryKey(candidate_id=to, kind=LetterKind.REJECTION, cycle=cycle),
        kind=kind,
        carrier="outbox",
        to_address=fields.pop("to_address", f"{to.lower()}@example.com") if kind is EventKind.PREPARED else "",
    )
    return replace(ready, **fields)


def ended(claim: DeliveryEvent, kind: EventKind, **fields) -> DeliveryEvent:
    """The event that ends a claim."""
    return event(kind, to=claim.key.candidate_id, cycle=claim.key.cycle, claim_id=claim.event_id, **fields)


def scene(*events: DeliveryEvent, **fields) -> Scene:
    """What the guards see, on a quiet Tuesday morning."""
    ready = Scene(kind=LetterKind.REJECTION, log=fold(events), rules=GuardRules(), now=NOW)
    return replace(ready, **fields)


def reason_of(one, view=None):
    finding = first_finding(one, view or scene())
    return finding and finding.reason
