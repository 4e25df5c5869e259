"""Headings are HR's: whatever they are called and wherever they stand, they are found, or the message says what was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.errors import HeadingProblem
from sheets_automation.core.headings import ALIASES, OWN_FIELDS, Field, heading_key
from sheets_automation.core.layout import HeadingRules, cell_name, locate_candidates
from tests.core.sheets import snapshot_of

REAL_HEADINGS = {
    "HERP": (
        ["応募時刻", "名前", "応募経路", "選考ステップ", "募集職種", "選考終了理由", "メールアドレス"],
        {
            Field.APPLIED_AT: 0,
            Field.NAME: 1,
            Field.MEDIUM: 2,
            Field.STAGE: 3,
            Field.OPENING: 4,
            Field.DECISION: 5,
            Field.ADDRESS: 6,
        },
    ),
    "HRMOS": (
        [
            "学歴・社歴",
            "氏名",
            "メールアドレス",
            "電話番号",
            "応募ラベル",
            "最終の選考ステータス",
            "判定結果入力日",
            "入社日",
        ],
        {Field.NAME: 1, Field.ADDRESS: 2, Field.PHONE: 3, Field.TAGS: 4, Field.DECISION: 5, Field.DECIDED_AT: 6},
    ),
    "HRMOS新卒": (
        ["候補者ID", "姓", "名", "メールアドレス", "総合評価", "総合評価コメント", "選考評価者", "選考ステータス"],
        {Field.ID: 0, Field.FAMILY_NAME: 1, Field.GIVEN_NAME: 2, Field.ADDRESS: 3, Field.DECISION: 7},
    ),
    "Talentio": (
        ["氏名", "職種", "チャネル", "メールアドレス", "ステータス"],
        {Field.NAME: 0, Field.OPENING: 1, Field.MEDIUM: 2, Field.ADDRESS: 3, Field.DECISION: 4},
    ),
    "Wantedly": (
        ["名前", "メールアドレス", "応募経路", "ポジション", "選考結果"],
        {Field.NAME: 0, Field.ADDRESS: 1, Field.MEDIUM: 2, Field.OPENING: 3, Field.DECISION: 4},
    ),
    "jobsuite": (
        ["姓名", "応募ルート", "メールアドレス", "合否"],
        {Field.NAME: 0, Field.MEDIUM: 1, Field.ADDRESS: 2, Field.DECISION: 3},
    ),
    "talentsforce": (
        [
            "Full Name(氏名)",
            "Email(メールアドレス)",
            "Phone Number(電話番号)",
            "Skills",
            "Position",
            "Talent Pools",
            "Status",
        ],
        {Field.NAME: 0, Field.ADDRESS: 1, Field.PHONE: 2, Field.OPENING: 4, Field.TAGS: 5, Field.DECISION: 6},
    ),
    "エントリーポケット": (
        [
            "応募者コード",
            "応募者氏名",
            "フリガナ",
            "選考状況ステータスコード",
            "選考状況ステータス",
            "店舗マスタ名",
            "携帯電話",
            "Email",
            "媒体",
            "エントリー日時",
        ],
        {
            Field.NAME: 1,
            Field.DECISION: 4,
            Field.OPENING: 5,
            Field.PHONE: 6,
            Field.ADDRESS: 7,
            Field.MEDIUM: 8,
            Field.APPLIED_AT: 9,
        },
    ),
    "hand-made": (
        ["記入者", "面接対応者", "更新日", "段階", "応募者氏名", "電話番号", "メール", "媒体名", "備考"],
        {Field.DECISION: 3, Field.NAME: 4, Field.PHONE: 5, Field.ADDRESS: 6, Field.MEDIUM: 7},
    ),
    "English": (
        [
            "Candidate ID",
            "Name",
            "E-mail",
            "Position",
            "Source",
            "Stage",
            "Decision",
            "Decision date",
            "Tags",
            "Opt-out",
        ],
        {
            Field.ID: 0,
            Field.NAME: 1,
            Field.ADDRESS: 2,
            Field.OPENING: 3,
            Field.MEDIUM: 4,
            Field.STAGE: 5,
            Field.DECISION: 6,
            Field.DECIDED_AT: 7,
            Field.TAGS: 8,
            Field.OPT_OUT: 9,
        },
    ),
}


@pytest.mark.parametrize(("headings", "columns"), REAL_HEADINGS.values(), ids=REAL_HEADINGS)
def test_headings_of_real_systems_are_known(headings, columns):
    layout = locate_candidates(snapshot_of(Sheet1=[headings]))

    assert layout.columns == columns


@pytest.mark.parametrize(
    "address",
    [
        "\ufeffメールアドレス",
        "メール\nアドレス",
        "メールアドレス\u200b ",
        "ﾒｰﾙｱﾄﾞﾚｽ",
        "メールアドレス※",
        "メールアドレス（必須）",
        "'メールアドレス",
        "ＥＭＡＩＬ",
    ],
)
def test_invisible_blanks_marks_and_width_do_not_hide_a_heading(address):
    layout = locate_candidates(snapshot_of(Sheet1=[["氏名", address, "選考結果"]]))

    assert layout.place.address_column == 1


def test_headings_are_found_below_title_rows_in_the_tab_that_has_them():
    rows = [
        ["2026年度 採用管理表"],
        [],
        ["更新日", "2026/11/5"],
        [None, "氏名", "Eメール", "合否"],
        [None, "山田", "a@example.jp"],
    ]

    layout = locate_candidates(snapshot_of(媒体費=[["媒体", "費用"]], 応募一覧=rows))

    assert (layout.place.tab, layout.place.heading_row, layout.place.name_column) == ("応募一覧", 4, 1)


def test_headings_over_merged_cells_in_two_rows_are_one_heading_row():
    rows = [
        ["氏名", "連絡先", None, "選考結果", "タグ"],
        [None, "メールアドレス", "電話番号"],
        ["山田", "a@example.jp"],
    ]

    layout = locate_candidates(snapshot_of(Sheet1=rows))

    assert layout.place.heading_row == 2
    assert layout.columns[Field.TAGS] == 4


def test_a_row_of_data_below_the_headings_does_not_become_the_heading_row():
    rows = [["氏名", "メールアドレス", "選考結果"], ["山田", "a@example.jp", "不採用", "備考の列に見出しがない"]]

    assert locate_candidates(snapshot_of(Sheet1=rows)).place.heading_row == 1


def test_of_our_own_columns_the_first_counts_where_two_runs_have_made_them_at_once():
    rows = [
        ["氏名", "メールアドレス", "選考結果", "通知状況", "照合", "通知状況", "照合"],
        ["山田", "a@example.jp", "不採用"],
    ]

    layout = locate_candidates(snapshot_of(Sheet1=rows))

    assert (layout.columns[Field.LETTER_STATUS], layout.columns[Field.FINGERPRINT]) == (3, 4)


def test_a_pc_and_a_mobile_address_are_not_doubled_and_the_mobile_one_is_only_for_matching():
    layout = locate_candidates(
        snapshot_of(Sheet1=[["氏名", "携帯メール", "メールアドレス", "メールアドレス2", "選考結果"]])
    )

    assert layout.place.address_column == 2
    assert layout.more_address_columns == (1, 3)


def test_a_mobile_address_alone_is_the_address():
    layout = locate_candidates(snapshot_of(Sheet1=[["氏名", "携帯メール", "選考結果"]]))

    assert layout.place.address_column == 1
    assert layout.more_address_columns == ()


def test_of_two_words_for_the_decision_the_more_usual_wins_and_the_other_is_the_stage():
    layout = locate_candidates(snapshot_of(Sheet1=[["氏名", "メール", "選考ステータス", "選考結果"]]))

    assert layout.columns[Field.DECISION] == 3
    assert layout.columns[Field.STAGE] == 2


def test_configured_headings_win_over_known_ones():
    rules = HeadingRules(aliases={Field.NAME: ("本名",), Field.MORE_ADDRESSES: ("メール",)})
    headings = ["氏名", "本名", "メール", "mail", "選考結果"]

    layout = locate_candidates(snapshot_of(Sheet1=[headings]), rules)

    assert layout.columns[Field.NAME] == 1
    assert layout.place.address_column == 3
    assert layout.more_address_columns == (2,)


def test_a_configured_tab_is_found_whatever_its_blanks_and_width():
    good = [["氏名", "メール", "選考結果"]]

    layout = locate_candidates(snapshot_of(一覧=good, Sheet2=good), HeadingRules(tab=" Ｓheet2"))

    assert layout.place.tab == "Sheet2"


def test_of_several_possible_tabs_the_one_with_the_usual_title_is_taken():
    good = [["氏名", "メール", "選考結果"]]

    assert locate_candidates(snapshot_of(昨年度=good, 候補者=good)).place.tab == "候補者"


def test_the_headings_that_stand_there_are_kept_for_writing_and_for_letters():
    layout = locate_candidates(snapshot_of(Sheet1=[["氏名", "Ｅメール", "選考結果", "照合 ", "面接 日"]]))

    assert layout.heading_of(Field.FINGERPRINT) == "照合"
    assert layout.heading_of(Field.LETTER_NOTE) == "通知メモ"
    assert layout.column_of("面接日") == 4
    assert layout.column_of("面談日") is None
    assert layout.place.id_column is None
    assert layout.place.id_heading == "候補者ID"


@pytest.mark.parametrize(
    ("row", "column", "name"), [(17, 4, "E17"), (1, 0, "A1"), (2, 26, "AA2"), (3, 701, "ZZ3"), (4, 702, "AAA4")]
)
def test_a_cell_is_named_as_people_name_it(row, column, name):
    assert cell_name(row, column) == name


def test_no_heading_means_two_things_unless_we_say_which_wins():
    either = {Field.DECISION, Field.STAGE}
    meanings = {}
    for field, aliases in ALIASES.items():
        for heading in aliases:
            meanings.setdefault(heading_key(heading), set()).add(field)

    assert [fields for fields in meanings.values() if len(fields) > 1 and fields != either] == []
    assert set(OWN_FIELDS) < set(Field)


@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.text(max_size=8), st.sampled_from(["氏名", "メール", "判定"])), max_size=5),
        max_size=5,
    )
)
def test_any_sheet_is_understood_or_refused(rows):
    try:
        layout = locate_candidates(snapshot_of(Sheet1=rows))
    except HeadingProblem:
        return

    assert {Field.ADDRESS, Field.DECISION} <= set(layout.columns)
