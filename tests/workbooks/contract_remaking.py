"""What every workbook backend must do when its log is made anew."""

from __future__ import annotations

from contextlib import closing

from sheets_automation.core.views import Views
from tests.workbooks.contract_facts import LOG, append, fact
from tests.workbooks.contract_reading import read_tab
from tests.workbooks.people import MakeStore, Store

ASIDE = "送信記録 旧 20261124-100000"


def remake(store: Store, *rows: dict[str, str], aside: str = ASIDE) -> None:
    """Make the log anew and let go."""
    with closing(store.open()) as workbook:
        workbook.read()
        workbook.replace_facts(LOG, rows, aside)


def ids(store: Store, tab: str = LOG) -> list[object]:
    """What stands in the first column, as read by the next process."""
    return [cells.get(0) for cells in read_tab(store, tab).values()]


class RemakingPromises:
    """A log can be made anew: all or nothing, with the old one beside it."""

    def test_the_new_log_holds_the_new_facts_and_the_old_tab_stands_beside_it(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"]], LOG: [["記録ID", "時刻"], ["R-0007", "昨日"]]})

        remake(store, fact(1), fact(2))

        assert ids(store) == ["記録ID", "R-0001", "R-0002"]
        assert store.look()[ASIDE] == [["記録ID", "時刻"], ["R-0007", "昨日"]]

    def test_a_log_that_is_not_there_is_made(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"]]})

        remake(store, fact(1))

        assert ids(store) == ["記録ID", "R-0001"]
        assert set(store.look()) == {"候補者", LOG}

    def test_a_log_that_was_emptied_is_filled(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"]], LOG: [[]]})

        remake(store, fact(1))

        assert ids(store) == ["記録ID", "R-0001"]
        assert sorted(store.look()) == sorted(["候補者", LOG, ASIDE])

    def test_it_may_be_done_again(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"]]})
        append(store, fact(1), fact(2))

        remake(store, fact(1), fact(3))
        remake(store, fact(1), fact(4), aside=f"{ASIDE}-2")

        assert ids(store) == ["記録ID", "R-0001", "R-0004"]

    def test_what_a_person_typed_over_a_fact_is_gone_from_the_new_log(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"]], LOG: [["記録ID", "詳細"], ["R-0001", "HR の書き込み"]]})

        remake(store, fact(1, 詳細="送信"))

        assert read_tab(store, LOG)[2][2] == "送信"
        assert store.look()[ASIDE][1][1] == "HR の書き込み"

    def test_facts_go_on_behind_it(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"]]})
        append(store, fact(1), fact(2))
        remake(store, fact(2))

        append(store, fact(3))
        with closing(store.open()) as workbook:
            workbook.read()
            workbook.show(Views())

        assert ids(store) == ["記録ID", "R-0002", "R-0003"]
        assert [row[0] for row in store.look()[LOG] if row] == ["記録ID", "R-0002", "R-0003"]

    def test_text_in_it_is_no_formula(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"]], LOG: [["記録ID", "詳細"], ["R-0009", "x"]]})

        remake(store, fact(1, 詳細="=1+1"))

        assert store.formulas() == []
        assert read_tab(store, LOG)[2][2] == "=1+1"

    def test_nothing_is_lost_of_a_log_that_was_made_anew(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"]]})
        append(store, fact(1), fact(2))
        remake(store, fact(1))

        with closing(store.open()) as workbook:
            workbook.read()
            assert list(workbook.lost_facts()) == []

    def test_other_tabs_stay_as_they_are(self, make_store: MakeStore):
        store = make_store({"候補者": [["氏名"], ["佐藤"]], LOG: [["記録ID"], ["R-0007"]], "メモ": [["=x"]]})

        remake(store, fact(1))

        assert {title: grid for title, grid in store.look().items() if LOG not in title} == {
            "候補者": [["氏名"], ["佐藤"]],
            "メモ": [["=x"]],
        }
