"""What the service answers about one person who asks what is held, or to be erased; /openapi.json is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from sheets_automation.service.documents import Id, request


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAsked:
    """Whom to look for: a name or a part of it, an address, or a candidate id."""

    words: Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFound:
    """Somebody whom the words may mean."""

    ids: list[str]
    """All applications of the person: they are shown, and go, together."""
    row: int
    link: str | None
    name: str
    address: str
    obstacle: str
    """Why the person cannot be erased now; empty where nothing stands against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFound:
    """Everybody whom the words may mean, the first ones by name."""

    people: list[PersonFound]
    more: int


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonWanted:
    """One person, by the id of any row."""

    id: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class RowHeld:
    """A row, with all of its cells by heading."""

    row: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsHeld:
    """What a tab of ours says of the person."""

    tab: str
    rows: list[dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterHeld:
    """A copy of a letter."""

    name: str
    subject: str
    date: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonShown:
    """All that is held about one person."""

    as_of: str
    workbook: str
    company: str
    candidate_ids: list[str]
    retention: str
    rows: list[RowHeld]
    records: list[RecordsHeld]
    letters: list[LetterHeld]
    elsewhere: list[str]
    """Cells of other tabs that name the person: to be looked at before this is handed out."""
    page: str
    """The same as one page of HTML, to be kept or printed; it runs nothing and loads nothing."""


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEraseWanted:
    """A person's word: this person, with all rows that were shown."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=1000)]
    typed: Annotated[str, Field(min_length=1, max_length=200)]
    """The name of whoever is erased, typed anew; the id of the first row where the row has no name."""
    reason: Literal["request", "withdrawn", "mistake"]
