"""New candidates in an open workbook, while people type and move things where they are about to be written."""

from contextlib import closing

import pytest

from sheets_automation.core.errors import WorkbookChanged
from sheets_automation.core.views import NewRow, Views
from tests.excel_engine.people import OpenBookStore
from tests.workbooks.contract_showing import PLACE, TAB
from tests.workbooks.people import recruiter_inserts_a_column

PEOPLE = [
    ["候補者ID", "氏名", "メール", "電話", "選考結果"],
    ["C-1", "佐藤 花", "sato@example.com", None, "選考中"],
    ["C-2", "鈴木 学", "suzuki@example.com", "080-9", "内定"],
    [None, "高橋 光", "takahashi@example.com", "070-7", "辞退"],
    ["C-4", "伊藤 葵", "ito@example.com", None, "選考中"],
]
ADDED = Views(place=PLACE, new_rows=(NewRow(candidate_id="C-9", cells={"氏名": "渡辺 蓮", "選考結果": "選考中"}),))


def adds(store, person, *, begins_anew=True):
    """Take somebody new in while a person is about to do something, so that Excel is busy; what the sheet is then."""

    def is_busy(verb):
        if verb == "put_values":
            store.excel.rejects, store.excel.on_call = 1, does

    def does(_verb):
        store.excel.on_call = lambda _: None
        person(store)

    with closing(store.open()) as workbook:
        workbook.read()
        store.excel.on_call = is_busy
        with pytest.raises(WorkbookChanged):
            workbook.show(ADDED)
        assert not any("渡辺 蓮" in row for row in store.look()[TAB])
        if begins_anew:
            workbook.show(ADDED)
    return store.look()[TAB]


@pytest.mark.parametrize("column", [2, 4, 5])
def test_a_row_that_somebody_begins_below_the_last_one_is_kept_and_the_new_one_comes_below(excel, tmp_path, column):
    store = OpenBookStore(excel, tmp_path / "book.xlsx", {TAB: PEOPLE})

    def types(store):
        store.book.titled(TAB).cell(6, column).value = "山田 昇"

    rows = adds(store, types)

    assert rows[5][column - 1] == "山田 昇"
    assert rows[6] == ["C-9", "渡辺 蓮", None, None, "選考中"]


def test_a_row_that_somebody_inserts_or_deletes_above_moves_the_new_one_along(excel, tmp_path):
    longer = OpenBookStore(excel, tmp_path / "longer.xlsx", {TAB: PEOPLE})
    shorter = OpenBookStore(excel, tmp_path / "shorter.xlsx", {TAB: PEOPLE})

    inserted = adds(longer, lambda store: store.save({TAB: [PEOPLE[0], ["C-5", "林 玲"], *PEOPLE[1:]]}))
    deleted = adds(shorter, lambda store: store.save({TAB: PEOPLE[:-1]}))

    assert [row[0] for row in inserted] == ["候補者ID", "C-5", "C-1", "C-2", None, "C-4", "C-9"]
    assert [row[0] for row in deleted] == ["候補者ID", "C-1", "C-2", None, "C-9"]


def test_a_new_row_is_not_written_under_headings_that_somebody_has_moved(excel, tmp_path):
    store = OpenBookStore(excel, tmp_path / "book.xlsx", {TAB: PEOPLE})

    def inserts_one(store):
        recruiter_inserts_a_column(store, TAB, column=1, heading="新しい列")

    rows = adds(store, inserts_one, begins_anew=False)

    assert len(rows) == len(PEOPLE)
