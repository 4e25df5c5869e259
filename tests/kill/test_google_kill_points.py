"""The real process is killed before and after each of its calls to Google; everybody gets one letter in the end."""

import signal
from collections import Counter

import pytest

from tests.kill.google_world import GoogleWorld
from tests.kill.world import DUE

CALLS = 11
ONCE_EACH = Counter(dict.fromkeys(DUE, 1))


@pytest.fixture
def world(tmp_path, google):
    return GoogleWorld(tmp_path, google)


def test_every_call_of_an_undisturbed_run_is_a_kill_point(world):
    world.report()

    assert world.received() == ONCE_EACH
    assert len(world.effects()) == CALLS


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("kill", range(1, CALLS + 1))
def test_whenever_the_process_dies_everybody_gets_one_letter_in_the_end(world, kill, moment):
    killed = world.send(kill=kill, moment=moment)
    assert killed.returncode in {-signal.SIGKILL, 0}
    world.somebody_sorts_the_sheet()
    world.hours_pass(2)

    world.report()
    last = world.report()

    assert world.received() == ONCE_EACH
    assert world.drafts() == []
    assert last["sent"] == 0
    assert {one["reason"] for one in last["skipped"]} == {"already_sent", "in_selection"}


def test_two_runs_started_at_once_send_each_letter_once(world):
    runs = [world.start() for _ in range(2)]
    for run in runs:
        run.communicate(timeout=120)

    assert {run.returncode for run in runs} <= {0, 7}
    assert world.received() == ONCE_EACH


def test_a_run_that_overlaps_a_dead_one_leaves_its_letters_alone_until_an_hour_has_passed(world):
    world.send(kill=CALLS // 2, moment="after")

    meanwhile = world.report()
    world.hours_pass(2)
    world.report()

    assert meanwhile["failed"] == 0
    assert world.received() == ONCE_EACH
