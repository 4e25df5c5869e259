"""People destroy the log: the run refuses, `relay rebuild-log` makes it anew, and nobody gets a second letter."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from tests.commands.conftest import TUESDAY
from tests.kill.world import in_outbox, tab
from tests.workbooks.google_people import GoogleStore
from tests.workbooks.people import recruiter_deletes_a_row, recruiter_writes
from tests.workbooks.xlsx_people import XlsxFile

MAILBOX = "saiyo@minato.example"
SATO, SUZUKI, TAKAHASHI = "sato@example.com", "suzuki@example.com", "takahashi@example.com"
LOG = "送信記録"
THURSDAY = "2026-11-26T10:00:00+09:00"


class Team:
    """A team whose letters have left, its workbook, and the command."""

    def __init__(self, store, workbook, carrier, relay) -> None:
        self.store, self.workbook, self.carrier, self._relay = store, workbook, carrier, relay

    def run(self, command, *words, code=0):
        return self._relay(command, self.workbook, *words, code=code)

    def send(self, code=0):
        return self.run("send", "--carrier", self.carrier, "--send", code=code)

    def rebuild(self, *words, code=7):
        return self.run("rebuild-log", "--carrier", self.carrier, *words, code=code)

    def refused(self):
        """What `relay send` says, now that it sends nothing."""
        before = self.received()
        error = self.send(code=4)["error"]
        assert self.received() == before
        return error

    def log(self):
        return self.store.look()[LOG]

    def facts(self, word):
        """The rows of the log with this word, as cells by heading."""
        head, *rows = self.log()
        return [row for row in (dict(zip(head, row, strict=False)) for row in rows) if row.get("状態") == word]

    def reasons(self):
        """Why nobody is due, by row."""
        return {one["row"]: one["reason"] for one in self.run("send")["skipped"]}

    def decides(self, row, decision="不採用", day="2026/11/25"):
        recruiter_writes(self.store, "候補者", row, 3, decision)
        recruiter_writes(self.store, "候補者", row, 4, day)


class OnGoogle(Team):
    def __init__(self, google, relay, monkeypatch) -> None:
        monkeypatch.setenv("RELAY_GOOGLE_EMULATOR_HOST", google.address)
        self.google = google.control
        self.google.freeze(datetime.fromisoformat(TUESDAY))
        store = GoogleStore(google, {"候補者": tab()})
        super().__init__(store, f"https://docs.google.com/spreadsheets/d/{store.id}/edit", f"gmail:{MAILBOX}", relay)

    def received(self):
        return sorted(address for letter in self.google.ledger() for address in letter["recipients"])


class OnExcel(Team):
    """The journal beside the file is lost too, or it would bring everything back."""

    def __init__(self, folder, relay) -> None:
        super().__init__(XlsxFile(folder / "book.xlsx", {"候補者": tab()}), "book.xlsx", "outbox:outbox", relay)

    def received(self):
        return sorted(in_outbox(Path("outbox")).elements())


@pytest.fixture
def google_team(google, relay, monkeypatch):
    team = OnGoogle(google, relay, monkeypatch)
    assert team.send()["sent"] == 2
    return team


@pytest.fixture
def excel_team(tmp_path, relay):
    team = OnExcel(tmp_path, relay)
    assert team.send()["sent"] == 2
    shutil.rmtree(".relay")
    return team


@pytest.fixture(params=["google_team", "excel_team"])
def team(request):
    return request.getfixturevalue(request.param)


def somebody_sorts_the_log(team):
    tabs = team.store.look()
    head, *rows = tabs[LOG]
    tabs[LOG] = [head, *sorted(rows, key=lambda row: str(row[6]), reverse=True)]
    team.store.save(tabs)


def somebody_writes(team, row, heading, value):
    recruiter_writes(team.store, LOG, row, team.log()[0].index(heading), value)


DAMAGES = {
    "a row in the middle is deleted": lambda team: recruiter_deletes_a_row(team.store, LOG, row=3),
    "the first row is deleted": lambda team: recruiter_deletes_a_row(team.store, LOG, row=2),
    "the tab is sorted": somebody_sorts_the_log,
    "a status is misspelt": lambda team: somebody_writes(team, 4, "状態", "そうしん"),
    "a time is not one": lambda team: somebody_writes(team, 2, "時刻", "昨日"),
    "an id is gone": lambda team: somebody_writes(team, 4, "記録ID", None),
    "the headings are gone": lambda team: recruiter_deletes_a_row(team.store, LOG, row=1),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_whatever_people_do_to_the_log_the_run_refuses_and_offers_to_rebuild_it(team, damage):
    damage(team)

    error = team.refused()

    assert error["name"] == "log_damaged"
    assert "relay rebuild-log" in error["text"]


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_after_it_is_rebuilt_nobody_gets_a_second_letter_and_whoever_is_new_gets_one(team, damage, monkeypatch):
    damage(team)
    team.rebuild("--write", code=0)
    team.decides(row=5)
    monkeypatch.setenv("RELAY_NOW", "2026-11-27T10:00:00+09:00")

    assert team.send()["sent"] == 1
    assert team.send()["sent"] == 0
    assert team.received() == [SATO, SUZUKI, TAKAHASHI]
