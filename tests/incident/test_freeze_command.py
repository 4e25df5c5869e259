"""`relay freeze` and `relay thaw` on a file that Excel or a run holds, and on a Google spreadsheet."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sheets_automation.wiring import Office
from sheets_automation.wiring_freeze import stop_flag

CONFIG = str(Path(__file__).parents[2] / "config" / "example.toml")


def excel_opens(book):
    """As Excel does: a hidden file beside the workbook."""
    lock = book.with_name(f"~${book.name}")
    lock.write_bytes(b"\x05Hanako" + b" " * 158)
    return lock


def send(relay, **how):
    return relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send", "--expect", "24", **how)


def test_a_frozen_file_sends_nothing_and_every_command_says_so(relay, say, book):
    frozen = relay("freeze", "book.xlsx", "--because", "宛先の取り違え")

    sent = send(relay, code=3)

    assert (frozen["recorded"], frozen["waiting"]) == (True, 24)
    assert (sent["error"]["name"], sent["planned"], sent["sent"]) == ("sending_frozen", 24, 0)
    assert "宛先の取り違え" in relay("status", "book.xlsx")["frozen"][0]
    assert "sending_frozen" in {one["name"] for one in relay("check", "book.xlsx", code=7)["problems"]}
    relay("preview", "book.xlsx", "--out", "letters.html")
    assert "宛先の取り違え" in Path("letters.html").read_text()
    assert "relay thaw book.xlsx" in say("freeze", "book.xlsx", "--because", "again").out


def test_a_file_that_is_open_in_excel_is_frozen_at_once_and_the_log_learns_of_it_later(relay, book):
    lock = excel_opens(book)

    frozen = relay("freeze", "book.xlsx", "--because", "急ぎ", code=7)

    assert (frozen["frozen"], frozen["recorded"], frozen["not_recorded"]["name"]) == (True, False, "workbook_busy")
    lock.unlink()
    assert send(relay, code=3)["error"]["name"] == "sending_frozen"
    thawed = relay("thaw", "book.xlsx", "--because", "済んだ")
    assert [one["because"] for one in thawed["was"]] == ["急ぎ", "急ぎ"]  # by the flag, and by the log
    assert thawed["stops"] == []
    assert send(relay)["sent"] == 24


def test_a_run_that_holds_the_file_sees_the_flag_with_its_next_look(relay, book):
    office = Office.open(CONFIG, "book.xlsx")
    with closing(office.open_workbook("book.xlsx", exclusive=True)) as workbook:
        before = workbook.read()
        relay("freeze", "book.xlsx", "--because", "止めて", code=7)

        assert before.stop is None
        assert workbook.read().stop.because == "止めて"


@pytest.mark.parametrize("text", ["", "{", '{"id": 1}', "\0" * 50])
def test_a_flag_that_nobody_can_read_stops_too_and_can_be_taken_away(relay, book, text):
    (book.parent / ".relay").mkdir()
    (book.parent / ".relay" / "book.xlsx.frozen").write_text(text)

    assert send(relay, code=3)["error"]["name"] == "sending_frozen"
    send(relay, code=3)
    assert relay("thaw", "book.xlsx", "--because", "確かめた")["stops"] == []
    assert send(relay)["sent"] == 24


def test_a_flag_that_cannot_be_read_stops_for_no_longer_than_that(relay, book):
    unreadable = book.parent / ".relay" / "book.xlsx.frozen"
    unreadable.mkdir(parents=True)  # a drive that fails for a moment refuses in the same way

    assert "cannot be read" in send(relay, code=3)["error"]["text"]
    unreadable.rmdir()

    assert send(relay)["sent"] == 24


def test_a_flag_that_was_set_while_somebody_thawed_stays(relay, book):
    flag = stop_flag("book.xlsx")
    relay("freeze", "book.xlsx", "--because", "one")
    read_by_the_thawing_run = flag.read()
    flag.put(replace(read_by_the_thawing_run, id="another", because="two"))

    flag.take_away(read_by_the_thawing_run)

    assert flag.read().because == "two"
    assert send(relay, code=3)["error"]["name"] == "sending_frozen"


def test_a_workbook_that_is_not_there_is_not_frozen(relay, tmp_path):
    assert relay("freeze", "nobody.xlsx", "--because", "x", code=4)["error"]["name"] == "workbook_not_found"
    assert not (tmp_path / ".relay").exists()
