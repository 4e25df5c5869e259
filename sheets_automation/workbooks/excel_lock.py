"""One run at a time on a workbook file: a lock of the system, which a process that dies lets go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sheets_automation.workbooks.excel_losses import another_run
from sheets_automation.workbooks.journal import make_folder
from sheets_automation.xlsx.saving import explained, refuse_read_only


def locked(path: Path, folder: Path) -> Callable[[], None]:
    """Take the lock of the workbook at `path`, which lies in `folder`; what lets it go. Raises WorkbookBusy."""
    from filelock import FileLock, Timeout

    refuse_read_only(path)
    make_folder(folder, path)
    lock = FileLock(folder / f"{path.resolve().name}.lock", timeout=0)
    with explained(path):
        try:
            lock.acquire()
        except Timeout as error:
            raise another_run(path.name) from error
    return lock.release
