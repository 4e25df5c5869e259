"""送信記録: what happened to each letter, as appended events, and the state of each delivery folded from them.

The log is the only truth about sending. Status columns are views of it and are never read back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sheets_automation.core.addresses import match_key
from sheets_automation.core.model import Claim, DeliveryKey, DeliveryState, LetterKind, whole_run


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
    REBUILT = "記録の復元"  # about no candidate: it vouches for all rows above it
    PROPOSED = "提案"  # somebody wants this very letter sent, and another person has to agree
    APPROVED = "承認"  # somebody agreed to this very letter
    RECALLED = "承認取消"  # whatever was agreed of it no longer counts


APPROVAL_KINDS = frozenset({EventKind.PROPOSED, EventKind.APPROVED, EventKind.RECALLED})
"""What people agreed to before anything was sent; no delivery's state depends on it (see `approvals`)."""


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
_STATES = {kind: state for state, kind in OUTCOMES.items()}


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

    @property
    def is_told(self) -> bool:
        """Whether the person has, or may have, this letter."""
        return self.state in {DeliveryState.SENT, DeliveryState.UNCERTAIN, DeliveryState.PREPARED}

    @property
    def is_record_lost(self) -> bool:
        """Whether nobody knows of this letter, since the log that would know was lost."""
        return self.state is DeliveryState.UNCERTAIN and self.claim is not None and self.claim.kind is EventKind.LOST


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
    sent_at: tuple[tuple[str, datetime], ...] = ()
    """Run id and moment of each letter that left or may have left, in log order."""
    bounced: Mapping[str, DeliveryEvent] = field(default_factory=dict)
    """The last bounce from each address, by `address_key`, unless a person has said "send again" since."""
    rebuilt_at: datetime | None = None
    """When the log was last rebuilt: what happened before may have happened without a trace."""

    def current_key(self, candidate_id: str, kind: LetterKind) -> DeliveryKey:
        """The key of the letter that this candidate is, or would be, sent in the present cycle."""
        return DeliveryKey(candidate_id=candidate_id, kind=kind, cycle=self.cycles.get((candidate_id, kind), 1))

    def delivery(self, key: DeliveryKey) -> Delivery:
        """Where the letter of this key stands; an open delivery where nothing is recorded."""
        return self.deliveries.get(key) or Delivery(key=key)

    def unfinished(self) -> tuple[Delivery, ...]:
        """Claims whose end nobody recorded."""
        return tuple(d for d in self.deliveries.values() if d.state is DeliveryState.PREPARED)

    def uncertain(self) -> tuple[Delivery, ...]:
        """Letters that only a person can settle."""
        return tuple(d for d in self.deliveries.values() if d.state is DeliveryState.UNCERTAIN)

    def sent_within(self, span: timedelta, now: datetime) -> int:
        """How many letters left, or may have, in the `span` before `now`: what the mailbox's budget counts."""
        return sum(1 for _, at in self.sent_at if at > now - span)

    def letters_of_last_runs(self, runs: int) -> list[int]:
        """Letters of each of the last runs that sent any, oldest first; one that sent in stretches counts once."""
        counts = Counter(whole_run(run_id) for run_id, _ in self.sent_at)
        return list(counts.values())[-runs:]


@dataclass(slots=True)
class _Fold:
    """The state of one delivery while its events are read, top to bottom."""

    key: DeliveryKey
    state: DeliveryState | None = None
    claim: DeliveryEvent | None = None
    attempts: int = 0
    failures: int = 0
    at: datetime | None = None
    detail: str = ""
    replied_at: datetime | None = None
    left: tuple[str, ...] = ()
    """Claims whose letter left, or may have; "" where a person told them in another way."""
    bounces: tuple[DeliveryEvent, ...] = ()
    """While any letter that left has none, the person is told."""

    def add(self, event: DeliveryEvent) -> None:
        if event.kind is EventKind.PREPARED:
            self._claim(event)
        elif event.kind is EventKind.SETTLED_SENT:
            self.left += ("" if self._bounce_of(event.claim_id) else event.claim_id,)
            self._reach(DeliveryState.SENT, event)
        elif event.kind is EventKind.SETTLED_AGAIN:
            self.state, self.failures, self.at = None, 0, event.at
        elif event.kind is EventKind.BOUNCED:
            self._bounce(event)
        elif event.kind is EventKind.REPLIED:
            self.replied_at = max(self.replied_at or event.at, event.at)
        elif event.kind is EventKind.LOST:
            self._lose(event)
        elif event.kind in _STATES:
            self._end(event, _STATES[event.kind])

    def _claim(self, event: DeliveryEvent) -> None:
        taken = {DeliveryState.PREPARED, DeliveryState.SENT, DeliveryState.UNCERTAIN}
        if self.state in taken:
            # Somebody was first, or the letter has left: this claim has lost. Its number names a letter all the same.
            self.attempts = max(self.attempts, event.attempt)
            return
        self.claim = event
        self.attempts = max(self.attempts + 1, event.attempt)
        self._reach(DeliveryState.PREPARED, event)

    def _end(self, event: DeliveryEvent, state: DeliveryState) -> None:
        may_have_left = state in {DeliveryState.SENT, DeliveryState.UNCERTAIN}
        ends_the_claim = self.claim is not None and event.claim_id == self.claim.event_id
        is_open = ends_the_claim and self.state in {DeliveryState.PREPARED, DeliveryState.UNCERTAIN}
        if may_have_left:
            self.left += (event.claim_id,)
        if self.state is DeliveryState.SENT:
            return
        if may_have_left and (bounce := self._bounce_of(event.claim_id)):
            if is_open:
                self._reach(DeliveryState.BOUNCED, bounce)
        elif state is DeliveryState.SENT or (may_have_left and not ends_the_claim):
            self._reach(state, event)  # whoever sent it, and whatever was said before: it left
        elif is_open:
            self.failures = self.failures + 1 if state is DeliveryState.FAILED else self.failures
            self._reach(None if state is DeliveryState.WITHDRAWN else state, event)

    def _lose(self, event: DeliveryEvent) -> None:
        """Nothing that is known of the letter says what happened to it since; a person has to."""
        if self.state is not DeliveryState.SENT:
            self.left += (event.event_id,)  # so the return of another letter does not answer for this one
            self.claim = event
            self._reach(DeliveryState.UNCERTAIN, event)

    def _bounce(self, event: DeliveryEvent) -> None:
        """A bounce of an earlier letter does not say that the last one came back too."""
        self.bounces += (event,)
        if self.state in {DeliveryState.SENT, DeliveryState.UNCERTAIN} and all(map(self._bounce_of, self.left)):
            self._reach(DeliveryState.BOUNCED, event)

    def _bounce_of(self, claim_id: str) -> DeliveryEvent | None:
        return next((bounce for bounce in self.bounces if bounce.claim_id == claim_id), None)

    def _reach(self, state: DeliveryState | None, event: DeliveryEvent) -> None:
        self.state, self.at, self.detail = state, event.at, event.detail

    def delivery(self) -> Delivery:
        return Delivery(
            key=self.key,
            state=self.state,
            claim=self.claim,
            attempts=self.attempts,
            failures=self.failures,
            at=self.at,
            detail=self.detail,
            replied_at=self.replied_at,
        )


def address_key(address: str) -> str:
    """What makes two addresses the same where one bounced: how they are written, but for case.

    Not the match key: without its +tag an address may well work.
    """
    return address.casefold()


def fold(events: Iterable[DeliveryEvent]) -> DeliveryLog:
    """Fold events, in log order, into deliveries."""
    folds: dict[DeliveryKey, _Fold] = {}
    cycles: dict[tuple[str, LetterKind], int] = {}
    by_address: dict[str, dict[DeliveryKey, None]] = {}
    codes: dict[str, str] = {}
    seen: set[str] = set()
    left: dict[str, tuple[str, datetime]] = {}
    bounced: dict[str, DeliveryEvent] = {}
    rebuilt_at: datetime | None = None
    for event in events:
        if event.event_id in seen:
            continue  # an append that was repeated after a lost answer
        seen.add(event.event_id)
        if event.kind is EventKind.REBUILT:
            rebuilt_at = event.at
            continue
        if event.kind in APPROVAL_KINDS:
            continue
        slot = (event.key.candidate_id, event.key.kind)
        cycles[slot] = max(cycles.get(slot, 1), event.key.cycle)
        folds.setdefault(event.key, _Fold(event.key)).add(event)
        if event.to_address:
            by_address.setdefault(match_key(event.to_address), {})[event.key] = None
        if event.referral_code:
            codes[event.referral_code] = event.key.candidate_id
        if event.kind in {EventKind.SENT, EventKind.UNCERTAIN}:
            left.setdefault(event.claim_id or event.event_id, (event.run_id, event.at))
        elif event.kind is EventKind.BOUNCED:
            bounced[address_key(event.to_address)] = event
        elif event.kind is EventKind.SETTLED_AGAIN:
            bounced.pop(address_key(event.to_address), None)
    return DeliveryLog(
        deliveries={key: f.delivery() for key, f in folds.items()},
        cycles=cycles,
        by_address={address: tuple(keys) for address, keys in by_address.items()},
        candidate_of_code=codes,
        sent_at=tuple(left.values()),
        bounced=bounced,
        rebuilt_at=rebuilt_at,
    )
