"""What the service answers of past candidates for an opening, as data; /openapi.json is made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationShown:
    """A ready letter. Nothing sends it."""

    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchLine:
    """One past candidate, with what speaks for and against writing to them."""

    candidate_id: str
    row: int
    name: str
    score: float
    reasons: list[str]
    against: list[str]
    held_back: bool
    last_contact: str | None
    letter: InvitationShown | None
    letter_problem: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutLine:
    """How many people are on no list, and why."""

    reason: str
    people: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchDocument:
    """The shortlist for an opening."""

    opening: str
    asked: list[str]
    nice: list[str]
    pool: int
    found: int
    reads_profiles: bool
    matches: list[MatchLine]
    left_out: list[LeftOutLine]
