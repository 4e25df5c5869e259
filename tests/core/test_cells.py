# ruff: noqa: DTZ001 - a date cell is a wall clock without a zone
"""Text, numbers, yes and no, and tags, as people type them."""

from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sheets_automation.core.cells import folded, number, split_tags, text, truth
from sheets_automation.core.table import CellError

CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.datetimes(), st.text().map(CellError)
)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (None, ""),
        ("", ""),
        ("'", ""),
        (" ' ", ""),
        ("\u3000\u3000", ""),
        ("\ufeff\u200b\u00a0", ""),
        ("\u202e\u3164\ufe0f", ""),
        ("\U000e0b01", ""),
        ("葛\U000e0100", "葛\U000e0100"),
        ("\ufeff山田\u3000太郎\u200b", "山田\u3000太郎"),
        ("007", "007"),
        ("=1+1", "=1+1"),
        ("O'Brien", "O'Brien"),
        (42, "42"),
        (42.0, "42"),
        (4.5, "4.5"),
        (True, "TRUE"),
        (False, "FALSE"),
        (datetime(2026, 11, 5), "2026-11-05"),
        (datetime(2026, 11, 5, 14, 30), "2026-11-05 14:30"),
        (datetime(2026, 11, 5, 14, 30, 7), "2026-11-05 14:30:07"),
        (CellError("#N/A"), "#N/A"),
    ],
)
def test_text_is_what_a_person_sees(cell, shown):
    assert text(cell) == shown


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (3, 3),
        (2.5, 2.5),
        ("1,200円", 1200),
        ("￥１，２００", 1200),
        ("-0.5", -0.5),
        ("三", None),
        ("9" * 400, None),
        (10**400, 10**400),
        (float("inf"), None),
        ("", None),
        (True, None),
    ],
)
def test_a_number_is_read_also_from_text(cell, amount):
    assert number(cell) == amount


@pytest.mark.parametrize(
    "cell",
    ["はい", "○", "〇", "◯", "同意", "同意する", "TRUE", "ＴＲＵＥ", "1", 1, 1.0, True, "済", "チェック", "✓", "Yes "],
)
def test_a_yes_is_a_yes_in_every_spelling(cell):
    assert truth(cell) is True


@pytest.mark.parametrize(
    "cell", ["いいえ", "×", "不同意", "同意しない", "FALSE", "0", 0, False, "未", "なし", "-", "ー", "☐", "NO"]
)
def test_a_no_is_a_no_in_every_spelling(cell):
    assert truth(cell) is False


@pytest.mark.parametrize("cell", ["", None, "'", "要確認", "x", "o", "同意?", 2, CellError("#N/A"), CellError("TRUE")])
def test_a_word_that_is_neither_yes_nor_no_is_not_guessed(cell):
    assert truth(cell) is None


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("スキル強、再応募候補", ("スキル強", "再応募候補")),
        ("スキル強, 再応募候補", ("スキル強", "再応募候補")),
        ("【スキル強】【保留】", ("スキル強", "保留")),
        ("「スキル強」「別ポジション適性あり」", ("スキル強", "別ポジション適性あり")),
        ("#スキル強#保留", ("スキル強", "保留")),
        ("#スキル強 #保留", ("スキル強", "保留")),
        ("ｽｷﾙ強；保留／VIP\n再応募候補", ("スキル強", "保留", "VIP", "再応募候補")),
        ("保留 送信しない", ("保留", "送信しない")),
        ("保留\u3000送信しない", ("保留", "送信しない")),
        ("no letter, C#", ("no letter", "C#")),
        ("保留、保留", ("保留",)),
        ("保\u200b留、送信\u00adしない", ("保留", "送信しない")),
        ("VIP" + " " * 50_000 + "A", ("VIP A",)),
        ("、、 ", ()),
        ("'", ()),
        ("#保留/\u202e", ("保留",)),
        (None, ()),
    ],
)
def test_tags_are_split_wherever_people_part_them(cell, tags):
    assert split_tags(cell) == tags


@example("jİ\uff9fp")
@given(CELLS)
def test_no_cell_makes_a_reading_fail(cell):
    number(cell)
    truth(cell)
    split_tags(cell)
    assert text(text(cell)) == text(cell)
    assert folded(folded(cell)) == folded(cell)


@given(st.text())
def test_tags_split_again_are_the_same_tags(cell):
    tags = split_tags(cell)

    assert split_tags("、".join(tags)) == tags
