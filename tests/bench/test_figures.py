"""The page of figures shows what was measured, and nothing else."""

import json
from pathlib import Path

from tests.bench.__main__ import FIGURES
from tests.bench.report import page
from tests.bench.works import WORKS

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"


def test_the_page_shows_the_figures_that_were_measured():
    assert PAGE.read_text() == page(json.loads(FIGURES.read_text()), WORKS)


def test_every_figure_is_of_a_work_that_can_be_measured_again():
    assert set(json.loads(FIGURES.read_text())) <= set(WORKS)
