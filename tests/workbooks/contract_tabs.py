"""What every workbook backend must do with tabs of our own."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

import pytest

from sheets_automation.core.errors import WriteRefused
from sheets_automation.core.views import ChartKind, ChartSeries, ChartView, Look, TabView, ViewCell, Views
from tests.workbooks.contract_facts import LOG, append, fact
from tests.workbooks.contract_reading import read_tab, revision
from tests.workbooks.contract_showing import TAB, people, show, status_of
from tests.workbooks.people import MakeStore, recruiter_deletes_a_tab, recruiter_writes

CHART = ChartView(
    kind=ChartKind.COLUMN,
    title="登録数",
    series=(ChartSeries(name="登録", category_column=0, value_column=1, first_row=2, last_row=3),),
    row=0,
    column=3,
)


def credit_tab(*numbers: int, charts: tuple[ChartView, ...] = (CHART,)) -> TabView:
    """A small tab of ours, with a chart."""
    rows = [(ViewCell(value="クレジット", look=Look.TITLE),), ()]
    rows += [(ViewCell(value=f"{n}月"), ViewCell(value=number, look=Look.NUMBER)) for n, number in enumerate(numbers)]
    return TabView(tab="クレジット", title="クレジット", rows=tuple(rows), widths=(12, 8), frozen_rows=1, charts=charts)


class TabPromises:
    """A tab of ours is rebuilt as a whole, and a tab that is not ours is never touched."""

    def test_a_tab_of_ours_is_made_behind_the_others(self, make_store: MakeStore):
        store = make_store({TAB: people()})

        show(store, Views(tabs=(credit_tab(3, 5),)))

        assert list(store.look()) == [TAB, "クレジット"]
        assert read_tab(store, "クレジット") == {1: {0: "クレジット"}, 3: {0: "0月", 1: 3}, 4: {0: "1月", 1: 5}}

    def test_a_tab_of_ours_is_replaced_and_leaves_nothing_behind(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        show(store, Views(tabs=(credit_tab(3, 5, 7),)))
        recruiter_writes(store, "クレジット", 9, 5, "手書きのメモ")

        show(store, Views(tabs=(credit_tab(4),)))

        assert read_tab(store, "クレジット") == {1: {0: "クレジット"}, 3: {0: "0月", 1: 4}}
        assert list(store.look()) == [TAB, "クレジット"]

    def test_a_tab_of_ours_that_somebody_deleted_comes_back(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        show(store, Views(tabs=(credit_tab(3),)))
        recruiter_deletes_a_tab(store, "クレジット")

        show(store, Views(tabs=(credit_tab(3),)))

        assert read_tab(store, "クレジット")[3] == {0: "0月", 1: 3}

    def test_a_tab_of_that_name_that_is_not_ours_is_refused_and_nothing_is_written(self, make_store: MakeStore):
        store = make_store({TAB: people(), "クレジット": [["会社のカード", "限度額"]]})
        before = revision(store)
        status = status_of(C_1="送信済み")

        with pytest.raises(WriteRefused, match="クレジット"):
            show(store, Views(place=status.place, columns=status.columns, cells=status.cells, tabs=(credit_tab(3),)))

        assert revision(store) == before

    def test_an_empty_tab_of_that_name_may_be_used(self, make_store: MakeStore):
        store = make_store({TAB: people(), "クレジット": []})

        show(store, Views(tabs=(credit_tab(3),)))

        assert read_tab(store, "クレジット")[1] == {0: "クレジット"}

    def test_showing_the_same_tab_again_writes_nothing(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        show(store, Views(tabs=(credit_tab(3),)))
        before = revision(store)

        show(store, Views(tabs=(credit_tab(3),)))

        assert revision(store) == before

    @pytest.mark.parametrize("text", ["=1+1", "+81", "-", "@x", "007", "1E5", "https://example.com/", "改\n行", "🎉"])
    def test_text_in_a_tab_of_ours_stays_text(self, make_store: MakeStore, text):
        store = make_store({TAB: people()})
        rows = ((ViewCell(value="要確認"),), (ViewCell(value=text, look=Look.WRAPPED),))

        show(store, Views(tabs=(TabView(tab="要確認", title="要確認", rows=rows),)))

        assert read_tab(store, "要確認")[2] == {0: text}
        assert store.formulas() == []

    def test_a_formula_of_ours_reads_as_what_it_comes_to(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        numbers = tuple((ViewCell(value=number, look=Look.NUMBER),) for number in (3, 5))
        total = (ViewCell(value=8, look=Look.NUMBER, formula="=SUM(A2:A3)"),)
        view = TabView(tab="分析", title="分析", rows=((ViewCell(value="分析"),), *numbers, total))

        show(store, Views(tabs=(view,)))

        assert read_tab(store, "分析")[4] == {0: 8}

    def test_dates_in_a_tab_of_ours_are_real_dates(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        rows = ((ViewCell(value="要確認"),), (ViewCell(value=datetime.fromisoformat("2026-11-24"), look=Look.DATE),))

        show(store, Views(tabs=(TabView(tab="要確認", title="要確認", rows=rows),)))

        assert read_tab(store, "要確認")[2] == {0: datetime.fromisoformat("2026-11-24")}

    def test_facts_appended_before_stay_when_views_are_shown(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        append(store, fact(1))

        show(store, Views(tabs=(credit_tab(3),)))
        append(store, fact(2))

        assert [cells[0] for cells in read_tab(store, LOG).values()] == ["記録ID", "R-0001", "R-0002"]

    def test_people_see_the_facts_after_views_were_shown(self, make_store: MakeStore):
        store = make_store({TAB: people()})

        with closing(store.open()) as workbook:
            workbook.append({LOG: [fact(1)]})
            workbook.show(Views())

        assert store.look()[LOG][1][0] == "R-0001"

    def test_times_in_the_log_stay_text_when_people_saved_the_workbook(self, make_store: MakeStore):
        store = make_store({TAB: people()})
        with closing(store.open()) as workbook:
            workbook.append({LOG: [fact(1)]})
            workbook.show(Views())

        recruiter_writes(store, TAB, 2, 3, "メモ")

        assert read_tab(store, LOG)[2][1] == "2026-11-24T09:03:00.000+09:00"
