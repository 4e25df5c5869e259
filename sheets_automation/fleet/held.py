"""A carrier that is opened when there is something to carry, and leaves a note that somebody is at work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Protocol

from sheets_automation.core.model import Claim, OutgoingLetter, Prepared, Receipt
from sheets_automation.ports import Carrier


class Lease(Protocol):
    """The note."""

    def take(self) -> None:
        """Leave it. Raises WorkbookBusy where somebody else's holds."""
        ...

    def release(self) -> None:
        """Take it away, if it is ours."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


class HeldCarrier:
    """The same carrier.

    Most workbooks have nothing to send on most days: then neither it nor the note costs anything.
    """

    def __init__(self, name: str, open_carrier: Callable[[], Carrier], lease: Lease | None) -> None:
        self.name = name
        self._open_carrier = open_carrier
        self._lease = lease

    @property
    def batch_size(self) -> int:
        """That of the carrier."""
        return self._carrier.batch_size

    def prepare(self, letters: Sequence[OutgoingLetter]) -> Sequence[Prepared]:
        """Make the letters ready."""
        return self._carrier.prepare(letters)

    def commit(self, prepared: Prepared) -> Receipt:
        """Deliver a letter."""
        return self._carrier.commit(prepared)

    def resolve(self, claim: Claim) -> Receipt:
        """Find out what became of a claim."""
        return self._carrier.resolve(claim)

    def sweep(self, open_claims: Sequence[Claim]) -> None:
        """The first thing that is asked where there are letters to send."""
        if self._lease is not None:
            self._lease.take()
        self._carrier.sweep(open_claims)

    def close(self) -> None:
        """Take the note away, and let go."""
        if self._lease is not None:
            self._lease.release()
            self._lease.close()
        if "_carrier" in self.__dict__:
            self._carrier.close()

    @cached_property
    def _carrier(self) -> Carrier:
        return self._open_carrier()
