"""循環: from the rejected to new candidates and hires, in one row of steps with a rate between each pair.

The steps up to the registration are about the same applications: each is a part of the one before. Credits, new
candidates and hires are counted by when they came, since nobody can say which registration led to which hire.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LoopStepId(StrEnum):
    """The steps, in their order. The names are stable: `--json` prints them."""

    REJECTED = "rejected"
    TOLD = "told"
    LINKED = "linked"
    CLICKED = "clicked"
    REGISTERED = "registered"
    EARNED = "earned"
    USED = "used"
    FOUND = "found"
    HIRED = "hired"


SHARES = frozenset({LoopStepId.TOLD, LoopStepId.LINKED, LoopStepId.CLICKED, LoopStepId.REGISTERED, LoopStepId.HIRED})
"""Steps that are a part of the one before; the others are so many for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopStep:
    """One step: how many came so far, and how that stands to the step before."""

    id: LoopStepId
    count: int
    before: int | None = None
    """Of the step before; None for the first."""
    is_small: bool = False

    @property
    def rate(self) -> float | None:
        """This step, by the one before; None for the first, and over nothing."""
        return self.count / self.before if self.before else None

    @property
    def is_share(self) -> bool:
        """Whether the rate is a share, or so many for each."""
        return self.id in SHARES
