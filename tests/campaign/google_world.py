"""A Google spreadsheet and a Gmail mailbox behind real HTTP: every call to them is an effect."""

from __future__ import annotations

import base64
import email
import email.policy
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from sheets_automation.core.table import CellValue
from tests.campaign.actors import Actor
from tests.campaign.google_people import DEEDS, MAIL_DEEDS, deeds
from tests.campaign.process_actor import ProcessActor
from tests.campaign.schedule import HEADINGS, LOG, TAB, Errand, Event, Happening, Schedule, Start
from tests.campaign.sheet_edits import Cells, heading_row
from tests.campaign.surroundings import Surroundings, headings_put_back
from tests.campaign.witness import Arrived, Truth, arrived, truth_of
from tests.google_emulator import Control, Running
from tests.google_emulator.control import Refused
from tests.workbooks.google_people import GoogleStore

MAILBOX = "saiyo@minato.example"
_HEADING_ROW = 2
_A_CALL_TAKES = 0.3
_FAULTS: dict[Happening, dict[str, Any]] = {
    Happening.ANSWER_LOST: {"kind": "reset_after"},
    Happening.RESET_BEFORE: {"kind": "reset_before"},
    Happening.NOT_REACHED: {"kind": "refuse"},
    Happening.LATE_COMMIT: {"kind": "late", "seconds": 90},
    Happening.ANSWER_CUT: {"kind": "cut_body"},
    Happening.HTML_PAGE: {"kind": "html", "status": 502},
    Happening.STATUS_401: {"kind": "unauthorized"},
    Happening.STATUS_403: {"kind": "status", "status": 403},
    Happening.STATUS_429: {"kind": "status", "status": 429},
    Happening.STATUS_500: {"kind": "status", "status": 500},
    Happening.STATUS_503: {"kind": "status", "status": 503},
    Happening.DONE_BEHIND_500: {"kind": "status", "status": 500, "effect": True},
    Happening.DONE_BEHIND_503: {"kind": "html", "status": 503, "effect": True},
}
GOOGLE_HAPPENINGS = (*DEEDS, *_FAULTS, *_FAULTS, Happening.DAILY_CAP)


def _kind(_caller: object, method: str, url: str, **_content: object) -> str:
    """What a call is for."""
    if "/spreadsheets/" in url:
        return "read" if method.lower() == "get" else "write"
    return "commit" if url.partition("?")[0].endswith("/drafts/send") else "mail"


def _effects() -> Sequence[tuple[object, str, Any]]:
    from sheets_automation.carriers.gmail import GmailCarrier
    from sheets_automation.google.transport import Caller
    from sheets_automation.wiring_tempo import Tempo
    from sheets_automation.workbooks.google_sheets import GoogleSheetsWorkbook

    for adapter in (GmailCarrier, GoogleSheetsWorkbook, Tempo):  # their defaults were bound to the real clock
        defaults = adapter.__init__.__kwdefaults__
        defaults["sleep"] = lambda seconds: time.sleep(seconds)  # noqa: PLW0108  (the one that is there when called)
        if "monotonic" in defaults:
            defaults["monotonic"] = lambda: time.monotonic()  # noqa: PLW0108
    return [(Caller, "call", _kind)]


@contextmanager
def google_process() -> Iterator[Running]:
    """An emulator in a process of its own."""
    words = [sys.executable, "-m", "tests.google_emulator", "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = json.loads(process.stdout.readline())["address"]
            yield Running(address=address, control=Control(address))
        finally:
            process.terminate()


class GoogleWorld:
    """One team's spreadsheet and mailbox."""

    has_rebuilding = True
    delivers = frozenset({"commit"})

    def __init__(self, folder: Path, google: Running, schedule: Schedule) -> None:
        self.around = Surroundings(folder, schedule)
        self._google = google
        self._control = google.control
        self._control.reset()
        self._control.quotas(enabled=False)
        self._control.freeze(self.around.now())
        grid: list[list[CellValue]] = [["採用管理表"], list(HEADINGS), *(list(row) for row in schedule.rows)]
        self._store = GoogleStore(google, {TAB: grid}, zone=schedule.zone, small={TAB: (30, 16)})
        self._control.edit("add_mailbox", address=MAILBOX)
        self._arrived: list[Arrived] = []
        self._cells: Cells | None = None
        self._is_late = False
        """A write may land at any time, which no call shows."""
        self._is_faulty = False
        """The next call goes wrong."""
        self._writes: dict[Actor, bool] = {}
        os.environ["RELAY_GOOGLE_EMULATOR_HOST"] = google.address

    def start(self, start: Start) -> Actor:

        def tell_time(slept: float) -> datetime:
            if slept:
                self.passes(slept)
            return self.around.now(start.clock_is_off)

        return ProcessActor(self.words(start.errand), _effects, tell_time)

    def words(self, errand: Errand) -> Sequence[str]:
        """What is typed for an errand."""
        address = f"https://docs.google.com/spreadsheets/d/{self._store.id}/edit"
        return self.around.words(errand, address, f"gmail:{MAILBOX}")

    def notices(self, actor: Actor) -> None:
        if self._is_faulty:
            self._control.clear_faults()
            self._is_faulty = False
        if self._writes.pop(actor, False):  # also where its answer was lost or it died: the write may have landed
            self._cells = None
        self._writes[actor] = actor.stop is not None and actor.stop.kind == "write"

    def edit(self, event: Event) -> bool:
        """By the emulator's own hands, so that all of a row or a column moves as Google moves it."""
        done = False
        with suppress(Refused):  # nothing there to do it to
            for name, words in deeds(event.what, event.dice, self.cells()):
                if name in MAIL_DEEDS:
                    self._control.edit(name, mailbox=MAILBOX, **words)
                else:
                    self._store.edit(name, **{"sheet": TAB, "heading_row": _HEADING_ROW, **words})
                done = True
        self._cells = None
        return done

    def trouble(self, event: Event, actor: Actor) -> str | None:
        if event.what is Happening.DAILY_CAP:
            self._control.edit("add_mailbox", address=MAILBOX, daily_messages=len(self._arrived))
            return ""
        kind = actor.stop.kind if actor.stop else ""
        if event.what is Happening.LATE_COMMIT and kind == "read":
            return None
        self._is_late = self._is_late or event.what is Happening.LATE_COMMIT
        self._control.fault("*", **_FAULTS[event.what])
        self._is_faulty = True
        return ""

    def dies(self, actor: Actor, dice: Random) -> None:
        actor.kill()

    def passes(self, seconds: float) -> None:
        self.around.passed += seconds
        self._control.set_time(self.around.now())

    def now(self) -> float:
        self.around.passed += _A_CALL_TAKES
        return self.around.passed

    def heals(self) -> None:
        self._control.clear_faults()
        self._control.edit("add_mailbox", address=MAILBOX, daily_messages=500)
        cells = self.cells()
        before = list(cells[heading_row(cells)])
        if headings_put_back(cells):
            for column, value in enumerate(cells[heading_row(cells)]):
                if value != before[column]:
                    self._store.edit("set_cell", sheet=TAB, row=heading_row(cells) + 1, column=column, value=value)
            self._cells = None

    def cells(self) -> Cells:
        if self._cells is None or self._is_late:
            self._cells = self._store.tab(TAB)["values"]
        return self._cells

    def truth(self) -> Truth:
        return truth_of(self.cells())

    def log(self) -> list[dict[str, str]]:
        rows = next((tab["values"] for tab in self._store.shown() if tab["title"] == LOG), None) or [[]]
        return [dict(zip(map(str, rows[0]), (str(v or "") for v in row), strict=False)) for row in rows[1:]]

    def letters(self) -> list[Arrived]:
        for letter in self._control.ledger()[len(self._arrived) :]:
            message = email.message_from_bytes(_decoded(letter["raw"]), policy=email.policy.default)
            body = message.get_body(("plain",))
            text = body.get_content() if body else ""
            self._arrived += [arrived(recipient, text) for recipient in letter["recipients"]]
        return self._arrived


def _decoded(raw: str) -> bytes:
    return base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4))
