"""`relay send` on a Google spreadsheet by Gmail, as a real process over real HTTP: its calls, and big sheets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from math import ceil

import pytest

from tests.kill.world import CONFIG, HEADINGS
from tests.workbooks.google_people import GoogleStore

MAILBOX = "saiyo@minato.example"
NOW = "2026-11-24T10:00:00+09:00"


def rejected(number):
    return [f"佐藤 {_name(number)}", f"sato{number}@example.com", "営業職", "不採用", "2026/11/18"]


def in_selection(number):
    return [f"鈴木 {_name(number)}", f"suzuki{number}@example.com", "営業職", "選考中", None]


def _name(number):
    """A name of kanji alone, another one for each number."""
    return "".join("花学葵光誠空海陸翔蓮"[int(digit)] for digit in str(number))


def store_with(google, *, due, waiting):
    rows = [HEADINGS, *map(rejected, range(due)), *map(in_selection, range(waiting))]
    return GoogleStore(google, {"候補者": rows})


@pytest.fixture
def config(tmp_path):
    """The example, for a quota that nobody has to wait for: pacing is tested where the clock can be moved."""
    path = tmp_path / "relay.toml"
    text = CONFIG.read_text(encoding="utf-8")
    path.write_text(text.replace("units_per_minute = 6000 ", "units_per_minute = 100000 "), encoding="utf-8")
    return path


@pytest.fixture
def relay(google, config):
    """The command in a process of its own."""

    def run(store, *words):
        return _run(google, store, config, *words)

    return run


def _run(google, store, config, *words):
    environment = {**os.environ, "RELAY_GOOGLE_EMULATOR_HOST": google.address, "RELAY_NOW": NOW}
    command = [
        sys.executable,
        "-m",
        "sheets_automation.cli",
        "send",
        f"https://docs.google.com/spreadsheets/d/{store.id}",
    ]
    command += ["--config", str(config), "--carrier", f"gmail:{MAILBOX}", "--json", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)


def calls_of(google):
    """HTTP calls: to Sheets, and to Gmail; a batch is one."""
    calls = [call for call in google.control.calls() if not call["part"]]
    sheets = [call for call in calls if call["method"].startswith("sheets.")]
    gmail = [call for call in calls if call["method"].startswith(("gmail.", "batch"))]
    return len(sheets), len(gmail)


@pytest.mark.parametrize("letters", [1, 50, 51, 120])
def test_a_run_keeps_its_budget_of_calls(google, relay, letters):
    store = store_with(google, due=letters, waiting=20)
    google.control.forget_calls()

    code, document = relay(store, "--send", "--expect", str(letters))

    sheets, gmail = calls_of(google)
    batches = ceil(letters / 50)
    assert (code, document["sent"]) == (0, letters)
    assert sheets <= 3 + 2 * batches
    assert gmail <= letters + batches + 3


def test_a_run_with_nothing_to_send_reads_once(google, relay):
    store = store_with(google, due=3, waiting=3)
    relay(store, "--send")
    google.control.forget_calls()

    code, document = relay(store, "--send")

    assert (code, document["sent"]) == (0, 0)
    assert calls_of(google) == (1, 0)


def test_a_dry_run_reads_once_and_asks_gmail_nothing(google, relay):
    store = store_with(google, due=3, waiting=3)
    google.control.forget_calls()

    code, document = relay(store)

    assert (code, document["planned"]) == (0, 3)
    assert calls_of(google) == (1, 0)


def test_a_sheet_of_twenty_thousand_rows_is_worked_through_inside_the_quotas(google, relay):
    google.control.quotas(enabled=True)
    store = store_with(google, due=50, waiting=19_950)

    code, document = relay(store, "--send")

    refused = [call for call in google.control.calls() if call["status"] == 429]
    assert (code, document["sent"], refused) == (0, 50, [])
    head, *rows = store.look()["候補者"]
    column = head.index("通知状況")
    assert [row[column] for row in rows[:50]] == ["送信済み"] * 50


def test_the_letters_left_from_the_mailbox_to_the_people_of_their_rows(google, relay):
    store = store_with(google, due=2, waiting=1)

    relay(store, "--send")

    letters = google.control.ledger()
    assert sorted(address for letter in letters for address in letter["recipients"]) == [
        "sato0@example.com",
        "sato1@example.com",
    ]
    assert {letter["mailbox"] for letter in letters} == {MAILBOX}
