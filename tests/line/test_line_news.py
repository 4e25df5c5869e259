"""News by LINE, from the plan to what comes back in the chat."""

import pytest

from tests.follow_up.house import NewsHouse, campaign, past
from tests.line.line_house import code_for, friends, line_carrier, link, take_in


@pytest.fixture
def house(tmp_path, post):
    """Hana has linked her chat, and a campaign speaks to her there."""
    house = NewsHouse.of(tmp_path, [past("佐藤 花", "sato@example.com")], campaign(送信手段="LINE"), by_line=True)
    take_in(house)  # gives ids to the rows
    take_in(house, link(code_for(house, "佐藤 花")))
    friends(post, 1)
    return house


def test_news_in_the_chat_ends_with_the_word_that_ends_it(house, post):
    house.send_news(line_carrier(house, post))

    [(_, texts)] = post.account.delivered
    assert "「停止」" in texts[-1].splitlines()[-1]
