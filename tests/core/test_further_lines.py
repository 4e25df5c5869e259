"""A line that goes on with the person above it: merged cells leave who it is blank, and people write 〃."""

import pytest

from tests.core.sheets import read_rows


def lines(*rows):
    headings = ("氏名", "メールアドレス", "応募職種", "選考結果")
    return read_rows(headings, *(tuple(row.get(heading) for heading in headings) for row in rows))


@pytest.mark.parametrize("who", [(None, None), ("〃", "〃"), ("同上", "同上"), ("佐藤 花", None), ("〃", None)])
@pytest.mark.parametrize("word", ["内定", "選考中", "一次面接", "採用", "要相談", None])
def test_a_line_below_that_goes_on_with_the_person_keeps_them_in_play(who, word):
    name, address = who
    rejected, *_ = lines(
        {"氏名": "佐藤 花", "メールアドレス": "sato@example.com", "選考結果": "不採用"},
        {"氏名": name, "メールアドレス": address, "応募職種": "経理", "選考結果": word},
    )

    assert rejected.contradiction is not None
    assert (rejected.contradiction.other_row, rejected.contradiction.other_word) == (rejected.row + 1, word or "")


@pytest.mark.parametrize(
    "below",
    [
        {},
        {"選考結果": "不採用", "氏名": "佐藤 花", "応募職種": "経理"},
        {"選考結果": "辞退", "応募職種": "経理"},
        {"選考結果": 12},
        {"氏名": "合計", "選考結果": "内定"},
        {"氏名": "鈴木 一郎", "選考結果": "内定"},
        {"氏名": "佐藤 花", "メールアドレス": "another@example.com", "選考結果": "内定"},
    ],
)
def test_a_line_below_that_says_nothing_of_the_person_contradicts_nothing(below):
    rejected, *_ = lines({"氏名": "佐藤 花", "メールアドレス": "sato@example.com", "選考結果": "不採用"}, below)

    assert rejected.contradiction is None


def test_a_line_after_an_empty_one_belongs_to_nobody():
    told = {"氏名": "佐藤 花", "メールアドレス": "sato@example.com", "選考結果": "不採用"}

    assert [one.contradiction for one in lines(told, {}, {"選考結果": "内定"})] == [None]
