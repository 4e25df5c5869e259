"""`relay run` over Google spreadsheets: what it costs in calls, and the note that spares two runs the same work."""

from __future__ import annotations

import json
import signal
import time
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from google.oauth2.credentials import Credentials

from sheets_automation.core.errors import WorkbookBusy
from sheets_automation.google.transport import Caller
from sheets_automation.workbooks.google_client import SheetsClient
from sheets_automation.workbooks.google_lease import GoogleLease, _created
from tests.fleet.fleet_house import HEADINGS, NOW, FleetHouse, people, summary
from tests.workbooks.google_people import GoogleStore

MAILBOX = "saiyo@minato.example"
READ, WRITE = "sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate"


@pytest.fixture
def house(google, tmp_path):
    google.control.freeze(datetime.fromisoformat(NOW))
    house = FleetHouse(tmp_path)
    house.environment["RELAY_GOOGLE_EMULATOR_HOST"] = google.address
    return house


@pytest.fixture
def add(google, house):
    """Adds a spreadsheet to the roster; its store."""

    def add(name, rows):
        store = GoogleStore(google, {"候補者": [HEADINGS, *rows]})
        house.clients.append((name, store.id))
        house.write_roster(carrier=f"gmail:{MAILBOX}")
        return store

    return add


def sheets_calls(google):
    return [call["method"] for call in google.control.calls() if call["method"].startswith("sheets.")]


def received(google):
    return sorted(address for letter in google.control.ledger() for address in letter["recipients"])


def lease_on(google, store, holder, now=NOW):
    client = SheetsClient(store.id, Caller(Credentials(token="owner"), google.address), sleep=lambda _: None)
    return GoogleLease(client, holder, clock=lambda: datetime.fromisoformat(now), lasts=timedelta(minutes=15))


def test_a_sheet_with_nothing_to_send_costs_one_call_of_sheets_and_none_of_gmail(google, house, add):
    add("minato", people(2))
    house.run("send")
    google.control.forget_calls()

    house.run("send")

    assert sheets_calls(google) == [READ]
    assert [call for call in google.control.calls() if call["method"].startswith("gmail.")] == []


def test_a_night_over_several_spreadsheets_sends_each_letter_once(google, house, add):
    for name in ("a", "b", "c"):
        add(name, people(4, of=name))

    lines = house.run("nightly")

    assert len(received(google)) == len(set(received(google))) == 12
    assert summary(lines)["failed"] == []


def test_a_task_that_is_asked_to_stop_while_gmail_holds_it_back_sends_nothing_more(google, house, add):
    add("minato", people(3))
    google.control.quotas(enabled=True, gmail_user=200)
    running = house.start("send")
    while not [call for call in google.control.calls() if call["status"] == 429]:
        time.sleep(0.05)
    sent = received(google)

    running.send_signal(signal.SIGTERM)
    out, _ = running.communicate(timeout=120)

    assert running.returncode == 8
    assert json.loads(out.splitlines()[-1])["not_reached"] == [{"workbook": "minato", "errand": "send"}]
    assert received(google) == sent
    google.control.quotas(enabled=False)
    google.control.advance(7200)
    house.run("send", RELAY_NOW="2026-11-24T12:00:00+09:00")
    assert len(received(google)) == len(set(received(google))) == 3


def test_the_note_is_taken_away_when_the_work_is_done(google, house, add):
    store = add("minato", people(2))

    house.run("send")

    lease_on(google, store, "R2").take()


def test_a_sheet_at_which_somebody_is_at_work_is_left_to_them(google, house, add):
    store = add("minato", people(2))
    lease_on(google, store, "R2").take()

    lines = house.run("send")

    assert summary(lines)["busy"] == [{"workbook": "minato", "errand": "send", "error": "workbook_busy"}]
    assert received(google) == []


def test_a_note_that_is_too_old_holds_nobody_up(google, house, add):
    store = add("minato", people(2))
    lease_on(google, store, "R2", now="2026-11-24T09:00:00+09:00").take()

    assert summary(house.run("send"))["counts"]["sent"] == 2


def test_of_two_who_want_the_note_one_gets_it(google, house, add):
    store = add("minato", people(1))
    first, second = lease_on(google, store, "R1"), lease_on(google, store, "R2")

    with closing(first), closing(second):
        first.take()
        with pytest.raises(WorkbookBusy):
            second.take()
        second.release()
        with pytest.raises(WorkbookBusy):
            second.take()
        first.release()
        second.take()


def test_a_note_that_nobody_can_read_holds_nobody_up(google, house, add):
    store = add("minato", people(1))
    lease = lease_on(google, store, "R1")
    lease._client.write([_created("not JSON")])

    lease.take()


def test_two_executions_at_once_send_nothing_twice(google, house, add):
    for name in ("a", "b"):
        add(name, people(6, of=name))

    both = [house.start("send"), house.start("send")]
    for process in both:
        process.communicate(timeout=120)

    google.control.advance(7200)
    house.run("send", RELAY_NOW="2026-11-24T12:00:00+09:00")
    assert len(received(google)) == len(set(received(google))) == 12


def test_a_sheet_that_is_not_shared_is_told_and_the_others_go_on(google, house, add):
    add("minato", people(2))
    house.clients.append(("gone", "1" * 44))
    house.write_roster(carrier=f"gmail:{MAILBOX}")

    lines = house.run("send")

    assert summary(lines)["failed"] == [{"workbook": "gone", "errand": "send", "error": "workbook_not_found"}]
    assert len(received(google)) == 2


def test_a_mailbox_that_may_send_no_more_today_is_left_alone_by_the_workbooks_after_it(google, house, add):
    google.control.edit("add_mailbox", address=MAILBOX, daily_messages=2)
    for name, number in (("a", 4), ("b", 3), ("c", 2)):
        add(name, people(number, of=name))
    with (house.folder / "workbooks.toml").open("a", encoding="utf-8") as roster:
        roster.write('\ncarrier = "outbox:outbox"\n')

    lines = house.run("send")

    told = {line["workbook"]: line.get("error") for line in lines if line.get("errand") == "send"}
    assert told == {"a": "mail_cap_reached", "b": "mail_cap_reached", "c": None}
    assert (len(received(google)), len(house.letters())) == (2, 2)
    assert len([call for call in google.control.calls() if call["method"] == "gmail.users.drafts.create"]) == 4
