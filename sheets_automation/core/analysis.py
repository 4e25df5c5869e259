"""分析: what the workbook says about recruiting, as figures that can be checked.

The words; `analysing` computes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sheets_automation.core.analysis_loop import LoopStep
from sheets_automation.core.analysis_period import Period
from sheets_automation.core.analysis_stages import Outcome
from sheets_automation.core.referrals import RecordProblem
from sheets_automation.core.survey import NO_SURVEY, Survey


@dataclass(frozen=True, slots=True)
class Rate:
    """A part of a whole."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share, from 0 to 1; None over nothing."""
        return self.part / self.whole if self.whole else None


class FigureId(StrEnum):
    """The key figures. What each means stands in `analysis_words`."""

    APPLICATIONS = "applications"
    HIRES = "hires"
    HIRE_RATE = "hire_rate"
    FOLLOW_UP = "follow_up"
    LETTER_MEDIAN = "letter_median"
    LETTER_P90 = "letter_p90"
    WAITING = "waiting"
    REAPPLICATION = "reapplication"
    LINK_CLICKED = "link_clicked"
    LINK_REGISTERED = "link_registered"
    LINK_HIRED = "link_hired"
    COST = "cost"
    COST_PER_APPLICATION = "cost_per_application"
    COST_PER_HIRE = "cost_per_hire"
    CREDITS_EARNED = "credits_earned"
    CREDITS_USED = "credits_used"
    CREDITS_LEFT = "credits_left"
    SAVING = "saving"
    SAVING_RATE = "saving_rate"
    SAVING_AHEAD = "saving_ahead"


class Unit(StrEnum):
    """What a figure counts."""

    COUNT = "count"
    RATE = "rate"
    DAYS = "days"
    YEN = "yen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One key figure."""

    id: FigureId
    unit: Unit
    value: float | None
    """None where there is nothing to compute it from: "–" for people, never 0."""
    numerator: float | None = None
    denominator: float | None = None
    formula: str = ""
    """With the numbers in it, where a person will ask how it came about."""
    is_small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StageLine:
    """One stage of the funnel. reached = passed + rejected + withdrawn + not_considered + going."""

    name: str
    reached: int
    passed: int
    rejected: int
    withdrawn: int
    not_considered: int
    going: int
    is_small: bool = False

    @property
    def pass_rate(self) -> Rate:
        """Who went on, of those whose result at this stage is known."""
        return Rate(self.passed, self.reached - self.going)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """One medium, opening, tag or skill."""

    name: str
    """Empty for rows that name none."""
    applications: int
    outcomes: Mapping[Outcome, int]
    """Add up to `applications`."""
    stages: tuple[StageLine, ...]
    told: int
    """Of the rejected who are to be told: how many were."""
    to_tell: int
    cost: int | None = None
    """In yen; None where nobody has noted any."""
    is_small: bool = False

    @property
    def hired(self) -> int:
        """How many were hired."""
        return self.outcomes[Outcome.HIRED]

    @property
    def offered(self) -> int:
        """How many have, or had before they were hired, an offer."""
        return self.outcomes[Outcome.OFFERED] + self.hired

    @property
    def hire_rate(self) -> Rate:
        """Hires, of all applications."""
        return Rate(self.hired, self.applications)

    @property
    def cost_per_application(self) -> float | None:
        """In yen."""
        return self.cost / self.applications if self.cost is not None and self.applications else None

    @property
    def cost_per_hire(self) -> float | None:
        """In yen."""
        return self.cost / self.hired if self.cost is not None and self.hired else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    """One month; each thing in the month in which it happened."""

    month: date
    applied: int
    rejected: int
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """お待たせ中: somebody who was rejected and has heard nothing for too long."""

    row: int
    candidate_id: str
    name: str
    opening: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Everything that the tab, the page and the command show."""

    as_of: datetime
    period: Period
    small_group: int
    figures: tuple[Figure, ...]
    stages: tuple[StageLine, ...]
    media: tuple[GroupLine, ...]
    openings: tuple[GroupLine, ...]
    tags: tuple[GroupLine, ...]
    skills: tuple[GroupLine, ...]
    months: tuple[MonthLine, ...]
    waiting: tuple[WaitingLine, ...]
    undated: int = 0
    """Rows that the period leaves out since they have no date of application."""
    withheld: int = 0
    """Tags and skills that are not counted by: age, sex and the like."""
    unknown_stages: tuple[tuple[str, int], ...] = ()
    problems: tuple[RecordProblem, ...] = field(default=())
    loop: tuple[LoopStep, ...] = ()
    """From the rejected to those who came by a credit; empty where there is no partner."""
    survey: Survey = NO_SURVEY

    def figure(self, wanted: FigureId) -> Figure:
        """The key figure of this id."""
        return next(figure for figure in self.figures if figure.id is wanted)
