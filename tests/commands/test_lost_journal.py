"""A run that stopped in the middle, whose workbook was then moved away from its journal."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFIG = str(ROOT / "config" / "example.toml")


@pytest.fixture
def moved(relay, tmp_path):
    """The workbook of a run that was killed at its third letter, in another folder and without its journal."""
    relay("init", "book.xlsx", "--demo")
    words = ["send", "book.xlsx", "--config", CONFIG, "--carrier", "outbox:out", "--send"]
    harness = [sys.executable, "-m", "tests.kill.harness", "9", "after", "effects.txt", "--", *words]
    done = subprocess.run(harness, env={"PYTHONPATH": str(ROOT), "RELAY_NOW": "2026-11-24T10:00+09:00"}, check=False)
    assert done.returncode == -signal.SIGKILL
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.move("book.xlsx", elsewhere / "book.xlsx")
    return "elsewhere/book.xlsx"


def test_it_is_refused_with_where_to_look_and_the_way_out(relay, moved):
    error = relay("send", moved, "--carrier", "outbox:out", "--send", code=4)["error"]

    assert error["name"] == "journal_missing"
    assert "--journal-lost" in error["text"]


def test_a_person_goes_on_by_recording_who_has_a_letter(relay, moved):
    delivered = sorted(Path("out/new").iterdir())
    relay("settle", moved, "--journal-lost", code=7)
    ids = [letter["candidate_id"] for letter in relay("send", moved)["letters"]]
    told = [candidate_id for candidate_id in ids if any(candidate_id in path.name for path in delivered)]
    settled = relay("settle", moved, *told, "--sent")

    assert len(told) == len(delivered) > 0
    assert settled["settled"] == told
    assert not set(told) & {letter["candidate_id"] for letter in relay("send", moved)["letters"]}
