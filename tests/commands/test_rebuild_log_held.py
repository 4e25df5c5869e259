"""Whoever may have been told without a trace waits for a person's word; nobody else does."""

from __future__ import annotations

import pytest

from tests.commands.rebuild_house import (
    FRIDAY,
    LOG,
    ROW_OF,
    SATO,
    SUZUKI,
    TAKAHASHI,
    OnExcel,
    OnGoogle,
    deletes_the_row,
    deletes_the_tab,
)


@pytest.fixture(params=["google", "excel"])
def team(request, relay, monkeypatch, tmp_path):
    """A team whose log is gone, and one of whose letters nobody finds any more."""
    if request.param == "google":
        team = OnGoogle(request.getfixturevalue("google"), relay, monkeypatch)
    else:
        team = OnExcel(tmp_path, relay)
    team.send()
    team.id_of = team.ids()
    deletes_the_tab(team)
    team.loses_the_letter(SATO)
    return team


def arrived(team):
    """Letters that arrived: Gmail's ledger keeps those that were deleted afterwards."""
    return team.received() if isinstance(team, OnGoogle) else sorted([SATO, *team.received()])


def test_no_letter_found_is_no_proof_that_none_was_sent(team):
    done = team.rebuild("--write", code=7)

    assert [one["candidate_id"] for one in done["held"]] == [team.id_of[SATO]]
    assert team.send()["sent"] == 0
    assert team.reasons() == {3: "record_lost", 4: "already_sent", 5: "in_selection"}


def test_a_person_is_asked_with_what_our_columns_still_said(team):
    team.rebuild("--write", code=7)

    [waiting] = team.run("settle")["open"]

    assert (waiting["candidate_id"], waiting["to"]) == (team.id_of[SATO], SATO)
    assert waiting["detail"] == "送信済み 2026-11-24 10:00"


def test_after_the_word_that_it_was_sent_nothing_is_sent(team):
    team.rebuild("--write", code=7)

    team.run("settle", team.id_of[SATO], "--sent")

    assert team.send()["sent"] == 0
    assert team.reasons()[3] == "already_sent"


def test_after_the_word_to_send_it_goes_once(team):
    team.rebuild("--write", code=7)

    team.run("settle", team.id_of[SATO], "--again")

    assert [team.send()["sent"], team.send()["sent"]] == [1, 0]
    assert arrived(team).count(SATO) == 2


def test_the_workbook_says_who_waits_and_why(team):
    team.rebuild("--write", code=7)

    head, *rows = team.store.look()["候補者"][1:]
    note = rows[0][head.index("通知メモ")]
    review = [cell for row in team.store.look()["要確認"] for cell in row if cell]
    assert rows[0][head.index("通知状況")] == "要対応"
    assert "relay settle" in note
    assert team.id_of[SATO] in review


def test_a_row_that_was_cut_away_meanwhile_waits_too_when_it_is_back(team, monkeypatch):
    with team.hands() as tabs:
        row = tabs["候補者"].pop(ROW_OF[SATO] - 1)
    assert team.rebuild("--write")["held"] == []
    with team.hands() as tabs:
        tabs["候補者"].append(row)
    monkeypatch.setenv("RELAY_NOW", FRIDAY)

    assert team.send()["sent"] == 0
    assert team.reasons()[5] == "record_lost"
    team.run("settle", team.id_of[SATO], "--again")
    assert [team.send()["sent"], team.send()["sent"]] == [1, 0]


def test_a_date_that_is_changed_afterwards_frees_nobody(team, monkeypatch):
    team.rebuild("--write", code=7)
    team.decides(SATO, day="2026/11/25")
    monkeypatch.setenv("RELAY_NOW", FRIDAY)

    assert team.send()["sent"] == 0


def test_somebody_who_was_told_and_is_in_selection_again_waits_too(team, monkeypatch):
    team.decides(SATO, decision="選考中")
    done = team.rebuild("--write", code=7)
    team.decides(SATO, day="2026/11/25")
    monkeypatch.setenv("RELAY_NOW", FRIDAY)

    assert [one["candidate_id"] for one in done["held"]] == [team.id_of[SATO]]
    assert team.send()["sent"] == 0


def test_the_held_do_not_count_as_letters(team):
    team.rebuild("--write", code=7)

    assert team.run("status")["sent"] == 1


def test_where_no_mailbox_keeps_letters_everybody_without_a_record_waits(team):
    refused = team.run("rebuild-log", "--carrier", "smtp://jobs@mail.example.com:587", "--write", code=2)["error"]
    done = team.run("rebuild-log", "--without-mailbox", "--write", code=7)

    assert "--without-mailbox" in refused["text"]
    assert {one["candidate_id"] for one in done["held"]} == {team.id_of[SATO], team.id_of[SUZUKI]}


def test_what_is_left_of_the_log_counts_without_a_mailbox_too(relay, tmp_path):
    team = OnExcel(tmp_path, relay)
    team.send()
    ids = team.ids()
    deletes_the_row(2)(team)

    done = team.run("rebuild-log", "--without-mailbox", "--write")

    assert (done["kept"], done["held"]) == (3, [])
    assert {one["候補者ID"] for one in team.facts("送信")} == {ids[SATO], ids[SUZUKI]}
    assert LOG in team.store.look()


def test_a_letter_that_is_due_and_never_left_waits_for_a_word_too(team, monkeypatch):
    team.decides(TAKAHASHI, day="2026/11/20")

    done = team.rebuild("--write", code=7)

    assert team.id_of[TAKAHASHI] in {one["candidate_id"] for one in done["held"]}
    team.run("settle", team.id_of[TAKAHASHI], "--again")
    assert team.send()["sent"] == 1
    assert team.received().count(TAKAHASHI) == 1
