"""The real process is killed before and after each of its effects; SMTP delivers at most once, or says it is unsure."""

import json
import signal
from collections import Counter

import pytest

from tests.carriers.mail_server import MailServer
from tests.kill.world import CONFIG, DUE, World

EFFECTS = 13
FIRST_COMMIT = 6
EFFECTS_OF_RECOVERY = 11


@pytest.fixture
def server():
    with MailServer().running() as server:
        yield server


@pytest.fixture
def world(tmp_path, server):
    return World(folder=tmp_path, carrier=f"smtp://127.0.0.1:{server.port}")


def received(server):
    return Counter(address for address, _ in server.letters)


def open_letters(world):
    done = world.run(["sheets_automation.cli", "settle", world.file.path, "--config", CONFIG, "--json"])
    return json.loads(done.stdout)["open"]


def test_every_effect_of_an_undisturbed_run_is_among_the_kill_points(world, server):
    world.report()

    assert received(server) == Counter(dict.fromkeys(DUE, 1))
    assert len(world.effects()) == EFFECTS


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("kill", range(1, EFFECTS + 1))
def test_whenever_the_process_dies_nobody_gets_two_letters_and_nobody_is_forgotten(world, server, kill, moment):
    killed = world.send(kill=kill, moment=moment)
    assert killed.returncode in {-signal.SIGKILL, 0}
    world.somebody_sorts_the_sheet()

    world.report()
    last = world.report()

    arrived = received(server)
    uncertain = {letter["to"] for letter in open_letters(world)}
    assert max(arrived.values(), default=0) <= 1
    assert set(arrived) <= set(DUE)
    assert set(arrived) | uncertain == set(DUE)
    assert len(uncertain) <= 1
    assert last["sent"] == 0


@pytest.mark.parametrize("kill", range(1, EFFECTS_OF_RECOVERY + 1))
def test_whenever_the_run_that_cleans_up_dies_too_nobody_gets_two_letters_and_nobody_is_forgotten(world, server, kill):
    world.send(kill=FIRST_COMMIT, moment="after")
    world.somebody_sorts_the_sheet()
    assert world.send(kill=kill).returncode == -signal.SIGKILL
    world.somebody_sorts_the_sheet()

    world.report()
    last = world.report()

    arrived = received(server)
    uncertain = {letter["to"] for letter in open_letters(world)}
    assert max(arrived.values()) == 1
    assert set(arrived) | uncertain == set(DUE)
    assert 1 <= len(uncertain) <= 2  # one for each death
    assert last["sent"] == 0


def test_every_effect_of_a_run_that_cleans_up_is_among_its_kill_points(world, server):
    world.send(kill=FIRST_COMMIT, moment="after")
    before = len(world.effects())

    world.report()

    assert received(server) == Counter(dict.fromkeys(DUE, 1))
    assert len(world.effects()) - before == EFFECTS_OF_RECOVERY


def test_two_runs_started_at_once_send_each_letter_once(world, server):
    runs = [world.start() for _ in range(2)]
    for run in runs:
        run.communicate(timeout=60)

    assert sorted(run.returncode for run in runs) in ([0, 0], [0, 4])
    assert received(server) == Counter(dict.fromkeys(DUE, 1))
    assert open_letters(world) == []
