"""The real command, killed where an erasure is half done: what SQLite and the file system keep is enough."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

from tests.kill import warm
from tests.retention.house import KEY, LOG, TAB, Team, letters, log_tab, row, sheet
from tests.retention.test_deaths import bytes_of
from tests.workbooks.people import recruiter_sorts_the_sheet
from tests.workbooks.test_excel_file import ExcelFileStore

ROOT = Path(__file__).parents[2]
ROWS = [row(number) for number in range(1, 4)]
HALF_DONE = ["Journal.rewrite", "ExcelFileWorkbook.rewrite", "ExcelFileWorkbook.forget_copies"]


def relay(folder, *words, kill=0):
    harness = ["tests.kill.harness", kill, "after", folder / "effects.txt", "--"]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    environment = {**plain, "RELAY_NOW": "2027-12-01T10:00:00+09:00", "PYTHONPATH": str(ROOT), "RELAY_ERASURE_KEY": KEY}
    return warm.run([*harness, words[0], folder / "book.xlsx", *words[1:], "--json"], environment)


def test_an_erasure_that_is_killed_half_way_is_finished_by_the_next_command(tmp_path):
    store = ExcelFileStore(tmp_path / "book.xlsx", {TAB: sheet(*ROWS), LOG: log_tab(letters(ROWS))})
    analysis = Team(store).analysis()
    assert relay(tmp_path, "erase", "--person", "C-1", "--write").returncode == 0
    effects = (tmp_path / "effects.txt").read_text().split()
    assert set(HALF_DONE) <= set(effects)

    killed = relay(tmp_path, "erase", "--person", "C-2", "--write", kill=effects.index("Journal.rewrite") + 1)
    assert killed.returncode == -signal.SIGKILL
    recruiter_sorts_the_sheet(store, TAB, column=1)
    done = relay(tmp_path, "erase", "--person", "C-3", "--write")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["certificate"]["people"] == 2
    for one in ROWS:
        assert str(one["メールアドレス"]).encode() not in bytes_of(tmp_path)
    assert Team(store).analysis() == analysis
