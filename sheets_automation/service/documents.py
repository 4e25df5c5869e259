"""What the service answers of session, plan and letters, as data; /openapi.json is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, with_config

Id = Annotated[str, Field(min_length=1, max_length=200)]
Mark = Annotated[str, Field(min_length=1, max_length=100)]
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
    started_from: Literal["terminal", "excel", "cloud"]
    """Where people start it again, so that it can be said in their words."""
    version: str
    needs_second_approval: bool
    has_line_part: bool
    """Follow-ups have a plan of their own for whoever gets them by LINE."""
    selects_rows: bool
    """The workbook is open in Excel here: `row` selects in it."""


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
    campaign: str
    """Why it goes, where it is news: HR's campaign, and what of the row it speaks to."""
    why: str
    looks: list[Problem]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutPerson:
    """Somebody who gets no letter."""

    id: str
    row: int
    cell: str
    link: str | None
    name: str
    address: str
    """As it can be written to; empty where it cannot."""
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
    """Whether a person has to name the number of letters that they send, and why; `expect` is that of the plan."""

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
    cell: str | None = None
    link: str | None = None


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
class StopShown:
    """What stops all sending."""

    source: Literal["log", "flag", "setting"]
    """A cell of the settings (`setting`) is taken back where it stands, everything else by a word."""
    text: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignShown:
    """One campaign of HR that is in use, in numbers."""

    name: str
    letter: str
    means: str
    cell: str
    link: str | None
    letters: int
    """How many it would send now."""
    sent: int
    """How many it has sent so far."""
    rests: bool
    """A heading or a letter lacks; the problems say which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignsShown:
    """What HR has planned."""

    tab: str
    is_there: bool
    link: str | None
    campaigns: list[CampaignShown]


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
    stops: list[StopShown]
    """With any of these nothing is sent."""
    held_up: int | None
    """How many letters of every kind wait for that to end: the number that lets them go. Of results only."""
    campaigns: CampaignsShown | None
    """Of follow-ups only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDocument:
    """One letter as it will go."""

    id: str
    name: str
    address: str
    subject: str
    text: str
    html: str
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
