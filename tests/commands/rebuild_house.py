"""Teams whose letters have left, on Google and in an Excel file, and what they do to the log."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook

from tests.commands.conftest import TUESDAY
from tests.kill.world import in_outbox, tab
from tests.workbooks.google_people import GoogleStore
from tests.workbooks.people import recruiter_writes
from tests.workbooks.xlsx_people import XlsxFile

MAILBOX = "saiyo@minato.example"
SATO, SUZUKI, TAKAHASHI = "sato@example.com", "suzuki@example.com", "takahashi@example.com"
ROW_OF = {SATO: 3, SUZUKI: 4, TAKAHASHI: 5}
LOG = "送信記録"
FRIDAY = "2026-11-27T10:00:00+09:00"


class Team:
    """Two people have their letters, one is in selection."""

    def __init__(self, store, workbook, carrier, relay) -> None:
        self.store, self.workbook, self.carrier, self._relay = store, workbook, carrier, relay

    def run(self, command, *words, code=0):
        return self._relay(command, self.workbook, *words, code=code)

    def send(self, code=0):
        return self.run("send", "--carrier", self.carrier, "--send", code=code)

    def rebuild(self, *words, code=0):
        return self.run("rebuild-log", "--carrier", self.carrier, *words, code=code)

    def reasons(self):
        """Why people get no letter now, by row."""
        return {one["row"]: one["reason"] for one in self.run("send")["skipped"]}

    def ids(self):
        """Candidate ids by address."""
        head, *rows = self.store.look()["候補者"][1:]
        return {row[1]: row[head.index("候補者ID")] for row in rows if row and row[1]}

    def facts(self, word):
        """The rows of the log with this word, as cells by heading."""
        head, *rows = self.store.look()[LOG]
        return [row for row in (dict(zip(head, row, strict=False)) for row in rows) if row.get("状態") == word]

    def decides(self, address, decision="不採用", day="2026/11/25"):
        recruiter_writes(self.store, "候補者", ROW_OF[address], 3, decision)
        recruiter_writes(self.store, "候補者", ROW_OF[address], 4, day)

    def writes(self, row, heading, value):
        """Change a cell of the log."""
        with self.hands() as tabs:
            grid = tabs[LOG]
            at = grid[0].index(heading)
            grid[row - 1] = [value if column == at else cell for column, cell in enumerate(grid[row - 1])]


class OnGoogle(Team):
    """A spreadsheet and a mailbox."""

    def __init__(self, google, relay, monkeypatch) -> None:
        monkeypatch.setenv("RELAY_GOOGLE_EMULATOR_HOST", google.address)
        self.google = google
        google.control.freeze(datetime.fromisoformat(TUESDAY))
        store = GoogleStore(google, {"候補者": tab()})
        address = f"https://docs.google.com/spreadsheets/d/{store.id}/edit"
        super().__init__(store, address, f"gmail:{MAILBOX}", relay)

    def received(self):
        return sorted(one for letter in self.google.control.ledger() for one in letter["recipients"])

    def loses_the_letter(self, address):
        self.google.control.edit("delete_message", mailbox=MAILBOX, to=address)

    @contextmanager
    def hands(self):
        """The tabs, for a person to change."""
        tabs = self.store.look()
        yield tabs
        self.store.save(tabs)


class OnExcel(Team):
    """A file and an outbox. The journal beside the file is lost too, or it would bring everything back."""

    def __init__(self, folder, relay) -> None:
        super().__init__(XlsxFile(folder / "book.xlsx", {"候補者": tab()}), "book.xlsx", "outbox:outbox", relay)

    def send(self, code=0):
        done = super().send(code)
        shutil.rmtree(".relay")
        return done

    def rebuild(self, *words, code=0):
        done = super().rebuild(*words, code=code)
        shutil.rmtree(".relay", ignore_errors=True)
        return done

    def received(self):
        return sorted(in_outbox(Path("outbox")).elements())

    def loses_the_letter(self, address):
        for path in Path("outbox/new").iterdir():
            if address in path.read_text():
                path.unlink()

    @contextmanager
    def hands(self):
        """The same in a program that keeps what it does not know of a workbook, as Excel does."""
        tabs = self.store.look()
        yield tabs
        book = load_workbook(self.store.path)
        for title in book.sheetnames:
            if title not in tabs:
                del book[title]
        for title, grid in tabs.items():
            sheet = book[title]
            sheet.delete_rows(1, sheet.max_row)
            for row, cells in enumerate(grid, start=1):
                for column, value in enumerate(cells, start=1):
                    sheet.cell(row, column, value)
        book.save(self.store.path)


def deletes_the_tab(team):
    with team.hands() as tabs:
        del tabs[LOG]


def clears_the_tab(team):
    with team.hands() as tabs:
        tabs[LOG] = [[None]]


def deletes_the_row(number):
    def deletes(team):
        with team.hands() as tabs:
            del tabs[LOG][number - 1 if number > 0 else number]

    return deletes


def sorts_the_tab(team):
    with team.hands() as tabs:
        head, *rows = tabs[LOG]
        tabs[LOG] = [head, *sorted(rows, key=lambda row: str(row[6]), reverse=True)]


DAMAGES = {
    "the tab is deleted": deletes_the_tab,
    "the tab is cleared": clears_the_tab,
    "the tab is sorted": sorts_the_tab,
    "the headings are gone": deletes_the_row(1),
    "the first row is deleted": deletes_the_row(2),
    "a row in the middle is deleted": deletes_the_row(3),
    "the last row is deleted": deletes_the_row(-1),
    "a status is misspelt": lambda team: team.writes(4, "状態", "そうしん"),
    "a letter that left is said to have failed": lambda team: team.writes(4, "状態", "失敗"),
    "a letter is said to be another one's": lambda team: team.writes(4, "候補者ID", team.ids()[TAKAHASHI]),
    "a time is not one": lambda team: team.writes(2, "時刻", "昨日"),
    "an id is gone": lambda team: team.writes(4, "記録ID", None),
}
