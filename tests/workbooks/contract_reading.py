"""What every workbook backend must do when it reads."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

import pytest

from sheets_automation.core.table import CellValue
from tests.workbooks.people import Grid, MakeStore, Store, recruiter_writes


def read_tab(store: Store, tab: str) -> dict[int, dict[int, CellValue]]:
    """A tab as a fresh connection reads it: cells by column, by row number."""
    with closing(store.open()) as workbook:
        return {row.number: dict(row.cells) for row in workbook.read().tables[tab].rows()}


def revision(store: Store) -> str:
    """The revision as a fresh connection reads it."""
    with closing(store.open()) as workbook:
        return workbook.read().revision


class ReadingPromises:
    """Text is never guessed at, and nothing that people made is left out."""

    @pytest.mark.parametrize(
        "text", ["007", "1.50", "2026/11/05", "TRUE", "1E5", "0123456789012345", "=1+1", "+81", "@a", "-"]
    )
    def test_text_that_looks_like_something_else_is_read_as_text(self, make_store: MakeStore, text):
        store = make_store({"候補者": [["氏名"], [text]]})

        assert read_tab(store, "候補者")[2] == {0: text}

    @pytest.mark.parametrize("value", [0, 42, -1.5, True, False, 12_345_678_901])
    def test_numbers_and_truth_values_come_back_as_they_are(self, make_store: MakeStore, value):
        store = make_store({"候補者": [["年齢"], [value]]})

        read = read_tab(store, "候補者")[2][0]

        assert (read, isinstance(read, bool)) == (value, isinstance(value, bool))

    def test_dates_come_back_as_naive_datetimes(self, make_store: MakeStore):
        store = make_store(
            {"候補者": [["日付"], [datetime.fromisoformat("2026-11-05")], [datetime.fromisoformat("2026-11-05T14:30")]]}
        )

        rows = read_tab(store, "候補者")

        assert rows[2] == {0: datetime.fromisoformat("2026-11-05")}
        assert rows[3] == {0: datetime.fromisoformat("2026-11-05T14:30")}

    @pytest.mark.parametrize(
        "text", ["一行目\n二行目", "🎉 髙﨑 👩‍💻", " 前後に空白 ", "<b>&amp;\"'", "_x0041_", "タブ\tあり"]
    )
    def test_line_breaks_emoji_and_blanks_in_a_cell_are_kept(self, make_store: MakeStore, text):
        store = make_store({"候補者": [["備考"], [text]]})

        assert read_tab(store, "候補者")[2] == {0: text}

    def test_rows_keep_their_numbers_below_titles_and_across_gaps(self, make_store: MakeStore):
        store = make_store({"候補者": [["採用管理表"], [], ["氏名"], [], ["佐藤"]]})

        assert sorted(read_tab(store, "候補者")) == [1, 3, 5]

    def test_a_hidden_row_is_a_row_and_says_that_it_is_hidden(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"], ["佐藤"], ["鈴木"]]}, hidden={"候補者": [3]})

        with closing(store.open()) as workbook:
            rows = list(workbook.read().tables["候補者"].rows())

        assert [(row.number, row.hidden) for row in rows] == [(1, False), (2, False), (3, True)]

    def test_columns_behind_the_twenty_sixth_are_read(self, make_store: MakeStore):
        store = make_store({"候補者": [[f"列{n}" for n in range(90)]]})

        assert read_tab(store, "候補者")[1][85] == "列85"

    def test_only_the_columns_asked_for_are_handed_over(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名", "備考", "職種"], ["佐藤", None, "営業"], [None, "メモ", None]]})

        with closing(store.open()) as workbook:
            rows = {row.number: row.cells for row in workbook.read().tables["候補者"].rows({0, 2})}

        assert rows == {1: {0: "氏名", 2: "職種"}, 2: {0: "佐藤", 2: "営業"}}

    def test_tabs_are_given_in_their_order(self, make_store: MakeStore):
        tabs: dict[str, Grid] = {"集計": [["x"]], "候補者": [["氏名"]], "媒体費": [["y"]]}

        with closing(make_store(tabs).open()) as workbook:
            assert list(workbook.read().tables) == ["集計", "候補者", "媒体費"]

    def test_a_table_can_be_read_again_and_gives_the_same_rows(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"], ["佐藤"], ["鈴木"]]})

        with closing(store.open()) as workbook:
            table = workbook.read().tables["候補者"]
            assert list(table.rows()) == list(table.rows())

    def test_the_revision_changes_when_a_person_edits(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"], ["佐藤"]]})
        before = revision(store)

        recruiter_writes(store, "候補者", 2, 0, "佐藤 花")

        assert revision(store) != before

    def test_the_revision_stays_when_nobody_edits(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"], ["佐藤"]]})

        assert revision(store) == revision(store)
