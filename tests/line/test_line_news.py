"""News by LINE, from the plan to what comes back in the chat."""

from dataclasses import replace

import pytest

from sheets_automation.core.letter_rules import LetterBook
from sheets_automation.core.letters import letter_from_file
from tests.follow_up.house import NewsHouse, campaign, past
from tests.line.line_house import code_for, friends, line_carrier, link, take_in

LOG = "送信記録"


@pytest.fixture
def house(tmp_path, post):
    """Hana has linked her chat, and a campaign speaks to her there."""
    house = NewsHouse.of(tmp_path, [past("佐藤 花", "sato@example.com")], campaign(送信手段="LINE"), by_line=True)
    take_in(house)  # gives ids to the rows
    take_in(house, link(code_for(house, "佐藤 花")))
    friends(post, 1)
    return house


def hr_writes(house, body):
    """The letter of the campaign in words of HR's own."""
    letter = letter_from_file("check_in.ja.md", f"件名: お知らせ\n\n{{{{ 氏名 }}}}様\n\n{body}")
    desk = house.desk()
    compose = replace(desk.compose, book=LetterBook(templates={letter.id: letter}))
    house.desk = lambda _snapshot=None: replace(desk, compose=compose)


def test_news_in_the_chat_ends_with_the_word_that_ends_it(house, post):
    house.send_news(line_carrier(house, post))

    [(_, texts)] = post.account.delivered
    assert "「停止」" in texts[-1].splitlines()[-1]


def test_a_letter_too_long_for_a_chat_is_told_before_anything_is_claimed(house, post):
    hr_writes(house, "長" * 6000)

    [planned] = house.plan_news().skipped()
    house.send_news(line_carrier(house, post))

    assert planned.reason.value == "letter_broken"
    assert "「半年後のご連絡」" in planned.text("ja")
    assert post.account.delivered == []
    assert LOG not in house.workbook().read().tables
