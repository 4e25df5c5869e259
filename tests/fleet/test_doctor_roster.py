"""`relay doctor --workbooks`: a line for each thing that a night needs of each workbook, whatever is wrong before."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import openpyxl
import pytest

from tests.fleet.fleet_house import CONFIG, HEADINGS, ROOT, FleetHouse, people
from tests.fleet.news_house import configuration
from tests.workbooks.google_people import GoogleStore

EACH = ["access", "headings", "secrets"]


@pytest.fixture
def house(tmp_path):
    return FleetHouse(tmp_path)


def doctor(house, *words, code=7, **environment):
    """Its lines: of each workbook the names of what was looked at, and what is wrong."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE", "RELAY_"))}
    command = [sys.executable, "-m", "sheets_automation.cli", "doctor", "--workbooks", "workbooks.toml", "--json"]
    done = subprocess.run(
        [*command, *words],
        cwd=house.folder,
        env={**plain, "PYTHONPATH": str(ROOT), **house.environment, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (code, "")
    return json.loads(done.stdout)["checks"]


def lines_of(found, workbook):
    return [(one["name"], one["ok"]) for one in found if one["workbook"] == workbook]


def wrong(found):
    return {(one["workbook"], one["name"]): one["text"] for one in found if not one["ok"]}


def test_a_roster_in_which_all_is_well_has_three_lines_for_each_workbook(house):
    house.add_file("minato", people(2))
    house.add_file("kita", people(1, of="b"))

    found = doctor(house, code=0)

    assert lines_of(found, "minato") == lines_of(found, "kita") == [(name, True) for name in EACH]
    assert house.letters() == []


def test_what_is_wrong_with_one_hides_nothing_of_the_next(house):
    house.add_file("broken", people(1))
    (house.folder / "broken.xlsx").write_bytes(b"no workbook")
    house.add_file("headless", people(1))
    book = openpyxl.load_workbook(house.folder / "headless.xlsx")
    book["候補者"]["B1"] = "連絡"
    book.save(house.folder / "headless.xlsx")
    house.clients.append(("gone", "gone.xlsx"))
    house.add_file("minato", people(2))

    found = doctor(house)

    assert set(wrong(found)) == {("broken", "access"), ("headless", "headings"), ("gone", "access")}
    assert lines_of(found, "minato") == [(name, True) for name in EACH]


def test_a_configuration_of_one_client_that_is_wrong_is_that_client_s_line(house):
    house.add_file("minato", people(1))
    house.add_file("kita", people(1))
    (house.folder / "kita.toml").write_text("[company\n")
    text = (house.folder / "workbooks.toml").read_text() + '\nconfig = "kita.toml"\n'
    (house.folder / "workbooks.toml").write_text(text)

    assert set(wrong(doctor(house))) == {("kita", "configuration")}


def test_keys_and_passwords_that_lack_are_told_for_each_workbook(house):
    (house.folder / "relay.toml").write_text(CONFIG + '[links]\nrefusal_url = "https://links.minato.example"\n')
    house.add_file("minato", people(1))
    house.add_file("kita", people(1))
    house.write_roster(more='links = "link-records"')

    assert set(wrong(doctor(house))) == {("minato", "secrets"), ("kita", "secrets")}
    assert wrong(doctor(house, code=0, RELAY_LINK_KEY="k" * 40)) == {}


def test_links_of_which_nobody_says_where_their_use_is_noted_are_told(house):
    (house.folder / "relay.toml").write_text(CONFIG + '[links]\nrefusal_url = "https://links.minato.example"\n')
    house.add_file("minato", people(1))

    found = wrong(doctor(house, RELAY_LINK_KEY="k" * 40))

    assert set(found) == {("minato", "links")}
    house.write_roster(more='jobs = ["sync", "send"]')
    assert wrong(doctor(house, code=0, RELAY_LINK_KEY="k" * 40)) == {}


NEWS = """
[follow_up]
wording = "2026-04"
address = "news@minato.example"
carrier = "outbox:news"
[links]
refusal_url = "https://links.minato.example"
"""


@pytest.mark.parametrize(
    ("right", "slip", "told"),
    [
        ('address = "news@minato.example"', 'address = ""', "follow_up.address"),
        ('carrier = "outbox:news"', 'carrier = "outbox:relay.toml"', "outbox"),
        ('carrier = "outbox:news"', "line = true", "RELAY_LINE_TOKEN"),
    ],
)
def test_what_the_job_of_follow_ups_lacks_is_told_where_the_roster_has_it(house, right, slip, told):
    config = configuration(NEWS)
    (house.folder / "relay.toml").write_text(config)
    house.add_file("minato", people(1))
    house.write_roster(more='jobs = ["follow-up"]')
    house.environment["RELAY_LINK_KEY"] = "k" * 40
    assert lines_of(doctor(house, code=0), "minato") == [
        (name, True) for name in ("access", "headings", "news", "secrets")
    ]
    (house.folder / "relay.toml").write_text(config.replace(right, slip))

    found = wrong(doctor(house))

    assert set(found) == {("minato", "news")}
    assert told in found["minato", "news"]
    house.write_roster(more='jobs = ["send"]')
    assert wrong(doctor(house, code=0)) == {}


def test_a_night_that_only_reads_mail_needs_a_carrier_too(house):
    house.add_file("minato", people(1))
    house.write_roster(carrier="", more='jobs = ["sync"]')

    assert set(wrong(doctor(house))) == {("minato", "secrets")}


def test_a_sheet_that_is_not_shared_is_told_and_the_next_is_looked_at(google, house):
    house.environment["RELAY_GOOGLE_EMULATOR_HOST"] = google.address
    house.clients += [("gone", "1" * 44), ("minato", GoogleStore(google, {"候補者": [HEADINGS, *people(1)]}).id)]
    house.write_roster(carrier="gmail:saiyo@minato.example")

    found = doctor(house)

    assert set(wrong(found)) == {("gone", "access")}
    assert lines_of(found, "minato") == [(name, True) for name in EACH]


def test_a_roster_that_is_wrong_is_told_as_ever(house):
    (house.folder / "workbooks.toml").write_text("[defaults\n")

    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    command = [sys.executable, "-m", "sheets_automation.cli", "doctor", "--workbooks", "workbooks.toml"]
    done = subprocess.run(
        command, cwd=house.folder, env={**plain, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )

    assert done.returncode == 2
