"""What the service is asked and what it answers, as data; the description at /openapi.json is made from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, with_config

Id = Annotated[str, Field(min_length=1, max_length=200)]
Mark = Annotated[str, Field(min_length=1, max_length=100)]
Note = Annotated[str, Field(max_length=500)]
Token = Annotated[str, Field(min_length=1, max_length=1_000_000)]
request = with_config(ConfigDict(extra="forbid"))
"""A request says what it means and nothing else: a misspelt key must not be passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that is wrong, by a stable name and in words."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What every answer but 200 says."""

    error: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class BookShown:
    """The workbook as people know it."""

    title: str
    kind: Literal["excel", "google"]
    address_shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierShown:
    """What would carry the letters."""

    address: str
    name: str
    is_set: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Who is at work on what."""

    workbook: BookShown
    actor: str
    carrier: CarrierShown
    company: str
    language: str
    mode: Literal["local", "cloud"]
    version: str
    needs_second_approval: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Whether letters may leave now."""

    is_open: bool
    opens_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDocument:
    """A letter of the plan, without its body."""

    id: str
    row: int
    cell: str
    link: str | None
    name: str
    address: str
    opening: str
    template: str
    template_title: str
    subject: str
    looks: list[Problem]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutPerson:
    """Somebody who gets no letter."""

    id: str
    row: int
    cell: str
    link: str | None
    name: str
    opening: str
    text: str | None
    """None where the group's own words say it all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutGroup:
    """Everybody who gets no letter for one reason."""

    reason: str
    severity: Literal["act", "wait", "none"]
    text: str
    advice: str
    count: int
    people: list[LeftOutPerson]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The numbers of a plan."""

    rows: int
    letters: int
    left_out: int
    sent_before: int
    uncertain: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardShown:
    """Whether a person has to name the number of letters, and why."""

    expect: int | None
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditMonthShown:
    """What came in one month."""

    month: str
    registered: int
    earned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditsShown:
    """The credits in a few numbers; progress is that of the partner with whom the next credit is nearest."""

    earned: int
    redeemed: int
    expired: int
    left: int
    progress: int
    per_credit: int
    partner: str
    history: list[CreditMonthShown]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProblem:
    """Something wrong with settings or letters."""

    name: str
    text: str
    stops: bool
    """Nothing can be sent while it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalShown:
    """How far the agreement to this plan has come."""

    state: Literal["none", "proposed", "approved"]
    by: str
    at: str | None
    for_plan: str
    ids: list[str]
    """The letters that it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument:
    """Who gets which letter, and who does not, and why."""

    plan: str
    made_at: str
    window: Window
    letters: list[PlannedDocument]
    left_out: list[LeftOutGroup]
    waiting: list[str]
    counts: Counts
    guard: GuardShown
    credits: CreditsShown
    problems: list[PlanProblem]
    approval: ApprovalShown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDocument:
    """One letter as it will go."""

    id: str
    name: str
    address: str
    subject: str
    text: str
    html: str
    frame: str
    """Where the HTML stands under a policy of its own, for a frame."""
    sender: Annotated[str, Field(serialization_alias="from")]
    reply_to: str
    attachments: list[str]
    looks: list[Problem]


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersDocument:
    """Several letters."""

    letters: list[LetterDocument]


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class LettersWanted:
    """Which letters to show."""

    ids: Annotated[list[Id], Field(max_length=50)]
    plan: Mark


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


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertainLine:
    """A letter that waits for a person's word."""

    id: str
    row: int | None
    link: str | None
    name: str
    address: str
    at: str | None
    state: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertainDocument:
    """All of them."""

    letters: list[UncertainLine]


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class SettleWanted:
    """A person's word about some letters."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=1000)]
    word: Literal["sent", "again", "reopen"]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditsDocument:
    """The credits with all their evidence."""

    summary: CreditsShown
    partners: list[PartnerShown]
    ledger: list[LedgerLine]
    problems: list[Problem]


@request
@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemWanted:
    """So many credits were used."""

    amount: Annotated[int, Field(ge=1, le=100, strict=True)]
    partner: Annotated[str, Field(max_length=200)] = ""
    note: Note = ""


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
class StageCount:
    """How many stand at one stage."""

    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCount:
    """How many rows of an opening or a medium, and what became of them."""

    name: str
    rows: int
    rejected: int
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """One month."""

    month: str
    applied: int
    rejected: int
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitDays:
    """How long people waited from the decision to the letter."""

    median: float | None
    longest: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisDocument:
    """The workbook at a glance."""

    stages: list[StageCount]
    openings: list[GroupCount]
    media: list[GroupCount]
    months: list[MonthCount]
    wait_days: WaitDays
    follow_up_rate: float | None


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
