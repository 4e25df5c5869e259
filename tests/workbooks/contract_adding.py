"""What every workbook backend must do when candidates are added, and blank cells of HR's are filled."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import datetime

import pytest

from sheets_automation.core.errors import WorkbookChanged
from sheets_automation.core.views import NewRow, ViewCell, Views
from tests.workbooks.contract_reading import read_tab, revision
from tests.workbooks.contract_showing import PLACE, STATUS, TAB, people, show, status_of
from tests.workbooks.people import (
    MakeStore,
    recruiter_deletes_a_row,
    recruiter_inserts_a_column,
    recruiter_sorts_the_sheet,
    recruiter_writes,
)


def adding(candidate_id: str = "C-9", **cells) -> Views:
    """A view that adds a candidate: 氏名="…"."""
    return Views(place=PLACE, new_rows=(NewRow(candidate_id=candidate_id, cells=cells),))


def filling(candidate_id: str, heading: str, value, held=None) -> Views:
    """A view that fills a cell of HR's while it holds what it held."""
    cells = {candidate_id: {heading: ViewCell(value=value)}}
    return Views(place=PLACE, cells=cells, only_over={candidate_id: {heading: held}})


class AddingPromises:
    """New candidates stand below the last row, once; cells of HR's change only while they hold what they held."""

    def test_a_new_candidate_stands_below_the_last_row_under_hrs_headings(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        before = read_tab(store, TAB)

        show(store, adding(氏名="田中 実", メール="tanaka@example.com"))

        assert read_tab(store, TAB) == {**before, 5: {0: "C-9", 1: "田中 実", 2: "tanaka@example.com"}}

    def test_the_same_candidate_is_added_once_however_often_it_is_said(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        show(store, adding(氏名="田中 実"))
        before = revision(store)

        show(store, adding(氏名="田中 実"))

        assert revision(store) == before

    def test_candidates_whom_nobody_has_given_ids_yet_get_a_column_for_them(self, make_store: MakeStore):
        rows = [row[1:] for row in people()]
        store = make_store({TAB: rows})
        place = replace(PLACE, id_column=None, name_column=0, address_column=1)

        show(store, replace(adding(氏名="田中 実"), place=place))

        assert read_tab(store, TAB)[5] == {0: "田中 実", 3: "C-9"}

    def test_new_candidates_and_new_columns_come_in_one_pass(self, make_store: MakeStore):
        store = make_store({TAB: people()})

        show(store, replace(adding(氏名="田中 実", 通知状況="送信待ち"), columns=(STATUS,)))

        assert read_tab(store, TAB)[5] == {0: "C-9", 1: "田中 実", 4: "送信待ち"}

    @pytest.mark.parametrize("text", ['=HYPERLINK("http://x.example")', "+81-90-1234-5678", "-5", "@x", "007", "🎉"])
    def test_text_of_a_new_candidate_stays_text(self, make_store: MakeStore, text):
        store = make_store({TAB: people()})

        show(store, adding(氏名="田中 実", 備考=text))

        assert read_tab(store, TAB)[5][3] == text
        assert [cell for cell in store.formulas() if "5" in cell] == []

    def test_a_date_of_a_new_candidate_is_a_real_date(self, make_store: MakeStore):
        store = make_store({TAB: people()})

        show(store, adding(氏名="田中 実", 備考=datetime.fromisoformat("2026-11-05")))

        assert read_tab(store, TAB)[5][3] == datetime.fromisoformat("2026-11-05")

    def test_candidates_are_added_however_people_have_sorted(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        recruiter_sorts_the_sheet(store, TAB, column=0)

        show(store, adding(氏名="田中 実"))

        assert [cells[0] for cells in read_tab(store, TAB).values()] == ["候補者ID", "C-3", "C-2", "C-1", "C-9"]

    def test_a_candidate_is_not_added_where_a_heading_is_gone(self, make_store: MakeStore):
        store = make_store({TAB: people()})

        with pytest.raises(WorkbookChanged):
            show(store, adding(氏名="田中 実", 電話="090-1234-5678"))

        assert len(read_tab(store, TAB)) == 4

    def test_a_blank_cell_of_hrs_is_filled(self, make_store: MakeStore):
        store = make_store({TAB: people()})

        show(store, filling("C-2", "備考", "紹介"))

        assert read_tab(store, TAB)[3][3] == "紹介"

    def test_a_cell_into_which_somebody_typed_meanwhile_is_not_written_over(self, make_store: MakeStore):
        store = make_store({TAB: people()})

        recruiter_writes(store, TAB, row=3, column=3, value="電話済み")

        with pytest.raises(WorkbookChanged):
            show(store, filling("C-2", "備考", "紹介"))
        assert read_tab(store, TAB)[3][3] == "電話済み"

    def test_a_fill_follows_its_candidate_when_columns_and_rows_move(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        recruiter_sorts_the_sheet(store, TAB, column=0)
        recruiter_inserts_a_column(store, TAB, column=3, heading="年齢")

        show(store, filling("C-2", "備考", "紹介"))

        assert read_tab(store, TAB)[3] == {0: "C-2", 1: "鈴木 学", 2: "suzuki@example.com", 4: "紹介"}

    def test_a_fill_for_somebody_who_is_gone_is_passed_over(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        recruiter_deletes_a_row(store, TAB, row=3)
        before = read_tab(store, TAB)

        show(store, filling("C-2", "備考", "紹介"))

        assert read_tab(store, TAB) == before

    def test_a_cell_that_is_emptied_again_is_empty(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        show(store, filling("C-2", "備考", "紹介"))

        show(store, filling("C-2", "備考", None, held="紹介"))

        assert 3 not in read_tab(store, TAB)[3]

    def test_facts_come_with_new_candidates(self, make_store: MakeStore):
        store = make_store({TAB: people()})

        with closing(store.open()) as workbook:
            workbook.read()
            workbook.show(adding(氏名="田中 実"), {"取込記録": [{"記録ID": "R-1", "種別": "完了"}]})
            tables = workbook.read().tables
            facts = [row.cells for row in tables["取込記録"].rows()]

        assert facts[-1] == {0: "R-1", 1: "完了"}
        assert len(read_tab(store, TAB)) == 5

    def test_the_status_of_a_new_candidate_can_be_shown_at_once(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        show(store, adding(氏名="田中 実"))

        show(store, status_of(C_9="送信待ち"))

        assert read_tab(store, TAB)[5] == {0: "C-9", 1: "田中 実", 4: "送信待ち"}

    def test_a_candidate_whose_cells_are_emptied_leaves_an_empty_row(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        cells = dict.fromkeys(("候補者ID", "氏名", "メール", "備考"), ViewCell(value=None))

        show(store, Views(place=PLACE, cells={"C-2": cells}))

        assert {n: cells[0] for n, cells in read_tab(store, TAB).items()} == {1: "候補者ID", 2: "C-1", 4: "C-3"}
