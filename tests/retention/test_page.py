"""Retention on the page: who is due, the announcement, and an erasure by a number that a person types."""

import pytest

from tests.page.test_accessibility import axe_finds


def asked(stand_in, call="POST /api/retention/erase"):
    return stand_in.asked_for(call)


def test_the_list_says_who_is_due_since_when_and_who_is_kept_and_why(visitor, standing):
    visitor.visit(f"{standing().url}#retention")

    visitor.sees("予告の期間が過ぎた方 3 名")
    visitor.sees("最後のできごと 2026年5月12日 ・ 2027年12月1日 以降に消去")
    visitor.sees("選考中・内定・採用の応募があります。")


def test_a_wrong_number_erases_nobody(visitor, standing):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#retention")
    visitor.sees("消去の対象")

    visitor.types("#people", "30")
    visitor.press_button("3 名を消去する")

    visitor.sees("人数が違います。")
    assert asked(stand_in) == []


def test_the_right_number_asks_once_more_and_then_shows_the_certificate(visitor, standing):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#retention")
    visitor.sees("消去の対象")
    visitor.types("#people", "３")
    visitor.press_button("3 名を消去する")
    visitor.sees("元には戻せません。")
    assert asked(stand_in) == []

    visitor.click("dialog .danger")

    visitor.sees("3 名の個人情報を消去しました")
    visitor.sees("「面接メモ」に 2 か所。")
    assert asked(stand_in) == [{"mark": "0123456789abcdef01234567", "expect": 3}]


def test_the_announcement_is_one_press(visitor, standing):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#retention")

    visitor.press_button("2 名を予告する")

    visitor.until("document.querySelector('[role=status]').textContent.includes('予告しました')")
    assert len(asked(stand_in, "POST /api/retention/announce")) == 1


@pytest.mark.parametrize("screen", [{"width": 300, "dark": True}, {"width": 1180}], ids=["narrow dark", "wide"])
def test_axe_finds_nothing_in_the_list_and_in_the_certificate(visitor, standing, screen):
    visitor.visit(f"{standing().url}#retention", **screen)
    visitor.sees("消去の対象")
    assert axe_finds(visitor) == []

    visitor.types("#people", "3")
    visitor.press_button("3 名を消去する")
    visitor.click("dialog .danger")
    visitor.sees("消去したもの")

    assert axe_finds(visitor) == []
