"""What the operator sets of the analysis."""

from __future__ import annotations

from dataclasses import dataclass, field

from sheets_automation.core.analysis_period import EVERYTHING, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisRules:
    """How figures are counted."""

    stages: tuple[str, ...] = ()
    """The stages in their order, several words for one parted by |; empty = the usual ones."""
    small_group: int = 5
    """A figure over fewer than so many is marked: chance alone can make it."""
    credit_worth: int | None = None
    """What one credit is worth, in yen; None = what a hire costs on average."""
    period: Period = EVERYTHING
    """Where nobody asks for another one."""
    survey_keys: tuple[str, ...] = field(default=(), repr=False)
    """That open the answers of the survey; none, and there are none."""
