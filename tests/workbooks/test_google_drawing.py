"""What our tabs and columns look like in a Google spreadsheet: native charts, formats, colours by rule, warnings."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sheets_automation.core.layout import locate_candidates
from sheets_automation.core.rules import SendRules
from sheets_automation.core.status_view import own_columns
from sheets_automation.core.table import Snapshot
from sheets_automation.core.views import (
    ChartKind,
    ChartSeries,
    ChartView,
    Look,
    TabView,
    ViewCell,
    Views,
)
from sheets_automation.jobs.situation import understand
from tests.workbooks.contract_facts import LOG, fact
from tests.workbooks.google_people import GoogleStore

TAB = "候補者"
PEOPLE = [
    ["氏名", "メール", "選考結果", "選考結果日"],
    ["佐藤 花", "sato@example.com", "不採用", datetime.fromisoformat("2026-11-18")],
]


@pytest.fixture
def store(google):
    return GoogleStore(google, {TAB: PEOPLE})


def chart(kind):
    series = (ChartSeries(name="登録", category_column=0, value_column=1, first_row=3, last_row=4),)
    return ChartView(kind=kind, title="登録数", series=series, row=1, column=3)


def view(*charts, **more):
    rows = (
        (ViewCell(value="クレジット", look=Look.TITLE),),
        (ViewCell(value="登録の数え方は設定にあります。", look=Look.NOTE),),
        (ViewCell(value="月", look=Look.HEADING), ViewCell(value="登録", look=Look.HEADING)),
        (ViewCell(value="10月"), ViewCell(value=3, look=Look.NUMBER)),
        (ViewCell(value="11月"), ViewCell(value=1250, look=Look.NUMBER)),
        (ViewCell(value="率"), ViewCell(value=0.25, look=Look.PERCENT)),
    )
    return TabView(
        tab="クレジット", title="クレジット", rows=rows, widths=(20, 10, 10), frozen_rows=3, charts=charts, **more
    )


def show(store, *views, **more):
    with closing(store.open()) as workbook:
        workbook.show(Views(tabs=views, **more))


def api(store, fields, ranges=()):
    """What spreadsheets.get says of the spreadsheet."""
    with closing(store.open()) as workbook:
        client = workbook._client
        url = f"https://sheets.googleapis.com/v4/spreadsheets/{store.id}"
        return client._http.request("get", url, params={"fields": fields, "ranges": list(ranges)}).json()["sheets"]


class TestOurTabs:
    @pytest.mark.parametrize("kind", ChartKind)
    def test_have_native_charts_over_their_own_cells(self, store, kind):
        show(store, view(chart(kind)))

        [one] = store.tab("クレジット")["charts"]
        assert one["spec"]["title"] == "登録数"
        assert ("pieChart" if kind is ChartKind.DOUGHNUT else "basicChart") in one["spec"]

    def test_are_drawn_anew_without_leaving_charts_behind(self, store):
        show(store, view(chart(ChartKind.COLUMN)))
        before = store.tab("クレジット")["charts"]

        more = view(chart(ChartKind.LINE), chart(ChartKind.COLUMN))
        show(store, replace(more, rows=(*more.rows, (ViewCell(value="12月"), ViewCell(value=1)))))

        assert len(before) == 1
        assert len(store.tab("クレジット")["charts"]) == 2

    def test_keep_their_headings_in_sight(self, store):
        show(store, view())

        assert store.tab("クレジット")["grid"]["frozenRowCount"] == 3

    def test_show_numbers_as_people_read_them(self, store):
        show(store, view())

        [sheet] = api(store, "sheets.data.rowData.values.formattedValue", ["クレジット!B4:B6"])
        assert [row["values"][0]["formattedValue"] for row in sheet["data"][0]["rowData"]] == ["3", "1,250", "25.0%"]

    def test_merge_notes_over_their_whole_width(self, store):
        show(store, view())

        assert [merge.rpartition("!")[2] for merge in store.tab("クレジット")["merges"]] == ["A2:C2"]

    def test_that_hold_a_list_can_be_filtered(self, store):
        show(store, view(filter_row=2))

        assert store.tab("クレジット")["basicFilter"]["range"]["startRowIndex"] == 2

    def test_can_be_drawn_ten_times_and_stay_the_same(self, store):
        for number in range(3):
            show(store, view(chart(ChartKind.COLUMN), is_protected=True, filter_row=number and 2))
        before = store.tab("クレジット")

        show(store, view(chart(ChartKind.COLUMN), is_protected=True, filter_row=2))

        assert store.tab("クレジット") == before
        assert len(before["protectedRanges"]) == 1


def test_every_tab_of_ours_warns_whoever_types_into_it(store):
    show(store, view())

    assert [one["warningOnly"] for one in store.tab("クレジット")["protectedRanges"]] == [True]


def test_the_log_warns_whoever_types_into_it_and_keeps_its_headings_in_sight(store):
    with closing(store.open()) as workbook:
        workbook.append({LOG: [fact(1)]})

    [protection] = store.tab(LOG)["protectedRanges"]
    assert protection["warningOnly"] is True
    assert store.tab(LOG)["grid"]["frozenRowCount"] == 1


class TestOurColumns:
    @pytest.fixture
    def shown(self, store):
        """The spreadsheet after a status was shown."""
        with closing(store.open()) as workbook:
            layout = locate_candidates(workbook.read())
            columns = own_columns(layout)
            cells = {
                "通知状況": ViewCell(value="送信済み"),
                "通知日時": ViewCell(value=datetime.fromisoformat("2026-11-24T09:03")),
            }
            workbook.show(Views(place=layout.place, columns=tuple(columns.values()), cells={"C-1": cells}))
        return store

    def test_colour_the_status_by_rule_down_to_the_last_row(self, shown):
        tab = shown.tab(TAB)
        rules = tab["conditionalFormats"]

        words = {rule["booleanRule"]["condition"]["values"][0]["userEnteredValue"] for rule in rules}
        assert {"送信済み", "送信待ち", "要対応", "要確認"} <= words
        assert {area.get("endRowIndex", tab["rowCount"]) for rule in rules for area in rule["ranges"]} == {
            tab["rowCount"]
        }

    def test_show_moments_as_dates_also_in_rows_to_come(self, shown):
        column = shown.look()[TAB][0].index("通知日時")

        mask = "sheets.data.rowData.values.userEnteredFormat.numberFormat.type"
        letter = "ABCDEFGHIJ"[column]
        [sheet] = api(shown, mask, [f"{TAB}!{letter}2:{letter}9"])
        kinds = [row["values"][0]["userEnteredFormat"]["numberFormat"]["type"] for row in sheet["data"][0]["rowData"]]
        assert kinds == ["DATE_TIME"] * 8


def snapshot_of(store) -> Snapshot:
    with closing(store.open()) as workbook:
        return workbook.read()


@pytest.mark.parametrize(("zone", "offset"), [("Asia/Tokyo", 9), ("America/New_York", -5)])
def test_dates_are_read_in_the_zone_of_the_spreadsheet(google, zone, offset):
    store = GoogleStore(
        google,
        {TAB: [[*PEOPLE[0]], ["佐藤 花", "sato@example.com", "不採用", datetime.fromisoformat("2026-11-18T09:00")]]},
        zone=zone,
    )

    [candidate] = understand(snapshot_of(store), SendRules(timezone=ZoneInfo("Asia/Tokyo"))).candidates

    assert candidate.decided_at.utcoffset() == timedelta(hours=offset)
    assert candidate.decided_at.hour == 9


def test_chips_with_several_labels_are_read_as_several_tags(google):
    heads = [*PEOPLE[0], "タグ"]
    store = GoogleStore(google, {TAB: [heads, [*PEOPLE[1], "再応募候補, スキル強"]]})

    [candidate] = understand(snapshot_of(store), SendRules(timezone=ZoneInfo("Asia/Tokyo"))).candidates

    assert candidate.tags == ("再応募候補", "スキル強")


def test_headings_below_titles_and_behind_the_twenty_sixth_column_are_found(google):
    wide = [*[f"列{n}" for n in range(30)], *PEOPLE[0]]
    row = [*[None] * 30, *PEOPLE[1]]
    store = GoogleStore(google, {TAB: [["採用管理表"], ["2026年度"], wide, row]}, {TAB: [4]})

    [candidate] = understand(snapshot_of(store), SendRules(timezone=ZoneInfo("Asia/Tokyo"))).candidates

    assert (candidate.name, candidate.row, candidate.hidden) == ("佐藤 花", 4, True)


def test_a_formula_of_ours_is_one_and_sheets_computes_it(store):
    total = ViewCell(value=0, look=Look.NUMBER, formula="=SUM(B4:B5)")
    plain = view()

    show(store, replace(plain, rows=(*plain.rows, (None, total))))

    assert store.formulas() == ["クレジット!B7"]
    assert store.look()["クレジット"][6][1] == 1253
