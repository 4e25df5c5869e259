"""`relay open` as a person starts and ends it: a process, an address, Ctrl-C."""

import json
import re
import signal
import threading

import httpx
import pytest

from tests.carriers.mail_server import MailServer
from tests.commands.conftest import CONFIG, process  # noqa: F401 - starts relay as a process of its own
from tests.plain_http import NO_CERTIFICATES
from tests.service.service_house import OURS, until


def address_of(running, stream="stdout"):
    """The address that it shows; it is listening by then."""
    lines = [getattr(running, stream).readline(), getattr(running, stream).readline()]
    return re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", "".join(lines))[0]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_shows_an_address_serves_and_ends_in_good_order(process, book, number):  # noqa: F811
    before = book.read_bytes()
    running = process("open", "book.xlsx", "--no-browser", "--config", CONFIG, "--lang", "ja")
    address = address_of(running)
    with httpx.Client(verify=NO_CERTIFICATES, headers=OURS, timeout=60) as browser:
        browser.get(address)
        plan = browser.get(f"{address.partition('?')[0]}api/plan").json()

    running.send_signal(number)
    out, err = running.communicate(timeout=60)

    assert (running.returncode, err) == (0, "")
    assert "閉じました" in out
    assert plan["counts"]["letters"] == 24
    assert book.read_bytes() == before


def test_it_listens_on_this_computer_only_and_on_the_port_that_was_asked_for(process, book):  # noqa: F811
    first = process("open", "book.xlsx", "--no-browser", "--config", CONFIG, "--lang", "en")
    port = httpx.URL(address_of(first)).port
    second = process("open", "book.xlsx", "--no-browser", "--config", CONFIG, "--port", str(port), "--lang", "en")

    out, err = second.communicate(timeout=60)
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=60)

    assert (second.returncode, out) == (2, "")
    assert f"Port {port} cannot be used" in err


def test_programs_get_one_document_and_people_the_address_on_the_other_stream(process, book):  # noqa: F811
    running = process("open", "book.xlsx", "--no-browser", "--config", CONFIG, "--json")
    address_of(running, "stderr")

    running.send_signal(signal.SIGINT)
    out, _ = running.communicate(timeout=60)

    assert json.loads(out) == {"workbook": "book.xlsx", "ended": True}


def test_a_workbook_that_is_not_there_is_told_before_anything_is_opened(process):  # noqa: F811
    out, err = process("open", "nobody.xlsx", "--no-browser", "--config", CONFIG, "--lang", "en").communicate(
        timeout=60
    )

    assert out == ""
    assert "nobody.xlsx" in err


def test_ending_it_while_letters_go_out_records_the_one_in_flight_and_begins_no_other(process, relay, book):  # noqa: F811
    server = MailServer()
    server.switches.delays["DOT"] = 0.5
    with server.running(), httpx.Client(verify=NO_CERTIFICATES, headers=OURS, timeout=60) as browser:
        carrier = f"smtp://127.0.0.1:{server.port}"
        running = process("open", "book.xlsx", "--no-browser", "--config", CONFIG, "--carrier", carrier)
        address = address_of(running)
        browser.get(address)
        root = address.partition("?")[0]
        plan = browser.get(f"{root}api/plan").json()
        agreed = {"plan": plan["plan"], "without": [letter["id"] for letter in plan["letters"][6:]]}
        approval = browser.post(f"{root}api/approvals", json=agreed).json()["approval"]
        answers = []
        sending = threading.Thread(
            target=lambda: answers.append(browser.post(f"{root}api/send", json={"approval": approval}).json())
        )
        sending.start()
        until(lambda: server.letters)

        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=60)
        sending.join()

    left = 24 - len(server.letters)
    assert (running.returncode, err) == (0, "")
    assert 0 < answers[0]["left"] == 6 - len(server.letters)
    assert relay("send", "book.xlsx", "--expect", str(left))["planned"] == left
    assert relay("settle", "book.xlsx")["open"] == []


def test_what_it_says_names_nobody(process, book):  # noqa: F811
    running = process("open", "book.xlsx", "--no-browser", "--config", CONFIG, RELAY_DEBUG="1")
    address = address_of(running)
    with httpx.Client(verify=NO_CERTIFICATES, headers=OURS, timeout=60) as browser:
        browser.get(address)
        root = address.partition("?")[0]
        plan = browser.get(f"{root}api/plan").json()
        browser.get(f"{root}api/letters/{plan['letters'][0]['id']}", params={"plan": plan["plan"]})
        browser.get(f"{root}api/letters/{plan['letters'][0]['id']}", params={"plan": "x"})
        browser.post(f"{root}api/settle", json={"ids": [plan["letters"][0]["id"]], "word": plan["letters"][0]["name"]})

    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)

    said = out + err
    assert not [letter for letter in plan["letters"] if letter["name"] in said or letter["address"] in said]
    assert plan["letters"][0]["id"] not in said
