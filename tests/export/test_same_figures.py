"""The SQL of an export says the same as the analysis of the workbook, to the last figure."""

from __future__ import annotations

import pytest

from sheets_automation.core.analysing import analyse
from sheets_automation.core.analysis_period import EVERYTHING
from sheets_automation.core.analysis_rules import AnalysisRules
from tests.export.scene import MONTH, YEAR, export, group, material

CASES = [(1, EVERYTHING), (2, YEAR), (3, MONTH)]


@pytest.fixture(scope="module", params=CASES, ids=["everything", "a year", "a month"])
def both(request, tmp_path_factory):
    seed, period = request.param
    made = material(400, seed)
    folder = tmp_path_factory.mktemp("export")
    export(folder, "minato", made)
    return analyse(made, AnalysisRules(), period), group(folder, period).analysis


def test_every_key_figure(both):
    ours, theirs = both

    assert [one.id for one in theirs.figures] == [one.id for one in ours.figures]
    for one, other in zip(theirs.figures, ours.figures, strict=True):
        assert (one.unit, one.denominator, one.formula, one.is_small) == (
            other.unit,
            other.denominator,
            other.formula,
            other.is_small,
        ), one.id
        assert (one.value, one.numerator) == pytest.approx((other.value, other.numerator), abs=1e-3), one.id


@pytest.mark.parametrize("table", ["stages", "media", "openings", "tags", "months"])
def test_every_table(both, table):
    ours, theirs = (getattr(one, table) for one in both)

    assert ours
    assert theirs == ours
