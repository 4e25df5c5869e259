"""`relay follow-up`, `relay check` and `relay collect-line` where news goes by LINE, on a real file."""

from datetime import UTC, timedelta

import openpyxl

from sheets_automation.core.line_codes import line_code
from sheets_automation.core.line_records import LineUse, to_line
from tests.core.builders import NOW
from tests.follow_up.command_house import KEY, sheet_of, switch_on
from tests.line.line_house import link
from tests.line_server.account import TOKEN, user
from tests.line_server.server import LineServer


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


def test_the_check_names_a_letter_that_no_chat_can_show_before_anybody_sends_it(relay, tmp_path):
    relay("follow-up", "--init")
    switch_on(tmp_path)
    goes_by_line(tmp_path)
    chat_is_linked(relay, tmp_path)
    assert {one["name"] for one in relay("check", code=7)["problems"]} == {"configuration", "decision_too_old"}
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
