"""Write a file that is not there yet: whole or not at all, and never over another one."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sheets_automation.core.errors import WorkbookNotSaved
from sheets_automation.xlsx.saving import explained

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES})


def write_new_file(
    path: Path,
    write: Callable[[BinaryIO], None],
    verify: Callable[[Path], None],
    *,
    like: Path | None = None,
    replace: bool = False,
) -> None:
    """Write beside `path`, verify, and give it its name; open to the people who may open `like`.

    Raises WorkbookNotSaved, with nothing written, where a file has this name, unless `replace` says that it may go.
    """
    with explained(path), _beside(path) as new:
        with new.open("xb") as handle:
            write(handle)
            handle.flush()
            os.fsync(handle.fileno())
        verify(new)
        if like is not None:
            shutil.copymode(like, new)
        if replace:
            new.replace(path)
        else:
            _name(new, path)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    new = path.with_name(f".{path.stem}.{os.getpid()}.making{path.suffix}")
    try:
        yield new
    finally:
        new.unlink(missing_ok=True)


def _name(new: Path, path: Path) -> None:
    """A link is refused where the name is taken, on every system, so nobody's file can be lost to a race."""
    try:
        os.link(new, path)
    except FileExistsError as error:
        raise already_there(path) from error
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if path.exists():
            raise already_there(path) from error
        new.rename(path)  # such a file system leaves a moment in which another file may come


def already_there(path: Path) -> WorkbookNotSaved:
    """The error for a name that is taken."""
    return WorkbookNotSaved(
        f"「{path}」はすでにあります。別の名前を指定してください。", f"{path} is there already; choose another name."
    )
