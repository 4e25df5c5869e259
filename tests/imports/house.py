"""An HR team that takes in files: its workbook on any backend, and the files as other systems write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from sheets_automation.core.rules import SendRules
from sheets_automation.imports.files import OpenFiles
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.import_candidates import ImportReport, Material, import_candidates, preview_import
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.undo_import import LAST, UndoReport, undo_import
from tests.core.builders import JST, NOW
from tests.workbooks.people import Grid, Store

TAB = "候補者"
HEADINGS = [
    "候補者ID",
    "氏名",
    "メールアドレス",
    "電話番号",
    "応募職種",
    "応募日",
    "応募媒体",
    "選考段階",
    "選考結果",
    "タグ",
    "備考",
]
_runs = count(1)


def sheet(*rows: dict[str, object]) -> Grid:
    """A candidates tab with these rows, by heading."""
    return [list(HEADINGS), *([row.get(heading) for heading in HEADINGS] for row in rows)]


def csv_of(*rows: Sequence[str], headings: str = "名前,メールアドレス,電話番号,募集職種,応募時刻,応募経路") -> str:
    """A small export of HERP."""
    return "\n".join([headings, *(",".join(row) for row in rows)]) + "\n"


class Team:
    """One team."""

    def __init__(self, store: Store, folder: Path, now: datetime = NOW) -> None:
        self.store = store
        self.folder = folder
        self.now = now

    def file(self, text: str | bytes, name: str = "応募者.csv", encoding: str = "utf-8") -> Path:
        """A file on disk."""
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    def run(self) -> Run:
        return Run(id=f"20261124-100000-T{next(_runs):05d}", clock=lambda: self.now, new_code=str, actor="人事")

    def desk(self, _snapshot: object = None) -> Desk:
        return Desk(rules=SendRules(timezone=JST), compose=lambda *_: None)

    def take_in(self, *paths: Path, wrap: Callable = lambda workbook: workbook) -> ImportReport:
        """Import files, as a process of its own would."""
        files = OpenFiles()
        with closing(files):
            workbook = wrap(self.store.open())
            try:
                report = import_candidates(
                    workbook, self.desk, self.run(), Material(open_files=self.reader(files, paths))
                )
            except BaseException:
                self.store.crash(getattr(workbook, "real", workbook))
                raise
            workbook.close()
            return report

    def preview(self, *paths: Path) -> ImportReport:
        files = OpenFiles()
        with closing(files), closing(self.store.open()) as workbook:
            return preview_import(workbook, self.desk, Material(open_files=self.reader(files, paths)))

    def undo(self, import_id: str = LAST, wrap: Callable = lambda workbook: workbook) -> UndoReport:
        workbook = wrap(self.store.open())
        try:
            report = undo_import(workbook, self.desk, self.run(), import_id)
        except BaseException:
            self.store.crash(getattr(workbook, "real", workbook))
            raise
        workbook.close()
        return report

    def later(self, **span: int) -> Team:
        return Team(self.store, self.folder, self.now + timedelta(**span))

    @staticmethod
    def reader(files: OpenFiles, paths: Sequence[Path]) -> Callable:
        return lambda known: [files.read(path, known) for path in paths]

    def rows(self, tab: str = TAB) -> list[dict[str, object]]:
        """The rows of the candidates tab that hold anything, by heading, without ids that only ours are."""
        head, *body = self.store.look()[tab]
        named = [{h: v for h, v in zip(head, row, strict=False) if h and v not in {None, ""}} for row in body]
        return [row for row in named if row]

    def people(self) -> list[dict[str, object]]:
        """The same without ids."""
        return [{h: v for h, v in row.items() if h != "候補者ID"} for row in self.rows()]

    def types(self, tab: str, row_where: Callable[[list], bool], column: int, value: object) -> None:
        """Somebody types into the first row of a tab that fits: columns from 0."""
        tabs = self.store.look()
        row = next(row for row in tabs[tab] if row_where(row))
        row.extend([None] * (column + 1 - len(row)))
        row[column] = value
        self.store.save(tabs)

    def answers(self, word: str) -> None:
        """Somebody answers every question of 取込確認 with a word."""
        tabs = self.store.look()
        head = next(number for number, row in enumerate(tabs["取込確認"]) if row and row[0] == "回答")
        for row in tabs["取込確認"][head + 1 :]:
            row[0] = word
        self.store.save(tabs)

    def questions(self) -> list[dict[str, object]]:
        """What 取込確認 asks, by heading."""
        grid = self.store.look().get("取込確認", [])
        head = next((number for number, row in enumerate(grid) if row and row[0] == "回答"), None)
        if head is None:
            return []
        return [dict(zip(grid[head], row, strict=False)) for row in grid[head + 1 :] if any(row[1:])]


SATO = ("佐藤 花子", "hanako@example.com", "090-1234-2222", "営業職", "2026/11/20 10:00", "求人媒体")
SUZUKI = ("鈴木 学", "manabu@example.com", "080-1111-3333", "開発職", "2026/11/21", "自社サイト")
IN_TAB = {
    "候補者ID": "C-1",
    "氏名": "佐藤 花子",
    "メールアドレス": "hanako@example.com",
    "応募職種": "営業職",
    "応募日": datetime.fromisoformat("2026-11-20"),
}


def counts(report):
    plan = report.plan
    changed = sum(bool(one.written) for one in plan.changes)
    return len(plan.additions), changed, plan.unchanged, len(plan.questions), len(plan.refused)
