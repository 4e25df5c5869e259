"""Processes that die in the middle of an import or of an undoing: the next one finds everything, and nothing twice."""

from __future__ import annotations

import pytest

from tests.imports.house import TAB, csv_of, sheet
from tests.workbooks.people import recruiter_sorts_the_sheet

SATO = ("佐藤 花子", "hanako@example.com", "090-1234-2222", "営業職", "2026/11/20", "求人媒体")
SUZUKI = ("鈴木 学", "manabu@example.com", "080-1111-3333", "開発職", "2026/11/21", "自社サイト")
ITO = ("伊藤 葵", "aoi@example.com", "080-1111-4444", "開発職", "2026/11/22", "自社サイト")
IN_TAB = {
    "候補者ID": "C-1",
    "氏名": "佐藤 花子",
    "メールアドレス": "hanako@example.com",
    "応募職種": "営業職",
    "応募日": "2026/11/20",
}
EFFECTS = ("append", "show")


class Died(Exception):
    """The process is gone."""


class Mortal:
    """A workbook whose process dies before or after its nth effect."""

    def __init__(self, real, number: int, moment: str) -> None:
        self.real, self._left, self._moment = real, number, moment

    def __getattr__(self, name):
        found = getattr(self.real, name)
        return self._watched(found) if name in EFFECTS else found

    def _watched(self, effect):
        def watched(*words):
            self._left -= 1
            if self._left == 0 and self._moment == "before":
                raise Died
            effect(*words)
            if self._left == 0:
                raise Died

        return watched


def dies(number, moment):
    return lambda workbook: Mortal(workbook, number, moment)


every_death = pytest.mark.parametrize(
    ("number", "moment"), [(number, moment) for number in (1, 2, 3) for moment in ("before", "after")]
)


def whole(team):
    return sorted(str(sorted(row.items(), key=str)) for row in team.people())


@every_death
def test_an_import_that_died_is_finished_by_the_next_one_and_nobody_stands_there_twice(team_of, number, moment):
    undisturbed, team = team_of({TAB: sheet(IN_TAB)}), team_of({TAB: sheet(IN_TAB)})
    file = team.file(csv_of(SATO, SUZUKI, ITO))
    undisturbed.take_in(file)

    try:
        team.take_in(file, wrap=dies(number, moment))
    except Died:
        recruiter_sorts_the_sheet(team.store, TAB, column=1)
    team.later(minutes=20).take_in(file)

    assert whole(team) == whole(undisturbed)


@every_death
def test_an_import_that_died_can_be_undone_whatever_it_had_written(team_of, number, moment):
    team = team_of({TAB: sheet(IN_TAB)})
    before = whole(team)

    try:
        team.take_in(team.file(csv_of(SATO, SUZUKI, ITO)), wrap=dies(number, moment))
    except Died:
        recruiter_sorts_the_sheet(team.store, TAB, column=1)
    if any(row["種別"] in {"追加", "記入"} for row in facts(team)):
        team.undo()

    assert whole(team) == before


@every_death
def test_an_undoing_that_died_is_finished_by_the_next_one(team_of, number, moment):
    team = team_of({TAB: sheet(IN_TAB)})
    before = whole(team)
    team.take_in(team.file(csv_of(SATO, SUZUKI, ITO)))

    try:
        team.undo(wrap=dies(number, moment))
    except Died:
        recruiter_sorts_the_sheet(team.store, TAB, column=1)
    if "取消完了" not in {row["種別"] for row in facts(team)}:
        team.undo()

    assert whole(team) == before


def facts(team):
    """What the log of imports holds, the facts of the journal among them."""
    workbook = team.store.open()
    try:
        table = workbook.read().tables.get("取込記録")
        head, *body = [row.cells for row in table.rows()] if table else [{}]
        return [{str(head[c]): value for c, value in cells.items()} for cells in body]
    finally:
        workbook.close()
