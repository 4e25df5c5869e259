"""クレジット: what the referrals earned, what was used, what expired, and what is left.

The words and the sums; `credit_folding` computes the entries from the facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

from sheets_automation.core.credit_rules import CreditRules
from sheets_automation.core.forecast import Forecast
from sheets_automation.core.referral_codes import ALPHABET
from sheets_automation.core.referrals import RecordProblem

_DIGITS: Final = 6


class EntryKind(StrEnum):
    """What a line of the ledger says; the value is the word that HR reads."""

    EARNED = "獲得"
    REDEEMED = "利用"
    EXPIRED = "失効"
    ADJUSTED = "調整"
    OVER_LIMIT = "上限超過"  # would have been earned, but the limit of the month or the year was reached


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditEntry:
    """One line of the ledger: one credit that came, went, or was not granted."""

    on: date
    kind: EntryKind
    amount: int
    """+1, -1, or 0 where nothing was granted: the amounts of a ledger add up to what is left."""
    credit: int
    """Number of the credit concerned, from 1, in the order in which they came."""
    evidence: tuple[str, ...]
    """The referral codes that earned it, or the event id of a person's word."""
    note: str = ""
    number: str = ""
    """クレジット番号 of a use: by it the candidates who were found with the credit are told apart."""
    opening: str = ""
    """What a credit was used for."""
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditMonth:
    """What happened in one month."""

    first_day: date
    clicked: int = 0
    registered: int = 0
    hired: int = 0
    earned: int = 0
    redeemed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLedger:
    """All credits of one partner."""

    rules: CreditRules
    entries: tuple[CreditEntry, ...]
    """In order of day."""
    waiting: tuple[str, ...]
    """The codes that count towards the next credit."""
    months: tuple[CreditMonth, ...]
    """The last twelve, oldest first."""
    next_expiry: date | None
    """The last day on which the oldest credit that is left can be used."""
    forecast: Forecast
    """When the next credit may come."""

    @property
    def left(self) -> int:
        """Credits that can be used now."""
        return sum(entry.amount for entry in self.entries)

    @property
    def progress(self) -> int:
        """How many count towards the next credit, of `rules.per_credit`."""
        return len(self.waiting)

    def total(self, kind: EntryKind) -> int:
        """The amounts of one kind: negative for what was redeemed or expired."""
        return sum(entry.amount for entry in self.entries if entry.kind is kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditSummary:
    """The credits of all partners at one moment."""

    as_of: datetime
    ledgers: tuple[CreditLedger, ...]
    problems: tuple[RecordProblem, ...]
    untaken: int = 0
    """Reports in the partners' tab that nobody has taken in yet."""

    @property
    def earned(self) -> int:
        """Credits granted for referrals, with all partners."""
        return self._total(EntryKind.EARNED)

    @property
    def redeemed(self) -> int:
        """Credits used."""
        return -self._total(EntryKind.REDEEMED)

    @property
    def expired(self) -> int:
        """Credits that nobody used in time."""
        return -self._total(EntryKind.EXPIRED)

    @property
    def adjusted(self) -> int:
        """Credits added (positive) or taken away (negative) by hand."""
        return self._total(EntryKind.ADJUSTED)

    @property
    def left(self) -> int:
        """Credits that can be used now: earned + adjusted - redeemed - expired."""
        return sum(ledger.left for ledger in self.ledgers)

    @property
    def uses(self) -> Mapping[str, CreditEntry]:
        """The uses of credits, by クレジット番号; of several credits that were used at once, the first."""
        entries = [entry for ledger in self.ledgers for entry in ledger.entries if entry.kind is EntryKind.REDEEMED]
        return {entry.number: entry for entry in reversed(entries)}

    @property
    def progress(self) -> str:
        """Progress to the next credit, e.g. "7/10"; of several partners, the one that is nearest to it."""
        nearest = min(self.ledgers, key=lambda ledger: ledger.rules.per_credit - ledger.progress, default=None)
        return f"{nearest.progress}/{nearest.rules.per_credit}" if nearest else ""

    def _total(self, kind: EntryKind) -> int:
        return sum(ledger.total(kind) for ledger in self.ledgers)


def credit_number(event_id: str) -> str:
    """クレジット番号: what people write beside a candidate who was found with a credit; made from the use of it."""
    number = int.from_bytes(sha256(event_id.encode("utf-8", "replace")).digest()[:8], "big")
    digits = []
    for _ in range(_DIGITS):
        number, value = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[value])
    return f"CR-{''.join(digits)}"


def with_problems(summary: CreditSummary, problems: Iterable[RecordProblem]) -> CreditSummary:
    """The summary with problems that were found before it was computed, in front."""
    return replace(summary, problems=(*problems, *summary.problems))
