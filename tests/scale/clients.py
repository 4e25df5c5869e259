"""Whose workbooks they are: so many, each with a thousand rows, a mailbox, and some letters that are due."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path

from tests.fleet.fleet_house import CONFIG, HEADINGS, ROOT
from tests.google_emulator import Running
from tests.workbooks.google_people import GoogleStore

TAB = "候補者"
BEFORE = "2026-11-17T10:00:00+09:00"
SMALL, LARGE = 2, 40
LARGE_EVERY, SENDING_EVERY = 50, 4
_FAMILY = "佐鈴高田伊渡山中小加吉松井木林斎清森池橋"
_GIVEN = "花葵光誠空海陸翔蓮湊結陽悠楓凛"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """What there is to do in one night."""

    workbooks: int
    rows: int = 1000
    small: int = SMALL
    large: int = LARGE
    large_every: int = LARGE_EVERY
    """One workbook in so many is a large one."""

    def letters_of(self, number: int) -> int:
        """How many letters are due in a workbook: many, or a few, or none, as in most workbooks on most nights."""
        if self.large and number % self.large_every == self.large_every - 1:
            return self.large
        return self.small if number % SENDING_EVERY == 0 else 0

    def letters(self) -> int:
        """All of them."""
        return sum(self.letters_of(number) for number in range(self.workbooks))

    def is_small(self, number: int) -> bool:
        """Whether a workbook has a few letters."""
        return self.letters_of(number) == self.small


def name_of(number: int) -> str:
    """What the roster calls a workbook."""
    return f"client-{number:05d}"


def mailbox_of(number: int) -> str:
    """Who sends its letters."""
    return f"saiyo@{name_of(number)}.example"


def number_of(mailbox: str) -> int:
    """Whose mailbox it is."""
    return int(mailbox.partition("-")[2].partition(".")[0])


class Clients:
    """The workbooks in the emulator, and a folder with their roster."""

    def __init__(self, google: Running, folder: Path, workload: Workload) -> None:
        self.workload = workload
        self.folder = folder
        self.ids: dict[int, str] = {}
        self._google = google
        self._firsts: dict[int, str] = {}
        text = CONFIG.replace('address = "saiyo@minato.example"', "")
        (folder / "relay.toml").write_text(text, encoding="utf-8")
        self.renew()

    def renew(self) -> None:
        """Another night: the same workbooks, in which nobody has been told yet.

        Each is a copy of the first of its kind: whose letter it was is known by the mailbox that it came from.
        """
        for spreadsheet in self.ids.values():
            self._google.control.edit("delete_document", spreadsheetId=spreadsheet)
        for number in range(self.workload.workbooks):
            due = self.workload.letters_of(number)
            if due not in self._firsts:
                self._firsts[due] = self._first(self._google, due)
            self.ids[number] = _copy(self._google, self._firsts[due])

    def by_letters(self) -> dict[int, list[int]]:
        """The workbooks by the number of letters that are due in them."""
        found: dict[int, list[int]] = defaultdict(list)
        for number in self.ids:
            found[self.workload.letters_of(number)].append(number)
        return found

    def write_roster(self, calls_per_minute: int, numbers: Iterable[int]) -> None:
        """Name these workbooks."""
        defaults = f'[defaults]\nconfig = "relay.toml"\n[operator]\ncalls_per_minute = {calls_per_minute}\n'
        entries = (
            f'[[workbooks]]\nname = "{name_of(one)}"\naddress = "{self.ids[one]}"\ncarrier = "gmail:{mailbox_of(one)}"'
            for one in numbers
        )
        (self.folder / "workbooks.toml").write_text("\n".join([defaults, *entries]), encoding="utf-8")

    def _first(self, google: Running, due: int) -> str:
        """A workbook that has been in use: it has our columns and a log; and since then so many were turned down."""
        told = max(1, due // 2)
        store = GoogleStore(google, {TAB: [HEADINGS, *self._rows(range(due, due + told))]})
        google.control.freeze(datetime.fromisoformat(BEFORE))
        command = [sys.executable, "-m", "sheets_automation.cli", "run", "send", store.id, "--config", "relay.toml"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "RELAY_NOW": BEFORE}
        environment["RELAY_GOOGLE_EMULATOR_HOST"] = google.address
        carrier = ["--carrier", "gmail:saiyo@before.example"]
        subprocess.run([*command, *carrier], cwd=self.folder, env=environment, stdout=subprocess.DEVNULL, check=True)
        for row in range(2, due + 2):
            store.edit("set_cell", sheet=TAB, row=row, column="選考結果", value="不採用")
            store.edit("set_cell", sheet=TAB, row=row, column="選考結果日", value="2026/11/18")
        return store.id

    def _rows(self, rejected: range) -> Iterator[list[str | None]]:
        for row in range(self.workload.rows):
            name = f"{_FAMILY[row % 20]}村 {_GIVEN[row // 20 % 15]}{_GIVEN[row // 300 % 15]}"
            decision, day = ("不採用", "2026/11/10") if row in rejected else ("選考中", None)
            yield [name, f"candidate-{row}@example.com", "営業職", decision, day]


def _copy(google: Running, spreadsheet: str) -> str:
    headers = {"Authorization": "Bearer owner", "Content-Type": "application/json"}
    with closing(HTTPConnection(google.address)) as connection:
        connection.request("POST", f"/drive/v3/files/{spreadsheet}/copy", "{}", headers)
        return str(json.loads(connection.getresponse().read())["id"])
