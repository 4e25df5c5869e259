"""Approving and sending: only what a person looked at, each letter once, in stretches, and nothing lost by leaving."""

import base64
import json

import pytest

from tests.service.service_house import delivered, recruiter_deletes_row, recruiter_writes


def test_what_was_approved_is_sent_once_and_is_in_the_workbook(service, relay, book, tmp_path):
    approval = service.approve()

    lines, _ = service.send(approval)
    again, _ = service.send(approval)

    assert {line["state"] for line in lines.values()} == {"sent"}
    assert len(lines) == len(delivered(tmp_path / "out")) == 24
    assert again == {}
    assert relay("send", "book.xlsx")["planned"] == 0
    assert service.get("plan")["counts"]["sent_before"] == 24


def test_whoever_was_taken_out_gets_nothing(service, tmp_path):
    plan = service.get("plan")
    out = [letter["id"] for letter in plan["letters"][:3]]

    given = service.post("approvals", plan=plan["plan"], without=out)
    lines, _ = service.send(given["approval"])

    assert given["letters"] == len(lines) == 21
    assert not set(out) & set(lines)
    assert {letter["id"] for letter in service.get("plan")["letters"]} == set(out)


def test_a_plan_that_is_no_longer_so_cannot_be_approved(service, book):
    plan = service.get("plan")
    recruiter_writes(book, f"C{plan['letters'][0]['row']}", "別姓")

    refused = service.post("approvals", code=409, plan=plan["plan"])
    unknown = service.post("approvals", code=409, plan=service.get("plan")["plan"], without=["C-NOBODY"])

    assert refused["error"]["name"] == unknown["error"]["name"] == "plan_changed"


def test_a_row_that_changed_after_the_approval_gets_nothing_and_says_why(service, book, tmp_path):
    first, second, third = service.get("plan")["letters"][:3]
    approval = service.approve()
    recruiter_writes(book, f"N{first['row']}", "内定")
    recruiter_writes(book, f"J{second['row']}", "別の職種")
    recruiter_deletes_row(book, third["row"])

    lines, _ = service.send(approval)

    assert lines[first["id"]]["reason"] == "offered"
    assert lines[second["id"]]["reason"] == "changed_during_run"
    assert lines[third["id"]]["row"] is None
    assert len(delivered(tmp_path / "out")) == 21
    assert {first["id"], second["id"], third["id"]} == {i for i, line in lines.items() if line["state"] == "left_out"}


def test_a_letter_that_hr_rewrote_after_the_approval_is_not_sent(opened, book, tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    letter = folder / "standard.ja.md"
    letter.write_text("件名: 選考結果のご連絡\n\n{{ 氏名 }}様\n\nお見送りとさせていただきます。\n")
    config = tmp_path / "own.toml"
    config.write_text(
        '[letters]\nfolder = "letters"\n[[letters.rules]]\ntemplate = "standard"\n'
        '[sender]\naddress = "saiyo@minato.example"\n'
    )
    service = opened(book, config=str(config), carrier=f"outbox:{tmp_path / 'out'}")
    approval = service.approve()

    letter.write_text("件名: 選考結果のご連絡\n\n{{ 氏名 }}様\n\n採用です。\n")
    lines, _ = service.send(approval)

    assert {line["reason"] for line in lines.values()} == {"changed_during_run"}
    assert delivered(tmp_path / "out") == []


def test_an_unusual_number_has_to_be_typed_exactly(opened, book, tmp_path):
    strict = tmp_path / "strict.toml"
    strict.write_text('[guards]\nmax_letters_per_run = 5\n[sender]\naddress = "saiyo@minato.example"\n')
    service = opened(book, config=str(strict), carrier=f"outbox:{tmp_path / 'out'}")
    plan = service.get("plan")
    out = [plan["letters"][0]["id"]]

    untyped = service.post("approvals", code=422, plan=plan["plan"])
    mistyped = service.post("approvals", code=422, plan=plan["plan"], without=out, expect=plan["guard"]["expect"])
    typed = service.post("approvals", plan=plan["plan"], without=out, expect=plan["guard"]["expect"] - 1)
    lines, _ = service.send(typed["approval"])

    assert untyped["error"]["name"] == "blast_radius"
    assert mistyped["error"]["name"] == "expectation_missed"
    assert len(lines) == typed["letters"]


def forged(approval: str) -> list[str]:
    body, _, seal = approval.partition(".")
    document = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    document["expires_at"] = "2099-01-01T00:00:00+09:00"
    other = base64.urlsafe_b64encode(json.dumps(document).encode()).decode().rstrip("=")
    return [f"{other}.{seal}", body, f"{body}.", f".{seal}", "x", "あ.い", f"{seal}.{body}", f"{body}.{seal}x"]


def test_nobody_can_make_or_change_an_approval(service, tmp_path):
    for text in forged(service.approve()):
        refused = service.post("send", code=409, approval=text)
        assert refused["error"]["name"] == "approval_void"
    assert delivered(tmp_path / "out") == []


def test_an_approval_holds_for_a_day_and_for_its_own_workbook(opened, service, book, tmp_path):
    approval = service.approve()
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(book.read_bytes())
    other = opened(copy, carrier=f"outbox:{tmp_path / 'out'}")
    other.house.keys = service.house.keys

    elsewhere = other.post("send", code=409, approval=approval)
    service.house.environ["RELAY_NOW"] = "2026-11-25T10:00:01+09:00"
    too_late = service.post("send", code=409, approval=approval)

    assert elsewhere["error"]["name"] == too_late["error"]["name"] == "approval_void"
    assert delivered(tmp_path / "out") == []


def test_nothing_leaves_outside_the_window_whatever_was_approved(opened, book, tmp_path):
    service = opened(book, carrier=f"outbox:{tmp_path / 'out'}", now="2026-11-28T10:00:00+09:00")

    lines, _ = service.send(service.approve())

    assert {line["reason"] for line in lines.values()} == {"window_closed"}
    assert delivered(tmp_path / "out") == []


def test_without_a_carrier_nothing_is_sent_and_the_page_is_told(opened, book):
    service = opened(book)

    refused = service.post("send", code=422, approval=service.approve())

    assert refused["error"]["name"] == "configuration"
    assert not service.get("session")["carrier"]["is_set"]


@pytest.mark.parametrize("started_from", ["excel", "cloud"])
def test_whoever_started_without_a_terminal_is_told_of_a_missing_carrier_in_their_words(opened, book, started_from):
    service = opened(book, started_from=started_from)
    ids = [service.get("plan")["letters"][0]["id"]]

    refused = service.post("test", code=422, ids=ids, to="me@minato.example")

    assert service.get("session")["started_from"] == started_from
    assert "[sender] carrier" in refused["error"]["text"]
    assert "relay " not in refused["error"]["text"]


def test_what_was_taken_back_never_goes(service, tmp_path):
    approval = service.approve()

    undone = service.post("undo", approval=approval)
    refused = service.post("send", code=409, approval=approval)
    again = service.post("undo", code=409, approval=approval)

    assert undone["withdrawn"] == 24
    assert refused["error"]["name"] == again["error"]["name"] == "approval_void"
    assert delivered(tmp_path / "out") == []
    assert len(service.send(service.approve())[0]) == 24


def test_an_approval_given_anew_replaces_the_one_before(service, tmp_path):
    old, new = service.approve(), service.approve()

    refused = service.post("send", code=409, approval=old)
    lines, _ = service.send(new)

    assert refused["error"]["name"] == "approval_void"
    assert len(lines) == 24


def test_the_file_is_free_between_two_requests_and_busy_while_excel_has_it(service, relay, book):
    approval = service.approve()
    relay("credits", "book.xlsx")
    lock = book.parent / "~$book.xlsx"

    lock.write_bytes(b"\x06User")
    busy = service.post("send", code=423, approval=approval)
    seen = service.get("plan")
    lock.unlink()

    assert busy["error"]["name"] == "workbook_busy"
    assert seen["counts"]["letters"] == 24
    assert len(service.send(approval)[0]) == 24


def test_the_log_says_who_approved_what_and_who_took_it_back(service, relay, book):
    service.post("undo", approval=service.approve())
    service.send(service.approve())

    done, undone = service.get("runs")[0], service.get("runs")[1]

    assert (done["sent"], undone["withdrawn"], undone["sent"]) == (24, 24, 0)
    assert {done["actor"], undone["actor"]} == {"hanako (relay open, test)"}
