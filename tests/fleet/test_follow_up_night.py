"""A night of a company that sends news: what it reads before, what it sends, and what it tells."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.fleet.fleet_house import NOW, summary
from tests.fleet.news_house import news_house
from tests.follow_up.house import campaign, past

SATO = "sato@example.com"


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
