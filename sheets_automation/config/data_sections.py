"""The sections about what is counted, and about how long people are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from sheets_automation.config import kinds


@dataclass(frozen=True, kw_only=True)
class AnalysisSection:
    """How figures are counted."""

    period: Annotated[str, kinds.PERIOD] = ""
    stages: Annotated[tuple[str, ...], kinds.WORDS] = ()
    small_group: Annotated[int, kinds.whole(1, 100)] = 5
    credit_worth: Annotated[int, kinds.whole(0, 1_000_000_000)] = 0
    """In yen; 0 = what a hire costs on average."""


@dataclass(frozen=True, kw_only=True)
class RetentionSection:
    """How long people are kept who were turned down."""

    months: Annotated[int, kinds.whole(1, 120)] = 12
    notice_days: Annotated[int, kinds.whole(1, 365)] = 30
    keep_small_groups: Annotated[bool, kinds.SWITCH] = True
    erase_nightly: Annotated[bool, kinds.SWITCH] = False
    max_people_per_run: Annotated[int, kinds.whole(1, 100_000)] = 50
