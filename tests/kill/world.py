"""A small team's workbook, carriers with ledgers of their own, and the real command as a real process."""

from __future__ import annotations

import json
import mailbox
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tests.kill import warm
from tests.workbooks.people import Grid, recruiter_sorts_the_sheet
from tests.workbooks.xlsx_people import XlsxFile

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "config" / "example.toml"
HEADINGS = ["氏名", "メールアドレス", "応募職種", "選考結果", "選考結果日"]
DUE = {"sato@example.com": "佐藤 花", "suzuki@example.com": "鈴木 学"}
NOT_DUE = {"takahashi@example.com": "高橋 光"}


class World:
    """One workbook and one carrier."""

    def __init__(self, folder: Path, carrier: str) -> None:
        self.folder = folder
        self.carrier = carrier
        self.now = datetime.fromisoformat("2026-11-24T10:00:00+09:00")
        self.notes = folder / "effects.txt"
        self.make_workbook()

    def make_workbook(self) -> None:
        """An Excel file."""
        self.file = XlsxFile(self.folder / "candidates.xlsx", {"候補者": tab()})

    def workbook(self) -> str:
        """Its address on the command line."""
        return str(self.file.path)

    def environment(self) -> dict[str, str]:
        """What the command finds around it. It is not measured: who is killed could not tell, and it takes long."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
        return {**plain, "RELAY_NOW": self.now.isoformat(), "PYTHONPATH": str(ROOT)}

    def send(self, *, kill: int = 0, moment: str = "before") -> subprocess.CompletedProcess[str]:
        """`relay send … --send`, which may be killed at an effect."""
        return self.run(self._words(kill, moment))

    def run(self, words: Sequence[object]) -> subprocess.CompletedProcess[str]:
        """What `python -m` does with these words, as a process."""
        return warm.run(words, self.environment())

    def start(self) -> subprocess.Popen[str]:
        """The same, not waited for."""
        pipe = subprocess.PIPE
        command = [sys.executable, "-m", *map(str, self._words(0, "before"))]
        return subprocess.Popen(command, env=self.environment(), stdout=pipe, stderr=pipe, text=True)

    def report(self) -> dict:
        """What an undisturbed run says."""
        done = self.send()
        assert done.returncode in {0, 7}, done.stderr + done.stdout
        return json.loads(done.stdout)

    def effects(self) -> list[str]:
        """What the processes did to the world outside, in order."""
        return self.notes.read_text().split() if self.notes.exists() else []

    def somebody_sorts_the_sheet(self) -> None:
        recruiter_sorts_the_sheet(self.file, "候補者", column=0, heading_row=2)

    def _words(self, kill: int, moment: str) -> list[object]:
        words = ["send", self.workbook(), "--config", CONFIG, "--carrier", self.carrier, "--send", "--json"]
        return ["tests.kill.harness", kill, moment, self.notes, "--", *words]


def tab() -> Grid:
    """A title, headings, two people who are due and one who is not."""
    rows: Grid = [[name, address, "営業職", "不採用", "2026/11/18"] for address, name in DUE.items()]
    rows += [[name, address, "営業職", "選考中", None] for address, name in NOT_DUE.items()]
    return [["採用管理表"], list(HEADINGS), *rows]


def in_outbox(folder: Path) -> Counter[str]:
    """Letters that lie in the outbox, by address."""
    if not folder.exists():
        return Counter()
    return Counter(message["To"].rpartition("<")[2].strip(">") for message in mailbox.Maildir(folder, create=False))
