"""Two hundred thousand candidates of two workbooks in little memory; the benchmark `export` counts ten million."""

from __future__ import annotations

import pytest

from sheets_automation.core.analysis import FigureId
from sheets_automation.core.analysis_period import EVERYTHING
from sheets_automation.core.analysis_rules import AnalysisRules
from sheets_automation.exports.group_analysis import analyse_exported
from tests.bench.exported import exported

MANY = 200_000


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = exported(tmp_path_factory.mktemp("many") / "exported", MANY)
    return analyse_exported(folder, AnalysisRules(), EVERYTHING, memory="96MB", threads=1)


def parts(found, figure):
    one = found.analysis.figure(figure)
    return one.numerator, one.denominator


def of_kinds(*kinds):
    return sum(number // 24 % 10 in kinds for number in range(MANY))


def test_every_candidate_is_counted_once(found):
    assert found.analysis.figure(FigureId.APPLICATIONS).value == MANY
    assert [line.applications for line in found.workbooks] == [MANY // 2, MANY // 2]
    assert sum(line.applications for line in found.analysis.media) == MANY
    assert sum(line.applications for line in found.analysis.openings) == MANY


def test_the_figures_are_those_of_the_arithmetic_that_made_the_rows(found):
    assert parts(found, FigureId.HIRE_RATE) == (of_kinds(0), MANY)
    assert parts(found, FigureId.FOLLOW_UP) == (of_kinds(1, 2, 3, 4, 5), of_kinds(1, 2, 3, 4, 5, 6))
    assert parts(found, FigureId.REAPPLICATION) == (MANY // 20, MANY - MANY // 20)
    assert parts(found, FigureId.LINK_REGISTERED) == (of_kinds(1), of_kinds(1, 2, 3, 4, 5))


def test_hundreds_of_openings_are_fifty_and_the_rest(found):
    assert len(found.analysis.openings) == 51
    assert found.analysis.openings[-1].name == "その他"
    assert found.analysis.openings[-1].stages[0].reached == found.analysis.openings[-1].applications
