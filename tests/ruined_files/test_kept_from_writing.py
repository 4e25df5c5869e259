"""Files and folders that may not be written to, and workbooks that somebody has open: read, and left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tests.ruined_files.trial import Outcome

SOMEBODY = 65_534


@pytest.fixture
def trial(trial):
    """In the hands of an ordinary user: nothing is forbidden to root."""
    trial.user = SOMEBODY if os.geteuid() == 0 else 0
    hand_over(trial)
    return trial


def hand_over(trial):
    """Let everything be the user's who runs the commands."""
    if trial.user:
        for path in (trial.folder, *trial.folder.rglob("*")):
            os.chown(path, trial.user, trial.user)


@contextmanager
def mode_of(path, mode):
    before = path.stat().st_mode
    path.chmod(mode)
    yield
    path.chmod(before)


def refused_and_sent_later(trial, refusal, name="workbook_not_saved"):
    """Whoever only looks is not hindered; who would send is told; nothing changed; later everybody gets a letter."""
    content = trial.path.read_bytes()
    with refusal:
        trial.look(content)
        sent = trial.send()
        assert trial.path.read_bytes() == content
    assert sent.document["error"]["name"] == name
    assert not trial.received()
    trial.send_at_last()
    assert trial.objections == []


def test_a_read_only_file_is_read_and_not_sent_from(trial):
    refused_and_sent_later(trial, mode_of(trial.path, 0o444))

    assert trial.outcome is Outcome.READ


def test_a_read_only_folder_is_read_from_and_not_sent_from(trial):
    refused_and_sent_later(trial, mode_of(trial.drive, 0o555))

    assert trial.outcome is Outcome.READ


def test_a_folder_that_became_read_only_after_an_earlier_run_is_not_sent_from(trial):
    trial.relay("credits")

    refused_and_sent_later(trial, mode_of(trial.drive, 0o555))


@pytest.mark.parametrize("name", [".relay", ".relay/backups"])
def test_a_folder_of_ours_that_is_read_only_stops_the_run_before_any_letter(trial, name):
    folder = trial.drive / name
    folder.mkdir(parents=True)
    hand_over(trial)

    refused_and_sent_later(trial, mode_of(folder, 0o500))


def test_a_file_that_may_not_be_read_is_refused_by_every_command(trial):
    content = trial.path.read_bytes()
    with mode_of(trial.path, 0o000):
        endings = [trial.relay("check"), trial.relay("send"), trial.send()]

    assert {ending.code for ending in endings} == {4}
    assert trial.path.read_bytes() == content
    assert trial.objections == []


def test_an_outbox_that_may_not_be_written_to_leaves_everybody_for_later(trial):
    outbox = trial.folder / "outbox"
    outbox.mkdir()
    hand_over(trial)
    with mode_of(outbox, 0o500):
        sent = trial.send()

    assert sent.document["error"]["name"] == "carrier"
    assert not trial.received()
    trial.send_at_last()
    assert trial.objections == []


@contextmanager
def owner_file(path):
    path.write_bytes(b"\x05yamada".ljust(165, b"\0"))
    yield
    path.unlink()


@contextmanager
def locked_bytes(path, start, length):
    """In a process of its own: any process loses its locks on a file when it closes it once, as each look does."""
    code = (
        f"import fcntl; file = open({str(path)!r}, 'r+b'); fcntl.lockf(file, fcntl.LOCK_EX, {length}, {start});"
        "print(flush=True); input()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        program.stdout.readline()
        yield
        program.communicate(b"\n")


@pytest.mark.parametrize("name", ["~${}", ".~lock.{}#"], ids=["Excel", "LibreOffice"])
def test_a_workbook_with_an_owner_file_beside_it_is_read_and_not_sent_from(trial, name):
    owner = trial.path.with_name(name.format(trial.path.name))

    refused_and_sent_later(trial, owner_file(owner), "workbook_busy")

    assert trial.outcome is Outcome.READ


@pytest.mark.parametrize(("start", "length"), [(0, 0), (0x7FFFFFFF, 1)], ids=["all of it", "a byte beyond its end"])
def test_a_workbook_that_a_program_has_locked_is_read_and_not_sent_from(trial, start, length):
    """LibreOffice locks the file, and Samba those bytes that Windows programs lock, far behind the end."""
    refused_and_sent_later(trial, locked_bytes(trial.path, start, length), "workbook_busy")

    assert trial.outcome is Outcome.READ
