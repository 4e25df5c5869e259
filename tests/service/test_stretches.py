"""Sending in stretches: stopped, gone on with, taken back, and never twice."""

import json
import socket
import threading

import pytest

from tests.service.service_house import until

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


@pytest.mark.parametrize(
    ("lang", "in_doubt", "failed"),
    [
        (
            "ja",
            "送れたかどうか分かりません(メールサーバーとの接続が切れました: DOT)。",
            "送れませんでした(451 4.3.0)。次回もう一度送ります。",
        ),
        (
            "en",
            "It may or may not have left (connection lost at DOT).",
            "Not sent; the next run tries again (451 4.3.0).",
        ),
    ],
)
def test_what_the_mail_server_did_is_told_in_brackets_and_in_the_readers_language(
    by_mail, server, lang, in_doubt, failed
):
    first, second = by_mail.get("plan")["letters"][:2]
    texts = []
    for one, broken in ((first, "hang_up"), (second, "answers")):
        others = [letter["id"] for letter in by_mail.get("plan")["letters"] if letter["id"] != one["id"]]
        approval = by_mail.approve(without=others)
        if broken == "hang_up":
            server.switches.hang_up.add("DOT")
        else:
            server.switches.hang_up.clear()
            server.switches.answers["DOT"] = "451 4.3.0 try later"
        texts.append(by_mail.post("send", lang=lang, approval=approval)["sent"][0]["text"])

    assert texts == [in_doubt, failed]


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


def told_by(service):
    """What somebody hears who is not in front of the page; a None where nothing is under way any more."""
    told = []
    service.house.progress = lambda done, of: told.append((done, of))
    service.house.rests = lambda: told.append(None)
    return told


def test_letters_are_counted_over_all_stretches(by_mail, server):
    server.switches.delays["DOT"] = 0.2
    told = told_by(by_mail)

    by_mail.send(a_few(by_mail), seconds=0.5)

    assert told.count(None) > 0
    assert [one for one in told if one] == [(number, FEW) for number in range(1, FEW + 1)]
    assert told[-1] == (FEW, FEW)


def test_whoever_hears_of_letters_hears_that_a_person_has_stopped_them(by_mail, server):
    server.switches.delays["DOT"] = 0.5
    told, approval = told_by(by_mail), a_few(by_mail)
    sending = threading.Thread(target=by_mail.post, args=("send",), kwargs={"approval": approval, "seconds": 25})
    sending.start()
    until(lambda: told)

    by_mail.post("undo", approval=approval)
    sending.join()

    assert told[-1] is None


def test_whoever_hears_of_letters_hears_that_no_mail_server_takes_them(by_mail, opened, book):
    nowhere = opened(book, carrier="smtp://127.0.0.1:1")
    told = told_by(nowhere)

    nowhere.post("send", approval=a_few(nowhere))

    assert told == [None]
