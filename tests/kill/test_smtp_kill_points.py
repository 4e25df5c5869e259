"""The real process is killed before and after each of its effects; SMTP delivers at most once, or says it is unsure."""

import json
import signal
import subprocess
import sys
from collections import Counter

import pytest

from tests.carriers.mail_server import MailServer
from tests.kill.world import CONFIG, DUE, World

EFFECTS = 11


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
    command = [sys.executable, "-m", "sheets_automation.cli", "settle", str(world.file.path), "--config", str(CONFIG)]
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
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
