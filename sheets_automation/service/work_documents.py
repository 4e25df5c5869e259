"""What the service is asked to do, and what it says of it: approvals, sending, settling, credits used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from sheets_automation.service.documents import Id, Mark, Problem, StopShown, request

Note = Annotated[str, Field(max_length=500)]
Token = Annotated[str, Field(min_length=1, max_length=1_000_000)]


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class TestWanted:
    """Which letters to send to oneself."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=5)]
    to: Annotated[str, Field(min_length=3, max_length=320)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestSent:
    """What became of the test letters."""

    sent: int
    text: str


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalWanted:
    """The plan that a person agrees to, but for some letters, and the number that they typed."""

    plan: Mark
    without: Annotated[list[Id], Field(max_length=20_000)] = field(default_factory=list)
    expect: Annotated[int, Field(ge=0, le=1_000_000, strict=True)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalGiven:
    """The agreement as a signed text; None while a second person has to give theirs."""

    approval: str | None
    letters: int
    state: Literal["proposed", "approved"]


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class SendWanted:
    """Send what was approved, for so long at most."""

    approval: Token
    seconds: Annotated[float, Field(ge=0, le=25, strict=True)] = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLine:
    """What became of one approved letter."""

    id: str
    row: int | None
    name: str
    state: str
    reason: str | None
    text: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendAnswer:
    """What one stretch of sending did, and what is left."""

    run_id: str
    sent: list[SentLine]
    left: int
    done: bool
    error: Problem | None
    not_shown: Problem | None
    uncertain: int


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class UndoWanted:
    """Take back what was approved and has not left."""

    approval: Token


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoAnswer:
    """How many letters will not go."""

    withdrawn: int
    text: str


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeWanted:
    """Stop all sending."""

    because: Annotated[str, Field(min_length=1, max_length=500)]


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class ThawWanted:
    """Let letters go again: so many wait, or why it is right."""

    expect: Annotated[int, Field(ge=0, le=1_000_000, strict=True)] | None = None
    because: Note = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopsAnswer:
    """What stops the sending now, and how many letters wait; None where that could not be counted yet."""

    stops: list[StopShown]
    waiting: int | None
    recorded: bool
    """False where the log learns of it with the next run, since the file is in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertainLine:
    """A letter that waits for a person's word, and the words that answer it."""

    id: str
    kind: str
    """A person may wait for a word about two letters: the result, and an apology for it."""
    row: int | None
    link: str | None
    name: str
    address: str
    at: str | None
    state: str
    text: str
    words: list[Literal["sent", "again"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertainDocument:
    """All of them."""

    letters: list[UncertainLine]


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class SettleWanted:
    """A person's word about some letters."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=1000)]
    word: Literal["sent", "again", "reopen", "hold", "release"]
    kind: Literal["", "rejection", "follow_up", "apology"] = ""
    """Of the letters; "" for the kind that is written where the word is said."""
    note: Note = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSettled:
    """A letter that is in no state for this word."""

    id: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleAnswer:
    """How many were settled, and which could not be."""

    settled: int
    not_settled: list[NotSettled]
    not_shown: Problem | None


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemWanted:
    """So many credits were used."""

    amount: Annotated[int, Field(ge=1, le=100, strict=True)]
    partner: Annotated[str, Field(max_length=200)] = ""
    opening: Annotated[str, Field(max_length=200)] = ""
    note: Note = ""
    seen: Annotated[int | None, Field(ge=0)] = None
    """How many were left on the page; where others are left by now, nothing is recorded."""
    key: Annotated[str, Field(pattern=r"^([0-9a-f-]{16,64})?$")] = ""
    """Of this very use: sent again after a lost answer, it is recorded once."""


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class RowWanted:
    """Whose row to select in the open workbook: where it stood, the candidate's id and name, each where it is known."""

    cell: Annotated[str, Field(max_length=300)] = ""
    id: Annotated[str, Field(max_length=200)] = ""
    name: Annotated[str, Field(max_length=1_000)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAnswer:
    """Whether it is selected; a hidden row stays hidden."""

    row: Literal["selected", "hidden", "missing"]
