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
    harness = [sys.executable, "-m", "tests.kill.harness", "10", "after", "effects.txt", "--", *words]
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


def test_a_person_has_the_log_rebuilt_from_the_outbox_and_whoever_has_no_letter_gets_one(relay, moved):
    delivered = sorted(path.name for path in Path("out/new").iterdir())
    assert "relay rebuild-log" in relay("send", moved, "--carrier", "outbox:out", code=4)["error"]["text"]

    rebuilt = relay("rebuild-log", moved, "--carrier", "outbox:out", "--write", code=7)
    held = [one["candidate_id"] for one in rebuilt["held"]]
    relay("settle", moved, *held, "--again")
    relay("send", moved, "--carrier", "outbox:out", "--send", "--expect", "21")

    told = {one["candidate_id"] for one in rebuilt["restored"]}
    assert len(told) == len(delivered) == 3
    assert not told & set(held)
    names = [path.name for path in Path("out/new").iterdir()]
    assert len(names) == len({name.rsplit("-", 2)[0] for name in names}) == 24
