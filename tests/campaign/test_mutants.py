"""The campaign can see: each seeded mistake breaks a promise within a few schedules, and shows which."""

from __future__ import annotations

import pytest

from tests.campaign.mutants import MUTANTS, mistaken
from tests.campaign.schedule import draw
from tests.campaign.stage import Stage
from tests.campaign.worlds import standing

SCHEDULES = 200
MISTAKES = {
    "send before claim": ("memory", "double"),
    "no read-back": ("memory", "double"),
    "blind retry": ("memory", "double"),
    "row number as key": ("memory", "lost"),
    "status column as truth": ("memory", "double"),
    "withdrawal ignored": ("news", "wrong"),
    "answer ignored": ("news", "wrong"),
    "each campaign by itself": ("news", "double"),
    "refusal by link ignored": ("news", "wrong"),
    "chat that was linked once": ("line", "wrong"),
}
"""In which world each mistake is made, and which promise it breaks."""


def broken_promises(world):
    with standing(world) as (happenings, make):
        for number in range(SCHEDULES):
            schedule = draw(world, 1, number, happenings)
            yield {violation.promise for violation in Stage(schedule, make(schedule)).play().violations}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_seeded_mistake_is_found(mistake):
    world, promise = MISTAKES[mistake]

    with mistaken(mistake):
        assert any(promise in broken for broken in broken_promises(world))


@pytest.mark.parametrize("world", ["memory", "news"])
def test_without_a_mistake_the_same_schedules_break_no_promise(world):
    assert not set().union(*broken_promises(world))


def test_every_mistake_is_tried():
    assert set(MISTAKES) == set(MUTANTS)
