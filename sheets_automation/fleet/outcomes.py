"""What became of one errand in one workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """How an errand ended."""

    DONE = "done"
    MORE = "more"  # its stretch is over, and there are letters left: it gets another turn
    NEEDS_A_PERSON = "needs_a_person"  # done as far as a program can
    BUSY = "busy"  # another run is at work there, so this one left it alone
    FAILED = "failed"
    NOT_REACHED = "not_reached"  # the task was asked to stop, or its time was over, before it began


REFUSALS_UNKNOWN = "refusals_unknown"
"""Why letters were not sent: what people have refused could not be taken in before."""
ENDED_WELL = frozenset({State.DONE, State.NEEDS_A_PERSON, State.BUSY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What a mailbox may send in 24 hours, and what one workbook has sent of it."""

    mailbox: str
    """Its carrier. It names somebody, so it stands in no line of the log."""
    limit: int
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One errand in one workbook, by numbers and stable names alone: no names, addresses or texts of people."""

    client: str
    errand: str
    state: State
    run_id: str = ""
    error: str = ""
    """The stable name of what stopped it; of what nobody foresaw, its kind."""
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    allowance: Allowance | None = None

    @property
    def may_pass(self) -> bool:
        """Whether another try may help."""
        return self.state is State.FAILED and self.error in PASSING


PASSING = frozenset({
    "workbook_unreachable", "workbook_changed", "workbook_not_saved", "quota_used_up", "carrier",
})  # fmt: skip
"""Errors of services that may answer the next time."""


_STANDING = frozenset({
    "planned", "need_a_person", "waiting_too_long", "credits_left", "campaign_problems", "due", "kept", "tags_proposed",
    "rejected", "told",
})  # fmt: skip
"""Counts of what is, which each turn finds anew; all others are of what a turn did, and add up."""


def counted(outcomes: Sequence[Outcome], last: Sequence[Outcome]) -> Counter[str]:
    """All counts together: what happened in any turn, and what there is by the `last` turn of each errand."""
    summed: Counter[str] = Counter()
    for outcome in outcomes:
        summed.update({name: number for name, number in outcome.counts.items() if name not in _STANDING})
    for outcome in last:
        summed.update({name: number for name, number in outcome.counts.items() if name in _STANDING})
    return summed
