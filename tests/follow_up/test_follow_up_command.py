"""`relay follow-up` and `relay consent` on a real file and through a real mail server.

Longer than a module should be because it is one command told from its beginning to its end.
"""

import email
import json
from email import policy

import openpyxl
import pytest

from sheets_automation.cli import main
from tests.carriers.mail_server import MailServer
from tests.follow_up.command_house import configure, sheet_of, switch_on


def test_from_the_plan_of_hr_to_the_letter_in_the_mailbox_and_its_reason(relay, tmp_path):
    assert relay("follow-up", "--init")["made"] is True
    assert relay("follow-up")["planned"] == 0  # all examples are switched off
    switch_on(tmp_path)
    seen = relay("follow-up")
    assert (seen["planned"], seen["campaigns"]) == (1, {"半年後のご連絡": 1})
    server = MailServer()

    with server.running():
        sent = relay("follow-up", "--carrier", f"smtp://127.0.0.1:{server.port}", "--send")
        again = relay("follow-up", "--carrier", f"smtp://127.0.0.1:{server.port}", "--send")

    assert (sent["sent"], again["sent"]) == (1, 0)
    ((address, raw),) = server.letters
    mail = email.message_from_bytes(raw, policy=policy.default)
    assert address == "sato@example.com"
    assert mail["From"].addresses[0].addr_spec == "news@minato.example"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail["List-Unsubscribe"].strip("<> ")
    assert link.startswith("https://links.minato.example/u/")
    assert link in mail.get_body(("plain",)).get_content()
    (told,) = relay("follow-up", "--history")["follow_ups"]
    assert (told["campaign"], told["state"], told["to"]) == ("半年後のご連絡", "sent", "sato@example.com")
    assert told["why"] == "選考結果が「不採用」である、選考結果日が 227 日前(180 日以上前)である"
    assert sheet_of(tmp_path, "同意記録")[1][2] == "同意"


def test_of_news_that_failed_people_are_led_to_where_it_stands(relay, tmp_path, capsys):
    relay("follow-up", "--init")
    switch_on(tmp_path)
    server = MailServer()
    server.switches.answers["sato@example.com"] = "550 5.1.1 unknown"

    with server.running():
        carrier = f"smtp://127.0.0.1:{server.port}"
        assert main(["follow-up", "book.xlsx", "--carrier", carrier, "--send", "--lang", "ja"]) == 7

    shown = capsys.readouterr().out
    assert "「フォロー状況」の列にあります" in shown
    assert "550 5.1.1" in shown
    assert "要確認" not in shown
    headings, sato, _ = sheet_of(tmp_path, "候補者")
    assert "550 5.1.1" in sato[headings.index("フォロー状況")]


def test_consent_is_given_and_taken_back_by_word_of_mouth(relay, tmp_path):
    relay("follow-up", "--init")
    switch_on(tmp_path)
    everybody = {one["row"]: one["candidate_id"] for one in relay("follow-up")["skipped"]}
    suzuki = everybody[3]

    given = relay("consent", suzuki, "--yes", "--source", "電話", "--on", "2026/10/3")

    assert given["recorded"] == 1
    assert [one["at"] and one["at"][:10] for one in given["people"]] == [None, "2026-10-03"]
    assert [one["recorded_at"] and one["recorded_at"][:10] for one in given["people"]] == [None, "2026-11-24"]
    assert [(one["row"], one["agrees"], one["source"]) for one in given["people"]] == [(2, True, ""), (3, True, "電話")]
    assert relay("follow-up")["planned"] == 2
    relay("consent", suzuki, "--no", "--source", "電話")
    assert relay("follow-up")["planned"] == 1


@pytest.mark.parametrize(
    "words",
    [("consent", "C-1"), ("consent", "--yes", "--source", "電話"), ("consent", "C-1", "--yes")],
)
def test_consent_needs_who_what_and_how_we_know(relay, words):
    assert relay(*words, code=2)["error"]["name"] == "configuration"


def test_news_and_results_need_two_addresses(relay, tmp_path):
    configure(tmp_path, address="saiyo@minato.example")

    error = relay("follow-up", code=2)["error"]

    assert "[sender] address" in error["text"]


def test_what_the_law_asks_for_is_named_before_anything_is_planned(relay, tmp_path):
    configure(tmp_path, address="", postal="")

    error = relay("follow-up", code=2)["error"]

    assert "follow_up.address、company.postal_address" in error["text"]


def test_nothing_is_sent_and_no_consent_kept_while_nobody_says_which_text_was_agreed_to(relay, tmp_path):
    relay("follow-up", "--init")
    switch_on(tmp_path)
    configure(tmp_path, wording="")

    error = relay("follow-up", "--carrier", "outbox:out", "--send", code=2)["error"]

    assert "follow_up.wording" in error["text"]
    assert not (tmp_path / "out" / "new").exists()
    assert "同意記録" not in openpyxl.load_workbook(tmp_path / "book.xlsx").sheetnames


def test_check_tells_what_lacks_once_a_campaign_is_in_use(relay, tmp_path):
    configure(tmp_path, wording="")
    relay("follow-up", "--init")
    before = [one["where"] for one in relay("check", code=7)["problems"]]

    switch_on(tmp_path)

    found = {one["where"]: one["text"] for one in relay("check", code=7)["problems"]}
    assert "[follow_up]" not in before
    assert "follow_up.wording" in found["[follow_up]"]


def test_a_consent_to_nobody_knows_what_is_not_recorded(relay, tmp_path):
    relay("follow-up", "--init")
    suzuki = {one["row"]: one["candidate_id"] for one in relay("follow-up")["skipped"]}[3]
    configure(tmp_path, wording="")

    error = relay("consent", suzuki, "--yes", "--source", "電話", code=2)["error"]

    assert "同意文の版" in error["text"]
    assert relay("consent", suzuki, "--no", "--source", "電話")["recorded"] == 1
    assert relay("consent", suzuki, "--yes", "--source", "電話", "--wording", "2025-10")["recorded"] == 1


def test_a_mistake_in_the_plan_is_told_by_its_cell_and_needs_a_person(relay, tmp_path):
    relay("follow-up", "--init")
    switch_on(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    sheet = book["フォロー計画"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "○")
    sheet.cell(row, 4).value = "伝書鳩"
    book.save(tmp_path / "book.xlsx")

    answer = relay("follow-up", code=7)

    assert [one["where"] for one in answer["problems"]] == [f"フォロー計画!D{row}"]
    assert answer["campaigns"] == {"会社だより": 1}  # the others go on
    checked = [one["where"] for one in relay("check", code=7)["problems"] if one["name"] == "campaign"]
    assert checked == [f"フォロー計画!D{row}"]


def test_a_stop_is_lifted_by_the_number_of_all_letters_that_wait_news_included(relay, tmp_path):
    relay("follow-up", "--init")
    switch_on(tmp_path)

    frozen = relay("freeze", "--because", "宛先の取り違え")

    assert frozen["waiting"] == 1
    assert relay("thaw", "--expect", "0", code=3)["error"]["name"] == "expectation_missed"
    assert relay("thaw", "--expect", "1")["stops"] == []


def test_news_that_cannot_go_as_it_is_set_up_does_not_wait(relay, tmp_path):
    relay("follow-up", "--init")
    switch_on(tmp_path)
    configure(tmp_path, address="saiyo@minato.example")  # that of results

    assert relay("freeze", "--because", "宛先の取り違え")["waiting"] == 0


def test_a_sample_of_news_goes_to_whoever_asks(relay, tmp_path):
    relay("follow-up", "--init")
    switch_on(tmp_path)

    relay("follow-up", "--test-to", "me@minato.example", "--carrier", "outbox:box", "--send")

    (path,) = (tmp_path / "box" / "new").iterdir()
    mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert mail["To"].addresses[0].addr_spec == "me@minato.example"
    assert "その後、いかがお過ごしでしょうか" in mail.get_body(("plain",)).get_content()


def test_a_night_sends_what_hr_has_planned_once_and_puts_consent_on_record(relay, tmp_path, capsys):
    relay("follow-up", "--init")
    switch_on(tmp_path)

    sent = [night(capsys) for _ in range(2)]

    assert [sum(line["counts"].get("sent", 0) for line in lines if line.get("counts")) for lines in sent] == [1, 0]
    (letter,) = (tmp_path / "out" / "new").iterdir()
    assert b"news@minato.example" in letter.read_bytes()
    assert sheet_of(tmp_path, "同意記録")[1][2] == "同意"


def night(capsys):
    """`relay run follow-up`; the lines that it tells."""
    capsys.readouterr()
    assert main(["run", "follow-up", "book.xlsx", "--carrier", "outbox:out", "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]
