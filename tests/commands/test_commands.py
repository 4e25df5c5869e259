"""The commands as people and programs use them, on the demo workbook."""

import mailbox
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands.conftest import CONFIG


def send(relay, *more, code=0):
    return relay("send", "book.xlsx", "--carrier", "outbox:out", "--send", *more, code=code)


def test_a_dry_run_shows_the_plan_and_leaves_no_trace(relay, book):
    before = book.read_bytes()

    plan = relay("send", "book.xlsx")

    assert (plan["dry_run"], plan["planned"], plan["sent"], plan["carrier"]) == (True, 24, 0, None)
    assert book.read_bytes() == before
    assert not (book.parent / ".relay").exists()


def test_sending_delivers_each_letter_once_and_says_why_the_others_got_none(relay, book):
    sent = send(relay)
    again = send(relay)

    assert (sent["sent"], sent["failed"], sent["uncertain"]) == (24, 0, 0)
    assert {letter["state"] for letter in sent["letters"]} == {"sent"}
    assert len(mailbox.Maildir(book.parent / "out", create=False)) == 24
    assert again["sent"] == 0
    assert sum(one["reason"] == "already_sent" for one in again["skipped"]) == 24
    assert all(one["text"] for one in again["skipped"])


def test_our_columns_look_like_the_sheet_beside_them_also_where_they_say_nothing(relay, book):
    relay("send", "book.xlsx", "--carrier", "outbox:out", "--send")

    sheet = load_workbook(book)["応募者一覧"]
    status = next(cell.column for cell in sheet[4] if cell.value == "通知状況")
    silent = [row for row in range(5, 93) if sheet.cell(row, status).value is None]
    assert len(silent) > 30
    assert {sheet.cell(row, status).border.left.style for row in silent} == {sheet.cell(5, 3).border.left.style}


def test_a_wrong_number_refuses_the_run_with_one_document(relay, book):
    refused = send(relay, "--expect", "23", code=3)

    assert refused["error"]["name"] == "expectation_missed"
    assert (refused["planned"], refused["sent"]) == (24, 0)
    assert not (book.parent / "out" / "new").exists()


def test_only_the_named_candidate_is_written_to(relay, book):
    candidate_id = relay("send", "book.xlsx")["letters"][3]["candidate_id"]

    sent = send(relay, "--only", candidate_id)

    assert [letter["candidate_id"] for letter in sent["letters"]] == [candidate_id]


def test_a_sample_goes_to_the_person_who_asks_and_to_nobody_else(relay, book):
    sample = send(relay, "--test-to", "me@example.com")

    letters = list(mailbox.Maildir(book.parent / "out", create=False))
    assert len(letters) == sample["sent"] > 1
    assert {letter["To"].rpartition("<")[2].strip(">") for letter in letters} == {"me@example.com"}
    assert relay("send", "book.xlsx")["planned"] == 24


def test_on_a_weekend_nothing_goes_and_nothing_is_wrong(relay, book, monkeypatch):
    monkeypatch.setenv("RELAY_NOW", "2026-11-28T10:00:00+09:00")

    sent = send(relay)

    assert sent["sent"] == 0
    assert "window_closed" in {one["reason"] for one in sent["skipped"]}


def test_registrations_make_progress_and_are_counted_once(relay, book):
    codes = [letter["referral_code"] for letter in send(relay)["letters"] if letter["referral_code"]][:3]

    first = relay("register", "book.xlsx", *codes)
    second = relay("register", "book.xlsx", codes[0])
    wrong = relay("register", "book.xlsx", "BBBBBBBBBBBB", code=7)

    assert first["credits"]["progress"] == "3/10"
    assert (second["added"], second["already_known"]) == (0, 1)
    assert wrong["added"] == 0
    assert relay("credits", "book.xlsx")["progress"] == "3/10"


def test_each_line_of_a_partners_list_that_was_not_recorded_is_named_once(relay, say, book):
    code = relay("send", "book.xlsx", "--carrier", "outbox:out", "--send")["letters"][0]["referral_code"]
    (book.parent / "list.csv").write_text(f"紹介コード\n{code}\n{code}\nABC\n")

    screen = say("register", "book.xlsx", "--csv", "list.csv", "--lang", "en", code=7).out

    assert screen.count(code) == 1
    assert f"- list.csv:3: {code}: registered is recorded already" in screen
    assert "- list.csv:4: ABC: This is no referral code" in screen


def test_check_names_the_cell_of_every_problem(relay, book):
    problems = relay("check", "book.xlsx", code=7)["problems"]
    found = [one for one in problems if one["name"] != "configuration"]  # the example has values of nobody

    assert {"address_invalid", "name_missing", "decision_unknown"} <= {one["name"] for one in found}
    assert all("!" in one["where"] and one["text"] for one in found)


def test_preview_writes_one_page_with_every_letter(relay, book):
    page = relay("preview", "book.xlsx", "--out", "page.html")

    assert page["letters"] == 24
    assert Path("page.html").stat().st_mode & 0o077 == 0


def test_status_settle_and_doctor_answer(relay, book):
    send(relay)

    assert relay("status", "book.xlsx")["sent"] == 24
    assert relay("settle", "book.xlsx")["open"] == []
    assert all(check["ok"] for check in relay("doctor", "book.xlsx", "--carrier", "outbox:out")["checks"])


def test_a_new_decision_on_a_row_gets_a_new_letter_when_a_person_says_so(relay, book):
    candidate_id = send(relay)["letters"][0]["candidate_id"]

    settled = relay("settle", "book.xlsx", candidate_id, "--reopen")

    assert settled["settled"] == [candidate_id]
    assert [letter["candidate_id"] for letter in relay("send", "book.xlsx")["letters"]] == [candidate_id]


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        (["send", "missing.xlsx"], 4, "workbook_not_found"),
        (["send", CONFIG], 4, "workbook_unreadable"),
        (["send", "book.xlsx", "--send"], 2, "configuration"),
        (["send", "book.xlsx", "--send", "--carrier", "pigeon:home"], 2, "configuration"),
        (["init", "book.xlsx"], 4, "workbook_not_saved"),
    ],
)
def test_every_error_is_one_document_with_a_name_and_a_sentence(relay, book, words, code, name):
    error = relay(*words, code=code)["error"]

    assert error["name"] == name
    assert error["text"]


def test_a_workbook_that_is_open_in_excel_is_left_alone(relay, book):
    (book.parent / "~$book.xlsx").write_bytes(b"\x06User")

    assert send(relay, code=4)["error"]["name"] == "workbook_busy"
