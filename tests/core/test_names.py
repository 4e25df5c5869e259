"""Names: shown as people wrote them, matched however they are written, and looked at for damage."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.kanji import FOLDED
from sheets_automation.core.likeness import are_two_people
from sheets_automation.core.names import display_name, join_names, name_key
from sheets_automation.core.table import CellError


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("　髙橋　 健一\n", "髙橋 健一"),
        ("山田\u200b太郎\ufeff", "山田太郎"),
        ("山田\r\n太郎", "山田 太郎"),
        ("山田\u202e太郎\x07", "山田太郎"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "ﾔﾏﾀﾞ ﾀﾛｳ"),
        ("山田太郎 様", "山田太郎 様"),
        ("山田\ud800", "山田\ufffd"),
        ("辻\U000e0100", "辻\U000e0100"),
        ("山田\u3164太郎\uffa0", "山田 太郎"),
        ("\u115f\u1160", ""),
        ("'", ""),
        (None, ""),
        (CellError("#N/A"), "#N/A"),
    ],
)
def test_a_name_is_cleaned_and_no_visible_character_changed(cell, shown):
    assert display_name(cell) == shown


@pytest.mark.parametrize(
    ("family", "given_name", "joined"),
    [
        ("山田", "太郎", "山田 太郎"),
        ("山田", "", "山田"),
        ("", "太郎", "太郎"),
        ("Smith", "Jane", "Jane Smith"),
        ("Müller", "Jörg", "Jörg Müller"),
        ("", "", ""),
    ],
)
def test_two_cells_make_one_name(family, given_name, joined):
    assert join_names(family, given_name) == joined


@pytest.mark.parametrize(
    "spellings",
    [
        ("髙橋 健一", "高橋健一", "高橋　健一", "高橋健一様", "高橋 健一 さん", "高橋・健一", "髙橋健一（再応募）"),
        ("山﨑 花子", "山崎花子", "山嵜花子"),
        ("渡邊 翔", "渡邉 翔", "渡辺翔"),
        ("齋藤 愛", "齊藤 愛", "斎藤 愛", "斉藤愛"),
        ("濵田 学", "濱田 學", "浜田学"),
        ("𠮷田 恵", "吉田 惠"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダ タロウ", "やまだ たろう", "ヤマダ・タロウ"),
        ("佐々木 結", "佐佐木結"),
        ("山田 花子（旧姓：佐藤）", "山田（旧姓 佐藤）花子", "山田花子(佐藤)", "山田 花子"),
        ("Jean-Paul SMITH", "jean paul smith", "Ｊｅａｎ－Ｐａｕｌ　Ｓｍｉｔｈ"),
        ("辻\U000e0100 愛", "辻愛"),
    ],
)
def test_spellings_of_one_name_have_one_key(spellings):
    assert len({name_key(display_name(name)) for name in spellings}) == 1


def test_different_names_have_different_keys():
    assert (
        len({name_key(name) for name in ("山田 太郎", "山田 太朗", "山田 花子", "Taro Yamada", "ヤマダ タロウ")}) == 5
    )


@given(st.text())
def test_a_shown_name_is_stable_and_holds_no_control_character(cell):
    shown = display_name(cell)

    assert display_name(shown) == shown
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in shown)


@given(st.text(alphabet="山田髙齋やまダァaé ・　"))
def test_a_key_does_not_depend_on_blanks(name):
    assert name_key(name.replace(" ", "").replace("　", "")) == name_key(name)


def test_no_variant_is_folded_onto_another_variant():
    assert not set(FOLDED) & set(map(ord, FOLDED.values()))
    assert all(unicodedata.normalize("NFKC", chr(c)) == chr(c) for c in FOLDED)


@pytest.mark.parametrize(
    "names",
    [
        ("山田 花子", "佐藤 花子"),  # married
        ("山田花子", "佐藤花子"),
        ("佐藤 誠", "山田誠"),
        ("髙橋 健一", "高橋健一"),
        ("山田 太郎", "ヤマダ タロウ"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "やまだ たろう"),
        ("Taro Yamada", "山田 太郎"),
        ("Taro Yamada", "YAMADA Taro"),
        ("山田", "山田 太郎"),
        ("山田太郎", "山田太郎様"),
        ("", "山田太郎"),
        ("山田太郎",),
        (),
    ],
)
def test_names_that_may_be_one_person_are_not_two_people(names):
    assert not are_two_people(names)


@pytest.mark.parametrize(
    "names",
    [
        ("山田 太郎", "山田 花子"),
        ("山田太郎", "山田花子"),
        ("山田 太郎", "佐藤 次郎"),
        ("山田健太郎", "山田太郎"),
        ("山田 健太郎", "山田 太郎"),
        ("ヤマダ タロウ", "サトウ ジロウ"),
        ("Taro Yamada", "Hanako Yamada"),
        ("ヤマダ タロウ", "山田 太郎", "佐藤 次郎"),
        tuple(f"山田{a}" for a in "一二三四五六七八九"),
    ],
)
def test_names_that_are_clearly_different_are_two_people(names):
    assert are_two_people(names)
