# ruff: noqa: DTZ001 - a date cell is a wall clock without a zone
"""A row becomes a candidate, and every trap of real sheets is read as what it is."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core import candidates as reading
from sheets_automation.core.candidates import CandidateRules, read_candidates
from sheets_automation.core.decisions import DECISION_WORDS
from sheets_automation.core.headings import Field
from sheets_automation.core.layout import locate_candidates
from sheets_automation.core.model import Decision
from sheets_automation.core.table import CellError, Row, Snapshot, Table
from tests.core.cost import lines_run_in
from tests.core.sheets import HEADINGS, read_one, read_rows, snapshot_of

JST = timezone(timedelta(hours=9))


@pytest.mark.parametrize("word", ["不採用", " 不採用\u3000", "不合格", "お見送り", "見送り", "Rejected"])
def test_a_rejection_is_one_of_the_words_for_it(word):
    assert read_one(選考結果=word).decision is Decision.REJECTED


@pytest.mark.parametrize(
    ("word", "decision"),
    [
        ("不採用（辞退）", Decision.WITHDRAWN),
        ("不採用(辞退)", Decision.WITHDRAWN),
        ("応募者辞退", Decision.WITHDRAWN),
        ("非選考対象", Decision.NOT_CONSIDERED),
        ("内定", Decision.OFFERED),
        ("入社決定", Decision.HIRED),
        ("採用", Decision.HIRED),
        ("選考中", Decision.IN_SELECTION),
        ("保留", Decision.IN_SELECTION),
        ("", Decision.IN_SELECTION),
        ("'", Decision.IN_SELECTION),
        (None, Decision.IN_SELECTION),
        ("不採用？", Decision.UNKNOWN),
        ("不採用予定", Decision.UNKNOWN),
        ("不採用では ない", Decision.UNKNOWN),
        ("83", Decision.UNKNOWN),
        (83, Decision.UNKNOWN),
        (True, Decision.UNKNOWN),
        (CellError("#N/A"), Decision.UNKNOWN),
    ],
)
def test_what_only_looks_like_a_rejection_is_none(word, decision):
    assert read_one(選考結果=word).decision is decision


def test_no_word_that_contains_a_withdrawal_stands_for_a_rejection():
    rejections = {word for word, decision in DECISION_WORDS.items() if decision is Decision.REJECTED}

    assert not any("辞退" in word or "対象" in word for word in rejections)


@pytest.mark.parametrize(
    "word", ["内定", "採用", "選考中", "結果待ち", "保留", "応募者辞退", "不採用（辞退）", "対象外", "内\u200b定"]
)
@pytest.mark.parametrize("heading", ["ステータス", "選考段階"])
def test_a_second_column_that_denies_the_rejection_is_a_contradiction(heading, word):
    found = read_one(**{"選考結果": "不採用", heading: word}).contradiction

    assert (found.decision_heading, found.other_heading) == ("選考結果", heading)
    assert found.other_word == word.replace("\u200b", "")


@pytest.mark.parametrize(
    "word", ["不採用", "お見送り", "一次面接", "最終面接", "書類選考", "未対応", "連絡待ち", "'", "", None]
)
@pytest.mark.parametrize("heading", ["ステータス", "選考段階"])
def test_a_second_column_that_agrees_or_says_only_how_far_it_went_is_none(heading, word):
    assert read_one(**{"選考結果": "不採用", heading: word}).contradiction is None


@pytest.mark.parametrize(
    ("decision", "contradicts"),
    [(None, True), ("選考中", True), ("内定", True), ("採用", True), ("辞退", False), ("対象外", False), ("？", False)],
)
def test_a_rejection_that_only_a_second_column_knows_is_seen_while_the_first_says_in_play(decision, contradicts):
    assert (read_one(選考結果=decision, ステータス="不採用").contradiction is not None) is contradicts


def test_a_heading_for_the_decision_and_for_the_stage_is_looked_at_once_and_the_first_denial_is_told():
    found = read_one(選考結果="不採用", 最終の選考ステータス="一次面接", ステータス="内定", 判定="辞退").contradiction

    assert (found.other_heading, found.other_word) == ("判定", "辞退")


def test_configured_words_replace_the_known_ones():
    rules = CandidateRules(decisions={"ng": Decision.REJECTED})

    assert read_one(選考結果="ＮＧ", rules=rules).decision is Decision.REJECTED
    assert read_one(選考結果="不採用", rules=rules).decision is Decision.UNKNOWN


def test_a_row_is_read_whole():
    candidate = read_one(
        候補者ID="007",
        氏名="髙橋　健一",
        メールアドレス="Ken＠Example.JP",
        携帯メール="ken@docomo.example",
        電話番号=9012345678,
        選考結果="不採用",
        選考結果日="令和8年11月5日",
        応募日時=datetime(2026, 10, 1, 9, 30),
        応募職種="営業",
        応募媒体="自社サイト",
        選考段階="一次面接",
        タグ="スキル強、再応募候補",
        紹介同意="はい",
        送信承認="○",
        言語="英語",
        照合="a-b-c",
        不採用確認日時="2026-11-06T10:00:00+09:00",
    )

    assert (candidate.row, candidate.id, candidate.id_is_new) == (2, "007", False)
    assert (candidate.name, candidate.name_key) == ("髙橋 健一", "高橋健一")
    assert candidate.address.value == "Ken@example.jp"
    assert candidate.more_addresses == ("ken@docomo.example",)
    assert candidate.phone == "+819012345678"
    assert candidate.decision_text == "不採用"
    assert candidate.decided_at == datetime(2026, 11, 6, tzinfo=JST)
    assert not candidate.decided_at_problem
    assert candidate.applied_at == datetime(2026, 10, 1, 9, 30, tzinfo=JST)
    assert candidate.first_seen_at == datetime(2026, 11, 6, 10, tzinfo=JST)
    assert (candidate.opening, candidate.medium, candidate.stage) == ("営業", "自社サイト", "一次面接")
    assert candidate.tags == ("スキル強", "再応募候補")
    assert (candidate.consent, candidate.approved, candidate.opted_out) == (True, True, False)
    assert (candidate.language, candidate.stored_fingerprint, candidate.from_agency) == ("en", "a-b-c", False)


def test_a_name_in_two_columns_is_one_name():
    headings = ("姓", "名", "メール", "合否")

    [candidate] = read_rows(headings, ("山田", "太郎", "a@example.jp", "不採用"))

    assert candidate.name == "山田 太郎"


@pytest.mark.parametrize(
    ("cell", "problem"),
    [("11/5/2026", True), ("先週", True), (CellError("#N/A"), True), ("", False), ("'", False), (None, False)],
)
def test_an_unreadable_decision_date_is_told_from_a_blank_one(cell, problem):
    candidate = read_one(選考結果日=cell)

    assert candidate.decided_at is None
    assert candidate.decided_at_problem is problem


@pytest.mark.parametrize("cell", ["はい", "TRUE", True, 1, "停止", "2026/11/5 本人より", "×", "x", CellError("#N/A")])
def test_anything_in_the_opt_out_column_but_a_clear_no_stops_letters(cell):
    assert read_one(連絡停止=cell).opted_out


@pytest.mark.parametrize("cell", [None, "", "'", "いいえ", False, 0, "FALSE", "なし", "-"])
def test_a_blank_or_a_clear_no_does_not_opt_out(cell):
    assert not read_one(連絡停止=cell).opted_out


@pytest.mark.parametrize("cell", [None, "", "確認中", "田中", CellError("#N/A")])
def test_only_a_clear_yes_approves_or_consents(cell):
    candidate = read_one(送信承認=cell, 紹介同意=cell)

    assert not candidate.approved
    assert candidate.consent is None


@pytest.mark.parametrize(
    "medium", ["エージェント", "人材紹介（A社）", "リクルートエージェント", "ｴｰｼﾞｪﾝﾄ", "エー\u200bジェント"]
)
def test_candidates_of_an_agency_are_known_by_their_medium(medium):
    assert read_one(応募媒体=medium).from_agency
    assert not read_one(応募媒体="社員紹介").from_agency


@pytest.mark.parametrize(
    ("cell", "language"), [(None, "ja"), ("日本語", "ja"), ("English", "en"), ("ＥＮ", "en"), ("中国語", "中国語")]
)
def test_the_language_is_the_rules_own_where_the_row_names_none(cell, language):
    assert read_one(言語=cell).language == language


def test_letters_get_the_further_cells_they_ask_for_and_no_others():
    cells = {"面接日": datetime(2026, 11, 5, 14, 30), "応募日": datetime(2026, 10, 1), "備考": "=1+1", "性別": "女"}

    candidate = read_one(wanted=("面接日", "応募日", "備考", "ない見出し"), **cells)

    assert candidate.fields == {"面接日": "2026年11月5日 14:30", "応募日": "2026年10月1日", "備考": "=1+1"}
    assert read_one(wanted=("面接日",), 言語="en", **cells).fields == {"面接日": "2026-11-05 14:30"}
    assert read_one(**cells).fields == {}


def test_a_line_break_of_windows_is_a_line_break_in_a_letter():
    assert read_one(wanted=("備考",), 備考="一行目\r\n二行目").fields == {"備考": "一行目\n二行目"}


def test_rows_that_name_nobody_are_no_candidates():
    rows = [
        (None, "氏名", "メールアドレス", "選考結果"),
        (None, "合計", None, 12),
        (None, None, None, "選考中"),
        (None, None, None, 40),
        ("C-9", None, "'", None),
        (None, "不採用数", None, 12),
        (None, "【10月応募】", None, None),
        (None, "集計", None, "集計中"),
        (None, "（以下余白）", None, "-"),
        (None, "山田 太郎", None, "選考中"),
        (None, None, None, "不採用"),
        (None, None, "なし", "不採用"),
    ]

    assert [candidate.row for candidate in read_rows(HEADINGS, *rows)] == [11, 12, 13]


def test_rows_above_the_headings_are_no_candidates():
    rows = [
        ["山田 太郎", "taro@example.jp", "不採用"],
        ["氏名", "メール", "合否"],
        ["佐藤 花子", "hanako@example.jp", "不採用"],
    ]
    snapshot = snapshot_of(候補者=rows)

    candidates = read_candidates(snapshot, locate_candidates(snapshot), CandidateRules())

    assert [candidate.row for candidate in candidates] == [3]


def test_hidden_rows_are_read_and_only_the_needed_columns_are_asked_for():
    asked = []

    def source(columns):
        asked.append(columns)
        yield Row(1, {0: "氏名", 1: "メール", 2: "合否", 3: "備考"})
        yield Row(2, {0: "山田 太郎", 1: "taro@example.jp", 2: "不採用"}, hidden=True)

    snapshot = Snapshot(tables={"候補者": Table(title="候補者", source=source)}, revision="1")

    [candidate] = read_candidates(snapshot, locate_candidates(snapshot), CandidateRules())

    assert candidate.hidden
    assert asked[-1] == {0, 1, 2}


def test_every_field_of_a_candidate_has_a_column_that_is_read():
    unread = {Field.MORE_ADDRESSES, Field.LETTER_STATUS, Field.LETTER_AT, Field.LETTER_NOTE}
    layout = locate_candidates(snapshot_of(候補者=[HEADINGS]))

    assert set(Field) - unread >= set(layout.columns)


def test_a_row_costs_the_same_however_often_it_stands_in_the_sheet():
    different = [(None, f"山田{number}", "", "") for number in range(300)]
    equal = [(None, "山田", "", "")] * 300

    once, often = (lines_run_in(reading, lambda rows=rows: read_rows(HEADINGS, *rows)) for rows in (different, equal))

    assert often < 2 * once


CELL = st.one_of(st.none(), st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.datetimes())


@given(st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL, CELL), max_size=4))
def test_no_row_makes_the_reading_fail_and_every_candidate_has_its_own_new_id(rows):
    headings = (*HEADINGS, "選考結果日", "連絡停止")

    candidates = read_rows(headings, *rows)

    new = [candidate.id for candidate in candidates if candidate.id_is_new]
    assert all(candidate.id for candidate in candidates)
    assert len(set(new)) == len(new)
    assert not set(new) & {candidate.id for candidate in candidates if not candidate.id_is_new}
