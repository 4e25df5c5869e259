"""The contract, kept by the workbook in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from sheets_automation.workbooks.memory import MemoryFile, MemoryWorkbook, sheet_of
from tests.workbooks.contract import WorkbookContract
from tests.workbooks.people import Grid


class MemoryStore:
    """A MemoryFile in the hands of people."""

    def __init__(self, tabs: Mapping[str, Grid], hidden: Mapping[str, Collection[int]] | None = None) -> None:
        hidden = hidden or {}
        self.file = MemoryFile(sheets={title: sheet_of(grid, hidden.get(title, ())) for title, grid in tabs.items()})

    def open(self):
        return MemoryWorkbook(self.file)

    def crash(self, workbook) -> None:
        pass  # what was not appended is gone with the process, and there are no locks

    def look(self) -> dict[str, Grid]:
        return {title: sheet.grid() for title, sheet in self.file.sheets.items()}

    def save(self, tabs: Mapping[str, Grid]) -> None:
        hidden = {title: sheet.hidden for title, sheet in self.file.sheets.items()}
        self.file.sheets = {title: sheet_of(grid, hidden.get(title, ())) for title, grid in tabs.items()}

    def formulas(self) -> list[str]:
        return []  # memory holds values alone


class TestMemoryWorkbook(WorkbookContract):
    @pytest.fixture
    def make_store(self):
        return MemoryStore
