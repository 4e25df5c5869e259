"""The fleet's part of the composition root: what a scheduled run shares with others."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sheets_automation.google.pace import shared_pace
from sheets_automation.stopping import PLAIN_WAITS, Waits
from sheets_automation.wiring_tempo import Tempo

if TYPE_CHECKING:
    from sheets_automation.fleet.held import Lease
    from sheets_automation.wiring import Office


def open_lease(office: Office, workbook: str, holder: str) -> Lease | None:
    """The note that somebody is at work; files have a lock instead."""
    from sheets_automation.workbooks.addresses import spreadsheet_id

    found = spreadsheet_id(workbook)
    if found is None:
        return None
    from sheets_automation.wiring_google import sheets_client
    from sheets_automation.workbooks.google_lease import GoogleLease

    return GoogleLease(sheets_client(office.config, office.environ, found, office.tempo), holder, clock=office.clock)


def shared_tempo(tasks: int, calls_per_minute: int, workbooks: int, waits: Waits = PLAIN_WAITS) -> Tempo:
    """How one of so many tasks asks of Google. Whoever has one workbook alone is never held up."""
    if workbooks <= 1:
        return Tempo(sleep=waits.for_another_try)
    pace = shared_pace(tasks, calls_per_minute, time.monotonic, waits.for_a_turn)
    return Tempo(sheets=pace, sleep=waits.for_another_try)
