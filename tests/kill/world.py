"""A small team's workbook, two carriers with ledgers of their own, and the real command as a real process."""

from __future__ import annotations

import json
import mailbox
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.workbooks.people import recruiter_sorts_the_sheet
from tests.workbooks.xlsx_people import XlsxFile

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "config" / "example.toml"
NOW = "2026-11-24T10:00:00+09:00"
HEADINGS = ["氏名", "メールアドレス", "応募職種", "選考結果", "選考結果日"]
DUE = {"sato@example.com": "佐藤 花", "suzuki@example.com": "鈴木 学"}
NOT_DUE = {"takahashi@example.com": "高橋 光"}


@dataclass
class World:
    """One workbook and one carrier."""

    folder: Path
    carrier: str

    def __post_init__(self):
        rows = [[name, address, "営業職", "不採用", "2026/11/18"] for address, name in DUE.items()]
        rows += [[name, address, "営業職", "選考中", None] for address, name in NOT_DUE.items()]
        self.file = XlsxFile(self.folder / "candidates.xlsx", {"候補者": [["採用管理表"], HEADINGS, *rows]})
        self.notes = self.folder / "effects.txt"

    def send(self, *, kill: int = 0, moment: str = "before") -> subprocess.CompletedProcess[str]:
        """`relay send … --send`, which may be killed at an effect."""
        return subprocess.run(self._command(kill, moment), capture_output=True, text=True, check=False)

    def start(self) -> subprocess.Popen[str]:
        """The same, not waited for."""
        return subprocess.Popen(self._command(0, "before"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def report(self) -> dict:
        """What an undisturbed run says."""
        done = self.send()
        assert done.returncode in {0, 7}, done.stderr + done.stdout
        return json.loads(done.stdout)

    def effects(self) -> list[str]:
        """What the processes did to the world outside, in order."""
        return self.notes.read_text().split() if self.notes.exists() else []

    def somebody_sorts_the_sheet(self):
        recruiter_sorts_the_sheet(self.file, "候補者", column=0, heading_row=2)

    def _command(self, kill, moment):
        words = ["send", self.file.path, "--config", CONFIG, "--carrier", self.carrier, "--send", "--json"]
        harness = [sys.executable, "-m", "tests.kill.harness", kill, moment, self.notes, "--"]
        os.environ.update(RELAY_NOW=NOW, PYTHONPATH=str(ROOT))
        return [str(word) for word in (*harness, *words)]


def in_outbox(folder: Path) -> Counter[str]:
    """Letters that lie in the outbox, by address."""
    if not folder.exists():
        return Counter()
    return Counter(message["To"].rpartition("<")[2].strip(">") for message in mailbox.Maildir(folder, create=False))
