"""The plan and its letters over HTTP: what `relay send` would do, and nothing done."""

import pytest
from openpyxl import load_workbook

from tests.service.service_house import recruiter_writes

SUNDAY = "2026-11-29T11:00:00+09:00"
CLOSED = "2026-11-27T20:00:00+09:00"


def test_the_plan_is_that_of_the_command_line(service, relay, book):
    dry = relay("send", "book.xlsx")

    plan = service.get("plan")

    assert {letter["id"] for letter in plan["letters"]} == {letter["candidate_id"] for letter in dry["letters"]}
    left_out = {(one["id"], group["reason"]) for group in plan["left_out"] for one in group["people"]}
    assert left_out == {(one["candidate_id"], one["reason"]) for one in dry["skipped"]}
    assert plan["counts"] == {"rows": 88, "letters": 24, "left_out": 64, "sent_before": 0, "uncertain": 0}


def test_looking_leaves_no_trace(service, book):
    before = book.read_bytes()

    plan = service.get("plan")
    service.post("letters", ids=[letter["id"] for letter in plan["letters"]], plan=plan["plan"])
    for call in ("session", "uncertain", "credits", "check", "analysis", "runs"):
        service.get(call)

    assert book.read_bytes() == before
    assert not (book.parent / ".relay").exists()


def test_who_needs_a_person_comes_first_and_each_says_what_to_do(service):
    groups = service.get("plan", lang="en")["left_out"]

    severities = [group["severity"] for group in groups]
    assert severities == sorted(severities, key=["act", "wait", "none"].index)
    assert all(group["count"] == len(group["people"]) for group in groups)
    assert all(group["advice"] for group in groups if group["severity"] == "act")
    assert all(person["cell"].startswith("応募者一覧!") for group in groups for person in group["people"])


def test_letters_that_need_a_look_come_first(service):
    letters = service.get("plan")["letters"]

    looked = [bool(letter["looks"]) for letter in letters]
    assert looked == sorted(looked, reverse=True)
    firsts = [letter for letter in letters if "first_of_template" in {look["name"] for look in letter["looks"]}]
    assert {letter["template"] for letter in firsts} == {letter["template"] for letter in letters}


@pytest.mark.parametrize(
    ("cell", "value"), [("C21", "池田 翔子"), ("G21", "another@example.com"), ("O21", "2026/11/20")]
)
def test_the_plan_has_another_name_as_soon_as_anything_of_it_changes(service, book, cell, value):
    before = service.get("plan")

    again = service.get("plan")
    recruiter_writes(book, cell, value)
    after = service.get("plan")

    assert again["plan"] == before["plan"]
    assert (after["plan"] != before["plan"]) == (cell != "O21")


def test_whoever_is_left_out_is_told_with_their_address(service, book):
    row = service.get("plan")["letters"][0]["row"]
    address = service.get("plan")["letters"][0]["address"]
    decision = next(cell for cell in load_workbook(book)["応募者一覧"][row] if cell.value == "不採用")
    recruiter_writes(book, decision.coordinate, "辞退")

    (one,) = [p for group in service.get("plan")["left_out"] for p in group["people"] if p["row"] == row]

    assert one["address"] == address


def test_a_letter_is_shown_as_it_will_go(service, relay, book, tmp_path):
    plan = service.get("plan")
    first = plan["letters"][0]

    letter = service.get(f"letters/{first['id']}", plan=plan["plan"])
    several = service.post("letters", ids=[first["id"]], plan=plan["plan"])["letters"]

    assert several == [letter]
    assert (letter["subject"], letter["address"]) == (first["subject"], first["address"])
    assert first["name"] in letter["text"]
    assert first["name"] in letter["html"]
    assert letter["from"].endswith("<saiyo@minato.example>")


def test_a_letter_of_yesterdays_plan_is_not_shown(service, book):
    plan = service.get("plan")
    first = plan["letters"][0]
    recruiter_writes(book, f"C{first['row']}", "別の 名前")

    error = service.get(f"letters/{first['id']}", code=409, plan=plan["plan"])["error"]
    others = service.post("letters", code=409, ids=[first["id"]], plan=plan["plan"])["error"]

    assert error["name"] == others["name"] == "plan_changed"


@pytest.mark.parametrize(
    ("now", "opens"), [(SUNDAY, "2026-11-30T09:00:00+09:00"), (CLOSED, "2026-11-30T09:00:00+09:00")]
)
def test_on_a_weekend_the_letters_of_monday_are_shown(opened, book, now, opens):
    plan = opened(book, now=now).get("plan")

    assert plan["window"] == {"is_open": False, "opens_at": opens}
    assert len(plan["letters"]) >= 24


def test_the_number_has_to_be_typed_where_the_guard_asks_for_it(opened, book, tmp_path):
    strict = tmp_path / "strict.toml"
    strict.write_text("[guards]\nmax_letters_per_run = 5\n")

    guard = opened(book, config=str(strict)).get("plan", lang="en")["guard"]

    assert guard["expect"] == 24
    assert guard["text"] == "The 24 letters of the plan are more than the limit of 5 letters a run."
    assert "--expect" not in guard["text"]


def test_a_broken_letter_is_told_and_stops_everything(opened, book, tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "standard.ja.md").write_text("件名: 結果\n\n{{ 氏名 }}様\n\n{{ なにこれ }}\n")
    config = tmp_path / "own.toml"
    config.write_text('[letters]\nfolder = "letters"\n')
    service = opened(book, config=str(config))

    plan = service.get("plan")
    refused = service.post("approvals", code=422, plan=plan["plan"])

    assert [problem["stops"] for problem in plan["problems"]] == [True]
    assert refused["error"]["name"] == "letter"


def test_a_workbook_without_its_headings_says_so(service, book):
    recruiter_writes(book, "C4", "なにか")

    assert service.get("plan", code=422)["error"]["name"] == "heading_problem"


def test_a_workbook_that_is_gone_says_so(service, book):
    book.unlink()

    assert service.get("plan", code=404)["error"]["name"] == "workbook_not_found"


def test_a_mistake_in_the_configuration_is_told_until_it_is_corrected(opened, book, tmp_path):
    config = tmp_path / "own.toml"
    config.write_text("[guards]\nmin_delay_hours = 24\n")
    service = opened(book, config=str(config))

    config.write_text("[guards]\nmin_delay_hours = -1\n")
    wrong = service.get("session", code=422)
    config.write_text("[guards]\nmin_delay_hours = 24\n")

    assert wrong["error"]["name"] == "configuration"
    assert service.get("session")["workbook"]["kind"] == "excel"


def test_the_session_says_who_is_at_work_on_what(service):
    session = service.get("session")

    assert session["workbook"]["title"] == "book.xlsx"
    assert session["actor"] == "hanako"
    assert session["carrier"]["name"] == "outbox"
    assert session["carrier"]["is_set"]
    assert (session["mode"], session["needs_second_approval"]) == ("local", False)


def test_every_sentence_comes_in_the_language_that_is_asked_for(service):
    ja, en = service.get("plan", lang="ja"), service.get("plan", lang="en")

    assert ja["plan"] == en["plan"]
    assert all(group["text"].isascii() is False for group in ja["left_out"])
    assert "Still in selection." in {group["text"] for group in en["left_out"]}
    assert service.get("nothing", code=404, lang="en")["error"]["text"] == "There is no such call."
