"""Approving and sending: only what a person looked at, each letter once, in stretches, and nothing lost by leaving."""

import base64
import json
import socket
import threading

import pytest

from tests.carriers.mail_server import MailServer
from tests.service.service_house import delivered, recruiter_deletes_row, recruiter_writes, until


@pytest.fixture
def server():
    server = MailServer()
    with server.running():
        yield server


@pytest.fixture
def by_mail(opened, book, server):
    """The demo workbook with a real mail server."""
    return opened(book, carrier=f"smtp://127.0.0.1:{server.port}")


FEW = 6
"""Letters enough to be stopped among, and few enough for a slow machine."""


def a_few(service):
    """Agree to the first few letters."""
    letters = service.get("plan")["letters"]
    return service.approve(without=[letter["id"] for letter in letters[FEW:]])


def asking(service, body) -> bytes:
    """A request to send, as bytes: whoever sends it can leave at any moment."""
    (name, value), data = next(iter(service.browser.cookies.items())), json.dumps(body).encode()
    head = (
        f"POST /api/send HTTP/1.1\r\nHost: 127.0.0.1:{service.gate.port}\r\nSec-Fetch-Site: same-origin\r\n"
        f"Cookie: {name}={value}\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    return head.encode() + data


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


def test_a_slow_mail_server_is_met_in_several_stretches_and_each_letter_arrives_once(by_mail, server):
    server.switches.delays["DOT"] = 0.2
    approval = a_few(by_mail)

    lines, asked = by_mail.send(approval, seconds=0.5)

    assert asked > 1
    assert {line["state"] for line in lines.values()} == {"sent"}
    assert len(lines) == len({address for address, _ in server.letters}) == len(server.letters) == FEW


def test_all_stretches_are_one_run_in_the_history_and_for_the_guard(by_mail, server):
    server.switches.delays["DOT"] = 0.2
    by_mail.send(a_few(by_mail), seconds=0.5)

    (run,) = by_mail.get("runs")

    assert (run["sent"], run["actor"]) == (FEW, "hanako (relay open, test)")


def test_a_stretch_of_no_time_sends_nothing_and_says_what_is_left(by_mail, server):
    answer = by_mail.post("send", approval=a_few(by_mail), seconds=0)

    assert (answer["sent"], answer["left"], answer["done"]) == ([], FEW, False)
    assert server.letters == []


def test_closing_the_page_stops_after_the_letter_in_flight_and_asking_again_goes_on(by_mail, server):
    server.switches.delays["DOT"] = 0.5
    approval = a_few(by_mail)
    leaving = socket.create_connection(("127.0.0.1", by_mail.gate.port))

    leaving.sendall(asking(by_mail, {"approval": approval, "seconds": 25}))
    until(lambda: server.letters)
    leaving.close()
    with by_mail.house.pen(by_mail.house.workbook, patience=60):
        at_rest = len(server.letters)
    server.switches.delays.clear()
    lines, _ = by_mail.send(approval)

    assert 0 < at_rest < FEW
    assert len(lines) == FEW - at_rest
    assert len({address for address, _ in server.letters}) == len(server.letters) == FEW
    assert by_mail.get("uncertain")["letters"] == []


def test_two_sends_at_once_are_one_send(by_mail, server):
    server.switches.delays["DOT"] = 0.5
    approval = a_few(by_mail)
    first = threading.Thread(target=by_mail.post, args=("send",), kwargs={"approval": approval, "seconds": 25})
    first.start()
    until(lambda: server.letters)

    second = by_mail.post("send", code=423, approval=approval)
    first.join()
    server.switches.delays.clear()
    by_mail.send(approval)

    assert second["error"]["name"] == "workbook_busy"
    assert len({address for address, _ in server.letters}) == len(server.letters) == FEW


def test_what_was_taken_back_never_goes(service, tmp_path):
    approval = service.approve()

    undone = service.post("undo", approval=approval)
    refused = service.post("send", code=409, approval=approval)
    again = service.post("undo", code=409, approval=approval)

    assert undone["withdrawn"] == 24
    assert refused["error"]["name"] == again["error"]["name"] == "approval_void"
    assert delivered(tmp_path / "out") == []
    assert len(service.send(service.approve())[0]) == 24


def test_taking_back_stops_a_send_that_is_under_way(by_mail, server):
    server.switches.delays["DOT"] = 0.5
    approval = a_few(by_mail)
    sending = threading.Thread(target=by_mail.post, args=("send",), kwargs={"approval": approval, "seconds": 25})
    sending.start()
    until(lambda: server.letters)

    undone = by_mail.post("undo", approval=approval)
    sending.join()
    refused = by_mail.post("send", code=409, approval=approval)

    assert undone["withdrawn"] + len(server.letters) == FEW
    assert undone["withdrawn"] > 0
    assert refused["error"]["name"] == "approval_void"


def test_an_approval_given_anew_replaces_the_one_before(service, tmp_path):
    old, new = service.approve(), service.approve()

    refused = service.post("send", code=409, approval=old)
    lines, _ = service.send(new)

    assert refused["error"]["name"] == "approval_void"
    assert len(lines) == 24


def test_a_letter_in_doubt_waits_for_a_persons_word(by_mail, server):
    server.switches.hang_up.add("DOT")
    first = by_mail.get("plan")["letters"]
    approval = by_mail.approve(without=[letter["id"] for letter in first[1:]])

    unsure = by_mail.post("send", approval=approval)
    server.switches.hang_up.clear()
    (waiting,) = by_mail.get("uncertain")["letters"]
    settled = by_mail.post("settle", ids=[waiting["id"]], word="again", note="送信済みに無い")
    wrong = by_mail.post("settle", ids=[waiting["id"]], word="reopen")
    lines, _ = by_mail.send(a_few(by_mail))

    assert (unsure["uncertain"], unsure["sent"][0]["state"]) == (1, "uncertain")
    assert (waiting["row"], waiting["address"]) == (first[0]["row"], first[0]["address"])
    assert settled["settled"] == 1
    assert wrong["not_settled"] == [{"id": waiting["id"], "state": "open"}]
    assert lines[waiting["id"]]["state"] == "sent"
    assert by_mail.get("uncertain")["letters"] == []


def test_a_mail_server_that_is_down_is_told_and_nothing_is_claimed(by_mail, opened, book, server):
    nowhere = opened(book, carrier="smtp://127.0.0.1:1")

    answer = nowhere.post("send", approval=a_few(nowhere))

    assert answer["error"]["name"] == "carrier"
    assert (answer["left"], answer["done"], answer["sent"]) == (FEW, False, [])


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


def test_test_letters_go_to_whoever_asks_and_nobody_else(by_mail, server, book):
    before = book.read_bytes()
    ids = [letter["id"] for letter in by_mail.get("plan")["letters"][:3]]

    sent = by_mail.post("test", ids=ids, to="me@example.com")
    wrong = by_mail.post("test", code=400, ids=ids, to="nobody")
    unknown = by_mail.post("test", code=404, ids=["C-NOBODY"], to="me@example.com")

    assert sent["sent"] == 3
    assert [address for address, _ in server.letters] == ["me@example.com"] * 3
    assert book.read_bytes() == before
    assert (wrong["error"]["name"], unknown["error"]["name"]) == ("bad_request", "unknown_candidate")


def test_the_log_says_who_approved_what_and_who_took_it_back(service, relay, book):
    service.post("undo", approval=service.approve())
    service.send(service.approve())

    done, undone = service.get("runs")[0], service.get("runs")[1]

    assert (done["sent"], undone["withdrawn"], undone["sent"]) == (24, 24, 0)
    assert {done["actor"], undone["actor"]} == {"hanako (relay open, test)"}
