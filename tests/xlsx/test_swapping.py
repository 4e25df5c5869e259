"""A person who saves between our last look at a workbook and our own save is not overwritten."""

from __future__ import annotations

import shutil
import sys
import zipfile

import pytest

from sheets_automation.core.errors import WorkbookChanged
from sheets_automation.xlsx import saving
from sheets_automation.xlsx.archive import fingerprint_of
from sheets_automation.xlsx.saving import replace_file
from sheets_automation.xlsx.swapping import swap

OURS, THEIRS = b"ours" * 100, b"theirs" * 100
can_swap = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no exchange of two names")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "candidates.xlsx"
    path.write_bytes(b"old" * 100)
    return path


def save(path):
    with path.open("rb") as handle:
        fingerprint = fingerprint_of(handle)
    replace_file(
        path,
        lambda handle: handle.write(OURS),
        lambda _: None,
        expected_fingerprint=fingerprint,
        backup_dir=path.parent / ".backups",
        keep_backups=3,
    )


@can_swap
def test_two_files_change_their_names_in_one_step(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text("1")
    second.write_text("2")

    assert swap(first, second)

    assert (first.read_text(), second.read_text()) == ("2", "1")


@can_swap
def test_a_name_that_is_gone_is_an_error(tmp_path):
    (tmp_path / "here").touch()

    with pytest.raises(FileNotFoundError):
        swap(tmp_path / "here", tmp_path / "gone")


@can_swap
def test_what_a_person_saves_after_our_last_look_stands(path, monkeypatch):
    def person_is_quicker(new, target):
        if path.read_bytes() != THEIRS:
            theirs = path.with_name("theirs")
            theirs.write_bytes(THEIRS)
            theirs.replace(path)
        return swap(new, target)

    monkeypatch.setattr(saving, "swap", person_is_quicker)

    with pytest.raises(WorkbookChanged):
        save(path)

    assert path.read_bytes() == THEIRS
    assert [entry.name for entry in path.parent.iterdir() if entry.is_file()] == [path.name]


def test_where_nothing_can_be_swapped_the_file_is_replaced(path, monkeypatch):
    monkeypatch.setattr(saving, "swap", lambda _new, _target: False)

    save(path)

    assert path.read_bytes() == OURS


def test_a_whole_file_that_a_killed_run_left_is_kept_among_the_backups(path):
    left = path.with_name(".candidates.saving.xlsx")
    with zipfile.ZipFile(left, "w") as archive:
        archive.writestr("a person's", "work")
    whole = left.read_bytes()

    save(path)

    assert whole in [backup.read_bytes() for backup in (path.parent / ".backups").iterdir()]
    assert path.read_bytes() == OURS


def test_half_a_file_that_a_killed_run_left_is_cleared_away(path):
    path.with_name(".candidates.saving.xlsx").write_bytes(b"PK\x03\x04 half")

    save(path)

    assert len(list((path.parent / ".backups").iterdir())) == 1
    shutil.rmtree(path.parent / ".backups")
    assert list(path.parent.iterdir()) == [path]
