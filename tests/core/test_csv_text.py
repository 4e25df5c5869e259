"""Text that people typed, kept from becoming a formula in a CSV file, and read back as they typed it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.csv_text import as_text, typed


@pytest.mark.parametrize("cell", ["=1+1", "+81 3", "-5", "@SUM(A1)", " =1+1", "＝1+1", "'=1+1", "' =1"])
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(cell):
    assert as_text(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "C-1", "'quoted'", "a=b", "山田", "O'Neil"])
def test_all_else_stays_as_it_is(cell):
    assert as_text(cell) == cell


@given(st.text(alphabet="'=+-@＝ a1\t", max_size=6) | st.text(max_size=20))
def test_it_is_read_back_as_it_was_typed(cell):
    assert typed(as_text(cell)) == cell


@pytest.mark.parametrize("cell", ["=1+1", "'abc", "'", "C-1"])
def test_a_cell_that_somebody_else_wrote_is_read_as_it_stands(cell):
    assert typed(cell) == cell
