"""A night of a company that sends news: what it reads before, what it sends, and what it tells."""

from __future__ import annotations

from datetime import datetime

import pytest
from xlsxwriter import Workbook

from sheets_automation.core.line_codes import line_code
from sheets_automation.core.line_records import LineSource, LineUse
from tests.fleet.fleet_house import NOW, FleetHouse, summary
from tests.fleet.news_house import KEY, configuration, news_house
from tests.fleet.test_collect_line import first_person, webhook_heard
from tests.follow_up.house import campaign, past, plan_sheet
from tests.line_server.account import TOKEN, user
from tests.line_server.server import LineServer

SATO = "sato@example.com"
BOTH_WAYS = """
[follow_up]
wording = "2026-04"
address = "news@minato.example"
line = true
[links]
refusal_url = "https://links.minato.example/u"
[line]
account = "@minato"
"""


@pytest.fixture
def wait(google):
    """The clock of Google stands where that of the house does."""
    google.control.freeze(datetime.fromisoformat(NOW))


def line_of(lines, errand):
    return next(line for line in lines if line.get("errand") == errand)


@pytest.mark.usefixtures("wait")
def test_what_comes_back_to_the_mailbox_of_news_is_read_as_well(google, tmp_path):
    house, _ = news_house(google, tmp_path, [past("佐藤 花", SATO)])
    for mailbox in ("saiyo@minato.example", "news@minato.example"):
        google.control.edit("add_mailbox", address=mailbox, search_delay=0)
    assert summary(house.run("nightly"))["counts"]["sent"] == 1
    google.control.edit("reply", to=SATO)

    lines = house.run("nightly")

    assert line_of(lines, "sync")["counts"] == {"bounced": 0, "replied": 1}


@pytest.mark.usefixtures("wait")
def test_a_row_of_the_plan_that_cannot_be_followed_needs_a_person(google, tmp_path):
    broken = campaign("新しい求人", "新しい求人のご案内", 比べ方1="ひかく")
    house, _ = news_house(google, tmp_path, [past("佐藤 花", SATO)], broken, campaign())

    lines = house.run("nightly")

    assert summary(lines)["needs_a_person"] == [{"workbook": "minato", "errand": "follow-up"}]
    counts = line_of(lines, "follow-up")["counts"]
    assert (counts["sent"], counts["campaign_problems"]) == (1, 1)


@pytest.fixture
def by_both_ways(tmp_path):
    """Two people who agreed to news by LINE first, of whom one has linked a chat; and the phones."""
    house = FleetHouse(tmp_path)
    house.add_file("minato", [])
    people = [past("佐藤 花", SATO), past("鈴木 一郎", "suzuki@example.com")]
    with Workbook(tmp_path / "minato.xlsx") as book:
        for title, grid in (
            ("候補者", [list(people[0]), *(list(one.values()) for one in people)]),
            ("フォロー計画", plan_sheet([campaign(送信手段="LINE優先")]).grid()),
        ):
            sheet = book.add_worksheet(title)
            for number, row in enumerate(grid):
                sheet.write_row(number, 0, row)
    (tmp_path / "relay.toml").write_text(configuration(BOTH_WAYS), encoding="utf-8")
    house.write_roster(more='line_records = "heard"\njobs = ["collect-line", "send", "follow-up"]')
    (tmp_path / "heard").mkdir()
    with LineServer().running() as server:
        server.account.friends.add(user(1))
        house.environment |= {"RELAY_LINK_KEY": KEY, "RELAY_LINE_TOKEN": TOKEN, "RELAY_LINE_API_HOST": server.place}
        house.run("send")  # the ids stand in the sheet now
        candidate_id, address = first_person(house)
        webhook_heard(house, LineUse.LINK, LineSource.MESSAGE, code=line_code(candidate_id, address, 0, KEY))
        yield house, server


def test_one_part_of_a_plan_goes_by_mail_and_the_other_by_line(by_both_ways):
    house, server = by_both_ways

    lines = house.run("nightly")

    assert [address.endswith("<suzuki@example.com>") for address in house.letters()] == [True]
    assert [to for to, _ in server.account.delivered] == [user(1)]
    assert line_of(lines, "follow-up")["counts"]["sent"] == 2
    assert summary(house.run("nightly"))["counts"].get("sent", 0) == 0


def test_what_stops_news_by_one_way_keeps_none_of_the_other(by_both_ways):
    house, _ = by_both_ways

    lines = house.run("nightly", RELAY_LINE_TOKEN="")

    assert summary(lines)["failed"] == [{"workbook": "minato", "errand": "follow-up", "error": "carrier_access"}]
    assert [address.endswith("<suzuki@example.com>") for address in house.letters()] == [True]
    assert line_of(lines, "follow-up")["counts"]["sent"] == 1
