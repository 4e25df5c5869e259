"""A night takes in what the LINE webhook heard, before anything is sent."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import openpyxl
import pytest

from sheets_automation.core.line_codes import line_code
from sheets_automation.core.line_records import LineRecord, LineSource, LineUse, to_line
from tests.fleet.fleet_house import CONFIG, NOW, FleetHouse, people, summary
from tests.line_server.account import user

KEY = "k" * 40


@pytest.fixture
def house(tmp_path):
    house = FleetHouse(tmp_path)
    house.environment["RELAY_LINK_KEY"] = KEY
    house.add_file("minato", people(2))
    house.write_roster(more='line_records = "heard"')
    (tmp_path / "heard").mkdir()
    return house


def first_person(house):
    """The id and the address of whoever stands first."""
    rows = openpyxl.load_workbook(house.folder / "minato.xlsx")["候補者"].iter_rows(values_only=True)
    headings, first = list(next(rows)), list(next(rows))
    return first[headings.index("候補者ID")], first[headings.index("メールアドレス")]


def webhook_heard(house, use, source, code="", minutes=0):
    record = LineRecord(
        at=datetime.fromisoformat(NOW) + timedelta(minutes=minutes),
        use=use,
        source=source,
        event_id=f"01{minutes:024d}",
        user_id=user(1),
        code=code,
    )
    with (house.folder / "heard" / "line-2026-11-24.jsonl").open("a") as file:
        file.write(to_line(record) + "\n")


def test_a_night_takes_in_links_and_their_ends_and_names_nobody(house):
    house.run("nightly")
    candidate_id, address = first_person(house)
    webhook_heard(house, LineUse.LINK, LineSource.MESSAGE, code=line_code(candidate_id, address, 0, KEY))

    linked = house.run("nightly", RELAY_NOW="2026-11-25T10:00:00+09:00")
    webhook_heard(house, LineUse.UNLINK, LineSource.UNFOLLOW, minutes=5)
    ended = house.run("nightly", RELAY_NOW="2026-11-26T10:00:00+09:00")

    assert [summary(lines)["counts"]["line_linked"] for lines in (linked, ended)] == [1, 0]
    assert [summary(lines)["counts"]["line_ended"] for lines in (linked, ended)] == [0, 1]
    assert user(1) not in json.dumps([linked, ended])


def test_a_record_that_is_cut_off_needs_a_person(house):
    (house.folder / "heard" / "line-2026-11-24.jsonl").write_text('{"line": "link", "at"\n')

    needed = summary(house.run("nightly"))["needs_a_person"]

    assert {"workbook": "minato", "errand": "collect-line"} in needed


def test_an_account_of_which_nobody_says_where_its_chats_are_noted_needs_a_person(house):
    house.write_roster()
    (house.folder / "relay.toml").write_text(CONFIG + '[line]\naccount = "@minato"\n', encoding="utf-8")

    needed = summary(house.run("collect-line"))["needs_a_person"]

    assert needed == [{"workbook": "minato", "errand": "collect-line", "error": "configuration"}]


@pytest.mark.parametrize("job", ["nightly", "send"])
def test_records_without_the_key_of_the_codes_are_told_and_nobody_is_written_to(house, job):
    webhook_heard(house, LineUse.LINK, LineSource.MESSAGE, code="LBCDFGHJKM")

    told = summary(house.run(job, RELAY_LINK_KEY=""))

    assert told["failed"] == [{"workbook": "minato", "errand": "collect-line", "error": "configuration"}]
    assert {"workbook": "minato", "errand": "send", "error": "refusals_unknown"} in told["needs_a_person"]
    assert house.letters() == []
