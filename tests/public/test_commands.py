"""`relay serve-links` and `relay collect` as people and schedulers run them: from the letter to the workbook."""

import email
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from email import policy
from pathlib import Path

import openpyxl
import pytest

from tests.public.links_house import KEY, Visitor, a_code
from tests.workbooks.google_people import GoogleStore

ROOT = Path(__file__).parents[2]
SENT = "2026-11-24T10:00:00+09:00"
LATER = "2026-11-24T11:00:00+09:00"
CONFIG = """
[company]
name = "株式会社みなと製作所"
contact_person = "人事部"
contact = "saiyo@minato.example"
[sender]
address = "saiyo@minato.example"
[referral]
base_url = "https://links.minato.example/r"
allowed_domains = ["career.example"]
[links]
refusal_url = "https://links.minato.example/u"
proxies = 1
[[partners]]
id = "relay"
name = "キャリアリレー"
url = "https://career.example/start?code={code}"
"""
ROWS = [
    ["氏名", "メールアドレス", "応募職種", "選考結果", "選考結果日"],
    ["佐藤 花", "sato@example.com", "営業職", "不採用", "2026/11/18"],
    ["鈴木 葵", "suzuki@example.com", "営業職", "不採用", "2026/11/18"],
    ["高橋 学", "takahashi@example.com", "営業職", "選考中", None],
]


@pytest.fixture
def folder(tmp_path):
    """A folder with a configuration and a workbook."""
    (tmp_path / "relay.toml").write_text(CONFIG, encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.title = "候補者"
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    return tmp_path


def start(folder, *words, **environment):
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "RELAY_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "sheets_automation.cli", *words],
        env={**plain, "PYTHONPATH": str(ROOT), "RELAY_NOW": LATER, "RELAY_LINK_KEY": KEY, **environment},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.fixture
def relay(folder):
    """Run a command in a process of its own; its document."""

    def run(*words, code=0, **environment):
        process = start(folder, *words, "--config", "relay.toml", "--json", **environment)
        out, err = process.communicate(timeout=120)
        assert process.returncode == code, (out, err)
        return json.loads(out)

    return run


def a_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def links_served(folder, *words, **environment):
    """The real server, once it says that it is there."""
    port = a_port()
    command = ("serve-links", "--config", "relay.toml", "--port", str(port), *words)
    process = start(folder, *command, **environment)
    try:
        assert select.select([process.stderr], [], [], 60)[0]
        assert f"http://127.0.0.1:{port}" in process.stderr.readline()
        yield Visitor(port), process
    finally:
        process.kill()
        process.communicate()


def letters_in(folder):
    """What arrived, by address."""
    read = [
        email.message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in (folder / "outbox" / "new").iterdir()
    ]
    return {letter["To"].addresses[0].addr_spec: letter for letter in read}


def referral_path(letter):
    text = letter.get_body(("plain",)).get_content()
    return re.search(r"https://links\.minato\.example(/r/\w+)", text)[1]


def refusal_path(letter):
    return re.fullmatch(r"<https://links\.minato\.example(/u/\w+)>", letter["List-Unsubscribe"].strip())[1]


def cells(path, tab):
    sheet = openpyxl.load_workbook(path)[tab]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def told(folder):
    """The ids of those who got a letter."""
    headings, *rows = cells(folder / "book.xlsx", "候補者")
    return [row[headings.index("候補者ID")] for row in rows if row[3] == "不採用"]


def test_from_the_letter_to_the_partner_and_from_the_refusal_to_silence(folder, relay):
    relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send", RELAY_NOW=SENT)
    letters = letters_in(folder)
    sato, suzuki = letters["sato@example.com"], letters["suzuki@example.com"]
    assert sato["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    with links_served(folder) as (visitor, _):
        assert visitor.ask(referral_path(sato)).location.startswith("https://career.example/start?code=")
        assert visitor.ask(referral_path(suzuki), User_Agent="Barracuda Sentinel (EE)").status == 302
        assert visitor.refuse(refusal_path(suzuki)).status == 200
    document = relay("collect", "book.xlsx", "link-records")

    assert document["clicks"] == {"added": 1, "known": 0, "unknown": 0, "by_machines": {"agent": 1}}
    assert document["refusals"] == {"added": 1, "known": 0, "unknown": 0}
    rows = cells(folder / "book.xlsx", "紹介実績")
    assert [(row[2], row[3]) for row in rows[1:]] == [("クリック", referral_path(sato).removeprefix("/r/"))]
    relay("settle", "book.xlsx", *told(folder), "--reopen")
    planned = relay("send", "book.xlsx")
    assert [letter["to"] for letter in planned["letters"]] == ["sato@example.com"]
    assert "suzuki" not in str(cells(folder / "book.xlsx", "連絡停止記録"))


def test_collecting_again_adds_nothing_and_says_so(folder, relay):
    relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send", RELAY_NOW=SENT)
    letter = letters_in(folder)["sato@example.com"]
    with links_served(folder) as (visitor, _):
        visitor.ask(referral_path(letter))
        visitor.refuse(refusal_path(letter))
    relay("collect", "book.xlsx", "link-records")
    saved = (folder / "book.xlsx").read_bytes()

    document = relay("collect", "book.xlsx", "link-records")

    assert (document["clicks"]["known"], document["refusals"]["known"]) == (1, 1)
    assert (folder / "book.xlsx").read_bytes() == saved


def test_a_refusal_whose_row_somebody_deleted_in_excel_comes_back(folder, relay):
    relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send", RELAY_NOW=SENT)
    with links_served(folder) as (visitor, _):
        visitor.refuse(refusal_path(letters_in(folder)["sato@example.com"]))
    relay("collect", "book.xlsx", "link-records")
    book = openpyxl.load_workbook(folder / "book.xlsx")
    del book["連絡停止記録"]
    book.save(folder / "book.xlsx")

    relay("settle", "book.xlsx", *told(folder), "--reopen")

    assert [one["to"] for one in relay("send", "book.xlsx")["letters"]] == ["suzuki@example.com"]


def test_lines_on_standard_output_are_collected_from_a_file(folder, relay):
    relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send", RELAY_NOW=SENT)
    letter = letters_in(folder)["sato@example.com"]
    with links_served(folder, "--spool", "-") as (visitor, process):
        visitor.ask(referral_path(letter))
        visitor.refuse(refusal_path(letter))
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=60)
    (folder / "exported.json").write_text(out)

    document = relay("collect", "book.xlsx", "exported.json", code=7)  # its last line is what the server said

    assert (document["clicks"]["added"], document["refusals"]["added"], document["unreadable"]) == (1, 1, 1)


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


def test_letters_that_should_carry_a_refusal_link_do_not_leave_without_its_key(folder, relay):
    words = ("send", "book.xlsx", "--carrier", "outbox:outbox", "--send")
    document = relay(*words, code=2, RELAY_NOW=SENT, RELAY_LINK_KEY="")

    assert "RELAY_LINK_KEY" in document["error"]["text"]
    assert not list((folder / "outbox").glob("new/*"))
    assert relay(*words, RELAY_NOW=SENT)["sent"] == 2


def test_refusals_are_not_lost_when_the_key_is_missing_here(folder, relay):
    relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send", RELAY_NOW=SENT)
    with links_served(folder) as (visitor, _):
        visitor.refuse(refusal_path(letters_in(folder)["sato@example.com"]))

    assert relay("collect", "book.xlsx", "link-records", code=7, RELAY_LINK_KEY="")["refusals"]["added"] == 0
    assert relay("collect", "book.xlsx", "link-records")["refusals"]["added"] == 1


def test_a_file_that_is_not_there_is_said(relay):
    assert relay("collect", "book.xlsx", "nowhere.jsonl", code=2)["error"]["name"] == "configuration"


@pytest.mark.parametrize(("language", "words"), [("ja", "配信停止 1 件を記録しました"), ("en", "Recorded 1 refusal.")])
def test_people_are_told_in_their_language(folder, relay, language, words):
    relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send", RELAY_NOW=SENT)
    with links_served(folder) as (visitor, _):
        visitor.refuse(refusal_path(letters_in(folder)["sato@example.com"]))
        visitor.click(a_code(), User_Agent="curl/8")

    collecting = start(folder, "collect", "book.xlsx", "link-records", "--config", "relay.toml", "--lang", language)
    out, err = collecting.communicate(timeout=120)

    assert (collecting.returncode, err) == (0, "")
    assert words in out


def test_a_google_spreadsheet_takes_in_the_same(google, folder, relay):
    store = GoogleStore(google, {"候補者": ROWS})
    sheet = f"https://docs.google.com/spreadsheets/d/{store.id}"
    there = {"RELAY_GOOGLE_EMULATOR_HOST": google.address}
    relay("send", sheet, "--carrier", "outbox:outbox", "--send", RELAY_NOW=SENT, **there)
    letter = letters_in(folder)["sato@example.com"]
    with links_served(folder) as (visitor, _):
        visitor.ask(referral_path(letter))
        visitor.refuse(refusal_path(letter))

    documents = [relay("collect", sheet, "link-records", **there) for _ in range(2)]

    assert [(one["clicks"]["added"], one["refusals"]["added"]) for one in documents] == [(1, 1), (0, 0)]
    assert len(store.look()["連絡停止記録"]) == 2


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
