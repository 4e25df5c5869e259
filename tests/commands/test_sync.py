"""`relay sync` over real HTTP, for an Excel file and for a Google spreadsheet: sent, come back, answered, corrected."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.commands.conftest import TUESDAY
from tests.kill.world import tab
from tests.workbooks.google_people import GoogleStore
from tests.workbooks.xlsx_people import XlsxFile

MAILBOX = "saiyo@minato.example"
GMAIL = f"gmail:{MAILBOX}"
SATO, SUZUKI = "sato@example.com", "suzuki@example.com"


class Team:
    """A team, its workbook of one kind or the other, its mailbox, and the command."""

    def __init__(self, store, workbook, google, relay) -> None:
        self.store, self.workbook, self.google, self._relay = store, workbook, google.control, relay
        self.google.edit("add_mailbox", address=MAILBOX, search_delay=0)

    def send(self, code=0):
        return self._relay("send", self.workbook, "--carrier", GMAIL, "--send", code=code)

    def sync(self, *words, code=0):
        return self._relay("sync", self.workbook, "--carrier", GMAIL, *words, code=code)

    def settle(self, *words, code=0):
        return self._relay("settle", self.workbook, *words, code=code)

    def status(self):
        return self._relay("status", self.workbook)

    def sent_to(self):
        return [address for letter in self.google.ledger() for address in letter["recipients"]]

    def column(self, heading):
        """What stands in a column of the candidates, by address."""
        rows = self.store.look()["候補者"]
        head = next(row for row in rows if "メールアドレス" in row)
        key, column = head.index("メールアドレス"), head.index(heading)
        body = rows[rows.index(head) + 1 :]
        return {row[key]: row[column] if len(row) > column else None for row in body}

    def corrects(self, wrong, right):
        """HR types another address over the wrong one."""
        tabs = self.store.look()
        for row in tabs["候補者"]:
            for column, value in enumerate(row):
                if value == wrong:
                    row[column] = right
        self.store.save(tabs)

    def facts(self, word):
        rows = self.store.look()["送信記録"]
        column = rows[0].index("状態")
        return sum(1 for row in rows if row[column] == word)


@pytest.fixture(params=["excel", "google"])
def team(request, tmp_path, google, relay, monkeypatch):
    monkeypatch.setenv("RELAY_GOOGLE_EMULATOR_HOST", google.address)
    google.control.freeze(datetime.fromisoformat(TUESDAY))
    if request.param == "google":
        store = GoogleStore(google, {"候補者": tab()})
        workbook = f"https://docs.google.com/spreadsheets/d/{store.id}/edit"
    else:
        store = XlsxFile(tmp_path / "candidates.xlsx", {"候補者": tab()})
        workbook = str(store.path)
    team = Team(store, workbook, google, relay)
    team.send()
    assert sorted(team.sent_to()) == [SATO, SUZUKI]
    return team


def test_what_came_back_and_what_was_answered_is_reported_and_shown(team):
    team.google.edit("bounce", to=SATO, style="gmail_ja", cause="mailbox_full")
    team.google.edit("reply", to=SUZUKI)

    document = team.sync(code=7)

    assert (document["bounced"], document["replied"], document["looked_at"]) == (1, 1, 2)
    assert document["complete"]
    [back] = [one for one in document["returns"] if one["state"] == "bounced"]
    assert (back["to"], back["detail"], back["text"]) == (SATO, "mailbox_full 5.2.2", "mailbox full 5.2.2")
    assert (team.column("通知状況")[SATO], team.column("通知状況")[SUZUKI]) == ("不達", "送信済み")
    assert "相手のメールボックスが満杯 5.2.2" in team.column("通知メモ")[SATO]
    assert team.column("通知メモ")[SUZUKI] == "返信あり 2026/11/24"
    assert (team.status()["sent"], team.status()["bounced"]) == (1, 1)


def test_a_second_look_finds_nothing_new_and_writes_nothing(team):
    team.google.edit("bounce", to=SATO, style="docomo")
    team.sync(code=7)
    before = team.store.look()
    team.google.forget_calls()

    document = team.sync()

    assert (document["bounced"], document["looked_at"], document["returns"]) == (0, 0, [])
    assert team.store.look() == before
    assert team.google.calls("sheets.spreadsheets.batchUpdate") == []


def test_a_bounced_letter_goes_again_only_to_a_corrected_address(team):
    team.google.edit("bounce", to=SATO, style="exchange_ja")
    team.sync(code=7)

    team.send()
    assert len(team.sent_to()) == 2
    team.corrects(SATO, "hana.sato@example.com")
    team.send()

    assert team.sent_to()[2:] == ["hana.sato@example.com"]
    assert team.column("通知状況")["hana.sato@example.com"] == "送信済み"


def test_a_late_bounce_of_the_old_address_leaves_the_corrected_letter_alone(team):
    team.google.edit("bounce", to=SATO, style="gmail")
    team.sync(code=7)
    team.corrects(SATO, "hana.sato@example.com")
    team.send()
    team.google.edit("bounce", to=SATO, style="postfix")

    document = team.sync()

    assert (document["bounced"], document["unrelated"]) == (0, 1)
    assert team.column("通知状況")["hana.sato@example.com"] == "送信済み"


def test_a_persons_word_sends_to_the_same_address_once_more(team):
    team.google.edit("bounce", to=SATO, style="softbank")
    candidate_id = team.sync(code=7)["returns"][0]["candidate_id"]

    team.settle(candidate_id, "--again")
    team.send()
    team.send()

    assert team.sent_to()[2:] == [SATO]


def test_machines_and_delays_change_nothing(team):
    team.google.edit("bounce", to=SATO, style="gmail_ja", cause="delay")
    team.google.edit("out_of_office", to=SUZUKI)

    document = team.sync()

    assert (document["delayed"], document["automatic"], document["returns"]) == (1, 1, [])
    assert set(team.column("通知状況").values()) >= {"送信済み"}
    assert team.facts("不達") == team.facts("返信") == 0


def test_a_mailbox_that_is_closed_ends_with_a_sentence_and_no_fact(team):
    team.google.edit("bounce", to=SATO)
    team.google.edit("disable_mailbox", mailbox=MAILBOX)

    document = team.sync(code=6)

    assert document["error"]["name"] == "carrier_access"
    assert team.facts("不達") == 0


def test_the_lines_for_people_say_what_to_do(team, say):
    team.google.edit("bounce", to=SATO, style="gmail_ja")

    shown = say("sync", team.workbook, "--carrier", GMAIL, "--lang", "ja", code=7).out

    assert "届かずに戻ってきた通知 1 通" in shown
    assert "宛先不明 5.1.1" in shown
    assert "アドレスを直すと次回送ります" in shown


@pytest.mark.parametrize("carrier", ["outbox:outbox", "smtp://jobs@mail.example.com:587"])
def test_a_carrier_without_an_inbox_is_refused_with_a_sentence(relay, book, carrier):
    document = relay("sync", "book.xlsx", "--carrier", carrier, code=2)

    assert document["error"]["name"] == "configuration"
    assert "no inbox" in document["error"]["text"]
    assert document["looked_at"] == 0


@pytest.mark.parametrize("days", ["0", "366", "x"])
def test_an_impossible_span_is_refused(relay, book, days):
    with pytest.raises(SystemExit) as ended:
        relay("sync", "book.xlsx", "--carrier", GMAIL, "--days", days)

    assert ended.value.code == 2
