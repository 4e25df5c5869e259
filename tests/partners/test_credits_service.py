"""Credits over HTTP: the forecast, the use of one with who and for which opening, and the partners' tab."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

KEY = "0123456789abcdef0123"


@pytest.fixture
def codes(relay, book):
    sent = relay("send", "book.xlsx", "--carrier", "outbox:out", "--send")
    return [letter["referral_code"] for letter in sent["letters"] if letter["referral_code"]]


def test_a_credit_is_used_with_who_when_and_for_which_opening_and_once_however_often_it_is_sent(
    service,
    relay,
    codes,
):
    relay("register", "book.xlsx", *codes[:12])
    wanted = {"amount": 1, "opening": "営業職", "note": "採用支援", "seen": 1, "key": KEY}

    first, again = service.post("credits/redeem", **wanted), service.post("credits/redeem", **wanted)
    late = service.post("credits/redeem", code=422, **(wanted | {"key": KEY + "ff"}))

    used = [line for line in again["ledger"] if line["kind"] == "redeemed"]
    assert first == again
    assert [(line["opening"], line["note"], bool(line["actor"]), line["number"][:3]) for line in used] == [
        ("営業職", "採用支援", True, "CR-")
    ]
    assert late["error"]["name"] == "credits_missing"


def test_the_page_knows_the_openings_the_forecast_and_what_waits_in_the_tab(service, relay, book, codes):
    workbook = load_workbook(book)
    for row in (("紹介コード", "登録日"), (codes[0], "2026/11/24"), (codes[1], "いつか")):
        (workbook["紹介先報告"] if "紹介先報告" in workbook.sheetnames else workbook.create_sheet("紹介先報告")).append(
            row
        )
    workbook.save(book)

    before, after = service.get("credits", lang="en"), service.post("credits/reports", lang="en")

    assert (before["untaken"], after["untaken"], after["summary"]["progress"]) == (1, 0, 1)
    assert "紹介先報告!B3" in after["problems"][0]["text"]
    assert before["partners"][0]["forecast"]["text"].startswith("10 to go. Too early for a forecast")
    assert len(before["openings"]) > 3
