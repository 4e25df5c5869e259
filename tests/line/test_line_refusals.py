"""Who refuses letters in the chat is sent none by mail either."""

from datetime import timedelta

import pytest

from sheets_automation.core.line_records import LineSource, LineUse
from sheets_automation.core.reasons import Reason
from tests.core.builders import NOW
from tests.jobs.house import rejected
from tests.line.line_house import by_mail, chats, code_for, house_of, link, take_in, unlink
from tests.line_server.account import user


@pytest.fixture
def house(tmp_path):
    house = house_of(tmp_path, rejected("山田 太郎", "taro@example.com"), rejected("佐藤 花", "hana@example.com"))
    take_in(house)  # gives ids to the rows
    return house


def refuses(number=1, **fields):
    return unlink(number, use=LineUse.REFUSE, source=LineSource.MESSAGE, **fields)


def left_out(house):
    """Who gets no mail, and why."""
    return {one.candidate.name: one.reason for one in by_mail(house).plan().skipped()}


def test_a_refusal_in_the_chat_holds_for_mail_too(house):
    take_in(house, link(code_for(house, "山田 太郎")), link(code_for(house, "佐藤 花"), number=2))
    refusal = refuses(number=2)

    report = take_in(house, refusal)
    again = take_in(house, refusal)

    assert (report.refused, again.refused) == (1, 0)
    assert list(chats(house).values()) == [user(1)]
    assert left_out(house) == {"佐藤 花": Reason.OPTED_OUT}


def test_a_refusal_after_the_link_has_ended_holds_for_mail_all_the_same(house):
    take_in(house, link(code_for(house, "山田 太郎")), unlink())
    refusal = refuses(at=NOW + timedelta(minutes=5))

    report = take_in(house.later(hours=1), refusal)
    again = take_in(house.later(hours=2), refusal)

    assert (report.refused, report.unknown) == (1, 0)
    assert (again.refused, again.known) == (0, 1)
    assert left_out(house) == {"山田 太郎": Reason.OPTED_OUT}


def test_a_refusal_is_found_by_a_link_that_began_and_ended_in_the_same_records(house):
    take_in(house, link(code_for(house, "山田 太郎")), unlink(), refuses(at=NOW + timedelta(minutes=5)))

    assert left_out(house) == {"山田 太郎": Reason.OPTED_OUT}


def test_a_refusal_holds_for_every_address_that_the_chat_was_ever_linked_with(house):
    take_in(house, link(code_for(house, "山田 太郎")), unlink())
    take_in(house, link(code_for(house, "佐藤 花"), at=NOW + timedelta(minutes=2)))

    report = take_in(house.later(hours=1), refuses(at=NOW + timedelta(minutes=5)))

    assert report.refused == 2
    assert set(left_out(house)) == {"山田 太郎", "佐藤 花"}


def test_a_refusal_from_a_chat_that_was_never_linked_is_nobodys(house):
    take_in(house, link(code_for(house, "山田 太郎")))

    assert take_in(house, refuses(number=2)).unknown == 1
    assert left_out(house) == {}


def test_a_link_from_before_the_refusal_that_comes_late_leads_nowhere(house):
    take_in(house.later(minutes=5), link(code_for(house, "山田 太郎")), refuses())

    late = link(code_for(house, "佐藤 花"), at=NOW + timedelta(seconds=30))
    report = take_in(house.later(hours=1), late)
    again = take_in(house.later(hours=2), late)

    assert (report.linked, report.refused, again.known) == ([], 1, 1)
    assert chats(house) == {}
    assert set(left_out(house)) == {"山田 太郎", "佐藤 花"}


def test_a_code_that_is_sent_after_the_refusal_lets_no_letter_go_to_that_address(house):
    take_in(house, link(code_for(house, "山田 太郎")), refuses())

    take_in(house.later(hours=1), link(code_for(house, "山田 太郎"), at=NOW + timedelta(minutes=5)))

    assert left_out(house) == {"山田 太郎": Reason.OPTED_OUT}


def test_a_link_that_comes_after_the_refusal_was_nobodys_is_ended_by_it(house):
    refusal = refuses()
    assert take_in(house, refusal).unknown == 1

    take_in(house.later(hours=1), link(code_for(house, "山田 太郎")), refusal)

    assert chats(house) == {}
    assert left_out(house) == {"山田 太郎": Reason.OPTED_OUT}
