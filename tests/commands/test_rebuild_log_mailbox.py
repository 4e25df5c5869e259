"""Which letters of a mailbox or an outbox count: those that left from it, for this workbook, and no others."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from tests.commands.rebuild_house import (
    LOG,
    MAILBOX,
    SATO,
    SUZUKI,
    OnExcel,
    OnGoogle,
    deletes_the_tab,
)


@pytest.fixture
def team(google, relay, monkeypatch):
    team = OnGoogle(google, relay, monkeypatch)
    team.send()
    return team


@pytest.fixture
def outbox(relay, tmp_path):
    team = OnExcel(tmp_path, relay)
    team.send()
    return team


def raw_letter(team, address):
    letter = next(one for one in team.google.control.ledger() if address in one["recipients"])
    return base64.b64decode(letter["raw"]).decode()


def test_a_letter_that_somebody_sends_to_us_under_our_headers_is_none_of_ours(team):
    forged = raw_letter(team, SATO)
    team.loses_the_letter(SATO)
    deletes_the_tab(team)
    team.google.control.edit("receive", mailbox=MAILBOX, raw=forged)

    done = team.rebuild("--write", code=7)

    assert [one["to"] for one in done["restored"]] == [SUZUKI]
    assert len(done["held"]) == 1


def test_a_letter_in_the_bin_left_all_the_same(team):
    deletes_the_tab(team)
    team.google.control.edit("trash_message", mailbox=MAILBOX, to=SATO)

    done = team.rebuild("--write")

    assert {one["to"] for one in done["restored"]} == {SATO, SUZUKI}


def test_letters_of_another_workbook_in_the_same_mailbox_are_not_taken(team, google, relay, monkeypatch):
    other = OnGoogle(google, relay, monkeypatch)
    deletes_the_tab(team)
    other.store.edit("add_sheet", title=LOG)

    done = other.rebuild()

    assert (done["foreign"], done["restored"], done["is_whole"]) == (2, [], True)


def test_a_letter_of_this_workbook_to_somebody_whose_row_is_gone_keeps_them_from_a_second_one(team):
    with team.hands() as tabs:
        del tabs[LOG]
        row = tabs["候補者"].pop(2)
    team.rebuild("--write")
    with team.hands() as tabs:
        tabs["候補者"].append(row)

    assert team.send()["sent"] == 0
    assert team.reasons()[5] == "person_already_told"


def test_of_a_result_nobody_can_tell_any_more_by_which_template_it_was_written(team):
    """Its name may say what the candidate was not to be told, so the letter does not carry it."""
    deletes_the_tab(team)

    team.rebuild("--write")

    assert {row["文面"] for row in team.facts("準備")} == {None}


def test_a_sample_is_nobodys_letter(team):
    team.decides("takahashi@example.com", day="2026/11/20")
    team.run("send", "--carrier", team.carrier, "--test-to", "chief@minato.example", "--send")
    deletes_the_tab(team)

    done = team.rebuild(code=7)

    assert {one["to"] for one in done["restored"]} == {SATO, SUZUKI}
    assert done["unknown"] == 0


def test_a_sample_alone_is_no_sign_of_damage(team):
    team.decides("takahashi@example.com", day="2026/11/20")
    team.run("send", "--carrier", team.carrier, "--test-to", "chief@minato.example", "--send")

    assert team.rebuild()["is_whole"]


def test_a_bounce_is_read_again_by_sync(team):
    team.google.control.edit("add_mailbox", address=MAILBOX, search_delay=0)
    team.google.control.edit("bounce", to=SATO, style="gmail_ja")
    team.run("sync", "--carrier", team.carrier, code=7)
    deletes_the_tab(team)
    team.rebuild("--write")

    found = team.run("sync", "--carrier", team.carrier, code=7)

    assert found["bounced"] == 1
    assert team.reasons()[3] == "address_bounced"


def test_a_mailbox_that_has_sent_nothing_proves_nothing(team):
    deletes_the_tab(team)

    done = team.run("rebuild-log", "--carrier", "gmail:other@minato.example", "--write", code=7)

    assert (done["restored"], len(done["held"])) == ([], 2)
    assert team.send()["sent"] == 0


def test_the_mailbox_that_is_not_ours_to_read_is_refused_and_nothing_is_written(team):
    deletes_the_tab(team)
    team.google.control.edit("disable_mailbox", mailbox=MAILBOX)
    before = team.store.look()

    assert team.rebuild("--write", code=6)["error"]["name"] == "carrier_access"
    assert team.store.look() == before


def test_letters_that_are_older_than_asked_for_are_not_looked_at(team, google, monkeypatch):
    deletes_the_tab(team)
    monkeypatch.setenv("RELAY_NOW", "2026-11-27T10:00:00+09:00")

    done = team.rebuild("--days", "2", code=7)

    assert (done["looked_at"], len(done["held"])) == (0, 2)


def test_an_outbox_that_is_not_there_is_no_empty_outbox(outbox):
    deletes_the_tab(outbox)

    error = outbox.run("rebuild-log", "--carrier", "outbox:elsewhere", "--write", code=6)["error"]

    assert error["name"] == "carrier"
    assert LOG not in outbox.store.look()


def test_a_letter_that_a_mail_client_has_moved_and_flagged_is_found(outbox):
    for path in Path("outbox/new").iterdir():
        path.rename(Path("outbox/cur") / f"{path.name}:2,S")
    deletes_the_tab(outbox)

    assert len(outbox.rebuild("--write")["restored"]) == 2
    assert outbox.send()["sent"] == 0


def test_mail_of_others_in_an_outbox_is_passed_over(outbox):
    deletes_the_tab(outbox)
    letter = next(Path("outbox/new").iterdir())
    name = re.sub("[0-9a-f]{24}", "0" * 24, letter.name)
    Path("outbox/new", name).write_text(re.sub("X-Relay-Key: .*", "X-Relay-Key: " + "0" * 32, letter.read_text()))
    Path("outbox/new/note.eml").write_text("To: somebody@example.com\n\nnothing of ours")

    done = outbox.rebuild("--write")

    assert (len(done["restored"]), done["unknown"], done["held"]) == (2, 1, [])


def test_the_lines_for_people_name_who_was_found_and_who_waits(outbox, say):
    deletes_the_tab(outbox)
    outbox.loses_the_letter(SATO)

    shown = say("rebuild-log", "book.xlsx", "--carrier", "outbox:outbox", "--lang", "ja", code=7).out
    written = say("rebuild-log", "book.xlsx", "--carrier", "outbox:outbox", "--write", "--lang", "en", code=7).out

    assert "送信済みから見つかった通知 1 通" in shown
    assert "--write" in shown
    assert SATO in shown
    assert "The log was rebuilt." in written
    assert "relay settle book.xlsx ID --sent" in written


def test_names_are_neither_printed_nor_in_what_goes_wrong(outbox, say):
    deletes_the_tab(outbox)

    said = say("rebuild-log", "book.xlsx", "--carrier", "outbox:outbox", "--write", "--json")

    assert not re.search("佐藤|鈴木", said.out + said.err)
