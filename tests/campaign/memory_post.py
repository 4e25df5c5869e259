"""The post office of the world in memory, and how its calls go wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from sheets_automation.core.errors import CarrierError, SheetsAutomationError
from sheets_automation.core.model import Claim, DeliveryState, OutgoingLetter, Prepared, Receipt
from tests.campaign.actors import AFTER, BEFORE, Reach

Later = Callable[[Callable[[], object]], None]
"""Lets something happen some minutes after it was given up."""
LOST, REFUSED, LATE = "lost", "refused", "late"
"""What the schedule orders of a call: its answer is lost, it is not made, or it takes effect after it was given up."""


@dataclass(slots=True)
class PostOffice:
    """Where letters are prepared and leave: one mailbox, which outlives every process."""

    drafts: dict[str, OutgoingLetter] = field(default_factory=dict)
    sent: dict[str, OutgoingLetter] = field(default_factory=dict)
    """By draft."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def send(self, draft: str) -> bool:
        """Send a draft, if it is still there."""
        letter = self.drafts.pop(draft, None)
        if letter is not None:
            self.sent[draft] = letter
        return letter is not None


class PostCarrier:
    """A Carrier over the post office: exactly once, or flagged."""

    name = "post"

    def __init__(
        self, office: PostOffice, effect: Effect, batch_size: int, later: Callable[[Callable[[], object]], None]
    ) -> None:
        self._office = office
        self._effect = effect
        self._later = later
        self.batch_size = batch_size

    def prepare(self, letters: Sequence[OutgoingLetter]) -> Sequence[Prepared]:
        """A draft each."""
        prepared = []
        with self._effect("prepare", CarrierError) as is_done:
            for letter in letters if is_done else ():
                draft = f"d{next(self._office.numbers)}"
                self._office.drafts[draft] = letter
                prepared.append(Prepared(outgoing=letter, reference=draft))
        return prepared

    def commit(self, prepared: Prepared) -> Receipt:
        """Send the draft."""
        draft = prepared.reference
        with self._effect(
            "commit", CarrierError, late=lambda: self._later(lambda: self._office.send(draft))
        ) as is_done:
            if is_done and not self._office.send(draft):
                state = DeliveryState.SENT if draft in self._office.sent else DeliveryState.FAILED
                return Receipt(state=state, reference=draft)
        return Receipt(state=DeliveryState.SENT, reference=draft)

    def resolve(self, claim: Claim) -> Receipt:
        """Take the draft away: whoever still tries to send it will fail."""
        state = DeliveryState.UNCERTAIN
        with self._effect("resolve", CarrierError) as is_done:
            if is_done and self._office.drafts.pop(claim.reference, None):
                state = DeliveryState.WITHDRAWN
            elif claim.reference in self._office.sent:
                state = DeliveryState.SENT
        return Receipt(state=state, reference=claim.reference)

    def sweep(self, open_claims: Sequence[Claim]) -> None:
        """Nothing is ever cleared away here."""

    def close(self) -> None:
        """Nothing is held open."""


class Effect:
    """Stops before and after an effect, and lets it go wrong as ordered."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    @contextmanager
    def __call__(
        self, kind: str, error: type[SheetsAutomationError], late: Callable[[], None] | None = None
    ) -> Iterator[bool]:
        """Whether the effect happens now."""
        order = self._reach(BEFORE, kind)
        yield order in {"", LOST}
        if order == LATE and late is not None:
            late()
        self._reach(AFTER, kind)
        if order:
            raise error("応答がありません。", "No answer.")
