"""媒体費用: what is read of HR's costs, what is told of it, and how it is divided by months."""

from datetime import datetime

import pytest

from sheets_automation.core.analysis_costs import Costs, read_costs
from sheets_automation.core.analysis_period import EVERYTHING, read_period
from sheets_automation.core.table import table_of
from tests.core.builders import JST


def costs(*rows, headings=("媒体", "期間", "費用"), title_rows=0):
    lines = [*[("媒体の費用",)] * title_rows, headings, *rows]
    cells = {
        number: {column: value for column, value in enumerate(line) if value is not None}
        for number, line in enumerate(lines, start=1)
    }
    return read_costs(table_of("媒体費用", cells), JST)


def test_costs_are_summed_by_medium_however_it_is_spelt():
    found = costs(("doda", "2026-04", 100_000), ("ＤＯＤＡ ", "2026年5月", "２０，０００円"), ("Green", None, 5))

    assert found.within(EVERYTHING) == {"doda": 120_000, "green": 5}
    assert found.problems == ()


def test_a_cost_over_several_months_counts_by_those_of_the_period():
    found = costs(("doda", "2026-02..2026-07", 600_000))

    assert found.within(read_period("FY2026")) == {"doda": 400_000}
    assert found.within(read_period("2025-01..2026-01")) == {}


def test_the_shares_of_two_half_years_add_up_to_the_whole():
    found = costs(("doda", "2026-01..2026-12", 100_000))

    halves = [found.within(read_period(half))["doda"] for half in ("2026-01..2026-06", "2026-07..2026-12")]

    assert sum(halves) == 100_000


def test_a_cost_without_a_period_counts_only_in_the_whole():
    found = costs(("doda", None, 100))

    assert found.within(read_period("2026-04")) == {}


@pytest.mark.parametrize("period", [datetime(2026, 4, 15), "2026/4/15", "2026-04", "令和8年4月15日"])  # noqa: DTZ001
def test_a_date_means_its_month(period):
    assert costs(("doda", period, 100)).within(read_period("2026-04")) == {"doda": 100}


def test_the_sheet_of_an_applicant_system_is_read_below_its_title():
    headings = ("求人媒体", "商品名", "求人費(税込)", "掲載開始", "掲載終了", "採用単価")
    april, june = datetime(2026, 4, 20), datetime(2026, 6, 3)  # noqa: DTZ001 - cells have no zone

    found = costs(("doda", "6か月", 300, april, june, 1), ("合計", None, 300), headings=headings, title_rows=2)

    assert found.within(EVERYTHING) == {"doda": 300}
    assert found.within(read_period("2026-05")) == {"doda": 100}
    assert found.problems == ()


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (("doda", "2026-04", "未定"), "C2"),
        (("doda", "2026-04", -5), "C2"),
        (("doda", "春", 100), "B2"),
        (("doda", "2026-04..", 100), "B2"),
        ((None, "2026-04", 100), "A2"),
    ],
)
def test_a_line_that_cannot_be_counted_is_told_with_its_cell_and_not_counted(row, cell):
    found = costs(row)

    assert found.within(EVERYTHING) == {}
    assert [problem.place for problem in found.problems] == [f"媒体費用!{cell}"]


def test_a_medium_without_a_cost_is_no_mistake_and_a_free_one_costs_nothing():
    found = costs(("doda", "2026-04", None), ("ハローワーク", "2026-04", 0))

    assert found.within(EVERYTHING) == {"ハローワーク": 0}
    assert found.problems == ()


def test_headings_are_looked_for_in_the_first_thirty_rows():
    assert costs(("doda", None, 5), title_rows=29).within(EVERYTHING) == {"doda": 5}
    assert costs(("doda", None, 5), title_rows=30).within(EVERYTHING) == {}


def test_a_tab_without_the_headings_is_told_and_a_missing_one_is_not():
    assert [problem.place for problem in costs(("doda", "2026-04", 1), headings=("a", "b", "c")).problems] == [
        "媒体費用"
    ]
    assert read_costs(None, JST) == Costs()
