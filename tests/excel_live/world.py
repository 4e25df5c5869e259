"""A small team's workbook that is open in Excel, an outbox, and the real command as a real process."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.excel_engine.excel import Excel
from tests.excel_engine.people import OpenBookStore, close_without_saving, open_in_excel
from tests.kill.world import ROOT, World, tab

SITE = ROOT / "tests" / "excel_engine" / "site"


class OpenWorld(World):
    """As `World`, with the workbook open in an Excel of another process than the command."""

    def __init__(self, folder: Path, excel: Excel, port: int) -> None:
        self.excel = excel
        self.port = port
        super().__init__(folder, f"outbox:{folder / 'outbox'}")

    def make_workbook(self) -> None:
        """Saved once, and open."""
        self.file = OpenBookStore(self.excel, self.folder / "candidates.xlsx", {"候補者": tab()})

    def workbook(self) -> str:
        """The open workbook, by the path of its file."""
        return f"live:{self.file.path}"

    def environment(self) -> dict[str, str]:
        """As ever, with a way to our Excel."""
        found = super().environment()
        path = os.pathsep.join([str(SITE), str(ROOT)])
        return {**found, "PYTHONPATH": path, "EXCEL_ENGINE_PORT": str(self.port), "EXCEL_ENGINE_ROOT": str(ROOT)}

    def run(self, words: Sequence[object]) -> subprocess.CompletedProcess[str]:
        """A fresh one each time: our Excel is found while Python starts."""
        command = [sys.executable, "-m", *map(str, words)]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False)

    def somebody_closes_without_saving_and_opens_again(self) -> None:
        """What was not saved is gone from the screen."""
        close_without_saving(self.excel, self.file.book)
        self.file.book = open_in_excel(self.excel, self.file.path)

    def start_killed_at_call(self, number: int) -> subprocess.Popen[str]:
        """Let the process die just when Excel is about to do what it asks for the nth time."""
        self.excel.on_call = lambda _verb: None
        run = self.start()
        left = itertools.count(number, -1)

        def kill(_verb: str) -> None:
            if next(left) == 1:
                run.kill()
                run.wait()

        self.excel.on_call = kill
        run.communicate(timeout=60)
        self.excel.on_call = lambda _verb: None
        return run

    def state(self) -> dict[str, object]:
        """Of Excel: what a program must give back."""
        return {name: self.excel.state[name] for name in ("screen_updating", "enable_events", "calculation")}
