"""What the service answers of people whose retention period is over, as data; /openapi.json is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from sheets_automation.service.documents import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One person whom the clock has reached."""

    ids: list[str]
    row: int
    rows: int
    """How many applications: all of them go together."""
    link: str | None
    name: str
    standing: Literal["reached", "announced", "due", "kept"]
    since: str | None
    """The day of the last event; None where no date says anything."""
    due: str | None
    """Not before this day; of somebody who is not announced yet, the day that would be announced."""
    untold: bool
    """Whether the result was never told."""
    text: str
    """Why somebody is kept; empty for everybody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionDocument:
    """Where the clocks stand."""

    mark: str
    """Of those who are due: to be handed back by whoever agrees to erase them."""
    months: int
    notice_days: int
    running: int
    reached: int
    announced: int
    due: int
    kept: int
    erased: int
    """Rows that are anonymous already."""
    unfinished: int
    """Erasures that were interrupted: the next one finishes them."""
    people: list[PersonLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseWanted:
    """A person's word: so many people, and these."""

    mark: Mark
    expect: Annotated[int, Field(ge=0, le=1_000_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedLine:
    """One kind of what was erased."""

    name: str
    text: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedText:
    """A sentence with the name of what it speaks of."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftLine:
    """Cells of a tab that still name somebody."""

    tab: str
    cells: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateShown:
    """What was erased, what was kept and why, and where nobody but a person can reach. It names nobody."""

    erasure: str
    workbook: str
    begun_at: str
    ended_at: str | None
    reason: str
    actor: str
    people: int
    erased: list[ErasedLine]
    rows: list[str]
    kept: list[NamedText]
    beyond: list[NamedText]
    left: list[LeftLine]
    cells_kept: str
    waiting: str
    """Of whom a person has to say who they are; empty for nobody."""
    alone: int
