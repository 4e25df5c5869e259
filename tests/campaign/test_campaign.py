"""A slice of the fault campaign in each of its worlds: whole jobs, real adapters, and no broken promise."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.campaign import report
from tests.campaign.schedule import draw
from tests.campaign.sheet_edits import EDITS
from tests.campaign.tally import Ledger, Tally, sum_of
from tests.campaign.worlds import GOALS, WORLDS

ROOT = Path(__file__).parents[2]
SECONDS = {"memory": 8, "google": 20, "excel": 12, "smtp": 8, "news": 6, "line": 6}

ONCE_BROKEN = {"a log sorted by candidate while two runs meet: two letters": ("memory", 64, 9290)}


def campaign(folder, *words):
    command = [sys.executable, "-m", "tests.campaign", "--kept-in", folder, *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("world", WORLDS)
def test_a_slice_of_the_campaign_breaks_no_promise(tmp_path, world):
    done = campaign(tmp_path, "--world", world, "--seed", 1, "--seconds", SECONDS[world])

    assert done.returncode == 0, done.stdout + done.stderr
    tally = Ledger(next(tmp_path.glob("*.json"))).tallies[world]
    assert tally.schedules > 0
    assert tally.letters > 0


@pytest.mark.parametrize(("world", "seed", "number"), ONCE_BROKEN.values(), ids=ONCE_BROKEN)
def test_a_schedule_that_once_broke_a_promise_keeps_it_now(tmp_path, world, seed, number):
    done = campaign(tmp_path, "--world", world, "--seed", seed, "--only", number)

    assert done.returncode == 0, done.stdout
    assert "violations=[]" in done.stdout


def test_a_campaign_goes_on_where_it_stopped(tmp_path):
    for _ in range(2):
        campaign(tmp_path, "--world", "memory", "--seed", 3, "--schedules", 5, "--seconds", 60)
    whole = Ledger(next(tmp_path.glob("*.json"))).tallies["memory"]
    campaign(tmp_path / "more", "--world", "memory", "--seed", 3, "--schedules", 3, "--seconds", 60)
    campaign(tmp_path / "more", "--world", "memory", "--seed", 3, "--schedules", 5, "--seconds", 60)
    in_two = Ledger(next((tmp_path / "more").glob("*.json"))).tallies["memory"]

    assert whole.schedules == in_two.schedules == 5
    assert (whole.runs, whole.letters, whole.injected) == (in_two.runs, in_two.letters, in_two.injected)


def test_two_parts_of_a_campaign_are_the_whole_of_it(tmp_path):
    campaign(tmp_path / "whole", "--world", "memory", "--schedules", 6, "--seconds", 60)
    for part in ("1/2", "2/2"):
        campaign(tmp_path / "parts", "--world", "memory", "--schedules", 6, "--seconds", 60, "--part", part)

    whole = sum_of(map(Ledger, (tmp_path / "whole").glob("*.json")))["memory"]
    parts = sum_of(map(Ledger, (tmp_path / "parts").glob("*.json")))["memory"]
    assert (whole.schedules, whole.runs, whole.injected) == (parts.schedules, parts.runs, parts.injected)


def test_a_broken_promise_ends_a_campaign_with_1_and_names_the_schedule(tmp_path):
    tally = Tally(schedules=1)
    tally.broken["double"] = 1
    tally.violations.append("--world memory --seed 1 --only 5: double: somebody got 2 letters")
    ledger = Ledger(tmp_path / "seed-1-part-1-of-1.json")
    ledger.tallies["memory"] = tally
    ledger.save()

    done = campaign(tmp_path, "--world", "memory", "--seed", 1, "--schedules", 1)

    assert done.returncode == 1
    assert "--only 5" in done.stdout


def test_a_schedule_is_the_same_whenever_it_is_drawn():
    first, again, other = (draw("memory", 1, number, list(EDITS)) for number in (7, 7, 8))

    assert first == again
    assert first != other


def test_the_page_shows_the_figures_that_were_measured():
    figures = json.loads(report.FIGURES.read_text())
    page = report.PAGE.read_text()

    assert report.with_figures(page, figures) == page


def test_the_published_campaign_is_as_long_in_every_world_as_it_is_meant_to_be_and_broke_no_promise():
    worlds = json.loads(report.FIGURES.read_text())["worlds"]

    assert {name: world["schedules"] for name, world in worlds.items() if world["schedules"] < GOALS[name]} == {}
    assert set(worlds) == set(WORLDS)
    assert not any(world["broken"] for world in worlds.values())
