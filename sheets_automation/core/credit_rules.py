"""What was agreed with the partners."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Counting(StrEnum):
    """What counts towards a credit. Whoever was hired counts as registered too, whether that was reported or not."""

    REGISTERED = "registered"
    HIRED = "hired"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRules:
    """What was agreed with one partner."""

    id: str
    name: str
    licence: str = ""
    """Licence number of the partner's 職業紹介, e.g. "13-ユ-000000"."""
    counts: Counting = Counting.REGISTERED
    per_credit: int = 10
    expires_months: int | None = None
    """A credit can be used up to the end of the same day so many months later; None = for ever."""
    max_per_year: int | None = None
    """Credits earned beyond this number in a calendar year are not granted; None = no limit."""
    max_per_month: int | None = None
    """As in a year, in a calendar month."""
