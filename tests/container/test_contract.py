"""The container's contract with Cloud Run: entry point, environment, signals, port, and a read-only disk."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from datetime import datetime
from pathlib import Path

import pytest

from tests.container.box import PYTHON, ROOT, Box, install_wheel
from tests.fleet.fleet_house import CONFIG, HEADINGS, NOW, people
from tests.workbooks.google_people import GoogleStore

MAILBOX = "saiyo@minato.example"
CLIENT = "123-abc.apps.googleusercontent.com"
IN_FLIGHT = 2
"""Letters that may still leave after SIGTERM: Cloud Run waits ten seconds before it kills, and a letter takes one."""


@pytest.fixture(scope="session")
def wheel():
    install_wheel()


@pytest.fixture
def box(wheel):
    folder = Path(tempfile.mkdtemp(prefix="relay-box-", dir="/tmp"))
    yield Box(folder)
    shutil.rmtree(folder)


@pytest.fixture
def store(google, box):
    """A spreadsheet in the roster that is mounted into the container."""
    google.control.freeze(datetime.fromisoformat(NOW))
    store = GoogleStore(google, {"候補者": [HEADINGS, *people(19)]})
    (box.etc / "relay.toml").write_text(CONFIG, encoding="utf-8")
    (box.etc / "workbooks.toml").write_text(
        f'[defaults]\nconfig = "relay.toml"\ncarrier = "gmail:{MAILBOX}"\n'
        f'[[workbooks]]\nname = "minato"\naddress = "{store.id}"\n',
        encoding="utf-8",
    )
    box.environment |= {"RELAY_GOOGLE_EMULATOR_HOST": google.address, "RELAY_NOW": NOW}
    return store


def roster(box):
    return ["--workbooks", str(box.etc / "workbooks.toml")]


def test_the_wheel_has_all_that_it_needs_inside(box):
    out = box.run("deploy", "--project", "minato-relay", "--out", "/tmp/relay-box-deployed")

    assert "job.yaml" in out
    assert "preview" in box.run("--help")
    shutil.rmtree("/tmp/relay-box-deployed")


def test_a_task_of_a_job_does_its_share_without_a_disk_of_its_own(box, store, google):
    out = box.run(
        "run", "nightly", *roster(box), CLOUD_RUN_TASK_INDEX="0", CLOUD_RUN_TASK_COUNT="1", CLOUD_RUN_EXECUTION="e-1"
    )

    assert json.loads(out.splitlines()[-1])["counts"]["sent"] == 19
    assert len(google.control.ledger()) == 19


def test_a_disk_that_is_written_to_would_be_noticed(box):
    code = "open('/opt/x', 'w')"

    done = subprocess.run([PYTHON, "-c", code], env=box.environment, capture_output=True, text=True, check=False)

    assert "read-only" in done.stderr


def test_a_task_told_to_end_ends_with_the_letter_in_flight_and_the_next_attempt_sends_the_rest(box, store, google):
    google.control.fault("gmail.users.drafts.send", kind="latency", seconds=0.3, times=None)
    running = box.start("run", "send", *roster(box))
    while not google.control.ledger():
        assert running.poll() is None
        time.sleep(0.05)

    running.send_signal(signal.SIGTERM)
    gone = len(google.control.ledger())
    out, err = running.communicate(timeout=60)

    assert len(google.control.ledger()) <= gone + IN_FLIGHT
    assert (running.returncode, err) == (8, "")
    sent = json.loads(out.splitlines()[-1])["counts"]["sent"]
    assert sent == len(google.control.ledger()) < 19
    google.control.clear_faults()
    google.control.advance(7200)
    box.run("run", "send", *roster(box), RELAY_NOW="2026-11-24T12:00:00+09:00", CLOUD_RUN_TASK_ATTEMPT="1")
    assert len({address for letter in google.control.ledger() for address in letter["recipients"]}) == 19
    assert len(google.control.ledger()) == 19


def test_a_service_listens_where_port_says(box, store):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (box.etc / "relay.toml").write_text(
        f'{CONFIG}\n[service]\nworkbooks = ["{store.id}"]\naudiences = ["{CLIENT}"]\ndomains = ["minato.example"]\n'
    )
    running = box.start("serve", RELAY_CONFIG=str(box.etc / "relay.toml"), PORT=str(port), RELAY_SIGNING_KEY="k" * 40)
    try:
        address = running.stderr.readline()
        assert f":{port}" in address
        with socket.create_connection(("127.0.0.1", port), timeout=60) as visitor:
            visitor.sendall(b"GET /api/plan HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert b"HTTP/1.1 4" in visitor.recv(100)
    finally:
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)
    assert running.returncode == 0


def test_the_image_holds_nothing_that_only_tests_need():
    found = {path.name.partition("-")[0].lower() for path in PYTHON.parents[1].glob("lib/*/site-packages/*.dist-info")}

    assert found & {"pytest", "openpyxl", "pandas", "mypy", "ruff", "xlwings"} == set()
    assert os.path.commonpath([ROOT, PYTHON]) == str(ROOT)
