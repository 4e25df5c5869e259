"""One execution of a job: its id, its clock, and the pen that writes events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from sheets_automation.core.delivery_log import OUTCOMES, Delivery, DeliveryEvent, EventKind
from sheets_automation.core.model import Candidate, DeliveryKey, LetterKind, Prepared, Receipt

if TYPE_CHECKING:  # what reads bounces is large, and most runs read none
    from sheets_automation.core.returns import Return
    from sheets_automation.core.stops import Stop


A_RUN_IS_DEAD_AFTER = timedelta(hours=1)
"""An open claim that is older belongs to nobody any more, where others may be at work in the same workbook."""
Progress = Callable[[int, int], None]
"""Told after each batch: how many letters are done, of how many."""


def no_progress(_done: int, _of: int) -> None:
    """Nobody is watching."""


def never() -> bool:
    """Nobody asks to stop."""
    return False


@dataclass(slots=True, kw_only=True)
class Run:
    """What every job is given from outside: nothing below the edge asks the clock or the dice itself."""

    id: str
    clock: Callable[[], datetime]
    """Aware, in the workbook's time zone."""
    new_code: Callable[[], str]
    """A fresh referral code."""
    actor: str = ""
    should_stop: Callable[[], bool] = never
    """Asked between letters: finish the one in flight, record, and end in good order."""
    is_time_up: Callable[[], bool] = never
    """Asked before letters are claimed: what is claimed still goes, so that each stretch of a run gets on."""
    is_leaving: Callable[[], bool] = never
    """Asked before a claimed letter is taken back: no time is left, and its claim stays open to the next run."""
    _events: Iterator[int] = field(default_factory=lambda: count(1), init=False)
    _referral_events: Iterator[int] = field(default_factory=lambda: count(1), init=False)

    def next_event_id(self) -> str:
        """Number this run's delivery events 1, 2, 3 …, so that a gap in the log shows."""
        return f"{self.id}-{next(self._events):04d}"

    def next_referral_event_id(self) -> str:
        """Number referral events apart: they go to another tab, and must not look like gaps in the log."""
        return f"{self.id}-R{next(self._referral_events):04d}"

    def claim(self, prepared: Prepared, carrier: str) -> DeliveryEvent:
        """The PREPARED event for a letter."""
        outgoing = prepared.outgoing
        return DeliveryEvent(
            event_id=self.next_event_id(),
            at=self.clock(),
            run_id=self.id,
            key=outgoing.key,
            kind=EventKind.PREPARED,
            attempt=outgoing.attempt,
            carrier=carrier,
            reference=prepared.reference,
            to_address=outgoing.to_address,
            template=outgoing.letter.template,
            subject=outgoing.letter.subject,
            referral_code=outgoing.referral_code,
            detail=outgoing.why,
            actor=self.actor,
        )

    def outcome(self, claim: DeliveryEvent, receipt: Receipt) -> DeliveryEvent:
        """The event that ends a claim, whoever made it."""
        return DeliveryEvent(
            event_id=self.next_event_id(),
            at=self.clock(),
            run_id=self.id,
            key=claim.key,
            kind=OUTCOMES[receipt.state],
            attempt=claim.attempt,
            claim_id=claim.event_id,
            carrier=claim.carrier,
            reference=receipt.reference,
            detail=receipt.detail,
            actor=self.actor,
        )

    def returned(self, found: Return) -> DeliveryEvent:
        """The event that a letter came back or was answered; it stands at the time of the mail."""
        is_bounce = found.kind is EventKind.BOUNCED
        return DeliveryEvent(
            event_id=self.next_event_id(),
            at=found.at,
            run_id=self.id,
            key=found.letter.key,
            kind=found.kind,
            attempt=found.letter.attempt,
            claim_id=found.letter.claim_id,
            carrier=found.letter.carrier,
            reference=found.reference,
            to_address=found.letter.to_address if is_bounce else "",
            detail=found.detail,
            actor=self.actor,
        )

    def word(self, delivery: Delivery, kind: EventKind, *, note: str = "", to_address: str = "") -> DeliveryEvent:
        """A person's word about a delivery: settled as sent, or to be sent again, `to_address` although it bounced."""
        return DeliveryEvent(
            event_id=self.next_event_id(),
            at=self.clock(),
            run_id=self.id,
            key=delivery.key,
            kind=kind,
            attempt=max(delivery.attempts, 1),
            claim_id=delivery.claim.event_id if delivery.claim else "",
            to_address=to_address,
            detail=note,
            actor=self.actor,
        )

    def stop_word(self, kind: EventKind, because: str, *, stop: Stop | None = None) -> DeliveryEvent:
        """A person's word about all sending: frozen or thawed; `stop` is a flag that was set before and by whom."""
        return DeliveryEvent(
            event_id=self.next_event_id(),
            at=(stop.at if stop else None) or self.clock(),
            run_id=self.id,
            key=DeliveryKey(candidate_id="-", kind=LetterKind.REJECTION),
            kind=kind,
            reference=stop.id if stop else "",
            detail=because,
            actor=stop.by if stop else self.actor,
        )

    def lost(self, key: DeliveryKey, candidate: Candidate, shown: str) -> DeliveryEvent:
        """Nothing is known any more of a letter to this candidate; `shown` is what our columns still say of one."""
        return DeliveryEvent(
            event_id=self.next_event_id(),
            at=self.clock(),
            run_id=self.id,
            key=key,
            kind=EventKind.LOST,
            to_address=candidate.address.value or "",
            detail=shown,
            actor=self.actor,
        )

    def agreement(self, key: DeliveryKey, kind: EventKind, mark: str, *, plan: str = "") -> DeliveryEvent:
        """A person's word about the very letter of this mark: proposed, approved, or taken back."""
        return DeliveryEvent(
            event_id=self.next_event_id(),
            at=self.clock(),
            run_id=self.id,
            key=key,
            kind=kind,
            reference=mark,
            detail=plan,
            actor=self.actor,
        )

    def erased(self) -> DeliveryEvent:
        """People were erased from rows of the log: it explains them, once it is known which."""
        return DeliveryEvent(
            event_id=self.next_event_id(),
            at=self.clock(),
            run_id=self.id,
            key=DeliveryKey(candidate_id="-", kind=LetterKind.REJECTION),
            kind=EventKind.ERASED,
            actor=self.actor,
        )

    def rebuilt(self, certificate: str) -> DeliveryEvent:
        """The log was rebuilt: what stands above this event is what the certificate says."""
        return DeliveryEvent(
            event_id=self.next_event_id(),
            at=self.clock(),
            run_id=self.id,
            key=DeliveryKey(candidate_id="-", kind=LetterKind.REJECTION),
            kind=EventKind.REBUILT,
            detail=certificate,
            actor=self.actor,
        )
