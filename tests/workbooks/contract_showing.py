"""What every workbook backend must do when it shows our views."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import datetime

import pytest

from sheets_automation.core.errors import WorkbookChanged
from sheets_automation.core.views import CandidatesPlace, Look, OwnColumn, TabView, ViewCell, Views
from tests.workbooks.contract_reading import read_tab, revision
from tests.workbooks.people import (
    Grid,
    MakeStore,
    Store,
    recruiter_copies_a_row,
    recruiter_deletes_a_row,
    recruiter_deletes_a_tab,
    recruiter_inserts_a_column,
    recruiter_sorts_one_column_only,
    recruiter_sorts_the_sheet,
)

TAB = "候補者"
STATUS = OwnColumn(heading="通知状況", width=14)
WHEN = OwnColumn(heading="通知日時", width=18, look=Look.DATETIME)
PLACE = CandidatesPlace(tab=TAB, heading_row=1, id_column=0, id_heading="候補者ID", name_column=1, address_column=2)


def people() -> Grid:
    """Three candidates who have their ids."""
    return [
        ["候補者ID", "氏名", "メール", "備考"],
        ["C-1", "佐藤 花", "sato@example.com", "'=1+1"],
        ["C-2", "鈴木 学", "suzuki@example.com", None],
        ["C-3", "高橋 光", "takahashi@example.com", 42],
    ]


def status_of(**texts: str) -> Views:
    """A view that says something of candidates: C_1="送信済み"."""
    cells = {key.replace("_", "-"): {STATUS.heading: ViewCell(value=text)} for key, text in texts.items()}
    return Views(place=PLACE, columns=(STATUS,), cells=cells)


def show(store: Store, views: Views) -> None:
    """Show views and let go."""
    with closing(store.open()) as workbook:
        workbook.read()
        workbook.show(views)


def shown(store: Store, column: int = 4) -> dict[object, object]:
    """What stands in a column, by the id in column A."""
    return {cells[0]: cells[column] for cells in read_tab(store, TAB).values() if column in cells and 0 in cells}


class ColumnPromises:
    """What we say of a candidate stands in the candidate's row, and nowhere else."""

    def test_of_two_columns_of_ours_with_one_heading_the_first_is_written(self, make_store: MakeStore):
        grid = [
            [*row, status, None, status] for row, status in zip(people(), ["通知状況", None, None, None], strict=True)
        ]
        store = make_store({TAB: grid})

        show(store, status_of(C_1="送信済み"))

        assert shown(store) == {"候補者ID": "通知状況", "C-1": "送信済み"}
        assert shown(store, column=6) == {"候補者ID": "通知状況"}

    def test_an_own_column_is_made_once_at_the_right_end(self, make_store: MakeStore):
        store = make_store({TAB: people()})

        show(store, status_of(C_1="送信済み"))
        show(store, status_of(C_1="送信済み", C_2="待機"))

        assert list(read_tab(store, TAB)[1].values()) == ["候補者ID", "氏名", "メール", "備考", "通知状況"]
        assert shown(store) == {"候補者ID": "通知状況", "C-1": "送信済み", "C-2": "待機"}

    def test_an_own_column_does_not_cover_cells_that_have_no_heading(self, make_store: MakeStore):
        store = make_store({TAB: [*people(), ["C-4", "伊藤 葵", "ito@example.com", None, None, "欄外のメモ"]]})

        show(store, status_of(C_4="送信済み"))

        assert read_tab(store, TAB)[5] == {0: "C-4", 1: "伊藤 葵", 2: "ito@example.com", 5: "欄外のメモ", 6: "送信済み"}

    def test_an_own_column_is_found_wherever_people_moved_it(self, make_store: MakeStore):
        rows = [["通知状況", *people()[0]], *[[None, *row] for row in people()[1:]]]
        store = make_store({TAB: rows})
        moved = replace(PLACE, id_column=1, name_column=2, address_column=3)

        show(store, replace(status_of(C_2="送信済み"), place=moved))

        assert read_tab(store, TAB)[3][0] == "送信済み"

    def test_a_cell_follows_its_candidate_when_a_person_sorts(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        with closing(store.open()) as workbook:
            workbook.read()

        recruiter_sorts_the_sheet(store, TAB, column=0)
        show(store, status_of(C_1="送信済み", C_3="要確認"))

        assert shown(store) == {"候補者ID": "通知状況", "C-3": "要確認", "C-1": "送信済み"}

    def test_a_status_that_a_sort_of_one_column_misplaced_is_repaired(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        show(store, status_of(C_1="1", C_2="2", C_3="3"))

        recruiter_sorts_one_column_only(store, TAB, column=4)
        show(store, status_of(C_1="1", C_2="2", C_3="3"))

        assert shown(store) == {"候補者ID": "通知状況", "C-1": "1", "C-2": "2", "C-3": "3"}

    def test_a_candidate_who_is_gone_is_passed_over(self, make_store: MakeStore):
        store = make_store({TAB: people()})

        recruiter_deletes_a_row(store, TAB, row=3)
        show(store, status_of(C_2="送信済み", C_3="送信済み"))

        assert shown(store) == {"候補者ID": "通知状況", "C-3": "送信済み"}

    def test_an_id_that_stands_twice_is_passed_over(self, make_store: MakeStore):
        store = make_store({TAB: people()})

        recruiter_copies_a_row(store, TAB, row=2)
        show(store, status_of(C_1="送信済み", C_2="送信済み"))

        assert shown(store) == {"候補者ID": "通知状況", "C-2": "送信済み"}

    def test_an_id_that_is_a_number_in_the_sheet_is_found(self, make_store: MakeStore):
        store = make_store({TAB: [people()[0], [1001, "佐藤 花", "sato@example.com"]]})

        show(store, Views(place=PLACE, columns=(STATUS,), cells={"1001": {"通知状況": ViewCell(value="送信済み")}}))

        assert read_tab(store, TAB)[2][4] == "送信済み"

    def test_headings_below_title_rows_are_used(self, make_store: MakeStore):
        store = make_store({TAB: [["採用管理表 2026年度"], [], *people()]})

        show(store, replace(status_of(C_1="送信済み"), place=replace(PLACE, heading_row=3)))

        assert read_tab(store, TAB)[3][4] == "通知状況"
        assert read_tab(store, TAB)[4][4] == "送信済み"

    def test_an_id_in_a_title_above_the_headings_is_no_candidate(self, make_store: MakeStore):
        store = make_store({TAB: [["C-1"], *people()]})

        show(store, replace(status_of(C_1="送信済み"), place=replace(PLACE, heading_row=2)))

        assert read_tab(store, TAB)[3][4] == "送信済み"

    def test_columns_behind_the_twenty_sixth_are_written(self, make_store: MakeStore):
        wide = [[*row, *[None] * (4 - len(row)), *[f"{n}" for n in range(60)]] for row in people()]
        store = make_store({TAB: wide})

        show(store, status_of(C_2="送信済み"))

        assert read_tab(store, TAB)[3][64] == "送信済み"

    def test_hidden_rows_are_written_like_any_other_and_stay_hidden(self, make_store: MakeStore):
        store = make_store({TAB: people()}, hidden={TAB: [3]})

        show(store, status_of(C_2="送信済み"))

        assert shown(store)["C-2"] == "送信済み"
        with closing(store.open()) as workbook:
            assert [row.number for row in workbook.read().tables[TAB].rows() if row.hidden] == [3]

    def test_dates_are_real_dates(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        moment = ViewCell(value=datetime.fromisoformat("2026-11-24T09:03"), look=Look.DATETIME)

        show(store, Views(place=PLACE, columns=(WHEN,), cells={"C-1": {"通知日時": moment}}))

        assert shown(store)["C-1"] == datetime.fromisoformat("2026-11-24T09:03")

    def test_an_empty_value_clears_the_cell(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        show(store, status_of(C_1="待機"))

        show(store, Views(place=PLACE, columns=(STATUS,), cells={"C-1": {"通知状況": ViewCell(value=None)}}))

        assert shown(store) == {"候補者ID": "通知状況"}

    @pytest.mark.parametrize("text", ['=HYPERLINK("http://x.example")', "+81", "-5", "@x", "007", "改\n行", "🎉"])
    def test_text_stays_text(self, make_store: MakeStore, text):
        store = make_store({TAB: people()})

        show(store, status_of(C_1=text))

        assert shown(store)["C-1"] == text
        assert store.formulas() == []

    def test_all_that_is_not_ours_stays_as_it_was(self, make_store: MakeStore):
        store = make_store(
            {"集計": [["媒体", 3], [datetime.fromisoformat("2026-01-02")]], TAB: people(), "媒体費": [["007", True]]}
        )
        before = {tab: read_tab(store, tab) for tab in ("集計", TAB, "媒体費")}

        show(store, status_of(C_1="送信済み", C_2="待機", C_3="要確認"))

        assert {tab: read_tab(store, tab) for tab in ("集計", "媒体費")} == {t: before[t] for t in ("集計", "媒体費")}
        ours_removed = {n: {c: v for c, v in cells.items() if c != 4} for n, cells in read_tab(store, TAB).items()}
        assert ours_removed == before[TAB]

    def test_showing_the_same_again_writes_nothing(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        views = replace(
            status_of(C_1="送信済み"),
            tabs=(TabView(tab="要確認", title="要確認", rows=((ViewCell(value="要確認"),),)),),
        )
        show(store, views)
        before = revision(store)

        show(store, views)

        assert revision(store) == before

    def test_a_tab_of_candidates_that_is_gone_stops_the_writing(self, make_store: MakeStore):
        store = make_store({TAB: people(), "集計": [["x"]]})

        recruiter_deletes_a_tab(store, TAB)

        with pytest.raises(WorkbookChanged):
            show(store, status_of(C_1="送信済み"))

    def test_headings_that_moved_stop_the_writing(self, make_store: MakeStore):
        store = make_store({TAB: people()})

        recruiter_inserts_a_column(store, TAB, column=0, heading="番号")

        with pytest.raises(WorkbookChanged):
            show(store, status_of(C_1="送信済み"))
        assert len(read_tab(store, TAB)[1]) == 5
