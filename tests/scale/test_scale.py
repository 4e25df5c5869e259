"""A slice of `make scale`: the model grows as it should, and real tasks that die send nothing twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.google_emulator import Emulator, running
from tests.scale.chart import chart
from tests.scale.clients import Clients, Workload
from tests.scale.model import Measured, Play, Setting
from tests.scale.nights import MAIL, READ, WRITE, play, tail

MEASURED = Measured(
    start=0.5,
    quiet=0.05,
    visit=0.2,
    letter=0.01,
    before=[READ, WRITE, MAIL, MAIL, WRITE, READ],
    after=[WRITE, WRITE, WRITE, MAIL],
    between=0,
)
WORKLOAD = Workload(workbooks=2000)
SETTING = Setting(workload=WORKLOAD, tasks=1, limit=10**6, measured=MEASURED)


def night(tasks, limit=10**6, **changes):
    return Play(replace(SETTING, tasks=tasks, limit=limit, **changes)).night()


@pytest.mark.parametrize("tasks", [2, 4, 8])
def test_letters_an_hour_grow_with_the_tasks_as_long_as_no_quota_binds(tasks):
    times = night(tasks).letters_an_hour / night(1).letters_an_hour

    assert 0.7 * tasks < times <= tasks


def test_at_the_quota_more_tasks_send_about_as_much_and_most_of_the_quota_is_used():
    some, many = night(16, 120), night(32, 120)

    assert 0.8 < many.letters_an_hour / some.letters_an_hour < 1.25
    assert 0.8 < some.share_of_quota <= 1.0
    assert 0.8 < many.share_of_quota <= 1.0


@pytest.mark.parametrize(("tasks", "limit"), [(1, 60), (16, 300), (24, 240)])
def test_no_minute_has_more_calls_than_the_quota_and_no_workbook_is_left_out(tasks, limit):
    played = Play(replace(SETTING, tasks=tasks, limit=limit))

    played_night = played.night()

    assert played.reached == set(range(WORKLOAD.workbooks))
    assert played_night.left == 0
    assert max(played_night.reads, played_night.writes) <= limit * (played_night.seconds / 60 + 1)


def test_large_workbooks_hold_up_the_small_ones_no_longer_than_their_own_letters_take():
    beside = night(8)
    alone = night(8, workload=replace(WORKLOAD, large=0))

    assert len(beside.small) == len(alone.small)
    # Of forty large ones five stand in a task, ten at most; each has forty letters of half a second.
    assert tail(beside.small, 99) < tail(alone.small, 99) + 10 * 40 * 0.51


def test_a_task_that_dies_leaves_one_workbook_alone_and_the_next_attempt_goes_on():
    calm, deadly = night(8), night(8, die_every=60.0)

    assert deadly.deaths > 0
    assert deadly.left <= 40 * deadly.deaths
    assert deadly.reads > calm.reads


def test_a_task_alone_that_dies_in_each_attempt_leaves_the_rest_to_the_next_execution():
    deadly = night(1, die_every=60.0)

    assert (deadly.deaths, deadly.letters) == (3, WORKLOAD.letters())
    assert 0 < deadly.left < deadly.letters
    assert deadly.seconds < 300


def test_a_chart_has_a_line_for_each_quota_and_a_point_for_each_number_of_tasks():
    nights = [night(tasks, limit) for limit in (60, 300) for tasks in (1, 4)]

    drawn = chart(nights)

    assert (drawn.count("<polyline"), drawn.count("<circle")) == (2, 4)


def test_real_tasks_of_which_some_die_send_every_letter_once(tmp_path):
    emulator = Emulator()
    with running(emulator) as google:
        google.control.quotas(enabled=False)
        clients = Clients(google, tmp_path, Workload(workbooks=9, rows=30))

        done = play(google, emulator, clients, tasks=2, speed=4.0, limit=300, numbers=range(9), die_after=(1, 3))

        problems = emulator.premises.problems + emulator.premises.violations

    assert problems == []
    assert done.letters == 6
    assert done.deaths == 2
    assert (done.twice, done.never) == (0, 0)
