"""The real process is killed before and after each of its effects on the world; an outbox delivers exactly once."""

import signal
from collections import Counter

import pytest

from tests.kill.world import DUE, World, in_outbox

EFFECTS = 13
FIRST_COMMIT = 6
EFFECTS_OF_RECOVERY = 18
ONCE_EACH = Counter(dict.fromkeys(DUE, 1))


@pytest.fixture
def world(tmp_path):
    return World(folder=tmp_path, carrier=f"outbox:{tmp_path / 'outbox'}")


def test_every_effect_of_an_undisturbed_run_is_among_the_kill_points(world):
    world.report()

    assert in_outbox(world.folder / "outbox") == ONCE_EACH
    assert {"OutboxCarrier.prepare", "OutboxCarrier.commit", "Journal.append", "ExcelFileWorkbook.show"} <= set(
        world.effects()
    )
    assert len(world.effects()) == EFFECTS


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("kill", range(1, EFFECTS + 1))
def test_whenever_the_process_dies_everybody_gets_one_letter_in_the_end(world, kill, moment):
    killed = world.send(kill=kill, moment=moment)
    assert killed.returncode in {-signal.SIGKILL, 0}
    world.somebody_sorts_the_sheet()

    world.report()
    last = world.report()

    assert in_outbox(world.folder / "outbox") == ONCE_EACH
    assert last["sent"] == 0
    assert {one["reason"] for one in last["skipped"]} == {"already_sent", "in_selection"}


@pytest.mark.parametrize("kill", range(1, EFFECTS_OF_RECOVERY + 1))
def test_whenever_the_run_that_cleans_up_dies_too_everybody_gets_one_letter_in_the_end(world, kill):
    world.send(kill=FIRST_COMMIT)
    world.somebody_sorts_the_sheet()
    assert world.send(kill=kill).returncode == -signal.SIGKILL
    world.somebody_sorts_the_sheet()

    world.report()

    assert in_outbox(world.folder / "outbox") == ONCE_EACH


def test_every_effect_of_a_run_that_cleans_up_is_among_its_kill_points(world):
    world.send(kill=FIRST_COMMIT)
    before = len(world.effects())

    world.report()

    assert world.effects()[before - 1] == "OutboxCarrier.commit"
    assert len(world.effects()) - before == EFFECTS_OF_RECOVERY


def test_two_runs_started_at_once_send_each_letter_once(world):
    runs = [world.start() for _ in range(2)]
    for run in runs:
        run.communicate(timeout=60)

    assert sorted(run.returncode for run in runs) in ([0, 0], [0, 4])
    assert in_outbox(world.folder / "outbox") == ONCE_EACH
