from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sheets_automation.core.errors import WorkbookChanged, WorkbookNotSaved
from sheets_automation.xlsx.archive import fingerprint_of
from sheets_automation.xlsx.saving import replace_file, who_has_it_open

OLD, NEW = b"old" * 1000, b"new" * 2000
ORDINARY_USER = 65_534

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes, owners and links of POSIX systems")

SAVE_IN_A_CHILD = """
import os, resource, sys
from pathlib import Path
from sheets_automation.core.errors import WorkbookNotSaved
from sheets_automation.xlsx.archive import fingerprint_of
from sheets_automation.xlsx.saving import replace_file
path = Path(sys.argv[1])
with path.open("rb") as handle:
    fingerprint = fingerprint_of(handle)
{before}
try:
    replace_file(path, lambda handle: handle.write(b"new" * 100_000), {verify}, expected_fingerprint=fingerprint,
                 backup_dir=path.parent / ".backups", keep_backups=3)
except WorkbookNotSaved as error:
    print(error)
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "候補者.xlsx"
    path.write_bytes(OLD)
    path.chmod(0o640)
    return path


def fingerprint(path):
    with path.open("rb") as handle:
        return fingerprint_of(handle)


def save(path, content=NEW, *, verify=lambda path: None, expected=None, keep=3):
    replace_file(
        path,
        lambda handle: handle.write(content),
        verify,
        expected_fingerprint=expected or fingerprint(path),
        backup_dir=path.parent / ".backups",
        keep_backups=keep,
    )


def save_in_a_child(path, before="", verify="print"):
    code = SAVE_IN_A_CHILD.format(before=before, verify=verify)
    return subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)


def backups(path):
    return sorted((path.parent / ".backups").glob("*"))


def nothing_changed(path):
    left = {entry.name for entry in path.parent.iterdir() if entry.name != ".backups"}
    return path.read_bytes() == OLD and left == {path.name} and backups(path) == []


def test_the_new_file_takes_the_place_of_the_old_one_which_is_kept_as_a_backup(path):
    save(path)

    assert path.read_bytes() == NEW
    assert [backup.read_bytes() for backup in backups(path)] == [OLD]
    assert {entry.name for entry in path.parent.iterdir()} == {path.name, ".backups"}


@posix
def test_mode_owner_and_attributes_are_kept_on_file_and_backup(path):
    if os.geteuid() == 0:
        os.chown(path, ORDINARY_USER, ORDINARY_USER)
    before = path.stat()

    save(path)

    for kept in (path, *backups(path)):
        after = kept.stat()
        assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert path.stat().st_mtime_ns > before.st_mtime_ns
    assert path.parent.joinpath(".backups").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="extended attributes of Linux")
def test_extended_attributes_are_kept(path):
    try:
        os.setxattr(path, "user.origin", b"ats")
    except OSError:
        pytest.skip("this file system has no extended attributes")

    save(path)

    assert os.getxattr(path, "user.origin") == b"ats"


@posix
def test_a_link_stays_a_link(path, tmp_path):
    link = tmp_path / "elsewhere" / "link.xlsx"
    link.parent.mkdir()
    link.symlink_to(path)

    save(link)

    assert link.is_symlink()
    assert path.read_bytes() == NEW


def test_only_the_youngest_backups_stay(path):
    stranger = path.parent / ".backups" / "候補者.mine.xlsx"
    stranger.parent.mkdir()
    stranger.write_bytes(b"not ours")
    for number in range(6):
        path.write_bytes(b"version %d" % number)
        os.utime(path, (number, number))
        save(path, keep=3)

    kept = [backup.read_bytes() for backup in backups(path)]
    assert kept == [b"version 3", b"version 4", b"version 5", b"not ours"]


def test_without_backups_to_keep_none_is_made(path):
    save(path, keep=0)

    assert backups(path) == []
    assert path.read_bytes() == NEW


def test_a_file_that_somebody_changed_meanwhile_is_not_replaced(path):
    read = fingerprint(path)
    path.write_bytes(b"changed")

    with pytest.raises(WorkbookChanged):
        save(path, expected=read)

    assert path.read_bytes() == b"changed"
    assert backups(path) == []


def test_a_file_that_is_changed_in_the_last_moment_is_not_replaced(path):
    with pytest.raises(WorkbookChanged):
        save(path, verify=lambda _: path.write_bytes(b"changed"))

    assert path.read_bytes() == b"changed"


def test_a_result_that_fails_its_check_is_thrown_away(path):
    class Wrong(Exception):
        pass

    def verify(new):
        assert new.read_bytes() == NEW
        raise Wrong

    with pytest.raises(Wrong):
        save(path, verify=verify)

    assert nothing_changed(path)


@posix
def test_a_full_disk_leaves_the_old_file_and_nothing_else(path):
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))"

    said = save_in_a_child(path, before=limit).stdout

    assert "the disk is full" in said
    assert nothing_changed(path)


@posix
def test_a_disk_that_is_full_for_the_backup_leaves_the_old_file_and_nothing_else(path):
    limit = "lambda new: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))"

    said = save_in_a_child(path, verify=limit).stdout

    assert "the disk is full" in said
    assert nothing_changed(path)


@posix
def test_a_killed_save_leaves_the_old_file_and_the_next_save_clears_up(path):
    killed = save_in_a_child(path, verify="lambda new: os.kill(os.getpid(), 9)")
    after_the_kill = path.read_bytes()

    save(path)

    assert killed.returncode == -9
    assert after_the_kill == OLD
    assert path.read_bytes() == NEW
    assert {entry.name for entry in path.parent.iterdir()} == {path.name, ".backups"}


def test_a_file_that_is_write_protected_is_left_alone(path):
    path.chmod(0o440)

    with pytest.raises(WorkbookNotSaved, match="read-only"):
        save(path)

    assert nothing_changed(path)


@posix
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_that_is_write_protected_is_left_alone(tmp_path_factory):
    folder = Path(tmp_path_factory.mktemp("protected"))
    path = folder / "candidates.xlsx"
    path.write_bytes(OLD)
    path.chmod(0o666)
    for above in [folder, *folder.parents][:3]:
        above.chmod(0o755)

    said = save_in_a_child(path, before=f"os.setuid({ORDINARY_USER})").stdout

    assert "read-only" in said
    assert nothing_changed(path)


def test_a_drive_that_vanished_is_reported(path):
    read = fingerprint(path)
    path.unlink()

    with pytest.raises(WorkbookNotSaved, match="The old file is untouched"):
        save(path, expected=read)


@pytest.mark.parametrize(
    ("lock", "program"), [("~$候補者.xlsx", "Excel"), (".~lock.候補者.xlsx#", "LibreOffice"), ("~$other.xlsx", None)]
)
def test_lock_files_tell_who_has_the_workbook_open(path, lock, program):
    path.with_name(lock).write_text("山田 太郎")

    assert who_has_it_open(path) == program
