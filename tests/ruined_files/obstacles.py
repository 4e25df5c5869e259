"""What stands in a command's way: a disk that fills up, a drive that vanishes, somebody else's save, at its nth step.

A step is any call that reads or changes something below the watched folder: Python's by an audit hook and its few
functions that have none, SQLite's by the seam that it has for this (sqlite.org/c3ref/vfs.html, xSetSystemCall).
"""

from __future__ import annotations

import _sqlite3
import builtins
import ctypes
import errno
import io
import os
import sqlite3  # noqa: F401 - loads the library that _sqlite3 stands for
import sys
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from functools import wraps
from pathlib import Path

from sheets_automation.xlsx import saving

_TAKES_ROOM = {"os.mkdir", "os.link", "os.setxattr"}
_NEEDS_THE_DRIVE = {
    *_TAKES_ROOM,
    *("os.listdir", "os.scandir", "os.getxattr", "os.listxattr"),
    *("os.rename", "os.remove", "os.rmdir", "os.chmod", "os.chown", "os.utime", "os.truncate"),
}
_OPENED_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Kind(StrEnum):
    """What happens at the nth step."""

    FULL = "full"
    """There is no room for it: ENOSPC. Only steps that take room count."""
    BROKEN = "broken"
    """The drive answers with EIO."""
    STALE = "stale"
    """The drive is another one by now: ESTALE."""
    GONE = "gone"
    """The folder is no longer where it was, until somebody brings it back."""
    SAVED = "saved"
    """Somebody saves another version of the workbook, as Excel does."""


_ERRORS = {Kind.FULL: errno.ENOSPC, Kind.BROKEN: errno.EIO, Kind.STALE: errno.ESTALE}
AWAY = ".away"
STEPS = "steps"


def put_up(home: Path, **order: object) -> Obstacle:
    """Stand in the way of this process, as `Obstacle` is told to. Nobody can take it down again."""
    obstacle = Obstacle(home, **order)
    _watch_python(obstacle)
    _watch_sqlite(obstacle)
    return obstacle


class Obstacle:
    """Counts the steps of a process below `where`, and strikes at the nth; at none for 0.

    With `at`, only steps count whose path holds these letters.
    """

    def __init__(
        self,
        home: Path,
        *,
        kind: str,
        number: int,
        where: str,
        book: str = "",
        at: str = "",
        is_lasting: bool = True,
    ) -> None:
        self.kind = Kind(kind)
        self._home = home
        self._folder = home / where
        self._watched = os.path.realpath(self._folder)
        self._number = number
        self._book = book
        self._at = at
        self._is_lasting = is_lasting
        self._steps = 0
        self._is_busy = False
        self._original_readlink = os.readlink

    def step(self, place: object, *, takes_room: bool = False) -> int:
        """The errno that a step fails with, or 0."""
        if self._is_busy or not self.concerns(place) or (self.kind is Kind.FULL and not takes_room):
            return 0
        self._steps += 1
        if self._steps == self._number:
            self._is_busy = True
            self._strike()
            self._is_busy = False
        struck = 0 < self._number <= self._steps if self._is_lasting else self._steps == self._number
        return _ERRORS.get(self.kind, 0) if struck else 0

    def tell(self) -> None:
        """Leave word of how many steps there were."""
        self._is_busy = True
        (self._home / STEPS).write_text(str(self._steps))

    def _strike(self) -> None:
        if self.kind is Kind.GONE:
            self._folder.rename(self._folder.with_name(self._folder.name + AWAY))
        if self.kind is Kind.SAVED:
            (self._home / self._book).replace(self._folder / self._book)

    def concerns(self, place: object) -> bool:
        """Whether a path, or an open file, lies in the watched folder."""
        if isinstance(place, int):
            with suppress(OSError):
                place = self._original_readlink(f"/proc/self/fd/{place}")
        if isinstance(place, bytes):
            place = os.fsdecode(place)
        if not isinstance(place, str | os.PathLike):
            return False
        path = os.path.abspath(place)  # noqa: PTH100 - Path.absolute would be one more step
        return (path == self._watched or path.startswith(self._watched + os.sep)) and self._at in path


def _watch_python(obstacle: Obstacle) -> None:
    def refuse(place: object, *, takes_room: bool) -> None:
        if number := obstacle.step(place, takes_room=takes_room):
            raise OSError(number, os.strerror(number))

    def audit(event: str, arguments: tuple) -> None:
        if event == "open" and not isinstance(arguments[0], int):
            refuse(arguments[0], takes_room=bool(arguments[2] & os.O_CREAT))
        elif event in _NEEDS_THE_DRIVE:
            refuse(arguments[0], takes_room=event in _TAKES_ROOM)

    io.open = builtins.open = _opening_watched(io.open, obstacle, refuse)
    for name, takes_room in (("fsync", True), ("sendfile", True), ("stat", False), ("lstat", False), ("access", False)):
        setattr(os, name, _watched_call(getattr(os, name), refuse, takes_room=takes_room))
    saving.swap = _watched_call(saving.swap, refuse, takes_room=False)
    sys.addaudithook(audit)


def _opening_watched(real_open: Callable, obstacle: Obstacle, refuse: Callable) -> Callable:
    """Reading from an open file, and writing to it, are steps too, and raise no event."""

    class Watched(io.FileIO):
        def readinto(self, buffer):
            refuse(self.fileno(), takes_room=False)
            return super().readinto(buffer)

        def readall(self):
            refuse(self.fileno(), takes_room=False)
            return super().readall()

        def write(self, data):
            refuse(self.fileno(), takes_room=True)
            return super().write(data)

    def open_watched(file, mode="r", *rest, **named):
        if "b" not in mode or not obstacle.concerns(file):
            return real_open(file, mode, *rest, **named)
        raw = Watched(file, mode.replace("b", ""))
        if "+" in mode:
            return io.BufferedRandom(raw)
        return io.BufferedReader(raw) if "r" in mode else io.BufferedWriter(raw)

    return open_watched


def _watched_call(function: Callable, refuse: Callable, *, takes_room: bool) -> Callable:
    @wraps(function)
    def watched(place, *rest, **named):
        refuse(place, takes_room=takes_room)
        return function(place, *rest, **named)

    return watched


# ---- SQLite ---------------------------------------------------------------------------------------------------------

_TEXT, _NUMBER, _SIZE, _ANY = ctypes.c_char_p, ctypes.c_int, ctypes.c_ssize_t, ctypes.c_void_p
_OFFSET = ctypes.c_int64
_CALLS = {
    "open": (True, _NUMBER, _TEXT, _NUMBER, _NUMBER),
    "stat": (False, _NUMBER, _TEXT, _ANY),
    "access": (False, _NUMBER, _TEXT, _NUMBER),
    "unlink": (False, _NUMBER, _TEXT),
    "fstat": (False, _NUMBER, _NUMBER, _ANY),
    "ftruncate": (True, _NUMBER, _NUMBER, _OFFSET),
    "read": (False, _SIZE, _NUMBER, _ANY, _SIZE),
    "pread": (False, _SIZE, _NUMBER, _ANY, _SIZE, _OFFSET),
    "pread64": (False, _SIZE, _NUMBER, _ANY, _SIZE, _OFFSET),
    "write": (True, _SIZE, _NUMBER, _ANY, _SIZE),
    "pwrite": (True, _SIZE, _NUMBER, _ANY, _SIZE, _OFFSET),
    "pwrite64": (True, _SIZE, _NUMBER, _ANY, _SIZE, _OFFSET),
}
"""By name: whether it takes room, what it returns, what it takes. What syncs cannot be replaced."""
_SET = ctypes.CFUNCTYPE(_NUMBER, _ANY, _TEXT, _ANY)
_GET = ctypes.CFUNCTYPE(_ANY, _ANY, _TEXT)
_kept: list[object] = []


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("version", _NUMBER),
        ("size_of_file", _NUMBER),
        ("longest_path", _NUMBER),
        ("next", _ANY),
        ("name", _TEXT),
        ("data", _ANY),
        *((f"method{number}", _ANY) for number in range(13)),
        ("set_system_call", _SET),
        ("get_system_call", _GET),
    )


def _watch_sqlite(obstacle: Obstacle) -> None:
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    pointer = library.sqlite3_vfs_find(None)
    address = ctypes.cast(pointer, _ANY)
    for name, (takes_room, *types) in _CALLS.items():
        original = pointer.contents.get_system_call(address, name.encode())
        if original:
            type_ = ctypes.CFUNCTYPE(*types, use_errno=True)
            watched = type_(_refusing(type_(original), obstacle, takes_room=takes_room))
            _kept.append(watched)
            pointer.contents.set_system_call(address, name.encode(), ctypes.cast(watched, _ANY))


def _refusing(original: Callable, obstacle: Obstacle, *, takes_room: bool) -> Callable:
    def call(place, *rest):
        number = obstacle.step(place, takes_room=takes_room)
        if number:
            ctypes.set_errno(number)
            return -1
        return original(place, *rest)

    return call
