"""An HR team that looks after its tags."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from itertools import count

from sheets_automation.core.rules import SendRules
from sheets_automation.core.tagging import HEADING, REASON_HEADING
from sheets_automation.core.tagging_tab import HEADINGS as RULE_HEADINGS
from sheets_automation.core.tagging_tab import TAB as RULES_TAB
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.tag import TagReport, look_at_tags, nobody, show_tags
from tests.core.builders import JST, NOW
from tests.workbooks.people import Grid, Store

TAB = "候補者"
COLUMNS = [
    "候補者ID",
    "氏名",
    "メールアドレス",
    "応募職種",
    "応募日",
    "選考段階",
    "選考結果",
    "結果日",
    "スキル",
    "タグ",
    "備考",
]
_runs = count(1)


def row(number: int, **cells: object) -> dict[str, object]:
    """A rejected candidate who came to the final interview."""
    ready = {
        "候補者ID": f"C-{number}",
        "氏名": f"山田 {number}郎".replace("1", "一").replace("2", "二").replace("3", "三"),
        "メールアドレス": f"c{number}@example.com",
        "応募職種": "開発職",
        "選考段階": "最終面接",
        "選考結果": "不採用",
    }
    return {**ready, **cells}


def sheet(*rows: dict[str, object], columns: list[str] = COLUMNS) -> Grid:
    """A candidates tab with these rows."""
    return [list(columns), *([one.get(heading) for heading in columns] for one in rows)]


def rules(*lines: tuple[str, ...]) -> Grid:
    """A tab タグ規則: each line is the tag, and then 見出し, 比べ方, 値 for each condition."""
    return [["タグ規則"], [], list(RULE_HEADINGS), *(["○", *line] for line in lines)]


class Team:
    """One team."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def look(self) -> TagReport:
        with closing(self.store.open()) as workbook:
            return look_at_tags(workbook, self.desk, self.run())

    def write(
        self, accepts: Callable = nobody, wrap: Callable = lambda workbook: workbook, refuses: Callable = nobody
    ) -> TagReport:
        with closing(self.store.open()) as workbook:
            return show_tags(wrap(workbook), self.desk, self.run(), accepts, refuses)

    def accept(self, *ids: str) -> TagReport:
        return self.write(lambda one, _tag: not ids or one.id in ids)

    def run(self) -> Run:
        return Run(id=f"20261124-100000-G{next(_runs):05d}", clock=lambda: NOW, new_code=str, actor="人事")

    @staticmethod
    def desk(_snapshot: object) -> Desk:
        return Desk(rules=SendRules(timezone=JST), compose=lambda *_: None)

    def rows(self) -> list[dict[str, object]]:
        """The rows of the candidates tab by heading, without empty cells."""
        head, *body = self.store.look()[TAB]
        named = [{h: v for h, v in zip(head, cells, strict=False) if h and v not in {None, ""}} for cells in body]
        return [one for one in named if one]

    def column(self, heading: str) -> list[object]:
        """What stands under a heading, row by row."""
        return [one.get(heading) for one in self.rows()]


__all__ = ["HEADING", "REASON_HEADING", "RULES_TAB", "TAB", "Team", "row", "rules", "sheet"]
