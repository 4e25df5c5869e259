"""What every workbook backend must do when it gives candidates their ids."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheets_automation.core.errors import WorkbookChanged
from sheets_automation.core.views import Identity, ViewCell, Views
from tests.workbooks.contract_reading import read_tab
from tests.workbooks.contract_showing import PLACE, STATUS, TAB, people, show
from tests.workbooks.people import (
    Grid,
    MakeStore,
    recruiter_inserts_a_row,
    recruiter_sorts_the_sheet,
    recruiter_writes,
)

WITHOUT_IDS = replace(PLACE, id_column=None, name_column=0, address_column=1)


def newcomers() -> Grid:
    """Two candidates in a sheet that has no id column."""
    return [["氏名", "メール"], ["佐藤 花", "sato@example.com"], ["鈴木 学", "suzuki@example.com"]]


def identity(row: int, candidate_id: str, name: str, address: str) -> Identity:
    """An id for a row, with what the row held when it was read."""
    return Identity(row=row, candidate_id=candidate_id, name_text=name, address_text=address)


SATO = identity(2, "C-1", "佐藤 花", "sato@example.com")
SUZUKI = identity(3, "C-2", "鈴木 学", "suzuki@example.com")


class IdentityPromises:
    """An id is written once, into a blank cell, in the row of the person for whom it was made."""

    def test_an_id_column_is_made_at_the_right_end(self, make_store: MakeStore):
        store = make_store({TAB: newcomers()})

        show(store, Views(place=WITHOUT_IDS, identities=(SATO, SUZUKI)))

        rows = read_tab(store, TAB)
        assert [rows[n][2] for n in (1, 2, 3)] == ["候補者ID", "C-1", "C-2"]

    def test_what_we_say_of_a_candidate_is_written_together_with_the_id(self, make_store: MakeStore):
        store = make_store({TAB: newcomers()})
        cells = {"C-2": {"通知状況": ViewCell(value="送信済み")}}

        show(store, Views(place=WITHOUT_IDS, identities=(SATO, SUZUKI), columns=(STATUS,), cells=cells))

        assert read_tab(store, TAB)[3] == {0: "鈴木 学", 1: "suzuki@example.com", 2: "C-2", 3: "送信済み"}

    @pytest.mark.parametrize("blank", [None, "'", " ", "\u3000"])
    def test_a_cell_that_looks_empty_is_filled(self, make_store: MakeStore, blank):
        store = make_store({TAB: [["候補者ID", "氏名", "メール"], [blank, "佐藤 花", "sato@example.com"]]})

        show(store, Views(place=PLACE, identities=(SATO,)))

        assert read_tab(store, TAB)[2][0] == "C-1"

    def test_an_id_that_is_there_already_is_left_alone(self, make_store: MakeStore):
        store = make_store({TAB: people()})

        show(store, Views(place=PLACE, identities=(SATO,)))

        assert read_tab(store, TAB)[2][0] == "C-1"

    def test_another_id_in_the_cell_stops_the_writing(self, make_store: MakeStore):
        store = make_store({TAB: people()})

        with pytest.raises(WorkbookChanged):
            show(store, Views(place=PLACE, identities=(replace(SATO, candidate_id="C-9"),)))

        assert read_tab(store, TAB)[2][0] == "C-1"

    @pytest.mark.parametrize(("column", "text"), [(0, "佐藤 葵"), (1, "hana@example.com"), (1, None)])
    def test_a_row_whose_name_or_address_changed_stops_the_writing(self, make_store: MakeStore, column, text):
        store = make_store({TAB: newcomers()})

        recruiter_writes(store, TAB, 3, column, text)

        with pytest.raises(WorkbookChanged):
            show(store, Views(place=WITHOUT_IDS, identities=(SATO, SUZUKI)))
        assert 2 not in read_tab(store, TAB)[1]

    def test_a_sort_after_the_reading_stops_the_writing(self, make_store: MakeStore):
        store = make_store({TAB: newcomers()})

        recruiter_sorts_the_sheet(store, TAB, column=1)

        with pytest.raises(WorkbookChanged):
            show(store, Views(place=WITHOUT_IDS, identities=(SATO, SUZUKI)))

    def test_a_row_inserted_after_the_reading_stops_the_writing(self, make_store: MakeStore):
        store = make_store({TAB: newcomers()})

        recruiter_inserts_a_row(store, TAB, 2, ["伊藤 葵", "ito@example.com"])

        with pytest.raises(WorkbookChanged):
            show(store, Views(place=WITHOUT_IDS, identities=(SATO, SUZUKI)))

    def test_an_id_column_that_somebody_else_made_meanwhile_stops_the_writing(self, make_store: MakeStore):
        store = make_store({TAB: newcomers()})

        recruiter_writes(store, TAB, 1, 2, "候補者ID")

        with pytest.raises(WorkbookChanged):
            show(store, Views(place=WITHOUT_IDS, identities=(SATO,)))

    def test_nothing_at_all_is_written_when_one_identity_does_not_fit(self, make_store: MakeStore):
        store = make_store({TAB: newcomers()})
        before = read_tab(store, TAB)
        cells = {"C-1": {"通知状況": ViewCell(value="送信済み")}}
        misfit = replace(SUZUKI, address_text="someone@example.com")

        with pytest.raises(WorkbookChanged):
            show(store, Views(place=WITHOUT_IDS, identities=(SATO, misfit), columns=(STATUS,), cells=cells))

        assert read_tab(store, TAB) == before
