"""What every workbook backend must do with facts."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

import pytest

from sheets_automation.core.errors import WriteRefused
from sheets_automation.core.views import Views
from tests.workbooks.contract_reading import read_tab
from tests.workbooks.people import MakeStore, Store

LOG = "送信記録"


def fact(number: int, **more: str) -> dict[str, str]:
    """A fact with two headings of its own, and whatever else is given."""
    return {"記録ID": f"R-{number:04}", "時刻": "2026-11-24T09:03:00.000+09:00", **more}


def append(store: Store, *facts: Mapping[str, str], tab: str = LOG) -> None:
    """Append facts and let go."""
    with closing(store.open()) as workbook:
        workbook.append({tab: facts})


class FactPromises:
    """Facts survive the moment `append` returns, as they were given, in the order in which they were given."""

    def test_a_missing_fact_tab_is_made_with_its_headings(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"]]})

        append(store, fact(1))

        assert list(read_tab(store, LOG)[1].values()) == ["記録ID", "時刻"]

    def test_a_heading_with_an_empty_text_gets_its_column(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"]]})

        append(store, fact(1, 詳細=""))

        rows = read_tab(store, LOG)
        assert list(rows[1].values()) == ["記録ID", "時刻", "詳細"]
        assert list(rows[2]) == [0, 1]

    def test_appended_facts_are_in_the_next_read_in_order(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"]]})

        with closing(store.open()) as workbook:
            workbook.append({LOG: [fact(1), fact(2)]})
            workbook.append({LOG: [fact(3)]})
            ids = [row.cells[0] for row in workbook.read().tables[LOG].rows()]

        assert ids == ["記録ID", "R-0001", "R-0002", "R-0003"]

    def test_facts_survive_the_process_that_appended_them(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"]]})
        workbook = store.open()

        workbook.append({LOG: [fact(1)]})
        store.crash(workbook)

        assert read_tab(store, LOG)[2][0] == "R-0001"

    def test_facts_follow_those_of_earlier_runs(self, make_store: MakeStore):
        store = make_store({LOG: [["記録ID", "時刻"], ["R-0001", "2026-11-23T09:00:00.000+09:00"]]})

        append(store, fact(2))

        assert [cells[0] for cells in read_tab(store, LOG).values()] == ["記録ID", "R-0001", "R-0002"]

    def test_cells_go_under_their_headings_wherever_these_stand(self, make_store: MakeStore):
        store = make_store({LOG: [["時刻", "メモ", "記録ID"], ["2026-11-23T09:00:00.000+09:00", None, "R-0001"]]})

        append(store, fact(2))

        assert read_tab(store, LOG)[3] == {0: "2026-11-24T09:03:00.000+09:00", 2: "R-0002"}

    def test_a_heading_that_the_tab_lacks_is_added_at_its_right_end(self, make_store: MakeStore):
        store = make_store({LOG: [["記録ID", "時刻"], ["R-0001", "2026-11-23T09:00:00.000+09:00"]]})

        append(store, fact(2, 詳細="550 5.1.1"))

        rows = read_tab(store, LOG)
        assert rows[1][2] == "詳細"
        assert rows[3][2] == "550 5.1.1"

    @pytest.mark.parametrize(
        "text", ["007", "=1+1", "+81", "-1", "@x", "2026-11-24T09:03:00.000+09:00", "改\n行", "🎉", "1E5"]
    )
    def test_text_is_stored_as_it_is_and_never_as_a_formula(self, make_store: MakeStore, text):
        store = make_store({"候補者": [["氏名"]]})

        with closing(store.open()) as workbook:
            workbook.append({LOG: [fact(1, 詳細=text)]})
            workbook.show(Views())

        assert read_tab(store, LOG)[2][2] == text
        assert store.formulas() == []

    def test_two_tabs_take_their_facts_in_one_append(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"]]})

        with closing(store.open()) as workbook:
            workbook.append({LOG: [fact(1)], "紹介実績": [{"記録ID": "E-1"}]})

        assert read_tab(store, LOG)[2][0] == "R-0001"
        assert read_tab(store, "紹介実績")[2][0] == "E-1"

    def test_a_tab_of_that_name_that_is_not_ours_is_refused_and_nothing_is_appended(self, make_store: MakeStore):
        store = make_store({LOG: [["配送先", "荷物"], ["東京", "3箱"]]})

        with closing(store.open()) as workbook:
            with pytest.raises(WriteRefused):
                workbook.append({"紹介実績": [{"記録ID": "E-1"}], LOG: [fact(1)]})

            assert list(workbook.read().tables) == [LOG]

    def test_a_thousand_facts_are_taken_at_once(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"]]})

        append(store, *[fact(number) for number in range(1000)])

        assert read_tab(store, LOG)[1001][0] == "R-0999"

    def test_the_revision_stays_when_facts_are_appended(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"]]})

        with closing(store.open()) as workbook:
            before = workbook.read().revision
            workbook.append({LOG: [fact(1)]})

            assert workbook.read().revision == before
