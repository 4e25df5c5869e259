"""The page judges letters by the carrier that will take them, before it is opened."""

import pytest

from sheets_automation.core.reasons import Reason
from sheets_automation.jobs.send import Order, plan_run
from sheets_automation.service.gate import Actor, Visit
from sheets_automation.service.house import House
from tests.jobs.house import rejected
from tests.line.line_house import house_of

CONFIG = '[company]\nname = "株式会社みなと製作所"\n[sender]\naddress = "saiyo@example.com"\n'


@pytest.mark.parametrize(
    ("carrier", "reasons"), [("line:", [Reason.RESULT_NOT_BY_LINE]), ("outbox:outbox", []), ("", [])]
)
def test_the_plan_in_the_page_says_that_results_do_not_go_by_line(tmp_path, carrier, reasons):
    config = tmp_path / "relay.toml"
    config.write_text(CONFIG, encoding="utf-8")
    book = house_of(tmp_path, rejected("山田 太郎", "taro@example.com")).workbook()
    environ = {"RELAY_NOW": "2026-11-24T10:00:00+09:00"}
    room = House(workbook="", carrier=carrier, config=str(config), environ=environ).room(
        Visit(actor=Actor(name="花子")), "ja"
    )

    plan = plan_run(book, room.office.open_desk, room.office.new_run(), Order())

    assert [one.reason for one in plan.skipped()] == reasons
