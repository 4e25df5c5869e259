"""Records as lines of a file that we alone may read, and that survive a full disk."""

from __future__ import annotations

import errno
import os
from pathlib import Path


class SpoolFull(OSError):
    """There is no room for more records of this kind."""

    def __init__(self) -> None:
        super().__init__(errno.ENOSPC, os.strerror(errno.ENOSPC))


def append_line(file: Path, line: str, *, most: int, is_durable: bool) -> None:
    """Append a line to a file of fewer than `most` bytes; if `is_durable`, it is on the disk when this returns.

    Raises SpoolFull where there is no room for it, and OSError where the file cannot be written.
    """
    is_new = is_durable and not file.exists()
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.fstat(descriptor).st_size >= most:
            raise SpoolFull
        # A line end before it too: what a full disk cut off must not take this record along.
        content = f"\n{line}\n".encode()
        if os.write(descriptor, content) != len(content):
            raise SpoolFull
        if is_durable:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        _sync(file.parent)


def _sync(folder: Path) -> None:
    """Let the name of a new file be on the disk too."""
    if os.name != "posix":  # Windows opens no folders
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
