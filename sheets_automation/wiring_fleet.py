"""The fleet's part of the composition root: what a scheduled run shares with others."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.config.problems import ConfigurationWrong, Problem
from sheets_automation.config.roster import Client, Roster, clients_of, load_roster
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.google.pace import shared_pace
from sheets_automation.stopping import PLAIN_WAITS, Waits
from sheets_automation.wiring_tempo import Tempo

if TYPE_CHECKING:
    from sheets_automation.fleet.held import Lease
    from sheets_automation.wiring import Office


def open_roster(path: Path) -> tuple[Roster, tuple[Client, ...]]:
    """A roster and its workbooks. Raises ConfigurationError that names every mistake, and each workbook named twice."""
    roster = load_roster(path)
    clients = clients_of(roster, path.parent)
    names: dict[str, list[str]] = {}
    for client in clients:
        names.setdefault(identity_of(client.address), []).append(client.name)
    if doubles := [_double(same) for same in names.values() if len(same) > 1]:
        raise ConfigurationWrong(path.name, doubles)
    return roster, clients


def _double(names: Sequence[str]) -> Problem:
    said = ", ".join(names)
    return Problem(
        key="workbooks.address",
        ja=f"{said} は同じブックです。書き方が違っても、一つのブックは一度だけ書いてください。",
        en=f"{said} are one workbook. Name each workbook once, however its address is written.",
    )


def identity_of(address: str) -> str:
    """What all addresses of one workbook have in common; an address that can be none stands for itself alone."""
    from sheets_automation.workbooks import addresses

    try:
        return addresses.identity_of(address)
    except ConfigurationError:
        return address


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
