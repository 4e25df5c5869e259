"""What the service answers of credits, check and past runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sheets_automation.service.documents import CreditsShown, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One line of the ledger of credits."""

    on: str
    kind: str
    amount: int
    credit: int
    partner: str
    note: str
    evidence: list[str]
    number: str
    """クレジット番号 of a use, else empty; as are `opening` and `actor`."""
    opening: str
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastShown:
    """When the next credit may come; `expected` is null where nothing can be said."""

    outlook: Literal["expected", "too_little", "far", "capped"]
    missing: int
    expected: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerShown:
    """The credits with one partner."""

    id: str
    name: str
    earned: int
    redeemed: int
    expired: int
    left: int
    progress: int
    per_credit: int
    next_expiry: str | None
    counts: Literal["registered", "hired"]
    forecast: ForecastShown


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditsDocument:
    """The credits with all their evidence."""

    summary: CreditsShown
    partners: list[PartnerShown]
    ledger: list[LedgerLine]
    problems: list[Problem]
    untaken: int
    """Rows of the partners' tab that nobody has taken in yet."""
    openings: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One thing to put right."""

    name: str
    severity: Literal["act"]
    text: str
    where: str
    cell: str | None
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDocument:
    """Everything that is wrong, and what was looked at and is right."""

    problems: list[CheckLine]
    fine: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One run of the log."""

    run_id: str
    at: str
    actor: str
    sent: int
    failed: int
    uncertain: int
    withdrawn: int
