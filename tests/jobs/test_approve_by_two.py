"""Agreeing to letters where a second person has to."""

from dataclasses import replace

import pytest

from sheets_automation.core.errors import SecondPersonNeeded
from sheets_automation.core.reasons import Reason
from tests.jobs.approving import PEOPLE, agree, seen, send
from tests.jobs.house import House, people, workbook_of


@pytest.fixture
def house(tmp_path):
    return House(folder=tmp_path / "out", file=workbook_of(people(PEOPLE)))


@pytest.fixture
def two(house):
    """The same house, where two people have to agree."""
    return replace(house, rules=replace(house.rules, second_person=True))


def test_two_people_agree_and_nobody_alone(two):
    proposed = agree(two, "hanako")
    with pytest.raises(SecondPersonNeeded):
        agree(two, "Hanako (relay open, elsewhere)")
    alone = two.send()
    approved = agree(two, "taro")
    again = agree(two, "hanako")

    assert (proposed.approval, approved.letters) == (None, PEOPLE)
    assert again.approval.id == approved.approval.id
    assert alone.outcomes == ()
    assert {one.reason for one in alone.plan.skipped} == {Reason.SECOND_PERSON_MISSING}
    assert len(send(two, approved.approval).outcomes) == PEOPLE


def test_where_two_agreed_the_command_line_sends_just_that(two):
    out = list(seen(two).marks)[:2]
    agree(two, "hanako", without=out)
    agree(two, "taro", without=out)

    report = two.send()

    assert len(report.outcomes) == len(two.delivered()) == PEOPLE - 2
    assert {one.candidate.id for one in report.plan.skipped} == set(out)


def test_an_approval_by_one_is_not_enough_once_two_are_asked_for(house, two):
    approval = agree(house).approval

    report = send(two, approval)

    assert report.outcomes == ()
    assert two.delivered() == []
