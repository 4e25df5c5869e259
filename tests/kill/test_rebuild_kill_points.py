"""`relay rebuild-log` is killed before and after each of its effects; run again, it ends where it would have ended."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.kill.google_world import GoogleWorld
from tests.kill.world import CONFIG, DUE, World, in_outbox

LOG = "送信記録"
CALLS_TO_GOOGLE = 9
EFFECTS_ON_A_FILE = 5
ONCE_EACH = Counter(dict.fromkeys(DUE, 1))
every_moment = pytest.mark.parametrize("moment", ["before", "after"])


def rebuild(world: World, *, kill: int = 0, moment: str = "before") -> subprocess.CompletedProcess[str]:
    """`relay rebuild-log … --write`, which may be killed at an effect."""
    words = ["rebuild-log", world.workbook(), "--config", CONFIG, "--carrier", world.carrier, "--write", "--json"]
    return world.run(["tests.kill.harness", kill, moment, world.notes, "--", *words])


def rebuilt(world: World) -> dict:
    """What an undisturbed rebuilding says."""
    done = rebuild(world)
    assert done.returncode == 0, done.stderr + done.stdout
    return json.loads(done.stdout)


def shows(world: World) -> list[list[object]]:
    """The log as it stands, without when and by which run it was rebuilt."""
    tabs = world.store.look() if isinstance(world, GoogleWorld) else world.file.look()
    return sorted([row[0], row[3], row[6]] for row in tabs[LOG] if row[6] != "記録の復元")


@pytest.fixture
def google_world(tmp_path, google):
    world = GoogleWorld(tmp_path, google)
    world.report()
    world.store.edit("delete_sheet", sheet=LOG)
    world.notes.unlink()
    return world


@pytest.fixture
def file_world(tmp_path):
    world = World(folder=tmp_path, carrier=f"outbox:{tmp_path / 'outbox'}")
    world.report()
    shutil.rmtree(tmp_path / ".relay")
    book = load_workbook(world.file.path)
    book[LOG]["G3"] = "そうしん"
    book[LOG].delete_rows(2)
    book.save(world.file.path)
    world.notes.unlink()
    return world


def test_every_call_to_google_is_a_kill_point(google_world):
    rebuilt(google_world)

    assert len(google_world.effects()) == CALLS_TO_GOOGLE


@every_moment
@pytest.mark.parametrize("kill", range(1, CALLS_TO_GOOGLE + 1))
def test_on_google_whenever_it_dies_the_next_one_ends_the_same_and_nobody_gets_a_second_letter(
    google_world, kill, moment
):
    killed = rebuild(google_world, kill=kill, moment=moment)
    assert killed.returncode in {-signal.SIGKILL, 0}

    rebuilt(google_world)

    assert len(shows(google_world)) == 1 + 4
    assert rebuilt(google_world)["is_whole"]
    assert google_world.report()["sent"] == 0
    assert google_world.received() == ONCE_EACH


def test_every_effect_on_a_file_is_a_kill_point(file_world):
    rebuilt(file_world)

    assert {"Journal.replace", "ExcelFileWorkbook.replace_facts"} <= set(file_world.effects())
    assert len(file_world.effects()) == EFFECTS_ON_A_FILE


@every_moment
@pytest.mark.parametrize("kill", range(1, EFFECTS_ON_A_FILE + 1))
def test_in_a_file_whenever_it_dies_the_next_one_ends_the_same_and_nobody_gets_a_second_letter(
    file_world, kill, moment
):
    killed = rebuild(file_world, kill=kill, moment=moment)
    assert killed.returncode in {-signal.SIGKILL, 0}

    rebuilt(file_world)

    assert len(shows(file_world)) == 1 + 4
    assert rebuilt(file_world)["is_whole"]
    assert file_world.report()["sent"] == 0
    assert in_outbox(Path(file_world.folder / "outbox")) == ONCE_EACH


def test_two_that_are_started_at_once_end_as_one(google_world):
    words = ["rebuild-log", google_world.workbook(), "--config", str(CONFIG), "--carrier", google_world.carrier]
    command = [sys.executable, "-m", "sheets_automation.cli", *words, "--write", "--json"]
    both = [
        subprocess.Popen(command, env=google_world.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for one in both:
        one.communicate(timeout=120)

    assert {one.returncode for one in both} <= {0, 4}
    assert rebuilt(google_world)["is_whole"]
    assert google_world.report()["sent"] == 0
    assert google_world.received() == ONCE_EACH
