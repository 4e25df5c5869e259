"""What the service is asked and answers about follow-ups beside their plan: the history, consents, the tab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from sheets_automation.service.documents import Id, request


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLine:
    """One follow-up that left, or may have."""

    id: str
    row: int | None
    """None where the row is gone."""
    link: str | None
    name: str
    number: int
    at: str | None
    state: str
    replied_at: str | None
    campaign: str
    why: str
    letter: str
    subject: str
    to: str
    carrier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpsDocument:
    """What went to whom, when and why, the last one first."""

    total: int
    """There may be more than are listed."""
    follow_ups: list[FollowUpLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentLine:
    """Where one row stands, and what proves it."""

    id: str
    row: int
    link: str | None
    name: str
    agrees: bool
    refused: bool
    """Asked for no letters at all, which counts more."""
    at: str | None
    """None where only the sheet says so: the next sending puts it on record."""
    recorded_at: str | None
    """When that was written down, where the record tells: it may have been said earlier."""
    wording: str
    source: str
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentsDocument:
    """Everybody of whom the sheet or the record says something that counts."""

    recorded: int
    """By this very call."""
    agreed: int
    wording: str
    """The version that counts by itself."""
    people: list[ConsentLine]


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWanted:
    """What somebody said, and how we know."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=1000)]
    agrees: Annotated[bool, Field(strict=True)]
    source: Annotated[str, Field(max_length=200)] = ""
    wording: Annotated[str, Field(max_length=200)] = ""
    on: Annotated[str, Field(max_length=40)] = ""
    """The day on which it was said, e.g. 2026-10-03; empty for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignsMade:
    """Whether HR's tab was made."""

    tab: str
    made: bool
    text: str
