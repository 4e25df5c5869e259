"""The real command as a process, killed before and after each of its effects on the world outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.imports.house import TAB, Team, csv_of, sheet
from tests.workbooks.people import recruiter_sorts_the_sheet
from tests.workbooks.test_excel_file import ExcelFileStore

ROOT = Path(__file__).parents[2]
PEOPLE = [
    ("佐藤 花子", "hanako@example.com", "090-1234-2222", "営業職", "2026/11/20", "求人媒体"),
    ("鈴木 学", "manabu@example.com", "080-1111-3333", "開発職", "2026/11/21", "自社サイト"),
]
IN_TAB = {"候補者ID": "C-1", "氏名": "佐藤 花子", "メールアドレス": "hanako@example.com", "応募職種": "営業職"}
ONE = {**IN_TAB, "応募日": "2026/11/20"}


class World:
    """A workbook, a file, and the command."""

    def __init__(self, folder: Path) -> None:
        self.team = Team(ExcelFileStore(folder / "book.xlsx", {TAB: sheet(ONE)}), folder)
        self.file = self.team.file(csv_of(*PEOPLE))
        self.notes = folder / "effects.txt"

    def run(self, *words: object, kill: int = 0, moment: str = "before") -> int:
        """`relay import`, which may be killed at an effect."""
        command = ("import", self.team.store.path, *words, "--json")
        harness = (sys.executable, "-m", "tests.kill.harness", kill, moment, self.notes, "--", *command)
        plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
        environment = {**plain, "RELAY_NOW": "2026-11-24T10:00:00+09:00", "PYTHONPATH": str(ROOT)}
        done = subprocess.run(list(map(str, harness)), env=environment, capture_output=True, text=True, check=False)
        return done.returncode

    def rows(self) -> list[str]:
        return sorted(str(sorted(row.items(), key=str)) for row in self.team.rows())


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """What an import and an undoing do, and how many effects each has."""
    world = World(tmp_path_factory.mktemp("undisturbed"))
    assert world.run(world.file) == 0
    imported, effects = world.rows(), len(world.notes.read_text().split())
    assert world.run("--undo") == 0
    return imported, effects


def test_an_import_that_is_killed_anywhere_is_finished_by_the_next_one_or_undone_as_a_whole(undisturbed, tmp_path):
    imported, effects = undisturbed
    assert effects >= 4

    for number in range(1, effects + 1):
        for moment in ("before", "after"):
            folder = tmp_path / f"{number}{moment}"
            folder.mkdir()
            world = World(folder)
            before = world.rows()

            assert world.run(world.file, kill=number, moment=moment) == -9
            recruiter_sorts_the_sheet(world.team.store, TAB, column=1)
            assert world.run(world.file) == 0
            assert world.rows() == imported, (number, moment)

            while world.run("--undo") == 0:
                pass
            assert world.rows() == before, (number, moment)
