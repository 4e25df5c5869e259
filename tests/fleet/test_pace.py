"""The pace at which tasks share a quota that none of them knows the others' part of."""

from __future__ import annotations

import random

import pytest

from sheets_automation.google.pace import Pace, shared_pace


class Clock:
    """A clock that moves when somebody waits."""

    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


def pace_of(clock, per_minute, most=60.0):
    return Pace(per_minute=per_minute, most=most, monotonic=clock.monotonic, sleep=clock.sleep)


def test_after_a_quiet_time_a_few_calls_may_come_at_once():
    clock = Clock()
    pace = pace_of(clock, 60.0)

    for _ in range(15):
        pace.wait()

    assert clock.now == 100.0


def test_in_the_long_run_no_more_calls_come_than_the_rate_says():
    clock = Clock()
    pace = pace_of(clock, 60.0)

    for _ in range(315):
        pace.wait()

    assert clock.now - 100.0 == pytest.approx(300.0, abs=1.0)


def test_a_refusal_halves_the_rate_once_and_success_wins_it_back():
    clock = Clock()
    pace = pace_of(clock, 40.0)

    pace.was_too_fast()
    pace.was_too_fast()
    halved = pace.per_minute
    for _ in range(400):
        pace.went_well()

    assert (halved, pace.per_minute) == (20.0, 60.0)


def test_the_slowest_still_gets_on():
    clock = Clock()
    pace = pace_of(clock, 4.0)

    for _ in range(5):
        pace.was_too_fast()
        clock.sleep(11)

    assert pace.per_minute == 3.0


def test_a_task_begins_with_its_even_share():
    paces = [shared_pace(tasks, 60, float, float) for tasks in (1, 4, 64)]

    assert [pace.reads.per_minute for pace in paces] == [60.0, 15.0, 3.0]
    assert paces[0].of("GET") is paces[0].reads
    assert paces[0].of("post") is paces[0].writes


def test_tasks_that_began_unevenly_end_up_with_even_shares_of_the_quota():
    rates = _rates_after(minutes=40, begin=[58.0, 3.0, 3.0, 3.0], quota=60, dice=random.Random(5))

    assert max(rates) < 2 * min(rates)
    assert sum(rates) > 0.6 * 60


def _rates_after(minutes, begin, quota, dice):
    """Calls of four tasks in the last quarter of the time, against a quota that refills each minute."""
    clocks = [Clock() for _ in begin]
    paces = [pace_of(clock, rate) for clock, rate in zip(clocks, begin, strict=True)]
    let_in: dict[int, int] = {}
    made = [0] * len(begin)
    for clock in clocks:
        clock.now += dice.random()
    while min(clock.now for clock in clocks) < 100 + minutes * 60:
        which = min(range(len(clocks)), key=lambda one: clocks[one].now)
        clock, pace = clocks[which], paces[which]
        pace.wait()
        minute = int(clock.now // 60)
        if let_in.get(minute, 0) >= quota:
            pace.was_too_fast()
            clock.sleep(1 + dice.random())
        else:
            let_in[minute] = let_in.get(minute, 0) + 1
            pace.went_well()
            made[which] += clock.now > 100 + minutes * 45
    return [calls / (minutes / 4) for calls in made]
