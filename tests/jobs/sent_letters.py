"""A workbook whose letters have left, and a run at a fixed moment."""

from __future__ import annotations

from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.log_rows import to_row
from sheets_automation.core.model import DeliveryKey, LetterKind
from sheets_automation.jobs.run import Run
from sheets_automation.workbooks.memory import MemoryFile, MemoryWorkbook, sheet_of
from tests.core.credit_facts import code, moment

NOW = moment("2026-11-24T09:03")


def run(number: int = 1) -> Run:
    """A run of a person of HR."""
    return Run(id=f"R{number}", clock=lambda: NOW, new_code=lambda: "", actor="hr")


def workbook_that_sent(letters: int) -> MemoryWorkbook:
    """A workbook whose log holds letters with the codes 0, 1, 2 … to candidates C-0, C-1, C-2 …"""
    workbook = MemoryWorkbook(MemoryFile(sheets={"候補者": sheet_of([["氏名"]])}))
    events = [
        DeliveryEvent(
            event_id=f"S-{number + 1:04}",
            at=NOW,
            run_id="S",
            key=DeliveryKey(candidate_id=f"C-{number}", kind=LetterKind.REJECTION),
            kind=EventKind.PREPARED,
            referral_code=code(number),
        )
        for number in range(letters)
    ]
    workbook.append({"送信記録": [to_row(event) for event in events]})
    return workbook
