"""Computing the analysis. Pure: from candidates, log, referrals, credits and costs to figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sheets_automation.core.analysis import Analysis, Figure, FigureId, Rate, Unit
from sheets_automation.core.analysis_costs import Costs
from sheets_automation.core.analysis_credits import credit_figures
from sheets_automation.core.analysis_groups import (
    Counted,
    medium_of,
    opening_of,
    skills_of,
    tags_of,
    withheld_labels,
)
from sheets_automation.core.analysis_letters import (
    LinkCounts,
    days_to_letter,
    decided,
    link_counts,
    months,
    quantile,
    reapplications,
    told_by_row,
    waiting_lines,
)
from sheets_automation.core.analysis_looping import LoopMaterial, loop_steps
from sheets_automation.core.analysis_period import Period
from sheets_automation.core.analysis_rules import AnalysisRules
from sheets_automation.core.analysis_stages import Outcome, ladder_of
from sheets_automation.core.credits import CreditSummary
from sheets_automation.core.delivery_log import DeliveryLog
from sheets_automation.core.headings import Field
from sheets_automation.core.model import Candidate
from sheets_automation.core.persons import Persons, find_persons
from sheets_automation.core.referrals import RecordProblem, Referral
from sheets_automation.core.survey import Answer, evaluate

_MEDIAN, _NINE_OF_TEN = 0.5, 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything that an analysis is made of."""

    candidates: Sequence[Candidate]
    log: DeliveryLog
    credits: CreditSummary
    """`as_of` is now, in the workbook's time zone."""
    referrals: Sequence[Referral] = ()
    costs: Costs = field(default_factory=Costs)
    waiting: Sequence[Candidate] = ()
    """Who waits too long for a letter, as sending judges it."""
    tells_agencies: bool = False
    """Whether we write to candidates of agencies."""
    answers: Sequence[Answer] = ()
    """To the survey, as they stand in their tab."""
    barred: Collection[Field] = ()
    """Fields whose column must not be counted by."""
    problems: Sequence[RecordProblem] = ()
    """What else was found wrong with the rows."""


def analyse(material: Material, rules: AnalysisRules, period: Period) -> Analysis:
    """Compute every figure. Applications are in the period by their date, everything else by when it happened."""
    now = material.credits.as_of
    zone = now.tzinfo
    applied = [one for one in material.candidates if period.holds(one.applied_at, zone)]
    ladder = ladder_of(() if Field.STAGE in material.barred else material.candidates, rules.stages)
    counted = Counted(applied, ladder, rules.small_group)
    persons = find_persons(material.candidates)
    to_tell = told_by_row(material.candidates, material.log, persons, tells_agencies=material.tells_agencies)
    costs = material.costs.within(period)
    allowed = {Field.MEDIUM, Field.OPENING, Field.TAGS} - set(material.barred)
    return Analysis(
        as_of=now,
        period=period,
        small_group=rules.small_group,
        figures=tuple(_figures(material, rules, period, counted, (persons, to_tell), costs)),
        stages=counted.funnel(),
        media=counted.groups(medium_of, to_tell=to_tell, costs=costs) if Field.MEDIUM in allowed else (),
        openings=counted.groups(opening_of, to_tell=to_tell) if Field.OPENING in allowed else (),
        tags=counted.groups(tags_of, to_tell=to_tell, named_only=True) if Field.TAGS in allowed else (),
        skills=counted.groups(skills_of, to_tell=to_tell, named_only=True),
        months=months(material.candidates, material.log, period, now),
        waiting=waiting_lines(material.waiting, now),
        undated=0 if period.is_whole else sum(one.applied_at is None for one in material.candidates),
        withheld=withheld_labels(applied),
        unknown_stages=ladder.unknown,
        problems=(*material.costs.problems, *material.credits.problems, *material.problems),
        loop=loop_steps(
            LoopMaterial(
                candidates=material.candidates,
                log=material.log,
                credits=material.credits,
                referrals=material.referrals,
            ),
            period,
            rules.small_group,
        ),
        survey=evaluate(
            [one for one in material.answers if period.holds_month(one.day.replace(day=1))],
            rules.survey_keys,
            rules.small_group,
        ),
    )


def _figures(
    material: Material,
    rules: AnalysisRules,
    period: Period,
    counted: Counted,
    told: tuple[Persons, Mapping[int, bool]],
    costs: Mapping[str, int],
) -> Iterator[Figure]:
    zone = material.credits.as_of.tzinfo
    rejected = [one for one in material.candidates if one.row in told[1] and period.holds(decided(one), zone)]
    applications, hires = len(counted.candidates), counted.outcomes()[Outcome.HIRED]
    cost = sum(costs.values()) if costs else None
    found = [
        _count(FigureId.APPLICATIONS, applications),
        _count(FigureId.HIRES, hires),
        _rate(FigureId.HIRE_RATE, Rate(hires, applications)),
        _rate(FigureId.FOLLOW_UP, Rate(sum(told[1][one.row] for one in rejected), len(rejected))),
        *_waits(days_to_letter([one for one in material.candidates if period.holds(decided(one), zone)], material.log)),
        _count(FigureId.WAITING, len(material.waiting)),
        _rate(FigureId.REAPPLICATION, reapplications(material.candidates, told[0], period, zone)),
        *_links(link_counts(material.log, material.referrals, period, zone)),
        Figure(id=FigureId.COST, unit=Unit.YEN, value=cost),
        per_unit(FigureId.COST_PER_APPLICATION, cost, applications),
        per_unit(FigureId.COST_PER_HIRE, cost, hires),
    ]
    found += credit_figures(material.credits, period, cost=cost, hires=hires, worth=rules.credit_worth)
    return (_marked(figure, rules.small_group) for figure in found)


def _count(wanted: FigureId, value: int) -> Figure:
    return Figure(id=wanted, unit=Unit.COUNT, value=value)


def _rate(wanted: FigureId, rate: Rate) -> Figure:
    return Figure(id=wanted, unit=Unit.RATE, value=rate.value, numerator=rate.part, denominator=rate.whole)


def _waits(days: Sequence[float]) -> Iterator[Figure]:
    for wanted, share in ((FigureId.LETTER_MEDIAN, _MEDIAN), (FigureId.LETTER_P90, _NINE_OF_TEN)):
        yield Figure(id=wanted, unit=Unit.DAYS, value=quantile(days, share), denominator=len(days))


def _links(counts: LinkCounts) -> Iterator[Figure]:
    yield _rate(FigureId.LINK_CLICKED, Rate(counts.clicked, counts.letters))
    yield _rate(FigureId.LINK_REGISTERED, Rate(counts.registered, counts.letters))
    yield _rate(FigureId.LINK_HIRED, Rate(counts.hired, counts.letters))


def per_unit(wanted: FigureId, cost: int | None, number: int) -> Figure:
    """What one of them cost; nothing where nobody noted costs, or where there is none."""
    value = cost / number if cost is not None and number else None
    return Figure(id=wanted, unit=Unit.YEN, value=value, numerator=cost, denominator=number)


def _marked(figure: Figure, small_group: int) -> Figure:
    """Mark what chance alone can make: a share or an average over few."""
    is_small = figure.denominator is not None and figure.unit is not Unit.COUNT and figure.denominator < small_group
    return replace(figure, is_small=is_small and figure.id not in _NOT_OVER_PEOPLE)


_NOT_OVER_PEOPLE = frozenset({FigureId.SAVING, FigureId.SAVING_RATE, FigureId.SAVING_AHEAD})
