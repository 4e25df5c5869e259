"""What the service answers of the analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sheets_automation.service.documents import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureShown:
    """One key figure, with what it is made of and how it is defined. Null: there is nothing to compute it from."""

    id: str
    name: str
    unit: Literal["count", "rate", "days", "yen"]
    value: float | None
    shown: str
    numerator: float | None
    denominator: float | None
    formula: str
    definition: str
    period_by: str
    small: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StageShown:
    """One stage of the funnel."""

    name: str
    reached: int
    passed: int
    rejected: int
    withdrawn: int
    not_considered: int
    going: int
    pass_rate: float | None
    small: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StagePassed:
    """One stage, of one group."""

    name: str
    reached: int
    passed: int
    known: int
    rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupShown:
    """One medium, opening, tag or skill; the name is empty for rows that name none."""

    name: str
    applications: int
    going: int
    rejected: int
    withdrawn: int
    not_considered: int
    offered: int
    hired: int
    stages: list[StagePassed]
    hire_rate: float | None
    told: int
    to_tell: int
    follow_up_rate: float | None
    cost: int | None
    cost_per_application: float | None
    cost_per_hire: float | None
    small: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthShown:
    """One month."""

    month: str
    applied: int
    rejected: int
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingShown:
    """Somebody who waits too long for a letter."""

    row: int
    candidate_id: str
    name: str
    opening: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownStage:
    """A word for a stage whose place nobody knows."""

    name: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyLineShown:
    """The answers of some months, five at least."""

    first: str
    last: str
    answers: int
    mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyShown:
    """How content people were with our letters, from 1 to 5; nothing where too few have answered."""

    answers: int
    mean: float | None
    counts: list[int]
    lines: list[SurveyLineShown]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopStepShown:
    """One step from the rejected to those who came by a credit, with its rate to the step before."""

    id: str
    name: str
    count: int
    numerator: int | None
    denominator: int | None
    rate: float | None
    is_share: bool
    """Whether this step is a part of the one before; else it is so many for each."""
    shown: str
    definition: str
    period_by: str
    small: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisDocument:
    """The workbook in figures."""

    as_of: str
    period: str
    small_group: int
    figures: list[FigureShown]
    stages: list[StageShown]
    media: list[GroupShown]
    openings: list[GroupShown]
    tags: list[GroupShown]
    skills: list[GroupShown]
    months: list[MonthShown]
    waiting: list[WaitingShown]
    survey: SurveyShown
    undated: int
    withheld: int
    unknown_stages: list[UnknownStage]
    loop: list[LoopStepShown]
    problems: list[Problem]
