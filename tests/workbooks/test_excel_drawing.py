"""Our tabs as a real Excel workbook, read back by a reader that is not ours."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sheets_automation.core.credit_folding import summarise_credits
from sheets_automation.core.credit_view import credit_tab
from sheets_automation.core.errors import WriteRefused
from sheets_automation.core.review_tab import review_tab
from sheets_automation.core.views import ChartKind, ChartSeries, ChartView, Look, TabView, ViewCell
from sheets_automation.workbooks.excel_drawing import LONGEST_TEXT, draw
from sheets_automation.workbooks.looks import PROPERTIES
from tests.core.credit_facts import PARTNER, moment, redeemed, ten
from tests.core.test_review_tab import entry

NOW = moment("2026-11-24T09:03")
CREDITS = credit_tab(summarise_credits([*ten("2026-05-01"), redeemed(1, "2026-06-01")], [PARTNER], now=NOW))
REVIEW = review_tab([entry(2), entry(3)], NOW)


def opened(*views: TabView):
    return load_workbook(io.BytesIO(draw(views)))


def view_of(*cells: ViewCell, **more) -> TabView:
    rows = ((ViewCell(value="試し", look=Look.TITLE),), *[(cell,) for cell in cells])
    return TabView(**{"tab": "試し", "title": "試し", "rows": rows, "widths": (30, 10, 10), **more})


def numbers_with_chart(kind: ChartKind, *values: float, look: Look = Look.NUMBER) -> TabView:
    rows = [(ViewCell(value=f"{n}月"), ViewCell(value=value, look=look)) for n, value in enumerate(values)]
    series = ChartSeries(name="登録", category_column=0, value_column=1, first_row=0, last_row=len(values) - 1)
    return TabView(
        tab="図",
        title="0月",
        rows=tuple(rows),
        charts=(ChartView(kind=kind, title="図の題", series=(series,), row=0, column=3),),
    )


def chart_xml(view: TabView) -> str:
    with zipfile.ZipFile(io.BytesIO(draw([view]))) as archive:
        return archive.read("xl/charts/chart1.xml").decode()


def test_every_tab_is_there_in_its_order_with_all_its_cells():
    book = opened(CREDITS, REVIEW)

    assert book.sheetnames == ["クレジット", "要確認"]
    for view in (CREDITS, REVIEW):
        for row, cells in enumerate(view.rows, start=1):
            for column, cell in enumerate(cells, start=1):
                if cell and cell.value != "":
                    assert book[view.tab].cell(row, column).value == cell.value


@pytest.mark.parametrize(
    "text", ["=1+1", "+81", "-1", "@x", "{=1}", "https://example.com/", "007", "1E5", "改\n行", "🎉"]
)
@pytest.mark.parametrize("look", [Look.TEXT, Look.NOTE, Look.NUMBER])
def test_text_is_stored_as_text_and_never_as_a_formula_a_link_or_a_number(text, look):
    cell = opened(view_of(ViewCell(value=text, look=look)))["試し"]["A2"]

    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize("text", ["=1+1", "+81", "-1", "@x"])
def test_text_that_looks_like_a_formula_stays_text_when_somebody_edits_it(text):
    assert opened(view_of(ViewCell(value=text)))["試し"]["A2"].quotePrefix


def test_dates_are_real_dates_and_numbers_are_numbers():
    at = datetime.fromisoformat("2026-11-24T09:03")
    cells = [ViewCell(value=at, look=Look.DATETIME), ViewCell(value=True), ViewCell(value=0.25, look=Look.PERCENT)]

    sheet = opened(view_of(*cells))["試し"]

    assert [sheet[f"A{row}"].value for row in (2, 3, 4)] == [at, True, 0.25]
    assert [sheet[f"A{row}"].number_format for row in (2, 4)] == ["yyyy/mm/dd hh:mm", "0.0%"]


@pytest.mark.parametrize("look", Look)
def test_every_look_is_drawn(look):
    assert look in PROPERTIES
    assert opened(view_of(ViewCell(value="文", look=look)))["試し"]["A2"].font.name == "Yu Gothic"


def test_a_note_spreads_over_the_columns_to_its_right_and_its_row_has_room_for_all_lines():
    sheet = opened(view_of(ViewCell(value="長い説明。" * 20, look=Look.NOTE)))["試し"]

    assert [str(cells) for cells in sheet.merged_cells.ranges] == ["A2:C2"]
    assert sheet.row_dimensions[2].height > 60


def test_the_page_is_ready_to_print():
    sheet = opened(REVIEW)["要確認"]

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.freeze_panes == f"A{REVIEW.frozen_rows + 1}"
    assert sheet.auto_filter.ref == "A8:F10"
    assert sheet.print_title_rows == "$8:$8"


def test_what_stays_in_sight_on_the_screen_stands_on_every_printed_page():
    credits_ = credit_tab(summarise_credits((), (PARTNER,), now=moment("2026-11-24")), "クレジット")

    assert opened(credits_)["クレジット"].print_title_rows == "$1:$2"


def test_headings_of_numbers_stand_over_the_numbers():
    rows = ((ViewCell(value="件数", look=Look.HEADING),), (ViewCell(value=3, look=Look.NUMBER),))

    assert opened(TabView(tab="a", title="件数", rows=rows))["a"]["A1"].alignment.horizontal == "right"


def test_the_credit_tab_has_a_native_column_chart_over_its_months():
    (chart,) = opened(CREDITS)["クレジット"]._charts

    assert type(chart).__name__ == "BarChart"
    assert [series.val.numRef.f for series in chart.series] == ["クレジット!$C$15:$C$26", "クレジット!$D$15:$D$26"]


@pytest.mark.parametrize(
    ("kind", "element"),
    [
        (ChartKind.COLUMN, 'c:barDir val="col"'),
        (ChartKind.STACKED_COLUMN, 'c:grouping val="stacked"'),
        (ChartKind.BAR, 'c:barDir val="bar"'),
        (ChartKind.LINE, "c:lineChart"),
        (ChartKind.DOUGHNUT, "c:doughnutChart"),
    ],
)
def test_every_kind_of_chart_is_native_flat_and_has_a_title(kind, element):
    xml = chart_xml(numbers_with_chart(kind, 3, 5, 8))

    assert element in xml
    assert "図の題" in xml
    assert "3D" not in xml


@pytest.mark.parametrize(("peak", "unit"), [(1, "1"), (5, "1"), (80, None)])
def test_the_axis_of_a_count_has_whole_numbers_only(peak, unit):
    units = re.findall(r'c:majorUnit val="([^"]*)"', chart_xml(numbers_with_chart(ChartKind.COLUMN, 0, peak)))

    assert units == ([unit] if unit else [])


@pytest.mark.parametrize(("look", "axis"), [(Look.PERCENT, "0%"), (Look.YEN, "¥"), (Look.NUMBER, "#,##0")])
def test_the_axis_is_written_like_the_figures(look, axis):
    assert axis in chart_xml(numbers_with_chart(ChartKind.COLUMN, 0.2, 0.4, look=look))


def test_a_formula_of_ours_is_one_and_has_its_value_with_it():
    view = view_of(ViewCell(value=3, look=Look.NUMBER), ViewCell(value=6, look=Look.NUMBER, formula="=A2*2"))

    cell = opened(view)["試し"]["A3"]
    [stored] = [row[0].value for row in load_workbook(io.BytesIO(draw([view])), data_only=True)["試し"]["A3:A3"]]

    assert (cell.data_type, cell.value, stored) == ("f", "=A2*2", 6)


def test_the_first_bar_stands_on_top_and_every_bar_tells_its_value():
    xml = chart_xml(numbers_with_chart(ChartKind.BAR, 8, 5, 3))

    categories, values = re.findall(r"<c:(?:catAx|valAx)>.*?</c:(?:catAx|valAx)>", xml)
    assert 'orientation val="maxMin"' in categories
    assert 'orientation val="minMax"' in values
    assert 'c:delete val="1"' in values
    assert 'c:showVal val="1"' in xml


def test_a_printed_page_begins_where_the_view_says():
    sheet = opened(view_of(ViewCell(value="一枚目"), ViewCell(value="二枚目"), page_starts=(2,)))["試し"]

    assert [one.id for one in sheet.row_breaks.brk] == [2]


def test_equal_views_give_equal_bytes():
    assert draw([CREDITS, REVIEW]) == draw([CREDITS, REVIEW])


def test_a_text_that_is_too_long_for_a_cell_is_cut_to_what_fits():
    cell = opened(view_of(ViewCell(value="あ" * (LONGEST_TEXT + 1))))["試し"]["A2"]

    assert len(cell.value) == LONGEST_TEXT


@pytest.mark.parametrize("name", ["あ" * 32, "a/b", "要確認[1]"])
def test_a_tab_name_that_excel_refuses_is_refused_with_what_to_do(name):
    with pytest.raises(WriteRefused, match=r"\[workbook\]"):
        draw([replace(REVIEW, tab=name)])


@settings(max_examples=40)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=5))
def test_whatever_a_cell_holds_the_workbook_opens_and_holds_it(texts):
    sheet = opened(view_of(*[ViewCell(value=text, look=Look.WRAPPED) for text in texts]))["試し"]

    assert all(sheet.cell(row, 1).data_type == "s" for row in range(2, len(texts) + 2))
