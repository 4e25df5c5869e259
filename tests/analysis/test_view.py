"""分析 tab: what stands where, which formulas let people check, and who is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.analysis_checking import checking_of, counts_by
from sheets_automation.core.analysis_costs import Costs, MediumCost
from sheets_automation.core.analysis_document import analysis_document
from sheets_automation.core.analysis_period import EVERYTHING, read_period
from sheets_automation.core.analysis_tables import NO_NAME
from sheets_automation.core.analysis_view import TITLE, analysis_tab
from sheets_automation.core.analysis_words import FIGURE_WORDS
from sheets_automation.core.headings import Field
from sheets_automation.core.model import Decision
from sheets_automation.core.referrals import RecordProblem
from sheets_automation.core.table import table_of
from sheets_automation.core.views import ChartKind, Look, is_shown
from tests.analysis.invented import invented
from tests.analysis.scene import look, told
from tests.core.builders import NOW, candidate

WORLD = invented(60, seed=7)


def texts(view):
    return [[str(cell.value) for cell in cells if cell and cell.value != ""] for cells in view.rows]


def row_of(view, first):
    return next(cells for cells in view.rows if cells and cells[0] and cells[0].value == first)


def grid(view):
    return {
        row: {column: cell.value for column, cell in enumerate(cells) if cell and cell.value not in {None, ""}}
        for row, cells in enumerate(view.rows, start=1)
    }


def test_the_tab_is_known_by_its_title_and_has_its_parts_in_order():
    view = analysis_tab(look(list(WORLD.candidates), *WORLD.events))

    sections = [cells[0].value for cells in view.rows if cells and cells[0] and cells[0].look is Look.SECTION]
    assert view.rows[0][0].value == view.title == TITLE
    assert sections == [
        "指標の一覧",
        "選考の流れ(ファネル)",
        "応募媒体ごと",
        "応募職種ごと",
        "タグごと",
        "紹介の循環(不採用から採用まで)",
        "月ごとの動き",
        "お待たせ中(0 名)",
    ]


def test_every_figure_stands_with_its_parts_its_period_and_its_definition():
    view = analysis_tab(look([candidate(row=row) for row in range(5, 9)], *told(candidate())))

    follow_up = row_of(view, "フォロー率(目標 100%)")  # the key figure on top
    [listed] = [c for c in view.rows if c and c[0] and c[0].value == "フォロー率(目標 100%)" and c is not follow_up]
    assert follow_up[1].value == "25.0%"
    assert follow_up[3].value.startswith("※ 1 ÷ 4。")
    assert [cell.value for cell in listed[1:5]] == [0.25, 1, 4, 0.25]
    assert listed[6].value.startswith("選考結果日が期間内。通知した不採用者 ÷ 不採用者")
    names = [words.name[0] for words in FIGURE_WORDS.values()]
    assert [name for name in names if [name] not in [line[:1] for line in texts(view)]] == []


def test_a_figure_without_two_parts_has_no_formula():
    view = analysis_tab(look([candidate()], *told(candidate())))

    listed = row_of(view, "通知までの日数(90%)")
    assert [cell.value for cell in listed[1:5]] == [3, "", 1, ""]
    assert listed[4].formula == ""


def test_what_cannot_be_computed_is_a_dash_in_every_place():
    view = analysis_tab(look([candidate()]))

    assert row_of(view, "採用単価")[1].value == "–"
    assert row_of(view, "内定")[7].value == "–"


def test_every_stage_but_the_last_has_the_share_that_passed_and_the_share_that_left():
    people = [candidate(row=row, stage="書類選考") for row in range(5, 8)]
    people.append(candidate(row=8, decision=Decision.HIRED))

    view = analysis_tab(look(people))

    assert [cell.value for cell in row_of(view, "書類選考")[1:9]] == [4, 1, 3, 0, 0, 0, 0.25, 0.75]
    last = next(c for c in view.rows if c and c[0] and c[0].value == "採用" and len(c) > 7)
    assert [cell.value for cell in last[7:9]] == ["–", "–"]


def test_a_chart_of_media_shows_the_twelve_largest_and_every_column_has_a_width():
    people = [candidate(row=row, medium=f"媒体{row}") for row in range(5, 25)]

    view = analysis_tab(look(people))

    assert [one.last_row - one.first_row for one in view.charts[1].series] == [11, 11]
    assert len(view.widths) == max(len(cells) for cells in view.rows) == 16


def test_the_charts_are_a_funnel_of_bars_columns_of_media_and_lines_of_months_over_their_tables():
    view = analysis_tab(look(list(WORLD.candidates)))

    assert [chart.kind for chart in view.charts] == [ChartKind.BAR, ChartKind.COLUMN, ChartKind.BAR, ChartKind.LINE]
    for chart, first in zip(view.charts, ("応募", None, "不採用", "2025年12月"), strict=True):
        for series in chart.series:
            heading = view.rows[series.first_row - 1][series.value_column]
            assert (heading.look, heading.value) == (Look.HEADING, series.name)
            assert all(view.rows[row][series.value_column].look is Look.NUMBER for row in _rows(series))
        if first:
            assert view.rows[chart.series[0].first_row][0].value == first
        assert all(not cells for cells in view.rows[chart.row : chart.series[0].first_row - 1])


def _rows(series):
    return range(series.first_row, series.last_row + 1)


def test_no_chart_is_cut_by_a_page_and_the_months_begin_one():
    view = analysis_tab(look(list(WORLD.candidates)))

    begun = [view.rows[row + 1][0].value for row in view.page_starts]
    assert begun == ["選考の流れ(ファネル)", "応募職種ごと", "紹介の循環(不採用から採用まで)", "月ごとの動き"]


def test_the_costs_have_columns_only_where_there_are_any():
    people = [candidate(medium="doda", decision=Decision.HIRED)]
    costs = Costs(lines=(MediumCost(medium="doda", yen=300, period=EVERYTHING),))

    assert "採用単価" not in [cell.value for cell in row_of(analysis_tab(look(people)), "応募媒体")]
    with_costs = analysis_tab(look(people, costs=costs))
    heads = [cell.value for cell in row_of(with_costs, "応募媒体")]
    assert [row_of(with_costs, "doda")[heads.index(one)].value for one in ("費用", "応募単価", "採用単価")] == [300] * 3


def test_only_who_waits_is_named_and_nobodys_address_stands_anywhere():
    waiting = [candidate(row=row, name=f"待つ人{row}", decided_at=NOW - timedelta(days=row)) for row in range(5, 60)]
    analysis = look([*waiting, candidate(row=70, name="待たない人")], waiting=waiting)

    said = str(texts(analysis_tab(analysis)))

    assert "待つ人59" in said
    assert "ほかに 5 名います" in said
    assert "待たない人" not in said
    assert "@" not in said
    assert "@" not in str(analysis_document(analysis, "ja"))


def test_what_is_left_out_or_wrong_is_told():
    problem = RecordProblem(place="媒体費用!C2", ja="媒体費用!C2: 費用を読み取れない", en="C2 cannot be read")
    people = [candidate(tags=("女性",), stage="店長面談", applied_at=None)]

    said = str(texts(analysis_tab(look(people, costs=Costs(problems=(problem,)), period=read_period("2026-05")))))

    assert "期間: 2026-05。" in said
    assert "応募日のない 1 行" in said
    assert "媒体費用!C2" in said
    assert "店長面談(1)" in said
    assert "要確認 2 件" in said
    assert "タグとスキル 1 種類" in str(texts(analysis_tab(look(people))))


def test_formulas_count_the_candidates_again_over_their_very_rows():
    checking = checking_of(WORLD.layout, WORLD.candidates, EVERYTHING)

    view = analysis_tab(look(list(WORLD.candidates)), checking=checking)

    assert checking.columns == {Field.MEDIUM: "'候補者'!$E$2:$E$61", Field.OPENING: "'候補者'!$F$2:$F$61"}
    row = view.rows.index(row_of(view, "営業職")) + 1
    formulas = [cell.formula for cell in view.rows[row - 1] if cell and cell.formula]
    assert formulas == [f"=COUNTIFS('候補者'!$F$2:$F$61,$A{row})"]
    assert [cell.formula for cell in row_of(view, NO_NAME) if cell and cell.formula] == []


def test_the_name_of_a_tab_cannot_end_its_quotes():
    layout = replace(WORLD.layout, place=replace(WORLD.layout.place, tab="it's"))

    assert checking_of(layout, WORLD.candidates, EVERYTHING).column(Field.MEDIUM) == "'it''s'!$E$2:$E$61"


def test_a_period_has_no_formulas_over_the_candidates():
    assert checking_of(WORLD.layout, WORLD.candidates, read_period("2026-05")).column(Field.MEDIUM) == ""
    assert checking_of(WORLD.layout, (), EVERYTHING).column(Field.MEDIUM) == ""


@pytest.mark.parametrize("name", ["=1+1", ">5", "<>", "a*", "誰?", "~", "+81", "-", "@x", "'", "", "長" * 256])
def test_a_name_that_countifs_would_read_as_something_else_is_not_counted_again(name):
    assert not counts_by(name)
    assert counts_by("リクナビNEXT")


def test_an_equal_analysis_is_no_reason_to_write_the_tab_again_nor_is_a_formula_that_counts_anew():
    people = list(WORLD.candidates)
    checking = checking_of(WORLD.layout, people, EVERYTHING)
    view = analysis_tab(look(people, *WORLD.events), checking=checking)
    shown = grid(view)
    row = view.rows.index(row_of(view, "営業職")) + 1
    at = next(column for column, cell in enumerate(view.rows[row - 1]) if cell and cell.formula)

    assert is_shown(view, table_of("分析", shown))
    assert is_shown(view, table_of("分析", {**shown, row: {**shown[row], at: 999}}))
    assert not is_shown(analysis_tab(look(people), checking=checking), table_of("分析", shown))


def test_headings_that_no_workbook_should_have_stand_as_text():
    people = [candidate(medium="=HYPERLINK(1)", opening="改\n行", stage="@x", tags=("+1",))]

    view = analysis_tab(look(people))

    assert row_of(view, "=HYPERLINK(1)")[0].formula == ""
    assert all(cell.formula.startswith("=") for cells in view.rows for cell in cells if cell and cell.formula)
