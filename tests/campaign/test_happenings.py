"""What a schedule says will happen really happens, and is counted under its own name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from tests.campaign.actors import AFTER, Stop
from tests.campaign.file_world import OutboxWorld
from tests.campaign.line_world import LineWorld
from tests.campaign.news_world import NewsWorld
from tests.campaign.schedule import TAB, Event, Happening, Start, draw
from tests.campaign.stage import Stage
from tests.line_server.server import LineServer

CALM = replace(draw("excel", 1, 0, [Happening.SORT]), events=(), all_day=True)
"""A schedule in which nothing happens but what a test adds."""
NEWS = replace(draw("news", 1, 17, [Happening.SORT]), events=(), all_day=True)
"""Three people may be sent two kinds of news, and one of them had a letter before."""
FIRST = (0.0, 0.0)


TENTHS = [number / 10 for number in range(10)]


def run(*, dies_at=None):
    return Start(at=0, clock_is_off=0.0, dies_at=dies_at)


def stops_until_a_claim_is_in_the_journal(world):
    """The first write into the journal opens the run; the next one is the claim."""
    actor = world.start(run())
    stops = []
    while stops.count(Stop(AFTER, "journal")) < 2:
        stops.append(actor.stop)
        actor.go()
    actor.kill()
    return len(stops) - 1


def hidden_rows(world):
    sheet = load_workbook(world.path)[TAB]
    return [number for number, row in sheet.row_dimensions.items() if row.hidden]


def test_a_write_that_a_power_cut_tore_is_counted_beside_the_kill(tmp_path):
    dies_at = stops_until_a_claim_is_in_the_journal(OutboxWorld(tmp_path / "world", CALM))
    schedules = [replace(CALM, starts=(run(dies_at=dies_at),), dice=dice) for dice in range(4)]

    played = [Stage(schedule, OutboxWorld(tmp_path / "world", schedule)).play() for schedule in schedules]

    assert {"killed": 1, "torn_write": 1} in [one.injected for one in played]
    assert not any(one.violations for one in played)


@pytest.mark.parametrize("what", [Happening.HIDE_ROW, Happening.FILTER])
def test_a_row_that_people_hide_in_a_file_is_hidden_and_changes_nothing_else(tmp_path, what):
    world = OutboxWorld(tmp_path / "world", CALM)
    before = world.cells()

    assert world.edit(Event(at=0, what=what, dice=FIRST))

    assert hidden_rows(world) == [3]
    assert bool(load_workbook(world.path)[TAB].auto_filter.ref) is (what is Happening.FILTER)
    assert world.cells() == before


def everybody(world, what):
    """Let it happen to every row or letter."""
    for dice in TENTHS:
        world.edit(Event(at=0, what=what, dice=(dice, 0.9)))


@pytest.mark.parametrize(
    "what",
    [
        Happening.WITHDRAW_CONSENT,
        Happening.CLEAR_CONSENT,
        Happening.REFUSE_BY_LINK,
        Happening.APPLY_AGAIN,
        Happening.OPT_OUT,
    ],
)
def test_whoever_does_not_want_news_or_is_in_selection_again_may_be_sent_none(what):
    world = NewsWorld(NEWS)
    before = world.truth().may_be_told

    everybody(world, what)

    assert world.truth().may_be_told < before


def test_whoever_answered_an_earlier_letter_may_be_sent_none_and_the_others_still():
    world = NewsWorld(NEWS)
    before = world.truth().may_be_told

    everybody(world, Happening.ANSWER)

    answered = {one for one in before if one.address in world.records.answered}
    assert answered
    assert world.truth().may_be_told == before - answered != frozenset()


@pytest.mark.parametrize("what", [Happening.UNLINK_CHAT, Happening.REFUSE_BY_LINE, Happening.BLOCK_CHAT])
def test_nothing_may_go_to_a_chat_that_is_linked_no_more(what):
    with LineServer().running() as server:
        world = LineWorld(server, NEWS)
        before = world.truth().may_be_told

        everybody(world, what)

        assert before
        assert not world.truth().may_be_told


def test_whoever_links_another_chat_may_be_written_to_there_alone():
    with LineServer().running() as server:
        world = LineWorld(server, NEWS)
        before = world.truth().may_be_told

        everybody(world, Happening.LINK_OTHER_CHAT)

        after = world.truth().may_be_told
        assert {one.address for one in after} == {one.address for one in before}
        assert after.isdisjoint(before)
