"""The tab タグ規則: what HR may write there, and what is said of a cell that cannot be followed."""

from datetime import datetime

import pytest

from tests.tags.house import RULES_TAB, TAB, row, rules, sheet


def tags_of(team):
    report = team.look()
    return [
        [one.tag for one in report.tagging.suggestions.get(number, ())] for number in range(2, 2 + len(team.rows()))
    ]


@pytest.mark.parametrize(
    ("heading", "how", "value", "cells", "holds"),
    [
        ("スキル", "含む", "Java", {"スキル": "Java、SQL"}, True),
        ("スキル", "含む", "Java", {"スキル": "JavaScript"}, False),
        ("スキル", "含む", "C", {"スキル": "C++ と C#"}, False),
        ("スキル", "含む", "C++", {"スキル": "c++11"}, True),
        ("スキル", "含む", "C++", {"スキル": "Ｃ＋＋(5年)"}, True),
        ("スキル", "含む", "ぱいそん", {"スキル": "パイソン歴3年"}, True),
        ("スキル", "含む", "Python", {"スキル": "Python は未経験"}, False),
        ("スキル", "含む", "Python", {"スキル": "Python(業務経験なし)"}, False),
        ("スキル", "含む", "Python", {"スキル": "Java は未経験、Python 3年"}, True),
        ("スキル", "含む", "簿記", {"スキル": "日商簿記2級"}, True),
        ("スキル、備考", "含む", "AWS", {"備考": "AWSの設計"}, True),
        ("スキル", "含まない", "Python", {"スキル": "Java"}, True),
        ("スキル、備考", "含まない", "Python", {"スキル": "Java", "備考": "python も少し"}, False),
        ("応募職種", "等しい", "開発職", {}, True),
        ("応募職種", "等しい", "開発", {}, False),
        ("応募職種", "以外", "開発職", {}, False),
        ("選考結果", "等しい", "不採用", {"選考結果": "不合格"}, True),
        ("選考結果", "等しい", "不採用", {"選考結果": "不採用（辞退）"}, False),
        ("タグ", "等しい", "即戦力", {"タグ": "VIP、即戦力"}, True),
        ("選考段階", "まで進んだ", "二次面接", {"選考段階": "最終選考"}, True),
        ("選考段階", "まで進んだ", "最終面接", {"選考段階": "最終選考"}, True),
        ("選考段階", "まで進んだ", "最終面接", {"選考段階": "二次面接"}, False),
        ("選考段階", "まで進んだ", "社長との会食", {"選考段階": "最終選考"}, False),
        ("選考ステップ", "以降", "一次面接", {"選考段階": "一次面接"}, True),
        ("備考", "以上", "700", {"備考": 730}, True),
        ("備考", "以上", "700", {"備考": "６９９"}, False),
        ("備考", "以下", "700", {"備考": "六百"}, False),
        ("応募日", "日以内", "30", {"応募日": datetime.fromisoformat("2026-11-01")}, True),
        ("応募日", "日以内", "30", {"応募日": datetime.fromisoformat("2026-10-01")}, False),
        ("応募日", "日以上前", "365", {"応募日": datetime.fromisoformat("2025-11-01")}, True),
        ("備考", "記入あり", "", {"備考": "あり"}, True),
        ("備考", "記入なし", "", {"備考": "'"}, True),
    ],
)
def test_a_condition_holds_as_hr_would_read_it(memory, heading, how, value, cells, holds):
    team = memory({TAB: sheet(row(1, **cells)), RULES_TAB: rules(("目印", heading, how, value))})

    assert tags_of(team) == [["目印"] if holds else []]


def test_all_conditions_of_a_line_have_to_hold_and_any_line_of_a_tag_is_enough(memory):
    lines = (
        ("強", "スキル", "含む", "Go", "選考段階", "まで進んだ", "最終面接"),
        ("強", "備考", "含む", "推薦"),
    )
    people = (
        row(1, スキル="Go"),
        row(2, スキル="Go", 選考段階="書類選考"),
        row(3, 備考="役員の推薦", 選考段階="書類選考"),
    )

    assert tags_of(memory({TAB: sheet(*people), RULES_TAB: rules(*lines)})) == [["強"], [], ["強"]]


def test_a_tag_for_which_two_lines_hold_is_proposed_once(memory):
    lines = (("強", "スキル", "含む", "Go"), ("強", "備考", "含む", "推薦"))

    assert tags_of(memory({TAB: sheet(row(1, スキル="Go", 備考="推薦")), RULES_TAB: rules(*lines)})) == [["強"]]


def test_a_tag_that_the_row_has_already_is_not_proposed(memory):
    team = memory({TAB: sheet(row(1, タグ="ｽｷﾙ強")), RULES_TAB: rules(("スキル強", "選考結果", "等しい", "不採用"))})

    assert tags_of(team) == [[]]


def test_a_line_that_is_switched_off_rests(memory):
    grid = rules(("強", "選考結果", "等しい", "不採用"))
    grid[3][0] = "×"

    assert tags_of(memory({TAB: sheet(row(1)), RULES_TAB: grid})) == [[]]


@pytest.mark.parametrize(
    ("line", "where", "says"),
    [
        (("", "スキル", "含む", "Go"), "タグ規則!B4", "タグが空"),
        (("強、弱", "スキル", "含む", "Go"), "タグ規則!B4", "1 行に一つだけ"),
        (("強",), "タグ規則!C4", "条件がありません"),
        (("強", "", "含む", "Go"), "タグ規則!C4", "見出しが空"),
        (("強", "スキル", "含め", "Go"), "タグ規則!D4", "もしかして「含む」"),
        (("強", "スキル", "", "Go"), "タグ規則!D4", "比べ方が空"),
        (("強", "スキル", "含む", ""), "タグ規則!E4", "値が空"),
        (("強", "備考", "以上", "高い"), "タグ規則!E4", "数ではありません"),
        (("強", "備考", "含む", "x", "スキル", "含む", ""), "タグ規則!H4", "値が空"),
        (("強", "年齢", "以下", "30"), "タグ規則!C4", "使ってはいけない"),
        (("強", "備考", "含む", "女性"), "タグ規則!E4", "使ってはいけない"),
        (("20代", "スキル", "含む", "Go"), "タグ規則!B4", "使ってはいけない"),
    ],
)
def test_a_line_that_cannot_be_followed_is_told_by_its_cell_and_the_others_are_followed(memory, line, where, says):
    team = memory({TAB: sheet(row(1)), RULES_TAB: rules(line, ("印", "選考結果", "等しい", "不採用"))})

    report = team.look()

    (problem,) = report.problems
    assert (problem.where, says in problem.ja) == (where, True)
    assert tags_of(team) == [["印"]]


def test_a_rule_on_a_column_that_the_sheet_lacks_rests_and_says_so(memory):
    team = memory({TAB: sheet(row(1)), RULES_TAB: rules(("強", "語学", "含む", "英語"))})

    report = team.look()

    assert [(one.where, "「語学」" in one.ja) for one in report.tagging.resting] == [("タグ規則!C4", True)]
    assert report.tagging.suggestions == {}


def test_a_tab_that_lost_its_headings_proposes_nothing_and_says_so(memory):
    report = memory({TAB: sheet(row(1)), RULES_TAB: [["タグ規則"], ["○", "強", "スキル", "含む", "Go"]]}).look()

    assert [one.where for one in report.problems] == ["タグ規則"]
    assert report.tagging.suggestions == {}
