"""The real process is killed before and after each of its effects; LINE takes each letter once while its key lives."""

import signal
from collections import Counter

import pytest

from tests.kill.line_world import LineWorld
from tests.kill.world import DUE
from tests.line_server.server import LineServer
from tests.workbooks.people import recruiter_writes

EFFECTS = 15
PUSHES = (7, 11)
EFFECTS_OF_RECOVERY = 14
ONCE_EACH = Counter(dict.fromkeys(DUE, 1))


@pytest.fixture
def server():
    with LineServer().running() as server:
        yield server


@pytest.fixture
def world(tmp_path, server):
    return LineWorld(tmp_path, server)


def test_every_effect_of_an_undisturbed_run_is_among_the_kill_points(world):
    world.report()

    assert world.received() == ONCE_EACH
    assert len(world.effects()) == EFFECTS
    assert [world.effects()[number - 1] for number in PUSHES] == ["LineApi.push"] * 2


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("kill", range(1, EFFECTS + 1))
def test_whenever_the_process_dies_everybody_gets_one_message_in_the_end(world, kill, moment):
    killed = world.send(kill=kill, moment=moment)
    assert killed.returncode in {-signal.SIGKILL, 0}
    world.somebody_sorts_the_sheet()
    world.hours_pass(1)

    world.report()
    last = world.report()

    assert world.received() == ONCE_EACH
    assert world.open_letters() == []
    assert last["sent"] == 0


@pytest.mark.parametrize("kill", range(1, EFFECTS_OF_RECOVERY + 1))
def test_whenever_the_run_that_cleans_up_dies_too_everybody_gets_one_message_in_the_end(world, kill):
    world.send(kill=PUSHES[0], moment="after")
    world.somebody_sorts_the_sheet()
    assert world.send(kill=kill).returncode == -signal.SIGKILL
    world.somebody_sorts_the_sheet()

    world.report()

    assert world.received() == ONCE_EACH
    assert world.open_letters() == []


def test_every_effect_of_a_run_that_cleans_up_is_among_its_kill_points(world):
    world.send(kill=PUSHES[0], moment="after")
    before = len(world.effects())

    world.report()

    assert "LineCarrier.resolve" in world.effects()[before:]
    assert len(world.effects()) - before == EFFECTS_OF_RECOVERY


@pytest.mark.parametrize(("moment", "arrived"), [("before", 0), ("after", 1)])
def test_whoever_is_back_in_selection_when_the_next_run_finds_the_claim_gets_no_message_by_it(world, moment, arrived):
    world.send(kill=PUSHES[0], moment=moment)
    for row in range(3, 6):
        recruiter_writes(world.file, "候補者", row, 3, "選考中")
    world.hours_pass(1)

    world.report()

    assert sum(world.received().values()) == arrived
    assert len(world.open_letters()) == 1


@pytest.mark.parametrize("moment", ["before", "after"])
def test_once_the_retry_key_is_dead_the_message_is_left_to_a_person(world, moment):
    world.send(kill=PUSHES[0], moment=moment)
    world.hours_pass(24)

    world.report()
    world.report()

    assert max(world.received().values()) == 1
    assert len(world.open_letters()) == 1
    assert sum(world.received().values()) == (2 if moment == "after" else 1)
