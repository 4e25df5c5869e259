"""How often news may reach one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRules:
    """How often, and how soon after a result, one person may be sent news, whatever the campaigns say."""

    between: timedelta = timedelta(days=60)
    most_a_year: int = 3
    after_result: timedelta = timedelta(days=90)
