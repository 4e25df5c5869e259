"""`relay follow-up` and `relay consent` on a real file and through a real mail server.

Longer than a module should be because it is one command told from its beginning to its end.
"""

import email
import json
from datetime import UTC, timedelta
from email import policy

import openpyxl
import pytest

from sheets_automation.cli import main
from sheets_automation.core.line_codes import line_code
from sheets_automation.core.line_records import LineUse, to_line
from tests.carriers.mail_server import MailServer
from tests.core.builders import NOW
from tests.follow_up.house import past
from tests.line.line_house import link
from tests.line_server.account import TOKEN, user
from tests.line_server.server import LineServer

KEY = "a-key-for-tests-that-nobody-can-guess"
CONFIG = """
[company]
name = "株式会社みなと製作所"
contact = "saiyo@minato.example"
{postal}

[sender]
address = "saiyo@minato.example"

[links]
refusal_url = "https://links.minato.example/u"

[follow_up]
name = "みなと製作所 採用だより"
address = "{address}"
{wording}
"""
FACTS = {
    "address": "news@minato.example",
    "postal": 'postal_address = "神奈川県みなと市汐見町1-2-3"',
    "wording": 'wording = "2026-04"',
}


@pytest.fixture
def relay(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("RELAY_NOW", "2026-11-24T10:00:00+09:00")
    monkeypatch.setenv("RELAY_LINK_KEY", KEY)
    monkeypatch.chdir(tmp_path)
    configure(tmp_path)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "候補者"
    rows = [past("佐藤 花", "sato@example.com"), past("鈴木 一郎", "suzuki@example.com", フォロー同意="")]
    rows = [row | {"タグ": None} for row in rows]
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    book.save(tmp_path / "book.xlsx")

    def run(*words, code=0):
        capsys.readouterr()
        assert main([words[0], "book.xlsx", *words[1:], "--json", "--lang", "ja"]) == code
        return json.loads(capsys.readouterr().out)

    return run


def configure(folder, **facts):
    (folder / "relay.toml").write_text(CONFIG.format(**FACTS | facts))


def switch_on(folder):
    """What HR does in フォロー計画: take the × away."""
    book = openpyxl.load_workbook(folder / "book.xlsx")
    for row in book["フォロー計画"].iter_rows():
        if row[0].value == "×":
            row[0].value = "○"
    book.save(folder / "book.xlsx")


def goes_by_line(folder):
    """HR sends every campaign by LINE."""
    book = openpyxl.load_workbook(folder / "book.xlsx")
    for row in book["フォロー計画"].iter_rows():
        for cell in row:
            if cell.value == "メール":
                cell.value = "LINE"
    book.save(folder / "book.xlsx")


def hr_writes(folder, name, body):
    """A letter in tab 文面."""
    book = openpyxl.load_workbook(folder / "book.xlsx")
    sheet = book.create_sheet("文面")
    sheet.append(["名前", "言語", "件名", "本文"])
    sheet.append([name, "ja", "お知らせ", body])
    book.save(folder / "book.xlsx")


def chat_is_linked(relay, folder):
    """佐藤 花 sends the code from her letter."""
    relay("collect-line")  # gives ids to the rows
    rows = sheet_of(folder, "候補者")
    code = line_code(str(rows[1][rows[0].index("候補者ID")]), "sato@example.com", 0, KEY)
    (folder / "line-2026-11-24.jsonl").write_text(to_line(link(code)))
    assert len(relay("collect-line", "line-2026-11-24.jsonl")["linked"]) == 1


def sheet_of(folder, tab):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(folder / "book.xlsx")[tab].iter_rows()]


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


def test_the_check_names_a_letter_that_no_chat_can_show_before_anybody_sends_it(relay, tmp_path):
    relay("follow-up", "--init")
    switch_on(tmp_path)
    goes_by_line(tmp_path)
    chat_is_linked(relay, tmp_path)
    assert {one["name"] for one in relay("check", code=7)["problems"]} == {"decision_too_old"}
    hr_writes(tmp_path, "半年後のご連絡", "{{ 氏名 }}様\n\n" + "長" * 6000)

    [found] = [one for one in relay("check", code=7)["problems"] if one["name"] == "letter_broken"]
    plan = relay("follow-up", "--carrier", "line:")

    assert "「半年後のご連絡」" in found["text"]
    assert "letter_broken" in {one["reason"] for one in plan["skipped"]}


def test_an_answer_in_the_chat_shows_beside_the_news_that_it_answers(relay, tmp_path, monkeypatch):
    relay("follow-up", "--init")
    switch_on(tmp_path)
    goes_by_line(tmp_path)
    chat_is_linked(relay, tmp_path)
    with LineServer().running() as server:
        monkeypatch.setenv("RELAY_LINE_TOKEN", TOKEN)
        monkeypatch.setenv("RELAY_LINE_API_HOST", server.place)
        server.account.now = NOW.astimezone(UTC)
        server.account.friends.add(user(1))
        sent = relay("follow-up", "--carrier", "line:", "--send")
    answer = link("", use=LineUse.ANSWER, at=NOW + timedelta(hours=2))
    (tmp_path / "line-2026-11-24.jsonl").write_text(to_line(answer))
    monkeypatch.setenv("RELAY_NOW", "2026-11-25T10:00:00+09:00")

    taken = relay("collect-line", "line-2026-11-24.jsonl")

    assert taken["answered"] == [sent["letters"][0]["candidate_id"]]
    (told,) = relay("follow-up", "--history")["follow_ups"]
    assert (told["carrier"], told["replied_at"]) == ("line", "2026-11-24T12:00:00+09:00")


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
