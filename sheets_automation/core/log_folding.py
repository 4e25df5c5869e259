"""Folding 送信記録: from events, in the order of the log, to where each letter stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sheets_automation.core.addresses import match_key
from sheets_automation.core.delivery_log import (
    APPROVAL_KINDS,
    OUTCOMES,
    STOP_KINDS,
    Delivery,
    DeliveryEvent,
    DeliveryLog,
    EventKind,
    address_key,
)
from sheets_automation.core.model import DeliveryKey, DeliveryState, LetterKind

_STATES = {kind: state for state, kind in OUTCOMES.items()}
_STANDING = {DeliveryState.PREPARED, DeliveryState.SENT, DeliveryState.UNCERTAIN, DeliveryState.BOUNCED}
"""Where a further claim changes nothing."""


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
    reopened_at: datetime | None = None
    left: tuple[str, ...] = ()
    """Claims whose letter left, or may have; "" where a person told them in another way."""
    bounces: tuple[DeliveryEvent, ...] = ()
    """While any letter that left has none, the person is told."""
    beaten: tuple[DeliveryEvent, ...] = ()
    """Claims that were not first and whose end nobody has recorded. In an orderly log their runs gave up; but a person
    may have sorted it, and then one of them has sent the letter."""

    held: DeliveryEvent | None = None

    def add(self, event: DeliveryEvent) -> None:
        if event.kind is EventKind.PREPARED:
            self._claim(event)
        elif event.kind is EventKind.SETTLED_SENT:
            self.left += ("" if self._bounce_of(event.claim_id) else event.claim_id,)
            self._reach(DeliveryState.SENT, event)
        elif event.kind is EventKind.SETTLED_AGAIN:
            self.state, self.failures, self.at, self.beaten = None, 0, event.at, ()
        elif event.kind is EventKind.BOUNCED:
            self._bounce(event)
        elif event.kind is EventKind.REPLIED:
            self.replied_at = max(self.replied_at or event.at, event.at)
        elif event.kind is EventKind.REOPENED:
            self.reopened_at = max(self.reopened_at or event.at, event.at)
        elif event.kind is EventKind.LOST:
            self._lose(event)
        elif event.kind in {EventKind.HELD, EventKind.RELEASED}:
            self.held = event if event.kind is EventKind.HELD else None
        elif event.kind in _STATES:
            self._end(event, _STATES[event.kind])

    def _claim(self, event: DeliveryEvent) -> None:
        taken = {DeliveryState.PREPARED, DeliveryState.SENT, DeliveryState.UNCERTAIN}
        if self.state in taken:
            # Somebody was first, or the letter has left: this claim has lost. Its number names a letter all the same.
            self.attempts = max(self.attempts, event.attempt)
            self.beaten += (event,)
            return
        self.claim = event
        self.attempts = max(self.attempts + 1, event.attempt)
        self._reach(DeliveryState.PREPARED, event)

    def _end(self, event: DeliveryEvent, state: DeliveryState) -> None:
        may_have_left = state in {DeliveryState.SENT, DeliveryState.UNCERTAIN}
        ends_the_claim = self.claim is not None and event.claim_id == self.claim.event_id
        is_open = ends_the_claim and self.state in {DeliveryState.PREPARED, DeliveryState.UNCERTAIN}
        if self.beaten:
            self.beaten = tuple(claim for claim in self.beaten if claim.event_id != event.claim_id)
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
        state, claim, at = self.state, self.claim, self.at
        if self.beaten and state not in _STANDING:
            state, claim, at = DeliveryState.PREPARED, self.beaten[0], self.beaten[0].at
        return Delivery(
            key=self.key,
            state=state,
            claim=claim,
            attempts=self.attempts,
            failures=self.failures,
            at=at,
            detail=self.detail,
            replied_at=self.replied_at,
            reopened_at=self.reopened_at,
            beaten=self.beaten,
            held=self.held,
        )


@dataclass(slots=True)
class _Notices:
    """What events say that are about no candidate."""

    rebuilt_at: datetime | None = None
    frozen: DeliveryEvent | None = None
    erased_with: dict[str, datetime] = field(default_factory=dict)

    def take(self, event: DeliveryEvent) -> bool:
        """Take in such an event; False for any other."""
        if event.kind is EventKind.REBUILT:
            self.rebuilt_at = event.at
        elif event.kind is EventKind.ERASED:
            self.erased_with[event.reference] = event.at
        elif event.kind in STOP_KINDS:
            self.frozen = event if event.kind is EventKind.FROZEN else None
        else:
            return False
        return True


def fold(events: Iterable[DeliveryEvent]) -> DeliveryLog:
    """Fold events, in log order, into deliveries."""
    folds: dict[DeliveryKey, _Fold] = {}
    cycles: dict[tuple[str, LetterKind], int] = {}
    by_address: dict[str, dict[DeliveryKey, None]] = {}
    codes: dict[str, str] = {}
    seen: set[str] = set()
    left: dict[str, tuple[str, datetime, LetterKind]] = {}
    bounced: dict[str, DeliveryEvent] = {}
    notices = _Notices()
    for event in events:
        if event.event_id in seen:
            continue  # an append that was repeated after a lost answer
        seen.add(event.event_id)
        if notices.take(event) or event.kind in APPROVAL_KINDS:
            continue
        slot = (event.key.candidate_id, event.key.kind)
        cycles[slot] = max(cycles.get(slot, 1), event.key.cycle)
        folds.setdefault(event.key, _Fold(event.key)).add(event)
        if event.to_address:
            by_address.setdefault(match_key(event.to_address), {})[event.key] = None
        if event.referral_code:
            codes[event.referral_code] = event.key.candidate_id
        if event.kind in {EventKind.SENT, EventKind.UNCERTAIN}:
            left.setdefault(event.claim_id or event.event_id, (event.run_id, event.at, event.key.kind))
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
        erased_with=notices.erased_with,
        rebuilt_at=notices.rebuilt_at,
        frozen=notices.frozen,
    )
