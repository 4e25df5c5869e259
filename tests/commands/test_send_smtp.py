"""`relay send` through a real mail server: once each, refused, unreachable, interrupted."""

import json
import re
import signal
import time

import pytest

from tests.carriers.mail_server import PASSWORD, USER, MailServer, make_certificates
from tests.commands.conftest import CONFIG


@pytest.fixture
def server():
    server = MailServer()
    with server.running():
        yield server


def send(relay, server, *more, code=0):
    return relay("send", "book.xlsx", "--carrier", f"smtp://127.0.0.1:{server.port}", "--send", *more, code=code)


def addresses(server):
    return sorted(address for address, _ in server.letters)


def test_every_letter_arrives_once(relay, book, server):
    sent, again = send(relay, server), send(relay, server)

    assert addresses(server) == sorted(letter["to"] for letter in sent["letters"])
    assert (sent["sent"], again["sent"]) == (24, 0)


def test_a_refused_address_is_counted_and_listed_and_not_tried_again(relay, book, server):
    refused = relay("send", "book.xlsx")["letters"][2]
    server.switches.answers[refused["to"]] = "550 5.1.1 no such user"

    sent, again = send(relay, server, code=7), send(relay, server)

    assert (sent["sent"], sent["failed"]) == (23, 1)
    assert [one["candidate_id"] for one in sent["letters"] if one["state"] == "refused"] == [refused["candidate_id"]]
    assert again["planned"] == 0
    assert "address_refused" in {one["reason"] for one in again["skipped"]}


def test_a_server_that_is_down_claims_nothing(relay, book, server):
    down = relay("send", "book.xlsx", "--carrier", "smtp://127.0.0.1:1", "--send", code=6)
    up = send(relay, server)

    assert down["error"]["name"] == "carrier"
    assert (down["planned"], down["sent"], down["uncertain"]) == (24, 0, 0)
    assert (up["sent"], len(server.letters)) == (24, 24)


def test_a_letter_in_doubt_waits_for_a_word_and_then_goes_again(relay, book, server):
    server.switches.hang_up.add("DOT")
    unsure = send(relay, server, "--limit", "1", code=7)
    candidate_id = unsure["letters"][0]["candidate_id"]
    server.switches.hang_up.clear()

    waiting = relay("settle", "book.xlsx")["open"]
    untouched = send(relay, server, "--only", candidate_id)
    settled = relay("settle", "book.xlsx", candidate_id, "--again", "--note", "not in the mailbox")
    again = send(relay, server, "--only", candidate_id)

    assert unsure["uncertain"] == 1
    assert [one["candidate_id"] for one in waiting] == [candidate_id]
    assert untouched["sent"] == 0
    assert settled["settled"] == [candidate_id]
    assert again["sent"] == 1


def test_a_letter_that_was_there_after_all_is_never_sent_again(relay, book, server):
    server.switches.hang_up.add("DOT")
    candidate_id = send(relay, server, "--limit", "1", code=7)["letters"][0]["candidate_id"]
    server.switches.hang_up.clear()

    relay("settle", "book.xlsx", candidate_id, "--sent")
    again = send(relay, server, "--only", candidate_id)

    assert (again["sent"], len(server.letters)) == (0, 1)
    assert relay("settle", "book.xlsx")["open"] == []


def test_the_password_comes_from_the_environment(process, tmp_path):
    certificates = make_certificates(tmp_path)
    server = MailServer(tls=certificates.server, tls_from_the_start=True)
    with server.running():
        carrier = f"smtps://{USER}@127.0.0.1:{server.port}"
        words = ["send", "book.xlsx", "--config", CONFIG, "--carrier", carrier, "--send", "--limit", "2", "--json"]
        trusted = {"SSL_CERT_FILE": str(tmp_path / "127.0.0.1.pem")}
        wrong = process(*words, RELAY_SMTP_PASSWORD="wrong", **trusted).communicate(timeout=60)
        right = process(*words, RELAY_SMTP_PASSWORD=PASSWORD, **trusted).communicate(timeout=60)

    assert json.loads(wrong[0])["error"]["name"] == "carrier"
    assert json.loads(right[0])["sent"] == len(server.letters) == 2
    assert PASSWORD not in "".join(right)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_finishes_the_letter_in_flight_and_the_next_goes_on(process, relay, book, server, number):
    server.switches.delays["DOT"] = 0.3
    carrier = f"smtp://127.0.0.1:{server.port}"
    running = process("send", "book.xlsx", "--config", CONFIG, "--carrier", carrier, "--send", "--json")
    while not server.letters:
        time.sleep(0.01)

    running.send_signal(number)
    out, err = running.communicate(timeout=60)
    server.switches.delays.clear()
    stopped = json.loads(out)
    # Few letters in the only run so far make all the others look like many: a person names their number.
    rest = send(relay, server, "--expect", str(24 - stopped["sent"]))

    assert running.returncode == 130
    assert stopped["error"]["name"] == "interrupted"
    assert "Stopping" in err
    assert 1 <= stopped["sent"] < 24
    assert stopped["uncertain"] == 0
    assert (stopped["sent"] + rest["sent"], len(set(addresses(server))), len(server.letters)) == (24, 24, 24)


def test_what_is_said_on_stderr_names_nobody(process, relay, book, server):
    everybody = relay("send", "book.xlsx")["letters"]
    server.switches.answers.update({letter["to"]: f"550 5.1.1 <{letter['to']}> unknown" for letter in everybody[:3]})
    server.switches.answers["DOT"] = f"451 4.3.0 <{everybody[4]['to']}> try again"
    carrier = f"smtp://127.0.0.1:{server.port}"

    running = process("send", "book.xlsx", "--config", CONFIG, "--carrier", carrier, "--send", RELAY_DEBUG="1")
    out, err = running.communicate(timeout=60)
    alone = process("send", "book.xlsx", "--config", CONFIG, "--carrier", "smtp://127.0.0.1:1", "--send", LANG="ja_JP")
    err += alone.communicate(timeout=60)[1]

    assert everybody[0]["to"] in out
    assert err
    assert not re.search(r"[\w.]+@\w+\.\w+", err)
