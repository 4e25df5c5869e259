"""What a schedule says will happen really happens, and is counted under its own name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from tests.campaign.file_world import OutboxWorld
from tests.campaign.schedule import TAB, Event, Happening, draw

CALM = replace(draw("excel", 1, 0, [Happening.SORT]), events=(), all_day=True)
"""A schedule in which nothing happens but what a test adds."""
FIRST = (0.0, 0.0)


def hidden_rows(world):
    sheet = load_workbook(world.path)[TAB]
    return [number for number, row in sheet.row_dimensions.items() if row.hidden]


@pytest.mark.parametrize("what", [Happening.HIDE_ROW, Happening.FILTER])
def test_a_row_that_people_hide_in_a_file_is_hidden_and_changes_nothing_else(tmp_path, what):
    world = OutboxWorld(tmp_path / "world", CALM)
    before = world.cells()

    assert world.edit(Event(at=0, what=what, dice=FIRST))

    assert hidden_rows(world) == [3]
    assert bool(load_workbook(world.path)[TAB].auto_filter.ref) is (what is Happening.FILTER)
    assert world.cells() == before
