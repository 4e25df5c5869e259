"""`relay serve-links` as a process: how it begins, what it says, how it ends, and what is not in it."""

import json
import os
import signal
import socket
import subprocess
import sys

import pytest

from tests.public.links_house import KEY, Visitor, a_code
from tests.public.links_process import ROOT, a_port, links_served


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM])
def test_the_server_ends_in_good_order(folder, word):
    with links_served(folder) as (visitor, process):
        visitor.click(a_code())
        process.send_signal(word)

        out, err = process.communicate(timeout=60)

    assert (process.returncode, out, err) == (0, "The public links are closed.\n", "")


def test_a_server_that_is_hit_says_nothing_about_its_visitors(folder):
    with links_served(folder) as (visitor, process):
        for path in ("/r/x", "/u/x", "/" + "x" * 20_000, f"/r/{a_code()}"):
            visitor.ask(path)
        with socket.create_connection(("127.0.0.1", visitor._port)) as line:
            line.sendall(b"\x16\x03\x01 no HTTP at all\r\n\r\n")
            line.recv(100)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)

    assert "127.0.0.1" not in err
    assert visitor.address not in err
    assert "Traceback" not in err


def test_a_server_with_nothing_to_do_does_not_begin(folder, relay):
    (folder / "relay.toml").write_text("", encoding="utf-8")

    document = relay("serve-links", "--port", str(a_port()), code=2, RELAY_LINK_KEY="")

    assert document["error"]["name"] == "configuration"
    assert "lead nowhere" in document["error"]["text"]


def test_a_port_or_a_folder_that_cannot_be_had_is_said(folder, relay):
    (folder / "file").write_text("")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        assert "cannot be used" in relay("serve-links", "--port", port, code=2)["error"]["text"]
        assert "cannot be written" in relay("serve-links", "--spool", "file", code=2)["error"]["text"]


def test_the_public_app_has_no_part_that_could_open_a_workbook_or_a_mailbox():
    code = "import sys, sheets_automation.service.public, sheets_automation.service.public_server; print(*sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    loaded = done.stdout.split()
    parts = ("workbooks", "carriers", "jobs", "google", "commands", "xlsx", "wiring", "service.app", "service.api")
    ours = [name.removeprefix("sheets_automation.") for name in loaded if name.startswith("sheets_automation.")]
    assert [name for name in ours if name in parts or name.startswith(tuple(f"{part}." for part in parts))] == []
    assert not {"fastapi", "jinja2", "gspread", "googleapiclient", "smtplib", "sqlite3"} & set(loaded)


def test_the_app_for_cloud_run_is_made_from_the_environment(folder):
    port = a_port()
    command = ["-m", "uvicorn", "--factory", "sheets_automation.service.public:app", "--port", str(port)]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("RELAY_")}
    server = subprocess.Popen(
        [sys.executable, *command, "--no-access-log"],
        env={**plain, "PYTHONPATH": str(ROOT), "RELAY_CONFIG": str(folder / "relay.toml"), "RELAY_LINK_KEY": KEY},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        while "running on" not in server.stderr.readline():
            assert server.poll() is None
        code = a_code()
        Visitor(port).click(code)
        assert json.loads(server.stdout.readline())["code"] == code
    finally:
        server.kill()
        server.communicate()
