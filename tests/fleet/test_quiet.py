"""What a quiet night does without: whatever only a letter needs is imported when there is one."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.fleet.fleet_house import HEADINGS, NOW, FleetHouse, people
from tests.google.somebody import RUNTIME
from tests.workbooks.google_people import GoogleStore

FOR_LETTERS = (
    "jinja2",
    "markdown_it",
    "linebot",
    "smtplib",
    "opentelemetry",
    "rich.console",
    "gspread",
    "sheets_automation.core.lint",
    "sheets_automation.core.message",
    "sheets_automation.jobs.deliver",
)
FOR_KEYS = ("cryptography", "google.oauth2.service_account", "asyncio")


@pytest.fixture
def house(tmp_path):
    return FleetHouse(tmp_path)


def imported(house):
    """The modules that `relay run send` imports, as Python itself tells."""
    process = house.start("send", PYTHONPROFILEIMPORTTIME="1")
    _, told = process.communicate(timeout=60)
    assert process.returncode == 0
    return {line.rpartition("|")[2].strip() for line in told.splitlines()}


def test_a_night_without_letters_imports_nothing_that_only_letters_need(house):
    house.add_file("minato", [["佐藤 花", "sato@example.com", "営業職", "選考中", ""]])

    assert imported(house) & set(FOR_LETTERS) == set()


def test_a_night_with_a_letter_does(house):
    house.add_file("minato", people(1))

    assert {"jinja2", "markdown_it"} <= imported(house)


def test_on_cloud_run_a_quiet_sheet_is_opened_by_one_question_and_without_what_keys_need(google, house):
    google.control.freeze(datetime.fromisoformat(NOW))
    google.control.instance_account(RUNTIME)
    store = GoogleStore(google, {"候補者": [HEADINGS, ["佐藤 花", "sato@example.com", "営業職", "選考中", ""]]})
    google.control.share(store.id, RUNTIME)
    house.clients.append(("minato", store.id))
    house.write_roster(carrier="gmail:saiyo@minato.example")
    with (house.folder / "relay.toml").open("a", encoding="utf-8") as config:
        config.write(f'[google]\nsign_in = "keyless"\nmailer = "{RUNTIME}"\n')
    house.environment |= {"CLOUD_RUN_JOB": "relay-send", "RELAY_GOOGLE_EMULATOR_HOST": google.address}
    house.run("send")  # the first night draws our tabs
    google.control.forget_calls()

    found = imported(house)

    assert [call["method"] for call in google.control.calls()] == ["metadata", "sheets.spreadsheets.get"]
    assert found & {*FOR_LETTERS, *FOR_KEYS} == set()
