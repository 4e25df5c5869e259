"""The log is lost and rebuilt from the outbox: news that goes once goes once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from sheets_automation.carriers.outbox_sent import OutboxSentLetters
from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.log_rows import read_events
from sheets_automation.core.reasons import Reason
from sheets_automation.jobs.rebuild_log import plan_rebuild, rebuild_log
from tests.follow_up.house import NewsHouse, campaign, past

SATO = ("佐藤 花", "sato@example.com")
LATER = 203


def loses_its_log_and_rebuilds_it(house):
    del house.file.sheets["送信記録"]
    workbook = house.workbook()
    letters = OutboxSentLetters(house.folder, lambda _raw: "")
    plan = plan_rebuild(workbook, letters, house.news_desk, house.run(), timedelta(days=365))
    rebuild_log(workbook, plan, house.run())


def is_of_an_earlier_version(house):
    """Its letters do not say by which template they were written."""
    for path in (house.folder / "new").iterdir():
        path.write_bytes(re.sub(rb"X-Relay-Delivery: [^\n]*\n", b"", path.read_bytes()))


def claims(house):
    events = read_events(house.workbook().read().tables["送信記録"])
    return [(one.key.kind.value, one.key.cycle, one.template) for one in events if one.kind is EventKind.PREPARED]


def test_a_rebuilt_log_knows_which_news_it_was(tmp_path):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.send_news()

    loses_its_log_and_rebuilds_it(house)

    assert claims(house) == [("follow_up", 1, "check_in.ja")]


@pytest.mark.parametrize("is_old", [False, True])
def test_news_that_goes_once_does_not_go_again_after_the_log_was_rebuilt(tmp_path, is_old):
    house = NewsHouse.of(tmp_path, [past(*SATO)])
    house.send_news()
    if is_old:
        is_of_an_earlier_version(house)

    loses_its_log_and_rebuilds_it(house)
    later = house.later(days=LATER)

    assert later.reasons() == {"佐藤 花": Reason.FOLLOW_UP_HAD}
    later.send_news()
    assert len(list((house.folder / "new").iterdir())) == 1


@pytest.mark.parametrize(("is_old", "due"), [(False, {"佐藤 花": "会社だより"}), (True, {})])
def test_other_news_goes_on_only_where_the_log_knows_which_they_had(tmp_path, is_old, due):
    house = NewsHouse.of(tmp_path, [past(*SATO)], campaign(), campaign("会社だより", "会社だより"))
    house.send_news()
    if is_old:
        is_of_an_earlier_version(house)

    loses_its_log_and_rebuilds_it(house)

    assert house.later(days=LATER).due() == due
