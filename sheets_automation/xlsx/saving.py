"""Replace a workbook file so that at every moment either the old or the new one is there, whole."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from zipfile import is_zipfile

from sheets_automation.core.errors import WorkbookChanged, WorkbookNotSaved
from sheets_automation.xlsx.archive import content_of, fingerprint_of
from sheets_automation.xlsx.swapping import swap

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
# Excel, a virus scanner or a sync client may hold a file for a moment on Windows; elsewhere waiting changes nothing.
_TRIES = 10 if sys.platform == "win32" else 1
_SECONDS_BETWEEN_TRIES = 0.3


def who_has_it_open(path: Path) -> str | None:
    """The program that has the workbook open ("Excel", "LibreOffice", "another program"), as far as one can tell.

    The lock files that tell it may be left over from a crash; they name a person, whom we never pass on.
    """
    target = path.resolve()
    if target.with_name(f"~${target.name}").exists():
        return "Excel"
    if target.with_name(f".~lock.{target.name}#").exists():
        return "LibreOffice"
    if not _is_read_only(target) and _is_held(target):
        return "another program"
    return None


def _is_held(target: Path) -> bool:
    """Whether a program keeps others from writing: on Windows by holding the file open, elsewhere by a lock on it."""
    try:
        with target.open("r+b") as handle:
            if sys.platform == "win32":
                return False
            import fcntl

            # LibreOffice and Samba lock bytes. Ours go when the file is closed; we never hold others on it.
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except PermissionError:
        return True
    except OSError as error:  # some file systems know no locks
        return error.errno == errno.EAGAIN
    return False


def refuse_read_only(path: Path) -> None:
    """Raise WorkbookNotSaved when the file is protected, before anybody has done work that could not be saved."""
    with explained(path):
        _refuse_read_only(path.resolve())


def replace_file(
    path: Path,
    write: Callable[[BinaryIO], None],
    verify: Callable[[Path], None],
    *,
    expected_fingerprint: str,
    backup_dir: Path,
    keep_backups: int,
) -> None:
    """Write a new file beside `path`, verify it, back the old one up, and put the new one in its place.

    Nothing may hold the file open (close the package first: Windows insists). A link stays a link. Mode, owner, ACL and
    extended attributes are kept as far as the system lets us. Raises WorkbookChanged when the file is no longer the
    one with `expected_fingerprint`, WorkbookNotSaved when the system refuses, and whatever `verify` raises; then the
    old file is untouched and nothing is left behind, but for what only `put_right` can tell. The `keep_backups`
    youngest backups stay.
    """
    target = path.resolve()
    with explained(path), ExitStack() as undo:
        _refuse_read_only(target)
        new = target.with_name(_beside(target))
        undo.callback(new.unlink, missing_ok=True)
        _set_aside(new, target, backup_dir)
        _write_beside(target, new, write)
        verify(new)
        if keep_backups > 0:
            undo.callback(_back_up(target, backup_dir).unlink, missing_ok=True)
        _refuse_changed(target, expected_fingerprint)
        _put_in_place(new, target, expected_fingerprint)
        undo.pop_all()
    _sync_folder(target.parent)
    _prune(target, backup_dir, keep_backups)


def put_right(path: Path, backup_dir: Path) -> None:
    """Finish what a save began that died: a person's work that it had displaced takes its place again.

    For whoever has the lock, before the file is read. Where a person has saved again since, what was displaced goes
    to the backups.
    """
    target = path.resolve()
    pattern = re.compile(re.escape(_beside(target, "*")).replace(r"\*", r"(\d+-\w+)\.(\d+-\w+)"))
    with explained(path):
        for left in sorted(target.parent.iterdir()):
            if found := pattern.fullmatch(left.name):
                _put_right(left, target, backup_dir, *found.groups())


def _put_right(left: Path, target: Path, backup_dir: Path, old: str, ours: str) -> None:
    if _content(left) not in {old, ours} and _content(target) == ours:
        _give_back(left, target, ours)
    if left.exists() and _content(left) in {old, ours}:
        left.unlink()
    else:
        _set_aside(left, target, backup_dir)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Say of what the system refuses on the way to a save that the file was not saved, and why."""
    try:
        yield
    except OSError as error:
        ja, en = _reason(error)
        raise WorkbookNotSaved(
            f"「{path.name}」を保存できませんでした（{ja}）。元のファイルはそのままです。原因を取り除いて、もう一度実行してください。",
            f'"{path.name}" was not saved ({en}). The old file is untouched. Remove the cause and run again.',
        ) from error


def _reason(error: OSError) -> tuple[str, str]:
    if error.errno in _FULL:
        return "ディスクがいっぱいです", "the disk is full"
    if error.errno in _FORBIDDEN:
        return (
            "ファイルかフォルダーが読み取り専用か、ほかのプログラムが開いています",
            "the file or its folder is read-only, or another program has it open",
        )
    return error.strerror or type(error).__name__, error.strerror or type(error).__name__


def _is_read_only(target: Path) -> bool:
    """Whether somebody protected the file itself: replacing it would be possible, and not what they want."""
    return not target.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK)


def _refuse_read_only(target: Path) -> None:
    if _is_read_only(target):
        raise PermissionError(errno.EACCES, "read-only")


def _write_beside(target: Path, new: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write `new` durably and make it look like `target`."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(new, flags, 0o600), "wb") as handle:
        write(handle)
        handle.flush()
        os.fsync(handle.fileno())
    _copy_attributes(target, new)
    os.utime(new)


def _copy_attributes(source: Path, copy: Path) -> None:
    status = source.stat()
    if sys.platform != "win32":
        with suppress(PermissionError):  # only root may give files away; group and mode still matter
            os.chown(copy, status.st_uid, status.st_gid)
    shutil.copystat(source, copy)


def _set_aside(left_over: Path, target: Path, folder: Path) -> None:
    """What a killed run left gives way; a whole file is kept: it may be a person's save that the run had displaced."""
    if is_zipfile(left_over):
        left_over.replace(_backup_name(left_over, target, folder))
    left_over.unlink(missing_ok=True)


def _backup_name(file: Path, target: Path, folder: Path) -> Path:
    """A name for a state of `target` in the folder of backups: the time of its last change."""
    folder.mkdir(mode=0o700, exist_ok=True)  # not its parents: where these are gone, so is the drive
    changed_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return folder / f"{target.stem}.{changed_at:%Y%m%dT%H%M%S.%fZ}{target.suffix}"


def _back_up(target: Path, folder: Path) -> Path:
    """Copy the old file under the time of its last change."""
    backup = _backup_name(target, target, folder)
    try:
        shutil.copyfile(target, backup)
        _copy_attributes(target, backup)
    except OSError:
        backup.unlink(missing_ok=True)
        raise
    return backup


def _refuse_changed(target: Path, expected_fingerprint: str, held_by: Path | None = None) -> None:
    """Raise WorkbookChanged unless `target`, or what was `target` and is now held by another name, is as expected."""
    with (held_by or target).open("rb") as handle:
        if fingerprint_of(handle) == expected_fingerprint:
            return
    raise WorkbookChanged(
        f"読み取りのあとで「{target.name}」が変更されたため、保存しませんでした。もう一度実行してください。",
        f'"{target.name}" was changed after it was read, so it was not saved. Run again.',
    )


def _put_in_place(new: Path, target: Path, expected_fingerprint: str) -> None:
    """Give `target` the new content; where the system can, look at what it displaced, and put back what is not ours.

    Whoever dies meanwhile leaves a file whose name says what it may hold: the old content, ours, or a person's.
    """
    old, ours = content_of(expected_fingerprint), _content(new)
    beside = target.with_name(_beside(target, f"{old}.{ours}"))
    _replace(new, beside)
    try:
        if swap(beside, target):
            try:
                _refuse_changed(target, expected_fingerprint, held_by=beside)
            except (WorkbookChanged, OSError):
                _give_back(beside, target, ours)  # somebody saved after our last look, or it can't be told
                raise
        else:
            _replace(beside, target)
    finally:
        with suppress(OSError):  # what stays is looked at by `put_right`
            if _content(beside) in {old, ours}:
                beside.unlink()


def _give_back(displaced: Path, target: Path, ours: str) -> None:
    """Let a person's work take its place again, and what anybody saves meanwhile before it, each save in its turn."""
    expected, is_back = ours, False
    while not is_back:
        given = _content(displaced)
        if not swap(displaced, target):  # no longer: the folder was moved to another file system
            _replace(displaced, target)
            return
        expected, is_back = given, _content(displaced) == expected


def _beside(target: Path, contents: str = "") -> str:
    """The name of the file that is swapped with `target`."""
    return f".{target.stem}.saving{f'.{contents}' if contents else ''}{target.suffix}"


def _content(path: Path) -> str:
    with path.open("rb") as handle:
        return content_of(fingerprint_of(handle))


def _replace(new: Path, target: Path) -> None:
    for tries_left in reversed(range(_TRIES)):
        try:
            new.replace(target)
        except PermissionError:
            if not tries_left:
                raise
            time.sleep(_SECONDS_BETWEEN_TRIES)
        else:
            return


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where the system can."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _prune(target: Path, folder: Path, keep: int) -> None:
    """Delete the oldest backups of this file; one that cannot be deleted now goes next time."""
    ours = re.compile(re.escape(target.stem) + r"\.\d{8}T\d{6}\.\d{6}Z" + re.escape(target.suffix))
    with suppress(OSError):
        backups = sorted(entry for entry in folder.iterdir() if ours.fullmatch(entry.name))
        for backup in backups[: max(0, len(backups) - keep)]:
            backup.unlink()
