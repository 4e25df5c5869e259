"""Every figure against an independent computation: DuckDB over the exported rows and the letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from sheets_automation.core.analysis import Analysis, FigureId
from sheets_automation.core.analysis_period import EVERYTHING, Period
from tests.analysis.by_sql import Sql
from tests.analysis.invented import Invented, invented
from tests.analysis.scene import look

WHOLE = (None, None)
YEAR = (date(2025, 4, 1), date(2026, 3, 1))
MONTH = (date(2026, 2, 1), date(2026, 2, 1))


@dataclass
class Case:
    """One sheet, seen by both."""

    world: Invented
    ours: Analysis
    sql: Sql

    def parts(self, wanted: FigureId) -> tuple[float | None, float | None]:
        figure = self.ours.figure(wanted)
        return figure.numerator, figure.denominator


@pytest.fixture(scope="module", params=[(1, WHOLE), (2, YEAR), (3, MONTH)], ids=["everything", "a year", "a month"])
def case(request):
    seed, (first, last) = request.param
    world = invented(1200, seed)
    period = Period(first=first, last=last) if first else EVERYTHING
    return Case(world, look(list(world.candidates), *world.events, period=period), Sql(world, first, last))


def test_applications_and_hires(case):
    applied, hired = case.sql.ask("SELECT count(*), count(*) FILTER (decision = '採用') FROM applied")[0]

    assert case.ours.figure(FigureId.APPLICATIONS).value == applied > 0
    assert case.ours.figure(FigureId.HIRES).value == hired
    assert case.parts(FigureId.HIRE_RATE) == (hired, applied)


def test_the_follow_up_rate(case):
    assert case.parts(FigureId.FOLLOW_UP) == case.sql.follow_up()


@pytest.mark.parametrize(("figure", "share"), [(FigureId.LETTER_MEDIAN, 0.5), (FigureId.LETTER_P90, 0.9)])
def test_the_days_to_the_letter(case, figure, share):
    assert case.ours.figure(figure).value == pytest.approx(case.sql.waits(share), abs=1e-3)


def test_re_applications(case):
    assert case.parts(FigureId.REAPPLICATION) == case.sql.reapplications()


def test_letters_with_a_link(case):
    assert case.ours.figure(FigureId.LINK_CLICKED).denominator == case.sql.links()


def test_the_funnel(case):
    ours = [(line.reached, line.rejected, line.withdrawn, line.not_considered, line.going) for line in case.ours.stages]

    assert ours == case.sql.stages()


@pytest.mark.parametrize(("table", "column"), [("media", "medium"), ("openings", "opening")])
def test_media_and_openings_with_every_stage(case, table, column):
    ours = {
        line.name: [line.applications, line.offered, line.hired, *(stage.reached for stage in line.stages[1:])]
        for line in getattr(case.ours, table)
    }

    assert ours == case.sql.groups(column)


def test_tags(case):
    assert {line.name: line.applications for line in case.ours.tags} == case.sql.tags()


def test_months(case):
    applied = case.sql.months("applied_at")
    rejected = case.sql.months("decided_at", "decision = '不採用'")
    sent = case.sql.months("sent_at", "state = 'SENT'", table="letters")

    for line in case.ours.months:
        month = f"{line.month:%Y-%m}"
        expected = tuple(counts.get(month, 0) for counts in (applied, rejected, sent))
        assert (line.applied, line.rejected, line.sent) == expected
