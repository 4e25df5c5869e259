"""Sentences folded for a terminal."""

import pytest

from sheets_automation.folding import fold


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("share this address (rows 57, 58). Check", 33, ["share this address (rows 57, 58).", "Check"]),
        ("share this address (rows 57, 58). Check", 32, ["share this address (rows 57,", "58). Check"]),
        ("選考の結果を(行 5)。確かめる", 18, ["選考の結果を(行", "5)。確かめる"]),
    ],
)
def test_a_full_stop_never_begins_a_line(text, width, lines):
    assert list(fold(text, width)) == lines
