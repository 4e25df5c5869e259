"""An open workbook with all that is needed to speak to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheets_automation.core.table import CellValue
from sheets_automation.workbooks.excel_live_calls import Calls
from sheets_automation.workbooks.excel_live_native import Native

if TYPE_CHECKING:
    from xlwings import App, Book


@dataclass(frozen=True, slots=True)
class OpenBook:
    """One workbook of one Excel."""

    book: Book
    app: App
    calls: Calls
    native: Native

    def stored(self, value: CellValue) -> object:
        """A value as this system's Excel takes it."""
        stored: object = self.app.engine.impl.prepare_xl_data_element(value, None)
        return stored

    def name_text(self, name: str) -> str | None:
        """The text of a hidden name of ours; None where the workbook has none."""
        found = self.calls.ask(lambda: self.native.name_refers_to(self.book, name))
        return found.removeprefix("=").strip('"') if found is not None else None

    def put_name(self, name: str, text: str | None) -> None:
        """Let the workbook have this hidden name with a text that people never see, or no such name."""
        names = self.book.names
        if self.calls.ask(lambda: self.native.name_refers_to(self.book, name)) is not None:
            self.calls.ask(lambda: names[name].delete())  # noqa: PLW0108 - finding it is a call, too
        if text is not None:
            made = self.calls.ask(lambda: names.add(name, f'="{text}"'))
            self.calls.ask(lambda: self.native.hide_name(made))
