"""`relay incident`: the list, the draft of the report, and the apologies, by the real commands."""

import csv
from pathlib import Path

import pytest

from sheets_automation.cli import main
from sheets_automation.service.public_spool import FileSpool
from tests.commands.conftest import CONFIG
from tests.public.collecting import refusal
from tests.public.links_house import KEY

WHY = "並べ替えの誤りで、送り先を取り違えました。"


@pytest.fixture
def sent(relay, book):
    relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send", "--expect", "24")
    relay("freeze", "book.xlsx", "--because", "別の方に届いた")
    return book


def test_the_list_says_who_got_what_and_what_the_row_says_now(relay, sent):
    found = relay("incident", "book.xlsx", "--since", "2026/11/24 9:00", "--csv", "list.csv", "--lang", "ja")

    with Path("list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(found["letters"]) == len(rows) == 24
    assert {one["state"] for one in found["letters"]} == {"sent"}
    assert all(one["to"] == one["address_now"] for one in found["letters"])
    assert rows[0]["宛先"] == found["letters"][0]["to"]
    assert Path("list.csv").stat().st_mode & 0o077 == 0


def test_what_left_before_the_moment_is_not_listed(relay, sent):
    assert relay("incident", "book.xlsx", "--since", "10:01")["letters"] == []
    assert len(relay("incident", "book.xlsx", "--since", "9:59")["letters"]) == 24


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", ["report.html", "report.md"])
def test_the_report_counts_and_names_nobody(relay, sent, language, name):
    found = relay("incident", "book.xlsx", "--since", "9:00", "--report", name, "--lang", language)

    report = Path(name).read_text()
    assert not any(one["to"] in report or one["name_now"] in report for one in found["letters"])
    assert not any(one["candidate_id"] in report for one in found["letters"])
    assert "24" in report
    assert "2026/11/26 – 2026/11/28" in report  # the third and the fifth day, the first one counted
    assert ("すべての送信を止めた" if language == "ja" else "All sending was stopped") in report


def test_the_deadlines_count_from_when_it_became_known(relay, sent):
    relay("incident", "book.xlsx", "--since", "9:00", "--aware", "2026/12/01", "--report", "report.md", "--lang", "ja")

    report = Path("report.md").read_text()
    assert "2026/12/03 – 2026/12/05" in report
    assert "| 2026/12/30 |" in report
    assert "| 2027/01/29 |" in report


def test_apologies_are_shown_first_and_go_by_their_number_although_others_are_stopped(relay, sent):
    words = ("incident", "book.xlsx", "--since", "9:00", "--explain", WHY, "--carrier", "outbox:outbox")
    plan = relay(*words, code=3)
    held = relay(*words, "--send", "--expect", "24", code=3)

    assert plan["apologies"]["planned"] == 24
    assert plan["error"]["name"] == held["error"]["name"] == "sending_frozen"

    done = relay(*words, "--send", "--expect", "24", "--although-frozen")
    again = relay(*words, "--send", "--expect", "0", "--although-frozen")

    assert (done["apologies"]["sent"], again["apologies"]["sent"]) == (24, 0)
    listed = relay("incident", "book.xlsx", "--since", "9:00")["letters"]
    assert {one["apology"] for one in listed} == {"sent"}
    assert len(listed) == 24
    assert relay("status", "book.xlsx")["frozen"]


def test_whom_somebody_has_told_by_telephone_gets_no_apology(relay, sent):
    first = relay("incident", "book.xlsx", "--since", "9:00")["letters"][0]["candidate_id"]

    relay("settle", "book.xlsx", first, "--apology", "--sent", "--note", "電話でお詫び")

    words = ("incident", "book.xlsx", "--since", "9:00", "--explain", WHY, "--carrier", "outbox:outbox")
    assert relay(*words, code=3)["apologies"]["planned"] == 23
    listed = {one["candidate_id"]: one["apology"] for one in relay(*words[:4])["letters"]}
    assert listed.pop(first) == "sent"
    assert "sent" not in listed.values()


def test_whoever_has_refused_by_a_link_since_gets_no_apology(relay, sent, monkeypatch):
    monkeypatch.setenv("RELAY_LINK_KEY", KEY)
    config = Path(CONFIG).read_text(encoding="utf-8").replace('records = ""', 'records = "link-records"', 1)
    Path("relay.toml").write_text(config, encoding="utf-8")
    first = relay("incident", "book.xlsx", "--since", "9:00")["letters"][0]["to"]
    FileSpool(Path("link-records")).keep(refusal(first, key=KEY))

    words = ("incident", "book.xlsx", "--since", "9:00", "--explain", WHY, "--carrier", "outbox:outbox", "--send")
    done = relay(*words, "--expect", "23", "--although-frozen", config="relay.toml")["apologies"]

    assert (done["sent"], first in {one["to"] for one in done["letters"]}) == (23, False)


def test_to_send_without_a_number_or_by_line_is_refused(relay, sent, capsys):
    words = ("incident", "book.xlsx", "--since", "9:00", "--explain", WHY, "--send")

    assert relay(*words, "--carrier", "outbox:outbox", code=2)["error"]["name"] == "configuration"
    assert relay(*words, "--carrier", "line:", "--expect", "24", code=2)["error"]["name"] == "configuration"
    Path("relay.toml").write_text('[sender]\naddress = "saiyo@minato.example"\ncarrier = "line:"\n', encoding="utf-8")
    assert main([*words, "--config", "relay.toml", "--expect", "24", "--lang", "en"]) == 2
    assert "not by LINE" in capsys.readouterr().err


def test_a_letter_of_ones_own_may_speak_of_nothing_in_a_row(relay, sent):
    Path("apology.ja.md").write_text("件名: お詫び\n\n{{ 氏名 }}様\n\n{{ 経緯 }}\n")

    words = ("incident", "book.xlsx", "--since", "9:00", "--explain", WHY, "--letter", "apology.ja.md")

    assert "氏名" in relay(*words, "--lang", "ja", code=5)["error"]["text"]


@pytest.mark.parametrize(("option", "name"), [("--csv", "book.xlsx"), ("--report", "list.csv")])
def test_no_file_of_another_kind_is_written_over(relay, sent, option, name):
    before = sent.read_bytes()

    assert relay("incident", "book.xlsx", "--since", "9:00", option, name, code=2)["error"]["name"] == "configuration"
    assert sent.read_bytes() == before


def test_a_moment_that_nobody_can_read_is_refused(relay, book):
    assert relay("incident", "book.xlsx", "--since", "yesterday", code=2)["error"]["name"] == "configuration"


def test_people_see_the_list_and_what_comes_next(say, sent):
    out = say("incident", "book.xlsx", "--since", "9:00", "--lang", "ja").out

    assert "送ったメール 24 通" in out
    assert "すべての送信を止めました" in out
    assert "--explain" in out
