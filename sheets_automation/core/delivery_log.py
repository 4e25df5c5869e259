"""送信記録: what happened to each letter, as appended events, and the state of each delivery folded from them.

The log is the only truth about sending. Status columns are views of it and are never read back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sheets_automation.core.model import Claim, DeliveryKey, DeliveryState, LetterKind, whole_run
from sheets_automation.core.moments import ago


class EventKind(StrEnum):
    """What an event says; the value is the word in the tab, which HR reads too."""

    PREPARED = "準備"
    SENT = "送信"
    FAILED = "失敗"
    REFUSED = "宛先拒否"
    WITHDRAWN = "取消"
    UNCERTAIN = "不明"
    SETTLED_SENT = "確認(送信済み)"
    SETTLED_AGAIN = "確認(送り直す)"
    REOPENED = "改めて通知"
    BOUNCED = "不達"
    REPLIED = "返信"
    LOST = "記録なし"  # the log was lost, and nothing tells whether this candidate was written to
    HELD = "保留"  # somebody wants this letter not sent until it is released
    RELEASED = "保留解除"
    REBUILT = "記録の復元"  # about no candidate: it vouches for all rows above it
    ERASED = "消去"  # about no candidate: it explains the rows from which somebody was erased
    PROPOSED = "提案"  # somebody wants this very letter sent, and another person has to agree
    APPROVED = "承認"  # somebody agreed to this very letter
    RECALLED = "承認取消"  # whatever was agreed of it no longer counts
    FROZEN = "送信停止"  # about no candidate: nothing at all is sent until it is thawed
    THAWED = "停止解除"  # about no candidate: sending may go on


APPROVAL_KINDS = frozenset({EventKind.PROPOSED, EventKind.APPROVED, EventKind.RECALLED})
"""What people agreed to before anything was sent; no delivery's state depends on it (see `approvals`)."""


STOP_KINDS = frozenset({EventKind.FROZEN, EventKind.THAWED})
"""About the workbook as a whole; the last one counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryEvent:
    """One row of the log: never changed, never removed."""

    event_id: str
    """Run id and number within the run, e.g. "20261124-0903-7KQ2-0001": a repeated append is recognised by it."""
    at: datetime
    run_id: str
    key: DeliveryKey
    kind: EventKind
    attempt: int = 1
    claim_id: str = ""
    """Event id of the PREPARED event that this one ends or answers; empty for PREPARED itself."""
    carrier: str = ""
    reference: str = ""
    to_address: str = ""
    template: str = ""
    subject: str = ""
    referral_code: str = ""
    detail: str = ""
    actor: str = ""


OUTCOMES: Mapping[DeliveryState, EventKind] = {
    DeliveryState.SENT: EventKind.SENT,
    DeliveryState.FAILED: EventKind.FAILED,
    DeliveryState.REFUSED: EventKind.REFUSED,
    DeliveryState.WITHDRAWN: EventKind.WITHDRAWN,
    DeliveryState.UNCERTAIN: EventKind.UNCERTAIN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Where one letter stands."""

    key: DeliveryKey
    state: DeliveryState | None = None
    """None: open, nothing under way (after WITHDRAWN, or when a person said "send again")."""
    claim: DeliveryEvent | None = None
    """The claim that won, while it is open and afterwards; who else claimed has lost."""
    attempts: int = 0
    failures: int = 0
    """FAILED in a row."""
    at: datetime | None = None
    """When the state was reached."""
    detail: str = ""
    replied_at: datetime | None = None
    """When the person last answered, which changes no state."""
    reopened_at: datetime | None = None
    """When somebody last said that this letter may go, whatever became of those before it."""
    beaten: tuple[DeliveryEvent, ...] = ()
    """Claims that were not first and whose end nobody has recorded."""
    held: DeliveryEvent | None = None
    """A person's word that this letter is not to be sent, for as long as nobody takes it back."""

    @property
    def is_told(self) -> bool:
        """Whether the person has, or may have, this letter."""
        return self.state in {DeliveryState.SENT, DeliveryState.UNCERTAIN, DeliveryState.PREPARED}

    @property
    def is_record_lost(self) -> bool:
        """Whether nobody knows of this letter, since the log that would know was lost."""
        return self.state is DeliveryState.UNCERTAIN and self.claim is not None and self.claim.kind is EventKind.LOST


_LEFT = {DeliveryState.SENT, DeliveryState.BOUNCED}


def claim_of(event: DeliveryEvent) -> Claim:
    """What a carrier needs to find out how the claim of this PREPARED event ended."""
    return Claim(
        key=event.key,
        attempt=event.attempt,
        reference=event.reference,
        to_address=event.to_address,
        run_id=event.run_id,
    )


@dataclass(frozen=True, slots=True)
class DeliveryLog:
    """All deliveries, folded from the events in the order of the log."""

    deliveries: Mapping[DeliveryKey, Delivery] = field(default_factory=dict)
    cycles: Mapping[tuple[str, LetterKind], int] = field(default_factory=dict)
    by_address: Mapping[str, tuple[DeliveryKey, ...]] = field(default_factory=dict)
    """Keys that were ever claimed for an address, by match key: survives a lost id column."""
    candidate_of_code: Mapping[str, str] = field(default_factory=dict)
    sent_at: tuple[tuple[str, datetime, LetterKind], ...] = ()
    """Run id, moment and kind of each letter that left or may have left, in log order."""
    bounced: Mapping[str, DeliveryEvent] = field(default_factory=dict)
    """The last bounce from each address, by `address_key`, unless a person has said "send again" since."""
    erased_with: Mapping[str, datetime] = field(default_factory=dict)
    """By name of a key: when addresses were last erased with it."""
    rebuilt_at: datetime | None = None
    """When the log was last rebuilt: what happened before may have happened without a trace."""
    frozen: DeliveryEvent | None = None
    """A person's word that nothing is to be sent, for as long as nobody takes it back."""

    def current_key(self, candidate_id: str, kind: LetterKind) -> DeliveryKey:
        """The key of the letter that this candidate is, or would be, sent in the present cycle.

        Results begin a new cycle when a person says so; a follow-up that has left is followed by another by itself.
        """
        key = DeliveryKey(candidate_id=candidate_id, kind=kind, cycle=self.cycles.get((candidate_id, kind), 1))
        if kind is LetterKind.FOLLOW_UP and self.delivery(key).state in _LEFT:
            return replace(key, cycle=key.cycle + 1)
        return key

    def delivery(self, key: DeliveryKey) -> Delivery:
        """Where the letter of this key stands; an open delivery where nothing is recorded."""
        return self.deliveries.get(key) or Delivery(key=key)

    def unfinished(self) -> tuple[Delivery, ...]:
        """Letters under way, or given up on the way."""
        return tuple(d for d in self.deliveries.values() if d.state is DeliveryState.PREPARED)

    def open_claims(self) -> tuple[DeliveryEvent, ...]:
        """Claims whose end nobody recorded, of letters of which it is not known otherwise that they left."""
        claims = {c.event_id: c for d in self.unfinished() for c in (d.claim, *d.beaten) if c is not None}
        return tuple(claims.values())

    def uncertain(self) -> tuple[Delivery, ...]:
        """Letters that only a person can settle."""
        return tuple(d for d in self.deliveries.values() if d.state is DeliveryState.UNCERTAIN)

    def sent_within(self, span: timedelta, now: datetime) -> int:
        """How many letters left, or may have, in the `span` before `now`: what the mailbox's budget counts."""
        since = ago(now, span)
        return sum(1 for _, at, _ in self.sent_at if at > since)

    def letters_of_last_runs(self, runs: int, kind: LetterKind) -> list[int]:
        """Letters of each of the last runs that sent any of this kind, oldest first; its stretches count as one run."""
        counts = Counter(whole_run(run_id) for run_id, _, sent in self.sent_at if sent is kind)
        return list(counts.values())[-runs:]


def address_key(address: str) -> str:
    """What makes two addresses the same where one bounced: how they are written, but for case.

    Not the match key: without its +tag an address may well work.
    """
    return address.casefold()
