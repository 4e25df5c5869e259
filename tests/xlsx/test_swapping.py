"""A person who saves between our last look at a workbook and our own save is not overwritten."""

from __future__ import annotations

import errno
import io
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from sheets_automation.core.errors import WorkbookChanged, WorkbookNotSaved
from sheets_automation.xlsx import saving
from sheets_automation.xlsx.archive import fingerprint_of
from sheets_automation.xlsx.saving import put_right, replace_file
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


class Died(BaseException):
    """The process, in the middle of a save."""


def saved_by(path, content):
    """As Excel saves: a new file, then a rename."""
    new = path.with_name("~new")
    new.write_bytes(content)
    new.replace(path)


def files_beside(path):
    return [entry.name for entry in path.parent.iterdir() if entry.is_file() and entry != path]


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
    saves = iter([THEIRS])

    def person_is_quicker(new, target):
        for content in saves:
            saved_by(path, content)
        return swap(new, target)

    monkeypatch.setattr(saving, "swap", person_is_quicker)

    with pytest.raises(WorkbookChanged):
        save(path)

    assert (path.read_bytes(), files_beside(path)) == (THEIRS, [])


@can_swap
def test_what_a_person_saves_while_the_first_save_is_put_back_stands(path, monkeypatch):
    latest = b"latest" * 100
    saves = iter([THEIRS, latest])

    def person_is_quicker(new, target):
        if (content := next(saves, None)) is not None:
            saved_by(path, content)
        return swap(new, target)

    monkeypatch.setattr(saving, "swap", person_is_quicker)

    with pytest.raises(WorkbookChanged):
        save(path)

    assert path.read_bytes() == latest


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


@pytest.fixture
def dies(monkeypatch):
    """Let the save die before or after it swaps; a person may save right before."""

    def dies(moment, person=lambda: None):
        def swap_and_die(new, target):
            person()
            if moment == "after":
                assert swap(new, target)
            raise Died

        monkeypatch.setattr(saving, "swap", swap_and_die)
        monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)  # whoever is dead deletes nothing

    return dies


@can_swap
@pytest.mark.parametrize(("moment", "content"), [("before", b"old" * 100), ("after", OURS)])
def test_what_a_dead_run_left_is_cleared_away(path, dies, monkeypatch, moment, content):
    dies(moment)
    with pytest.raises(Died):
        save(path)
    monkeypatch.undo()
    assert len(files_beside(path)) == 1

    put_right(path, path.parent / ".backups")

    assert (path.read_bytes(), files_beside(path)) == (content, [])


@can_swap
@pytest.mark.parametrize("moment", ["before", "after"])
def test_what_a_person_saved_while_a_run_died_stands_again(path, dies, monkeypatch, moment):
    dies(moment, person=lambda: saved_by(path, THEIRS))
    with pytest.raises(Died):
        save(path)
    monkeypatch.undo()

    put_right(path, path.parent / ".backups")

    assert (path.read_bytes(), files_beside(path)) == (THEIRS, [])


@can_swap
def test_what_a_person_saved_stands_again_where_the_folder_has_moved_to_a_file_system_that_cannot_swap(
    path, dies, monkeypatch
):
    dies("after", person=lambda: saved_by(path, THEIRS))
    with pytest.raises(Died):
        save(path)
    monkeypatch.undo()
    monkeypatch.setattr(saving, "swap", lambda *_: False)

    put_right(path, path.parent / ".backups")

    assert (path.read_bytes(), files_beside(path)) == (THEIRS, [])


@can_swap
def test_what_was_displaced_is_kept_where_the_person_has_saved_again_since(path, dies, monkeypatch):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a person's", "work")
    dies("after", person=lambda: saved_by(path, buffer.getvalue()))
    with pytest.raises(Died):
        save(path)
    monkeypatch.undo()
    saved_by(path, THEIRS)

    put_right(path, path.parent / ".backups")

    assert (path.read_bytes(), files_beside(path)) == (THEIRS, [])
    assert buffer.getvalue() in [backup.read_bytes() for backup in (path.parent / ".backups").iterdir()]


@can_swap
def test_a_person_who_saves_while_it_is_put_right_is_not_overwritten_either(path, dies, monkeypatch):
    latest = b"latest" * 100
    dies("after", person=lambda: saved_by(path, THEIRS))
    with pytest.raises(Died):
        save(path)
    monkeypatch.undo()

    def person_is_quicker(left, target):
        if path.read_bytes() == OURS:
            saved_by(path, latest)
        return swap(left, target)

    monkeypatch.setattr(saving, "swap", person_is_quicker)
    put_right(path, path.parent / ".backups")

    assert path.read_bytes() == latest


@can_swap
def test_whoever_saves_at_each_of_these_moments_finds_the_latest_of_it(path, monkeypatch):
    saves = [f"save {number} ".encode() * 100 for number in range(4)]

    def person_is_always_quicker(left, target):
        if saves:
            saved_by(path, saves.pop(0))
        return swap(left, target)

    monkeypatch.setattr(saving, "swap", person_is_always_quicker)
    with pytest.raises(WorkbookChanged):
        save(path)

    assert path.read_bytes() == b"save 3 " * 100


@can_swap
def test_a_drive_that_fails_while_a_persons_work_is_put_back_loses_nothing(path, monkeypatch):
    swaps = []

    def fails_the_second_time(new, target):
        swaps.append(new)
        if len(swaps) == 1:
            saved_by(path, THEIRS)
            return swap(new, target)
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(saving, "swap", fails_the_second_time)
    with pytest.raises(WorkbookNotSaved):
        save(path)
    monkeypatch.undo()

    put_right(path, path.parent / ".backups")

    assert (path.read_bytes(), files_beside(path)) == (THEIRS, [])
