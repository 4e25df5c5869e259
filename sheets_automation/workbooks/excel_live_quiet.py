"""Writing without a flicker: screen, calculation and events of Excel are held, and restored in every case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.workbooks.excel_live_calls import Calls

if TYPE_CHECKING:
    from xlwings import App

_HELD = {"screen_updating": False, "enable_events": False, "calculation": "manual"}
"""HR's own macros must not answer to our cells, and a large workbook must not calculate after each of them."""


@contextmanager
def quietly(app: App, calls: Calls, note: Path) -> Iterator[None]:
    """Hold Excel's screen, events and calculation, and give them back as they were.

    What they were is noted in a file first: whoever dies in between leaves it for `restore_left_over`.
    """
    before = {name: calls.ask(lambda name=name: getattr(app, name)) for name in _HELD}  # type: ignore[misc]
    with suppress(OSError):  # without room for a note: then as ever
        note.write_text(json.dumps({"pid": calls.ask(lambda: app.pid), "before": before}))
    try:
        for name, value in _HELD.items():
            _set(app, calls, name, value)
        yield
    finally:
        _restore(app, calls, before, note)


def restore_left_over(app: App, calls: Calls, note: Path) -> None:
    """Give back what a process held that died while it wrote, if it is still the same Excel."""
    try:
        left = json.loads(note.read_text())
        pid, before = int(left["pid"]), {name: left["before"][name] for name in _HELD}
    except (OSError, ValueError, KeyError, TypeError):
        return
    if pid == calls.ask(lambda: app.pid):
        _restore(app, calls, before, note)
    else:
        with suppress(OSError):
            note.unlink()


def _restore(app: App, calls: Calls, before: dict[str, object], note: Path) -> None:
    """Each of them, whatever becomes of the others; the note stays where one could not be given back."""
    troubles = 0
    for name, value in before.items():
        try:
            _set(app, calls, name, value)
        except SheetsAutomationError:  # Excel was ended, or is busy for long: the next run restores it
            troubles += 1
    if not troubles:
        with suppress(OSError):
            note.unlink()


def _set(app: App, calls: Calls, name: str, value: object) -> None:
    calls.ask(lambda: setattr(app, name, value))
