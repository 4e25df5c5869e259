"""What the operator sets of 保存期間."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRules:
    """How long people are kept, and who ends that."""

    months: int = 12
    """After the last event about a person."""
    notice: timedelta = timedelta(days=30)
    keeps_small_groups: bool = True
    """Whether a row that stands alone keeps what it is counted by, so that no figure changes."""
    erases_by_itself: bool = False
    """Whether the nightly run may erase at all; else it only announces."""
    most_by_itself: int = 50
    """More than so many people wait for a person, whoever runs it."""
