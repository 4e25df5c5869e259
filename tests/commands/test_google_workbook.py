"""Every command works on a Google spreadsheet as it does on a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.kill.world import CONFIG, tab
from tests.workbooks.google_people import GoogleStore

NOW = "2026-11-24T10:00:00+09:00"


@pytest.fixture
def store(google):
    return GoogleStore(google, {"候補者": tab()})


@pytest.fixture
def relay(google, store, tmp_path):
    """A command on that spreadsheet, in a process of its own; its document."""
    environment = {**os.environ, "RELAY_GOOGLE_EMULATOR_HOST": google.address, "RELAY_NOW": NOW}
    address = f"https://docs.google.com/spreadsheets/d/{store.id}/edit#gid=0"

    def run(command, *words, code=0):
        parts = [
            sys.executable,
            "-m",
            "sheets_automation.cli",
            command,
            address,
            *words,
            "--config",
            str(CONFIG),
            "--json",
        ]
        done = subprocess.run(parts, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return json.loads(done.stdout)

    return run


def send(relay, tmp_path):
    return relay("send", "--carrier", f"outbox:{tmp_path / 'outbox'}", "--send")


def test_send_writes_the_status_the_log_and_both_tabs(relay, store, tmp_path):
    assert send(relay, tmp_path)["sent"] == 2

    tabs = store.look()
    column = tabs["候補者"][1].index("通知状況")
    assert [row[column] for row in tabs["候補者"][2:4]] == ["送信済み", "送信済み"]
    assert list(tabs) == ["候補者", "送信記録", "クレジット", "要確認"]


def test_a_second_run_finds_everybody_told(relay, tmp_path):
    send(relay, tmp_path)

    assert send(relay, tmp_path)["sent"] == 0


def test_register_and_credits_count_what_the_partner_reports(relay, store, tmp_path):
    code = send(relay, tmp_path)["letters"][0]["referral_code"]

    relay("register", code)

    [partner] = relay("credits")["partners"]
    assert partner["progress"] == "1/10"
    assert store.look()["紹介実績"][1][2] == "登録"


def test_settle_reopens_a_letter_for_a_new_decision(relay, tmp_path):
    candidate = send(relay, tmp_path)["letters"][0]["candidate_id"]

    relay("settle", candidate, "--reopen")

    document = relay("send")
    assert candidate not in {one["candidate_id"] for one in document["skipped"] if one["reason"] == "already_sent"}


def test_preview_shows_all_letters_on_one_page(relay, tmp_path):
    page = tmp_path / "letters.html"

    relay("preview", "--out", str(page))

    assert "佐藤 花" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["check", "status"])
def test_commands_that_only_look_leave_the_spreadsheet_as_it_is(relay, store, command):
    before = store.look()

    relay(command)

    assert store.look() == before


def test_a_log_that_somebody_sorted_is_refused_with_where_and_what_to_do(relay, store, tmp_path):
    send(relay, tmp_path)
    store.edit("sort", sheet="送信記録", column="状態", descending=True)

    document = relay("send", code=4)

    assert document["error"]["name"] == "log_damaged"
    assert "送信記録" in document["error"]["text"]


def test_a_candidates_tab_that_was_deleted_is_told_by_what_is_there(relay, store):
    store.edit("add_sheet", title="メモ")
    store.edit("delete_sheet", sheet="候補者")

    document = relay("send", code=4)

    assert document["error"]["name"] == "heading_problem"


def test_a_heading_that_was_renamed_is_told_by_its_name_and_place(relay, store):
    store.edit("rename_heading", sheet="候補者", column="選考結果", heading="けっか", heading_row=2)

    document = relay("send", code=4)

    assert document["error"]["name"] == "heading_problem"
    assert "けっか" in document["error"]["text"]
