"""What the buttons in Excel call, each without arguments: `sheets_automation.excel_buttons.preview()`.

Excel for Windows stands still until the function has returned. So each starts a process of its own, which goes on when
this one has ended, and returns at once. Nothing is imported before a button is pressed, and nothing is ever raised:
what goes wrong is said in a box.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_WORKER = "sheets_automation.commands.excel_worker"


def preview() -> None:
    """Show the plan in the browser: who gets a letter, and why the others do not."""
    _start("preview")


def send() -> None:
    """Show the page from which letters are sent. Pressing the button alone sends nothing."""
    _start("send")


def update_credits() -> None:
    """Rebuild the tab of the credits."""
    _start("update_credits")


def import_file() -> None:
    """Take a file of the partner's or of a job site into the workbook."""
    _start("import_file")


def check() -> None:
    """Show everything that is wrong with workbook, letters and settings."""
    _start("check")


def _start(task: str) -> None:
    """Start the worker for the workbook whose button was pressed."""
    try:
        from sheets_automation.wiring_live import calling_location

        _detach([*_python(), "-P", "-m", _WORKER, task, calling_location()])
    except Exception as error:  # noqa: BLE001 - a traceback helps nobody who has pressed a button
        _say(error)


def _detach(command: list[str]) -> None:
    """Start a process that neither we nor Excel wait for.

    It begins in the home folder: a stray `json.py` beside the workbook must never be taken for a part of Python.
    """
    options: dict[str, object] = {"start_new_session": True}
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        options = {"creationflags": flags}
    nowhere = subprocess.DEVNULL
    home = Path.home()
    process = subprocess.Popen(  # type: ignore[call-overload]
        command, stdin=nowhere, stdout=nowhere, stderr=nowhere, cwd=home if home.is_dir() else None, **options
    )
    process.returncode = 0  # nobody waits for it, and Python shall not complain of that


def _python() -> list[str]:
    """Python without a window of its own, where there is such a one."""
    silent = Path(sys.executable).with_name("pythonw.exe")
    return [str(silent) if os.name == "nt" and silent.exists() else sys.executable]


def _say(error: Exception) -> None:
    """Say in a box what is wrong; where even that fails there is nobody to tell."""
    try:
        from sheets_automation.commands.excel_worker import sentence
        from sheets_automation.wiring_live import voice_in

        voice_in("").warn(sentence(error))
    except Exception:  # noqa: BLE001, S110 - see above
        pass
