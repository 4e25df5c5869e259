"""What the guards of one letter look at, measure against, and answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from sheets_automation.core.cells import words
from sheets_automation.core.delivery_log import DeliveryLog
from sheets_automation.core.identity import IdentityProblem
from sheets_automation.core.model import Candidate, LetterKind
from sheets_automation.core.reasons import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRules:
    """What the guards of one letter measure against; see config/example.toml for each."""

    min_delay: timedelta = timedelta(hours=24)
    max_wait: timedelta = timedelta(days=14)
    max_age: timedelta = timedelta(days=180)
    one_letter_per_person: timedelta = timedelta(days=180)
    max_failures: int = 3
    require_approval: bool = False
    write_to_agency_candidates: bool = False
    by_line: bool = False
    """Whether these letters would leave by LINE."""
    results_by_line: bool = False
    """Whether a person has allowed that results of a selection go by LINE."""
    erasure_keys: tuple[str, ...] = field(default=(), repr=False)
    """The keys by which addresses of erased people are known again, the newest first."""
    hold_tags: frozenset[str] = words("保留 送信しない")
    """Folded (see cells.folded)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that a guard may look at beside the candidate itself."""

    kind: LetterKind
    log: DeliveryLog
    rules: GuardRules
    now: datetime
    identity_problems: Mapping[int, IdentityProblem] = field(default_factory=dict)
    """By row."""
    siblings: Mapping[int, Sequence[Candidate]] = field(default_factory=dict)
    """By row: the other rows of the same Person; rows that stand alone are absent."""
    shared_addresses: Mapping[int, Sequence[int]] = field(default_factory=dict)
    """By row: rows with the same address and clearly another name."""
    next_opening: datetime | None = None
    """When the send window opens; None while it is open."""
    opening_after: Callable[[datetime], datetime] = field(default=lambda moment: moment)
    """The first moment at or after another in which a letter may leave: no promise falls on a weekend."""


class Finding(NamedTuple):
    """What a guard says."""

    reason: Reason
    facts: Mapping[str, str] = {}
