"""A stop holds for scheduled runs, on Google, for what dead runs left behind, and costs no further question."""

import pytest

from sheets_automation.core.stops import SendingFrozen
from sheets_automation.jobs.freeze import flagged, freeze
from tests.commands.test_google_workbook import relay, store
from tests.fleet.fleet_house import FleetHouse, people, summary
from tests.jobs.house import no_news
from tests.jobs.interruptions import Interrupted

__all__ = ["relay", "store"]


def test_a_night_sends_nothing_from_a_frozen_workbook_and_calls_a_person(tmp_path):
    house = FleetHouse(tmp_path)
    house.add_file("minato", people(3, of="a"))
    house.add_file("kita", people(2, of="b"))
    (tmp_path / ".relay").mkdir(exist_ok=True)
    (tmp_path / ".relay" / "minato.xlsx.frozen").write_text('{"id": "1", "at": "", "by": "花子", "because": "止めて"}')

    lines = house.run("nightly")

    assert len(house.letters()) == 2
    (sending,) = [line for line in lines if line.get("workbook") == "minato" and line["errand"] == "send"]
    assert (sending["state"], sending["error"]) == ("needs_a_person", "sending_frozen")
    assert summary(lines)["failed"] == []
    assert "花子" not in str(lines)


def test_a_spreadsheet_is_frozen_by_a_command_and_by_a_cell(relay, store, tmp_path, google):
    assert relay("freeze", "--because", "宛先の取り違え")["recorded"]
    words = ("--carrier", f"outbox:{tmp_path / 'outbox'}", "--send")

    assert relay("send", *words, code=3)["error"]["name"] == "sending_frozen"
    assert relay("thaw", "--expect", "2")["stops"] == []

    assert relay("send", *words)["sent"] == 2
    listed = relay("incident", "--since", "2026/11/24")["letters"]
    assert [one["state"] for one in listed] == ["sent", "sent"]
    states = [row[store.look()["送信記録"][0].index("状態")] for row in store.look()["送信記録"][1:3]]
    assert states == ["送信停止", "停止解除"]


def test_what_a_dead_run_left_is_not_even_asked_about(house):
    class Died(BaseException):
        pass

    def die():
        raise Died

    with pytest.raises(Died):
        house.send(carrier=Interrupted.of(house, before_commit=die))
    later = house.later(hours=2)
    freeze(later.workbook(), later.desk, no_news, later.run(), flagged(later.run(), "止めて"))

    class Unasked(Interrupted):
        def resolve(self, claim):
            raise AssertionError("to ask LINE is to send")

    report = later.send(carrier=Unasked.of(later))

    assert isinstance(report.error, SendingFrozen)
    assert later.delivered() == []


def test_a_batch_reads_the_workbook_as_often_as_ever(house):
    workbook = house.workbook()
    reads = []
    read, append = workbook.read, workbook.append
    workbook.read = lambda: reads.append("read") or read()
    workbook.append = lambda facts: reads.append("append") or append(facts)
    carrier = house.outbox()
    carrier.batch_size = 1

    house.send(carrier=carrier, workbook=workbook)

    assert reads.count("read") == 1 + 5  # the plan, and once for each batch
