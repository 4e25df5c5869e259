"""The whole way by the real commands: a letter with a code, the chat, the webhook, the workbook, a message, a block."""

import json
import os
import re
import select
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tests.line_server.account import SECRET, TOKEN, user
from tests.line_server.people import Phones
from tests.line_server.server import LineServer
from tests.plain_http import NO_CERTIFICATES
from tests.public.links_process import CONFIG, ROOT, ROWS, SENT, a_port

KEY = "k" * 40
LINE = """
[line]
account = "@minato"
results = true
"""
LETTER = """件名: 選考結果のご連絡

{{ 氏名 }}様

ご応募ありがとうございました。慎重に検討いたしましたが、今回はご希望に添えない結果となりました。
{% if LINE連携URL %}

LINE でもお知らせを受け取れます: {{ LINE連携URL }}
{% endif %}

{{ 会社名 }}
"""


class Desk:
    """A folder with a configuration, a workbook and a letter, and the commands in it."""

    def __init__(self, folder, server):
        import openpyxl

        self.folder, self.server = folder, server
        (folder / "letters").mkdir()
        (folder / "letters" / "standard.ja.md").write_text(LETTER, encoding="utf-8")
        self.configure(LINE)
        book = openpyxl.Workbook()
        book.active.title = "候補者"
        for row in ROWS:
            book.active.append(row)
        book.save(folder / "book.xlsx")

    def configure(self, line):
        text = f'{CONFIG}{line}\n[letters]\nfolder = "letters"\n'
        (self.folder / "relay.toml").write_text(text, encoding="utf-8")

    def environment(self, **more):
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "RELAY_"))}
        ours = {
            "RELAY_NOW": SENT,
            "RELAY_LINK_KEY": KEY,
            "RELAY_LINE_TOKEN": TOKEN,
            "RELAY_LINE_SECRET": SECRET,
            "RELAY_LINE_API_HOST": self.server.place,
        }
        return {**plain, "PYTHONPATH": str(ROOT), **ours, **more}

    def relay(self, *words, **more):
        command = [sys.executable, "-m", "sheets_automation.cli", *words, "--config", "relay.toml"]
        environment = {name: value for name, value in self.environment(**more).items() if value}
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    def json(self, *words, **more):
        done = self.relay(*words, "--json", **more)
        assert done.stdout, done.stderr
        return json.loads(done.stdout)

    @contextmanager
    def webhook(self):
        port = a_port()
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "sheets_automation.cli",
                "serve-line",
                "--config",
                "relay.toml",
                "--port",
                str(port),
            ],
            cwd=self.folder,
            env={name: value for name, value in self.environment().items() if name != "RELAY_LINE_TOKEN"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        try:
            assert select.select([process.stderr], [], [], 60)[0]
            assert f"http://127.0.0.1:{port}/line" in process.stderr.readline()
            yield Phones(self.server.account, self._post_to(port)), process
        finally:
            process.kill()
            process.communicate()

    def _post_to(self, port):
        import httpx

        def post(body, headers):
            return httpx.post(
                f"http://127.0.0.1:{port}/line", content=body, headers=headers, timeout=30, verify=NO_CERTIFICATES
            ).status_code

        return post

    def codes(self):
        """The link in each letter that lies in the outbox, by the name in it."""
        import email
        import mailbox
        from email import policy

        found = {}
        for message in mailbox.Maildir(self.folder / "outbox", create=False):
            text = email.message_from_bytes(bytes(message), policy=policy.default).get_body(("plain",)).get_content()
            link = re.search(r"https://line\.me/R/oaMessage/%40minato/\?(\w+)", text)
            found[text.split("様")[0].strip()] = link[1] if link else ""
        return found


@pytest.fixture
def desk(tmp_path):
    with LineServer().running() as server:
        from datetime import UTC, datetime

        server.account.now = datetime.fromisoformat(SENT).astimezone(UTC)
        yield Desk(tmp_path, server)


def test_from_the_letter_to_the_message_and_to_its_end(desk):
    sent = desk.json("send", "book.xlsx", "--carrier", "outbox:outbox", "--send")
    codes = desk.codes()
    assert sent["sent"] == 2
    assert len(set(codes.values())) == 2
    assert all(codes.values())

    with desk.webhook() as (phones, process):
        phones.adds(user(1))
        assert phones.sends(user(1), codes["佐藤 花"]) == 200
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=120)
    assert user(1) not in said
    assert codes["佐藤 花"] not in said

    taken = desk.json("collect-line", "book.xlsx", "line-records")
    assert (len(taken["linked"]), taken["unknown"], taken["unreadable"]) == (1, 0, 0)
    [hana] = taken["linked"]

    desk.relay("settle", "book.xlsx", hana, "--reopen")
    desk.server.account.now = desk.server.account.now.replace(hour=2)
    by_line = desk.json("send", "book.xlsx", "--carrier", "line:", "--send")
    [(to, texts)] = desk.server.account.delivered
    assert (by_line["sent"], to) == (1, user(1))
    assert "佐藤 花様" in texts[0]
    assert "line.me" not in texts[0]  # whoever is linked is not asked again
    assert "「停止」" in texts[-1]
    assert user(1) not in json.dumps(by_line)

    ended = desk.json("collect-line", "book.xlsx", "--unlink", hana)
    assert ended["ended"] == [hana]


def test_results_do_not_go_by_line_where_nobody_allowed_it(desk):
    desk.configure(LINE.replace("true", "false"))

    plan = desk.json("send", "book.xlsx", "--carrier", "line:")
    sent = desk.json("send", "book.xlsx", "--carrier", "line:", "--send")

    for one in (plan, sent):
        assert {line["reason"] for line in one["skipped"]} == {"result_not_by_line", "in_selection"}
        assert one["letters"] == []
    assert desk.server.pushes() == 0


def test_a_nightly_run_knows_before_it_opens_line_that_results_do_not_go_by_it(desk):
    desk.configure(LINE.replace("true", "false"))

    done = desk.relay("run", "send", "book.xlsx", "--carrier", "line:")

    assert done.returncode == 0, done.stderr
    assert desk.server.seen == []
    assert desk.json("send", "book.xlsx")["planned"] == 2  # nothing was claimed in vain


def test_the_doctor_asks_line_for_its_budget_and_sends_nothing(desk):
    whole = desk.relay("doctor", "book.xlsx", "--carrier", "line:")
    wrong = desk.relay("doctor", "book.xlsx", "--carrier", "line:", RELAY_LINE_TOKEN="wrong-t0ken")

    assert desk.server.seen == ["GET /v2/bot/message/quota"] * 2
    assert (whole.returncode, wrong.returncode) == (0, 7)
    assert "wrong-t0ken" not in wrong.stdout + wrong.stderr


def test_a_spent_month_ends_the_run_with_a_name_of_its_own(desk):
    desk.json("send", "book.xlsx", "--carrier", "outbox:outbox", "--send")
    codes = desk.codes()
    with desk.webhook() as (phones, _):
        phones.adds(user(1))
        phones.sends(user(1), codes["佐藤 花"])
    [hana] = desk.json("collect-line", "book.xlsx", "line-records")["linked"]
    desk.relay("settle", "book.xlsx", hana, "--reopen")
    desk.server.account.quota = 0

    done = desk.relay("send", "book.xlsx", "--carrier", "line:", "--send", "--json")

    assert done.returncode == 6
    assert json.loads(done.stdout)["error"]["name"] == "line_budget_spent"


@pytest.mark.parametrize(
    ("words", "without", "code"),
    [
        (("serve-line",), "RELAY_LINE_SECRET", 2),
        (("serve-line",), "RELAY_LINK_KEY", 2),
        (("send", "book.xlsx", "--carrier", "line:", "--send"), "RELAY_LINK_KEY", 2),
        (("send", "book.xlsx", "--carrier", "line:", "--send"), "RELAY_LINE_TOKEN", 6),
        (("collect-line", "book.xlsx", "nowhere.jsonl"), "", 2),
        (("collect-line", "book.xlsx", "--unlink", "C-nobody"), "", 2),
    ],
)
def test_what_lacks_is_said_before_anything_happens(desk, words, without, code):
    done = desk.relay(*words, **({without: ""} if without else {}))

    assert done.returncode == code, done.stderr
    assert without in done.stderr
    assert desk.server.pushes() == 0


@pytest.mark.parametrize("place", ["api.example.com:80", "169.254.169.254:80", "example.com"])
def test_no_other_machine_can_be_put_in_lines_place(desk, place):
    done = desk.relay("send", "book.xlsx", "--carrier", "line:", "--send", RELAY_LINE_API_HOST=place)

    assert done.returncode == 2
    assert TOKEN not in done.stderr + done.stdout


def test_records_that_were_cut_off_are_told(desk):
    (desk.folder / "records.jsonl").write_text('{"line": "li')

    done = desk.relay("collect-line", "book.xlsx", "records.jsonl", "--json")

    assert done.returncode == 7
    assert json.loads(done.stdout)["unreadable"] == 1


@pytest.mark.parametrize("language", ["ja", "en"])
def test_people_are_told_what_was_taken_in_in_their_language(desk, language):
    done = desk.relay("collect-line", "book.xlsx", "--lang", language)

    assert done.returncode == 0
    assert ("LINE の連携 0 件" in done.stdout) == (language == "ja")


def test_the_webhook_has_no_part_that_could_open_a_workbook_or_send(desk):
    code = (
        "import sys, sheets_automation.service.line_webhook; "
        "print([m for m in sys.modules if m.startswith(('sheets_automation.workbooks', 'sheets_automation.carriers', "
        "'linebot', 'aiohttp'))])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout.strip() == "[]"
