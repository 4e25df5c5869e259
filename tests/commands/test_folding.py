"""Sentences folded for a terminal."""

import io

import pytest
from rich.console import Console

from sheets_automation.commands.listing import Sentence
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


def test_what_is_indented_stays_indented_on_every_line():
    shown = io.StringIO()

    Console(file=shown, width=20).print(Sentence("   △ 前回の結果からまだ一か月"))

    assert [line.rstrip() for line in shown.getvalue().splitlines()] == ["   △ 前回の結果から", "   まだ一か月"]
