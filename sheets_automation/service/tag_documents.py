"""What the service answers of tags, and takes of a person's word on them, as data; /openapi.json is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from sheets_automation.service.documents import Id, request

MOST_ANSWERED = 2_000
_Tag = Annotated[str, Field(min_length=1, max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedTag:
    """One tag that the rules propose for one candidate."""

    candidate_id: str
    row: int
    link: str | None
    name: str
    opening: str
    tag: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyLine:
    """A label that could be written as another one is. Nothing writes it."""

    label: str
    instead: str
    people: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTrouble:
    """A rule that is not used, and why."""

    where: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsDocument:
    """What the rules say of the workbook."""

    people: int
    """For how many candidates a tag is proposed."""
    proposals: list[ProposedTag]
    tidy: list[TidyLine]
    problems: list[RuleTrouble]
    resting: list[RuleTrouble]


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class TagNamed:
    """A proposal, as it was shown."""

    candidate_id: Id
    tag: _Tag


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class TagsAnswered:
    """What a person says of proposals; of all others nothing is said."""

    accept: Annotated[list[TagNamed], Field(max_length=MOST_ANSWERED)]
    refuse: Annotated[list[TagNamed], Field(max_length=MOST_ANSWERED)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsWritten:
    """What was written, and what is proposed now."""

    accepted: int
    refused: int
    """Proposals that somebody has cleared in the sheet meanwhile among them."""
    kept: str | None
    """What could not be written over, in words."""
    tags: TagsDocument
