"""People destroy the log: the run refuses, `relay rebuild-log` makes it anew, and nobody gets a second letter."""

from __future__ import annotations

import pytest

from tests.commands.rebuild_house import (
    DAMAGES,
    FRIDAY,
    LOG,
    SATO,
    SUZUKI,
    TAKAHASHI,
    OnExcel,
    OnGoogle,
    clears_the_tab,
    deletes_the_row,
    deletes_the_tab,
    sorts_the_tab,
)

every_damage = pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)


@pytest.fixture(params=["google", "excel"])
def team(request, relay, monkeypatch, tmp_path):
    if request.param == "google":
        team = OnGoogle(request.getfixturevalue("google"), relay, monkeypatch)
    else:
        team = OnExcel(tmp_path, relay)
    assert team.send()["sent"] == 2
    return team


@every_damage
def test_whatever_people_do_to_the_log_the_run_refuses_and_offers_to_rebuild_it(team, damage):
    damage(team)

    error = team.send(code=4)["error"]

    assert error["name"] == "log_damaged"
    assert "relay rebuild-log" in error["text"]
    assert team.received() == [SATO, SUZUKI]


@every_damage
def test_after_it_nobody_gets_a_second_letter_and_whoever_is_new_gets_one(team, damage, monkeypatch):
    damage(team)
    team.rebuild("--write")
    team.decides(TAKAHASHI)
    monkeypatch.setenv("RELAY_NOW", FRIDAY)

    assert team.send()["sent"] == 1
    assert team.send()["sent"] == 0
    assert team.received() == [SATO, SUZUKI, TAKAHASHI]


@every_damage
def test_what_it_would_write_is_shown_and_nothing_is_changed(team, damage):
    damage(team)
    before = team.store.look()

    shown = team.rebuild(code=7)
    after = team.store.look()
    written = team.rebuild("--write")

    assert after == before
    assert (shown["dry_run"], shown["is_whole"]) == (True, False)
    alike = ("looked_at", "kept", "dropped", "restored", "held")
    assert {key: shown[key] for key in alike} == {key: written[key] for key in alike}


@every_damage
def test_done_twice_it_finds_nothing_to_do(team, damage):
    damage(team)
    team.rebuild("--write")
    before = team.store.look()

    again = team.rebuild("--write")

    assert again["is_whole"]
    assert team.store.look() == before


@pytest.mark.parametrize("damage", [sorts_the_tab, deletes_the_row(3)], ids=["sorted", "a row is gone"])
def test_the_old_tab_is_kept_as_it_was(team, damage):
    damage(team)
    old = team.store.look()[LOG]

    done = team.rebuild("--write")

    assert done["old_tab"] == f"{LOG} 旧 20261124-100000"
    assert team.store.look()[done["old_tab"]] == old


def test_a_log_that_nobody_touched_is_left_alone(team):
    before = team.store.look()

    done = team.rebuild("--write")

    assert (done["is_whole"], done["restored"], done["held"]) == (True, [], [])
    assert team.store.look() == before


def test_facts_that_are_left_stay_as_they_are(team):
    sent = team.facts("送信")
    deletes_the_row(2)(team)

    done = team.rebuild("--write")

    assert done["kept"] == 3
    assert team.facts("送信") == sent


def test_a_letter_of_which_only_the_end_is_lost_keeps_its_claim(team):
    claims = team.facts("準備")
    deletes_the_row(-1)(team)

    team.rebuild("--write")

    assert team.facts("準備") == claims
    assert {one["対象の記録ID"] for one in team.facts("送信")} == {one["記録ID"] for one in claims}


def test_a_word_that_was_changed_into_another_one_is_put_right_by_the_letter(team):
    team.writes(5, "状態", "失敗")
    deletes_the_row(2)(team)

    team.rebuild("--write")

    assert team.reasons()[3] == team.reasons()[4] == "already_sent"


def test_a_claim_that_was_given_another_candidate_is_put_right_by_the_letter(team):
    ids = team.ids()
    team.writes(2, "候補者ID", ids[TAKAHASHI])
    deletes_the_row(3)(team)

    team.rebuild("--write")

    assert {one["候補者ID"] for one in team.facts("送信")} == {ids[SATO], ids[SUZUKI]}
    assert ids[TAKAHASHI] not in {one["候補者ID"] for one in team.facts("準備")}


def test_the_ids_of_candidates_may_be_gone_too(team):
    ids = team.ids()
    with team.hands() as tabs:
        del tabs[LOG]
        at = tabs["候補者"][1].index("候補者ID")
        for row in tabs["候補者"][2:]:
            row[at] = None

    team.rebuild("--write")

    assert team.ids() == ids
    assert team.send()["sent"] == 0


def test_the_rebuilt_log_is_watched_like_any_other(team):
    clears_the_tab(team)
    team.rebuild("--write")
    deletes_the_row(3)(team)

    assert team.send(code=4)["error"]["name"] == "log_damaged"
    team.rebuild("--write")
    assert team.send()["sent"] == 0


def test_the_columns_beside_the_candidates_are_shown_again(team):
    deletes_the_tab(team)
    with team.hands() as tabs:
        at = tabs["候補者"][1].index("通知状況")
        for row in tabs["候補者"][2:]:
            row[at] = None

    team.rebuild("--write")

    assert [row[at] for row in team.store.look()["候補者"][2:4]] == ["送信済み", "送信済み"]


def test_a_registration_still_finds_its_letter(team):
    codes = {one["宛先"]: one["紹介コード"] for one in team.facts("準備")}
    deletes_the_tab(team)
    team.rebuild("--write")

    team.run("register", codes[SATO])

    assert {one["宛先"]: one["紹介コード"] for one in team.facts("準備")} == codes
    assert team.run("credits")["partners"][0]["progress"] == "1/10"
