"""The months of the analysis, and whoever has no date: what happened when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sheets_automation.core.analysis import FigureId
from sheets_automation.core.analysis_period import Period, read_period
from sheets_automation.core.model import Decision
from tests.analysis.scene import look, told, value
from tests.core.builders import JST, NOW, candidate

MAY = datetime(2026, 5, 10, tzinfo=JST)


def test_months_are_the_last_twelve_each_thing_in_the_month_in_which_it_happened():
    one = candidate(applied_at=NOW - timedelta(days=60), decided_at=NOW - timedelta(days=30))
    hired = candidate(row=6, decision=Decision.HIRED, decided_at=NOW)

    months = {f"{line.month:%Y-%m}": line for line in look([one, hired], *told(one)).months}

    assert next(iter(months)) == "2025-12"
    assert len(months) == 12
    assert (months["2026-09"].applied, months["2026-10"].rejected, months["2026-11"].sent) == (1, 1, 1)
    assert months["2026-11"].rejected == 0


def test_months_of_a_period_are_its_own_and_no_more_than_three_years():
    assert len(look([], period=read_period("FY2026")).months) == 12
    assert len(look([], period=read_period("2010-01..2026-12")).months) == 36
    assert [line.month.year for line in look([], period=read_period("2027-02..")).months] == [2027]


def test_rows_without_a_date_are_left_out_of_a_period_and_told():
    dated = candidate(applied_at=MAY)
    found = look([dated, replace(dated, row=6, id="C-0006", applied_at=None)], period=read_period("2026-05"))

    assert value(found, FigureId.APPLICATIONS) == 1
    assert found.undated == 1
    assert look([dated]).undated == 0


def test_the_last_second_of_march_is_of_the_fiscal_year_before():
    turn = datetime(2026, 4, 1, tzinfo=JST)
    people = [candidate(row=5, applied_at=turn - timedelta(seconds=1)), candidate(row=6, applied_at=turn)]

    years = [value(look(people, period=read_period(f"FY{year}")), FigureId.APPLICATIONS) for year in (2025, 2026)]

    assert years == [1, 1]
    assert value(look(people, period=Period()), FigureId.APPLICATIONS) == 2
