"""The campaign can see: each of five seeded mistakes breaks a promise within a few schedules, and shows which."""

from __future__ import annotations

import pytest

from tests.campaign.memory_world import HAPPENINGS, MemoryWorld
from tests.campaign.mutants import MUTANTS, mistaken
from tests.campaign.schedule import draw
from tests.campaign.stage import Stage

SCHEDULES = 200


def broken_promises(number):
    schedule = draw("memory", 1, number, HAPPENINGS)
    return {violation.promise for violation in Stage(schedule, MemoryWorld(schedule)).play().violations}


@pytest.mark.parametrize(
    ("mistake", "promise"),
    [
        ("send before claim", "double"),
        ("no read-back", "double"),
        ("blind retry", "double"),
        ("row number as key", "lost"),
        ("status column as truth", "double"),
    ],
)
def test_a_seeded_mistake_is_found(mistake, promise):
    with mistaken(mistake):
        assert any(promise in broken_promises(number) for number in range(SCHEDULES))


def test_without_a_mistake_the_same_schedules_break_no_promise():
    assert not set().union(*(broken_promises(number) for number in range(SCHEDULES)))


def test_every_mistake_is_tried():
    assert len(MUTANTS) == 5
