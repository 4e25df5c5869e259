"""`relay serve` as Cloud Run starts and ends it: a process, its environment, SIGTERM."""

import json
import re
import signal
import socket
import threading

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.service.cloud import host_of
from tests.commands.conftest import ROOT, process  # noqa: F401 - starts relay as a process of its own
from tests.service.cloud_service import HANAKO, KEY, MAILBOX, SCRIPT, Visitor, bearing, store_of, write_config
from tests.service.service_house import until


@pytest.fixture
def store(google):
    return store_of(google, HANAKO)


@pytest.fixture
def serve(process, google, store, tmp_path):  # noqa: F811
    """Start it; the process, and the address that it shows."""

    def start(*words, config=None, **environment):
        settings = {
            "RELAY_GOOGLE_EMULATOR_HOST": google.address,
            "RELAY_SIGNING_KEY": KEY,
            "PORT": "0",
            **environment,
        }
        asked = ["serve", "--config", config or write_config(tmp_path, store.id), "--lang", "en", *words]
        return process(*asked, **settings)

    return start


def address_of(running):
    """The address that it shows; it is listening by then."""
    line = running.stderr.readline()
    found = re.search(r"http://(\S+):(\d+)", line)
    assert found, line + running.stderr.read()
    return found[1], int(found[2])


def visitor_of(google, port, store):
    token = google.control.identity_token(HANAKO, SCRIPT)
    return Visitor(f"http://127.0.0.1:{port}", bearing(token, store.id))


def ended(running, number=signal.SIGTERM):
    running.send_signal(number)
    out, err = running.communicate(timeout=60)
    return running.returncode, out, err


def test_what_one_process_approved_the_next_one_sends(serve, google, store, tmp_path):
    mounted = tmp_path / "key"
    mounted.write_text(f"  {KEY}\n")
    carrier = ("--carrier", f"gmail:{MAILBOX}")
    first = serve(*carrier)
    host, port = address_of(first)
    approval = visitor_of(google, port, store).approve()
    code, _, log = ended(first)

    second = serve(*carrier, RELAY_SIGNING_KEY="", RELAY_SIGNING_KEY_FILE=str(mounted))
    _, port = address_of(second)
    lines = visitor_of(google, port, store).send(approval)
    ended(second, signal.SIGINT)

    assert (host, code) == ("127.0.0.1", 0)
    assert [line["state"] for line in lines.values()] == ["sent"] * 4
    assert [json.loads(line)["route"] for line in log.splitlines()] == ["/api/plan", "/api/approvals"]


def test_ending_it_while_letters_go_out_records_the_one_in_flight_and_begins_no_other(serve, google, store):
    google.control.fault("gmail.users.drafts.send", "latency", every=1, times=None, seconds=0.5)
    running = serve("--carrier", f"gmail:{MAILBOX}")
    _, port = address_of(running)
    visitor = visitor_of(google, port, store)
    approval = visitor.approve()
    answers = []
    sending = threading.Thread(target=lambda: answers.append(visitor.post("send", approval=approval)))
    sending.start()
    until(google.control.ledger)

    code, _, _ = ended(running)
    sending.join()

    sent = len(google.control.ledger())
    assert code == 0
    assert 0 < sent < 4
    assert answers[0]["left"] == 4 - sent
    assert sum(EventKind.SENT.value in row for row in store.look()["送信記録"]) == sent


def test_only_on_cloud_run_it_listens_for_everybody():
    assert host_of({"K_SERVICE": "relay"}) == "0.0.0.0"  # noqa: S104 - not opened here
    assert host_of({"K_SERVICE": ""}) == host_of({}) == "127.0.0.1"


def test_on_cloud_run_it_does_not_start_without_a_key(serve):
    out, err = serve(K_SERVICE="relay", RELAY_SIGNING_KEY="").communicate(timeout=60)

    assert "RELAY_SIGNING_KEY" in err
    assert "Serving" not in out + err


@pytest.mark.parametrize("keys", ["short", f"{KEY} short", f"{KEY} {KEY}x {KEY}y"])
def test_keys_that_are_too_short_or_too_many_are_refused_and_not_shown(serve, keys):
    running = serve(RELAY_SIGNING_KEY=keys)
    out, err = running.communicate(timeout=60)

    assert running.returncode == 2
    assert "RELAY_SIGNING_KEY" in err
    assert not set(keys.split()) & set((out + err).split())


def test_a_secret_that_is_not_there_is_told(serve):
    _, err = serve(RELAY_SIGNING_KEY="", RELAY_SIGNING_KEY_FILE="/nowhere/key").communicate(timeout=60)

    assert "RELAY_SIGNING_KEY_FILE" in err


def test_all_that_the_configuration_lacks_is_told_before_anybody_comes(serve, tmp_path):
    config = write_config(tmp_path, audiences=[], domains=[])

    _, err = serve(config=config).communicate(timeout=60)

    assert all(key in err for key in ("service.workbooks", "service.domains", "service.audiences"))


def test_spreadsheets_of_a_roster_are_worked_in_by_their_own_configuration(serve, google, tmp_path):
    listed = store_of(google, HANAKO, names=("田中 一",))
    own = (ROOT / "config" / "example.toml").read_text().replace("株式会社みなと製作所", "株式会社やまと工業")
    (tmp_path / "yamato.toml").write_text(own.replace('carrier = ""', 'carrier = "outbox:yamato"'))
    roster = tmp_path / "workbooks.toml"
    roster.write_text(
        f"""[[workbooks]]
name = "yamato"
address = "https://docs.google.com/spreadsheets/d/{listed.id}/edit"
config = "yamato.toml"
"""
    )
    carrier = ("--carrier", f"gmail:{MAILBOX}")  # of the others: never another company's mailbox
    running = serve("--workbooks", str(roster), *carrier, config=write_config(tmp_path))
    visitor = visitor_of(google, address_of(running)[1], listed)

    session = visitor.get("session")
    visitor.send(visitor.approve())
    ended(running)

    assert (session["company"], session["carrier"]["address"]) == ("株式会社やまと工業", "outbox:yamato")
    assert len([*(tmp_path / "yamato" / "new").iterdir()]) == 1
    assert google.control.ledger() == []


def test_the_port_is_what_the_environment_or_the_option_says(serve):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    by_environment = serve(PORT=str(number))
    shown = address_of(by_environment)[1]
    _, err = serve("--port", str(number), PORT="0").communicate(timeout=60)
    _, wrong = serve(PORT="http").communicate(timeout=60)

    assert shown == number
    assert f"Port {number} cannot be used" in err
    assert "PORT" in wrong
    assert ended(by_environment)[0] == 0


def test_programs_get_one_document(serve):
    running = serve("--json")
    address_of(running)

    code, out, _ = ended(running)

    assert (code, json.loads(out)) == (0, {"ended": True})
