"""News of which one part goes by mail and the other by LINE: two plans in the page, each with its own number."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from sheets_automation.cli import main
from sheets_automation.core.line_codes import line_code
from sheets_automation.core.line_records import LineRecord, LineSource, LineUse, to_line
from tests.follow_up.house import campaign, past, plan_sheet
from tests.line_server.account import TOKEN, user
from tests.line_server.server import LineServer
from tests.service.service_house import delivered
from tests.service.test_follow_up_calls import open_settings

SATO, SUZUKI = "C-7K3QX9M2PA", "C-8M4RX9N3QB"
KEY = "a-key-for-tests-that-nobody-can-guess"
NOW = "2026-11-24T09:00:00+09:00"


@pytest.fixture
def phones():
    with LineServer().running() as server:
        server.account.friends.add(user(1))
        yield server


@pytest.fixture
def open_page(opened, phones, tmp_path, monkeypatch):
    """Two people who agreed to news by LINE first, of whom one has linked a chat."""
    monkeypatch.chdir(tmp_path)
    rows = [{"候補者ID": SATO, **past("佐藤 花", "sato@example.com")}]
    rows.append({"候補者ID": SUZUKI, **past("鈴木 一郎", "suzuki@example.com")})
    book = openpyxl.Workbook()
    book.active.title = "候補者"
    for row in [list(rows[0]), *(list(one.values()) for one in rows)]:
        book.active.append(row)
    plan = book.create_sheet("フォロー計画")
    for row in plan_sheet([campaign(送信手段="LINE優先")]).grid():
        plan.append(row)
    book.save("book.xlsx")

    def open_it(*, line=True):
        settings = open_settings(tmp_path)
        config = tmp_path / "relay.toml"
        config.write_text(config.read_text() + f"line = {str(line).lower()}\n")
        links_a_chat(monkeypatch)
        secrets = {"RELAY_LINE_TOKEN": TOKEN, "RELAY_LINE_API_HOST": phones.place}
        return opened(tmp_path / "book.xlsx", **settings | {"environ": settings["environ"] | secrets})

    return open_it


def links_a_chat(monkeypatch):
    """The webhook heard the code of 佐藤, and a run takes it in."""
    record = LineRecord(
        at=datetime.fromisoformat(NOW),
        use=LineUse.LINK,
        source=LineSource.MESSAGE,
        event_id="01" + "0" * 24,
        user_id=user(1),
        code=line_code(SATO, "sato@example.com", 0, KEY),
    )
    Path("heard.jsonl").write_text(to_line(record) + "\n", encoding="utf-8")
    monkeypatch.setenv("RELAY_LINK_KEY", KEY)
    monkeypatch.setenv("RELAY_NOW", NOW)
    assert main(["collect-line", "book.xlsx", "heard.jsonl", "--json"]) == 0


def get(service, call, mailing):
    return service.browser.get(f"/api/{call}", params={"mailing": mailing}).json()


def post(service, call, mailing, **body):
    answer = service.browser.post(f"/api/{call}", params={"mailing": mailing}, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def send_part(service, mailing):
    plan = get(service, "plan", mailing)
    approval = post(service, "approvals", mailing, plan=plan["plan"])["approval"]
    return [one["id"] for one in post(service, "send", mailing, approval=approval)["sent"] if one["state"] == "sent"]


def test_each_part_has_its_plan_and_both_are_sent_from_the_page(open_page, phones, tmp_path):
    service = open_page()

    by_mail, by_line = (get(service, "plan", part)["letters"] for part in ("follow_up", "follow_up_line"))
    sent = [send_part(service, part) for part in ("follow_up", "follow_up_line")]

    assert [[one["id"] for one in part] for part in (by_mail, by_line)] == [[SUZUKI], [SATO]]
    assert sent == [[SUZUKI], [SATO]]
    assert len(delivered(tmp_path / "out")) == 1
    assert [to for to, _ in phones.account.delivered] == [user(1)]


def test_the_page_is_told_of_a_part_by_line_and_of_what_carries_it(open_page):
    service = open_page()

    session = get(service, "session", "follow_up_line")

    assert session["has_line_part"] is True
    assert session["carrier"] == {"address": "line:", "name": "line", "is_set": True}


def test_where_nobody_has_allowed_it_there_is_no_part_by_line(open_page):
    service = open_page(line=False)

    refused = service.browser.get("/api/plan", params={"mailing": "follow_up_line"})

    assert get(service, "session", "follow_up")["has_line_part"] is False
    assert (refused.status_code, refused.json()["error"]["name"]) == (422, "configuration")
    assert "line = true" in json.dumps(refused.json(), ensure_ascii=False)
