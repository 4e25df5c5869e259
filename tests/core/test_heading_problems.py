"""When the headings do not tell where the candidates stand, the message says what is there, and what to do."""

import pytest

from sheets_automation.core.errors import HeadingProblem
from sheets_automation.core.layout import HeadingRules, locate_candidates
from tests.core.sheets import snapshot_of


def problem_with(rules=None, **tabs):
    with pytest.raises(HeadingProblem) as caught:
        locate_candidates(snapshot_of(**tabs), rules)
    return caught.value


def test_a_missing_heading_lists_what_was_found_and_where():
    problem = problem_with(候補者=[["管理表"], ["氏名", None, "選考結果"]])

    for sentence in (problem.ja, problem.en):
        assert "候補者" in sentence
        assert "A2 氏名" in sentence
        assert "C2 選考結果" in sentence
        assert "メールアドレス" in sentence
        assert "[headings]" in sentence


def test_a_doubled_heading_names_both_cells():
    problem = problem_with(候補者=[["氏名", "メールアドレス", "選考結果", "ﾒｰﾙｱﾄﾞﾚｽ"]])

    assert "B1, D1" in problem.ja
    assert "B1, D1" in problem.en


def test_a_doubled_column_that_we_do_not_use_is_no_problem():
    locate_candidates(snapshot_of(候補者=[["氏名", "メールアドレス", "選考結果", "判定", "判定", "備考", "備考"]]))


def test_two_tag_columns_are_refused_since_a_hold_may_stand_in_either():
    assert "タグ" in problem_with(候補者=[["氏名", "メールアドレス", "選考結果", "タグ", "タグ"]]).ja


def test_a_workbook_without_candidates_says_where_it_looked():
    problem = problem_with(媒体費=[["媒体", "費用"]], 空=[])

    assert "媒体費、空" in problem.ja
    assert "媒体費、空" in problem.en


def test_headings_far_down_are_not_headings():
    assert "30" in problem_with(候補者=[[]] * 30 + [["氏名", "メール", "選考結果"]]).ja


def test_an_unknown_configured_tab_lists_the_tabs():
    assert "一覧" in problem_with(HeadingRules(tab="候補"), 一覧=[["氏名", "メール", "選考結果"]]).ja


def test_two_possible_tabs_ask_for_a_choice():
    good = [["氏名", "メール", "選考結果"]]

    assert "昨年度、今年度" in problem_with(昨年度=good, 今年度=good).ja


def test_a_long_heading_row_is_listed_in_part_and_never_the_rows_below():
    headings = ["氏名", "選考結果", *(f"列{n}" * 30 for n in range(60))]
    problem = problem_with(候補者=[headings, ["山田 太郎", "不採用"]])

    assert problem.ja.count("列") < 700
    assert "…" in problem.ja
    assert "山田" not in problem.ja
