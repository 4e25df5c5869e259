"""Finding past candidates on the page: what is asked, what is shown, and that nothing is sent."""

import pytest

from tests.page.test_accessibility import axe_finds


def search(visitor, words="経理"):
    visitor.types("#opening", words)
    visitor.press_button("さがす")


def test_people_are_listed_with_what_speaks_for_and_against_them(visitor, standing):
    visitor.visit(f"{standing().url}#rediscover")

    search(visitor)

    visitor.sees("2 名が見つかりました(過去の候補者 36 名から)")
    visitor.sees("求める経験 2 件のうち 2 件の記載")
    visitor.sees("前回の結果からまだ 4 か月")


def test_the_letter_is_read_there_and_nothing_is_sent(visitor, standing):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#rediscover")
    search(visitor)
    visitor.sees("山田 花子")

    visitor.click("main .row details summary")

    visitor.sees("募集します。")
    assert not [
        call for call in ("POST /api/send", "POST /api/approvals", "POST /api/test") if stand_in.asked_for(call)
    ]


@pytest.mark.parametrize("screen", [{"width": 300, "dark": True}, {"width": 1280}], ids=["narrow dark", "wide"])
def test_axe_finds_nothing_among_the_results(visitor, standing, screen):
    visitor.visit(f"{standing().url}#rediscover", **screen)
    search(visitor)
    visitor.sees("山田 花子")
    visitor.click("main .row details summary")
    visitor.click("main > div > details summary")

    assert axe_finds(visitor) == []


def test_nobody_who_fits_is_said(visitor, standing):
    stand_in = standing()
    stand_in.said["GET /api/match"] |= {"found": 0, "matches": []}
    visitor.visit(f"{stand_in.url}#rediscover")

    search(visitor, "宇宙飛行士")

    visitor.sees("合いそうな方は見つかりませんでした")
