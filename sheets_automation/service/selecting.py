"""The way from the page to a row of the workbook that is open in Excel on this computer."""

from __future__ import annotations

from sheets_automation.service.house import Room
from sheets_automation.service.refusals import not_there
from sheets_automation.service.work_documents import RowAnswer, RowWanted
from sheets_automation.wiring_live import is_live, select_row


def show_row(room: Room, wanted: RowWanted) -> RowAnswer:
    """Select the row. Raises Refusal (404) where the workbook is not open in Excel here: there is no such call."""
    if not is_live(room.workbook):
        raise not_there()
    return RowAnswer(row=select_row(room.workbook, wanted.cell, wanted.id, wanted.name).value)
