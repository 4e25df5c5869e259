"""News by LINE, from the plan to what comes back in the chat."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.letter_rules import LetterBook
from sheets_automation.core.letters import letter_from_file
from sheets_automation.core.line_records import LineSource, LineUse
from sheets_automation.core.log_rows import read_events
from tests.core.builders import NOW
from tests.follow_up.house import NewsHouse, campaign, past, plan_sheet
from tests.line.line_house import code_for, friends, ids, line_carrier, link, take_in, unlink

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


# -- answers


def writes(number=1, **after):
    """Somebody writes in the chat; what, nobody knows."""
    return unlink(number, at=NOW + timedelta(**after), use=LineUse.ANSWER, source=LineSource.MESSAGE)


def replies(house):
    log = read_events(house.workbook().read().tables.get(LOG))
    return [event for event in log if event.kind is EventKind.REPLIED]


def a_year_later(house):
    """When the campaign would speak to her again."""
    house.file.sheets["フォロー計画"] = plan_sheet([campaign(送信手段="LINE", くり返し="6か月")])
    return house.later(days=251)


def test_whoever_answers_in_the_chat_gets_no_more_news_until_a_person_says_so(house, post):
    house.send_news(line_carrier(house, post))

    report = take_in(house.later(days=1), writes(hours=3))

    assert report.answered == [ids(house)["佐藤 花"]]
    assert a_year_later(house).reasons() == {"佐藤 花": "person_answered"}


def test_without_an_answer_the_news_goes_on(house, post):
    house.send_news(line_carrier(house, post))

    assert list(a_year_later(house).due()) == ["佐藤 花"]


def test_an_answer_is_on_record_once_however_often_it_is_taken_in_and_without_a_word_of_it(house, post):
    house.send_news(line_carrier(house, post))
    heard = [writes(hours=3), writes(hours=5)]
    take_in(house.later(days=1), *heard)

    again = take_in(house.later(days=2), *heard)

    [reply] = replies(house)
    assert (again.answered, again.known) == ([], 2)
    assert (reply.at, reply.carrier, reply.detail) == (NOW + timedelta(hours=3), "line", "")


@pytest.mark.parametrize(
    ("more", "answer"),
    [
        ([], writes(number=2, hours=7)),
        ([unlink(at=NOW + timedelta(hours=6))], writes(hours=7)),
        ([], writes(hours=3)),
    ],
    ids=["a stranger", "who has ended the link", "before the letter"],
)
def test_what_answers_no_letter_counts_for_nothing(house, post, more, answer):
    house.later(hours=5).send_news(line_carrier(house, post))

    report = take_in(house.later(days=1), *more, answer)

    assert (report.answered, report.known, report.unknown) == ([], 0, 0)
    assert replies(house) == []


def test_an_answer_just_before_the_letter_stands_for_those_after_it_that_were_not_kept(house, post):
    house.later(minutes=50).send_news(line_carrier(house, post))

    assert take_in(house.later(days=1), writes(minutes=10)).answered


def test_a_letter_by_mail_is_not_answered_in_the_chat(house):
    house.send_news()

    assert take_in(house.later(days=1), writes(hours=3)).answered == []


def test_a_chat_that_another_has_taken_the_place_of_answers_nothing(house, post):
    house.send_news(line_carrier(house, post))
    take_in(house.later(hours=2), unlink(at=NOW + timedelta(hours=1)))
    take_in(house.later(hours=2), link(code_for(house, "佐藤 花"), number=2, at=NOW + timedelta(hours=2)))

    assert take_in(house.later(days=1), writes(number=1, hours=3)).answered == []
    assert take_in(house.later(days=1), writes(number=2, hours=3)).answered == [ids(house)["佐藤 花"]]


def test_whoever_stands_in_the_row_now_does_not_answer_the_last_persons_letter(house, post):
    house.send_news(line_carrier(house, post))
    house.file.sheets["候補者"].put(4, 1, "jiro@example.com")
    take_in(house.later(hours=2), link(code_for(house, "佐藤 花"), number=2, at=NOW + timedelta(hours=2)))

    assert take_in(house.later(days=1), writes(number=2, hours=3)).answered == []
