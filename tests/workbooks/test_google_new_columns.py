"""Columns that we make in a sheet at which people are at work."""

from __future__ import annotations

from contextlib import closing

from tests.workbooks.google_people import GoogleStore
from tests.workbooks.test_google_people_at_work import TAB, by_name, people, somebody_meanwhile, statuses


def test_our_columns_overwrite_nothing_though_a_column_was_inserted_meanwhile(google):
    grid = [row[:3] + row[4:] for row in people("C-1", "C-2", "C-3")]
    store = GoogleStore(google, {TAB: grid})
    with closing(store.open()) as workbook:
        workbook.read()
        somebody_meanwhile(store, "insert_column", column=3, heading="面接官")

        workbook.show(statuses(C_1="い"))

    rows = by_name(store)
    assert rows["佐藤 花"]["通知状況"] == "い"
    assert {row["備考"] for row in rows.values()} == {"メモ0", "メモ1", "メモ2"}


def test_our_columns_stand_at_the_right_end_and_look_like_the_names_beside_them(google):
    store = GoogleStore(google, {TAB: [["候補者ID", "氏名", "メール"], ["C-1", "佐藤 花", "sato@example.com"]]})

    with closing(store.open()) as workbook:
        workbook.show(statuses(C_1="い"))

    assert store.look()[TAB][0] == ["候補者ID", "氏名", "メール", "通知状況"]


def test_our_columns_are_reached_by_the_filter_that_ended_before_them(google):
    grid = [row[:3] for row in people("C-1", "C-2", "C-3")]
    store = GoogleStore(google, {TAB: grid})
    store.edit("filter", sheet=TAB, column="氏名", hide=["鈴木 学"])

    with closing(store.open()) as workbook:
        workbook.show(statuses(C_1="い"))

    kept = store.tab(TAB)["basicFilter"]
    assert kept["range"]["endColumnIndex"] == 4
    assert store.tab(TAB)["hidden_rows"] == [3]
