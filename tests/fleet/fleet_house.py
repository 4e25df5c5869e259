"""Some companies, each with a workbook; a roster of them; and `relay run` as the container calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from xlsxwriter import Workbook

ROOT = Path(__file__).parents[2]
NOW = "2026-11-24T10:00:00+09:00"
HEADINGS = ["氏名", "メールアドレス", "応募職種", "選考結果", "選考結果日"]
CONFIG = """
[company]
name = "株式会社みなと製作所"
[sender]
address = "saiyo@minato.example"
[[partners]]
id = "career-relay"
name = "キャリアリレー"
[referral]
base_url = "https://relay.example.com/r"
"""


def people(number, *, of="a"):
    """So many candidates of a company who are due a letter, each with a name and an address that no other has."""
    kanji = "花学葵光誠空海陸翔蓮"
    family = "金石木水火土月北南西東"[ord(of) % 11]
    return [
        [f"{family}沢 {kanji[one // 10]}{kanji[one % 10]}", f"{of}{one}@example.com", "営業職", "不採用", "2026/11/18"]
        for one in range(number)
    ]


def write_book(path, rows):
    """A workbook with these people."""
    with Workbook(path) as book:
        sheet = book.add_worksheet("候補者")
        for number, row in enumerate([HEADINGS, *rows]):
            sheet.write_row(number, 0, row)


class FleetHouse:
    """A folder with a roster, and the real command in a real process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment: dict[str, str] = {}
        (folder / "relay.toml").write_text(CONFIG, encoding="utf-8")
        self.clients: list[tuple[str, str]] = []

    def add_file(self, name, rows):
        write_book(self.folder / f"{name}.xlsx", rows)
        self.clients.append((name, f"{name}.xlsx"))
        self.write_roster()

    def write_roster(self, carrier="outbox:outbox", more=""):
        entries = [f'[[workbooks]]\nname = "{name}"\naddress = "{address}"' for name, address in self.clients]
        defaults = f'[defaults]\nconfig = "relay.toml"\ncarrier = "{carrier}"'
        text = "\n".join([defaults, more, *entries])
        (self.folder / "workbooks.toml").write_text(text, encoding="utf-8")

    def start(self, *words, **environment):
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE", "CLOUD_RUN"))}
        env = {**plain, "PYTHONPATH": str(ROOT), "RELAY_NOW": NOW, **self.environment, **environment}
        command = [sys.executable, "-m", "sheets_automation.cli", "run", *words, "--workbooks", "workbooks.toml"]
        return subprocess.Popen(
            command, cwd=self.folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *words, code=0, **environment):
        """Its lines."""
        process = self.start(*words, **environment)
        out, err = process.communicate(timeout=120)
        assert (process.returncode, err) == (code, ""), (process.returncode, out, err)
        return [json.loads(line) for line in out.splitlines()]

    def letters(self):
        """Addresses of the letters that left, one for each."""
        files = sorted((self.folder / "outbox").glob("new/*"))
        return sorted(line[4:].strip() for file in files for line in _heads(file) if line.startswith("To:"))


def _heads(file):
    return file.read_bytes().decode("utf-8", "replace").replace("\r\n ", " ").split("\r\n\r\n")[0].splitlines()


def summary(lines):
    """The last line."""
    assert lines[-1]["message"] == "summary"
    return lines[-1]
