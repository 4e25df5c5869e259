"""People agree to news and to results apart from each other, also where both are about the same row."""

from dataclasses import replace

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.log_rows import to_row
from sheets_automation.core.model import DeliveryKey, LetterKind
from sheets_automation.jobs.approve import Wish, approve, recall
from sheets_automation.jobs.marking import mark_plan
from sheets_automation.jobs.situation import sit_down
from tests.follow_up.house import NewsHouse, past


@pytest.fixture
def two(tmp_path):
    """A house in which two people have to agree, and have agreed to news for somebody."""
    house = NewsHouse.of(tmp_path, [past("佐藤 花", "sato@example.com")])
    house.rules = replace(house.rules, second_person=True)
    house.plan_news()
    house.send_news()  # ids are written, nothing goes
    assert house.delivered() == []
    return house


def agree_to_news(house):
    """One proposes, the other approves; the approval."""
    desk, situation = sit_down(house.workbook(), house.news_desk)
    mark = mark_plan(situation, desk, lambda: house.now).mark
    for actor in ("花子", "太郎"):
        agreed = approve(house.workbook(), house.news_desk, house.run(actor=actor), Wish(plan=mark))
    return agreed.approval


def agree_to_result(house):
    """Two agreed to the letter with the result, which was never sent."""
    (candidate,) = sit_down(house.workbook(), house.news_desk)[1].candidates
    key = DeliveryKey(candidate_id=candidate.id, kind=LetterKind.REJECTION)
    words = [
        house.run(actor=actor).agreement(key, kind, "mark-of-the-result")
        for actor, kind in (("花子", EventKind.PROPOSED), ("太郎", EventKind.APPROVED))
    ]
    house.workbook().append({house.rules.tabs.log: [to_row(word) for word in words]})
    return key


def test_news_that_two_agreed_to_goes_whatever_was_agreed_of_the_result(two):
    agree_to_news(two)
    agree_to_result(two)

    report = two.send_news()

    assert len(two.delivered()) == 1
    assert [one.reason for one in report.skipped()] == []


def test_an_agreement_to_the_result_lets_no_news_go(two):
    agree_to_result(two)

    two.send_news()

    assert two.delivered() == []


def test_taking_back_news_leaves_what_was_agreed_of_the_result(two):
    approval = agree_to_news(two)
    key = agree_to_result(two)

    withdrawn = recall(two.workbook(), two.news_desk, two.run(), approval)

    assert withdrawn == 1
    _, situation = sit_down(two.workbook(), two.news_desk)
    assert situation.agreements(LetterKind.REJECTION)[key].is_approved
    assert not any(one.is_approved for one in situation.agreements(LetterKind.FOLLOW_UP).values())
