"""Claims of other runs beside one of ours, on the same letter or the same address.

The first claim in the log has the letter. That alone holds for as long as the log keeps its order; but a person may
sort it while two runs are at work, and then each of them reads that it was first. So whoever is first by the log makes
sure of the others too, before it commits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sheets_automation.core.addresses import match_key
from sheets_automation.core.delivery_log import DeliveryEvent, EventKind

_LEFT = frozenset({EventKind.SENT, EventKind.UNCERTAIN, EventKind.SETTLED_SENT})
_OVER = frozenset({EventKind.WITHDRAWN, EventKind.FAILED, EventKind.REFUSED})


class Rival(NamedTuple):
    """A claim that its run may still commit, or has committed."""

    claim: DeliveryEvent
    has_left: bool
    """The letter went out by it, or may have."""


def rivals_of(claim: DeliveryEvent, events: Sequence[DeliveryEvent]) -> Iterator[Rival]:
    """Who else claims this letter among these events, by which nobody has judged whether it is ours."""
    mailbox = match_key(claim.to_address)
    for event in events:
        if event.kind is not EventKind.PREPARED or event.run_id == claim.run_id:
            continue
        if event.key == claim.key or match_key(event.to_address) == mailbox:
            ends = {end.kind for end in events if end.claim_id == event.event_id}
            if ends & _LEFT or not ends & _OVER:
                yield Rival(claim=event, has_left=bool(ends & _LEFT))
