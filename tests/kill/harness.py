"""Run `relay` for real, and kill the process before or after its nth effect on the world outside.

    python -m tests.kill.harness NUMBER before|after EFFECTS_FILE -- send candidates.xlsx --send …

NUMBER 0 kills nothing. Each effect is noted in EFFECTS_FILE before it happens, so that a first run counts them.
"""

from __future__ import annotations

import os
import signal
import sys
from functools import wraps
from pathlib import Path


def _effects():
    """What changes the world outside, by owner and method; where the world is Google's, each call to it."""
    if os.environ.get("RELAY_GOOGLE_EMULATOR_HOST"):
        from sheets_automation.google.transport import Caller

        return [(Caller, "call")]
    from sheets_automation.carriers.line import LineCarrier
    from sheets_automation.carriers.line_api import LineApi
    from sheets_automation.carriers.outbox import OutboxCarrier
    from sheets_automation.carriers.outbox_shelf import OutboxShelf
    from sheets_automation.carriers.smtp import SmtpCarrier
    from sheets_automation.workbooks.excel_file import ExcelFileWorkbook
    from sheets_automation.workbooks.excel_live import ExcelLiveWorkbook
    from sheets_automation.workbooks.journal import Journal
    from sheets_automation.xlsx import saving

    return [
        (OutboxCarrier, "prepare"),
        (OutboxCarrier, "commit"),
        (OutboxCarrier, "resolve"),
        (SmtpCarrier, "prepare"),
        (SmtpCarrier, "commit"),
        (LineCarrier, "prepare"),
        (LineCarrier, "commit"),
        (LineCarrier, "resolve"),
        (LineApi, "push"),
        (Journal, "append"),
        (Journal, "replace"),
        (Journal, "rewrite"),
        (ExcelFileWorkbook, "show"),
        (ExcelFileWorkbook, "replace_facts"),
        (ExcelFileWorkbook, "rewrite"),
        (ExcelFileWorkbook, "forget_copies"),
        (OutboxShelf, "erase"),
        (ExcelLiveWorkbook, "show"),
        (ExcelLiveWorkbook, "replace_facts"),
        (Path, "replace"),
        (saving, "swap"),
        (os, "link"),
    ]


class Executioner:
    """Counts effects and ends the process at one of them, as a power cut would."""

    def __init__(self, number: int, moment: str, notes: Path) -> None:
        self.number = number
        self.moment = moment
        self.notes = notes
        self.count = 0

    def watch(self, owner: object, name: str) -> None:
        effect = getattr(owner, name)

        @wraps(effect)
        def watched(*args, **kwargs):
            self.count += 1
            mine = self.count
            with self.notes.open("a") as notes:
                notes.write(f"{getattr(owner, '__name__', owner)}.{name}\n")
            self._strike(mine, "before")
            result = effect(*args, **kwargs)
            self._strike(mine, "after")
            return result

        setattr(owner, name, watched)

    def _strike(self, number: int, moment: str) -> None:
        if (number, moment) == (self.number, self.moment):
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> int:
    number, moment, notes, _, *words = sys.argv[1:]
    executioner = Executioner(int(number), moment, Path(notes))
    for owner, name in _effects():
        executioner.watch(owner, name)
    from sheets_automation.cli import main as relay

    return relay(words)


if __name__ == "__main__":
    sys.exit(main())
