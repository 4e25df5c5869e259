"""The fleet's part of the composition root: what a scheduled run shares with others."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sheets_automation.fleet.held import Lease
    from sheets_automation.google.pace import SheetsPace
    from sheets_automation.wiring import Office


def open_lease(office: Office, workbook: str, holder: str) -> Lease | None:
    """The note that somebody is at work; files have a lock instead."""
    from sheets_automation.workbooks.addresses import spreadsheet_id

    found = spreadsheet_id(workbook)
    if found is None:
        return None
    from sheets_automation.wiring_google import sheets_client
    from sheets_automation.workbooks.google_lease import GoogleLease

    return GoogleLease(sheets_client(office.config, office.environ, found, office.pace), holder, clock=office.clock)


def sheets_pace(tasks: int, calls_per_minute: int) -> SheetsPace:
    """The pace at which one of so many tasks asks of Sheets."""
    from sheets_automation.google.pace import shared_pace

    return shared_pace(tasks, calls_per_minute, time.monotonic, time.sleep)
