"""What became of one errand in one workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
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

    @property
    def may_pass(self) -> bool:
        """Whether another try may help."""
        return self.state is State.FAILED and self.error in PASSING


PASSING = frozenset({
    "workbook_unreachable", "workbook_changed", "workbook_not_saved", "quota_used_up", "carrier",
})  # fmt: skip
"""Errors of services that may answer the next time."""


def total(outcomes: list[Outcome]) -> Counter[str]:
    """All counts together."""
    summed: Counter[str] = Counter()
    for outcome in outcomes:
        summed.update(outcome.counts)
    return summed
