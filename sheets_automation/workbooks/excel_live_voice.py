"""What we say in Excel itself: a line in the status bar, and a box with a message."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.workbooks.excel_live_calls import Calls, load_xlwings
from sheets_automation.workbooks.excel_live_finding import find_book
from sheets_automation.workbooks.excel_live_native import native

if TYPE_CHECKING:
    from xlwings import App

_TITLE = "relay"
_NO_WAIT = Calls(sleep=lambda _seconds: None)


class Voice:
    """Speaks to whoever has a workbook open. That it is not heard stops nobody."""

    def __init__(self, name: str) -> None:
        self._name = name

    def status(self, text: str) -> None:
        """Show a line in the status bar; an empty one gives the bar back to Excel."""
        with suppress(SheetsAutomationError):
            app = self._app()
            _NO_WAIT.ask_once(lambda: setattr(app, "status_bar", text or False))

    def tell(self, text: str) -> bool:
        """Show a box, and wait until it is closed; whether it could be shown."""
        return self._box(text, "info")

    def warn(self, text: str) -> bool:
        """Show a box with a mark of warning."""
        return self._box(text, "critical")

    def agrees(self, text: str) -> bool:
        """Ask a question; whether the answer is yes."""
        app = self._app()
        return Calls().ask_once(lambda: app.alert(text, _TITLE, "yes_no", "info")) == "yes"

    def file_chosen(self, title: str) -> str:
        """Let the person choose a file; empty if they would not."""
        app = self._app()
        return Calls().ask_once(lambda: native().choose_file(app, title))

    def _box(self, text: str, mode: str) -> bool:
        try:
            app = self._app()
            Calls().ask(lambda: app.alert(text, _TITLE, "ok", mode))
        except SheetsAutomationError:
            return False
        return True

    def _app(self) -> App:
        """The Excel of the workbook; any Excel, where that one is not open."""
        calls = Calls()
        try:
            return find_book(self._name, calls, native()).app
        except SheetsAutomationError:
            return calls.ask(lambda: find_book("", calls, native()).app)


def is_still_open(name: str) -> bool:
    """Whether the workbook is open; an Excel that does not respond just now has not closed it."""
    calls = Calls(sleep=lambda _seconds: None)
    try:
        find_book(name, calls, native())
    except SheetsAutomationError as error:
        return error.name == "workbook_busy"
    return True


def calling_location() -> str:
    """Where the workbook lies whose button was pressed; only its name if it was never saved."""
    xlwings = load_xlwings()
    calls, words = Calls(), native()
    return calls.ask(lambda: words.location(xlwings.Book.caller()))
