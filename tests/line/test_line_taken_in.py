"""Taking links and their ends into the workbook."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.errors import LogDamaged, UnknownCandidate
from sheets_automation.core.line_records import LineSource
from sheets_automation.core.reasons import Reason
from sheets_automation.ports import NO_FACTS
from sheets_automation.workbooks.memory import MemoryWorkbook
from tests.core.builders import NOW
from tests.jobs.house import rejected
from tests.line.line_house import (
    TAB,
    by_mail,
    candidate_of,
    chats,
    code_for,
    house_of,
    ids,
    link,
    take_in,
    unlink,
)
from tests.line_server.account import user

TARO = rejected("山田 太郎", "taro@example.com")
HANA = rejected("佐藤 花", "hana@example.com")


class Died(BaseException):
    """The process is gone."""


class DyingWorkbook(MemoryWorkbook):
    """The process dies when it begins to show."""

    def show(self, views, facts=NO_FACTS):
        raise Died


@pytest.fixture
def house(tmp_path):
    house = house_of(tmp_path, TARO, HANA)
    house.plan()
    take_in(house)  # gives ids to the rows
    return house


def test_a_code_links_the_candidate_whose_letter_held_it_and_nobody_else(house):
    report = take_in(house, link(code_for(house, "山田 太郎")))

    assert report.linked == [ids(house)["山田 太郎"]]
    assert chats(house) == {ids(house)["山田 太郎"]: user(1)}


def test_a_name_in_the_message_links_nobody(house):
    report = take_in(house, link("山田 太郎"))

    assert (report.linked, report.unknown) == ([], 1)
    assert chats(house) == {}


def test_the_same_records_again_add_nothing(house):
    records = [link(code_for(house, "山田 太郎")), unlink()]
    take_in(house, *records)
    before = dict(house.file.sheets[TAB].rows)

    report = take_in(house, *records)

    assert (report.linked, report.ended, report.known) == ([], [], 2)
    assert house.file.sheets[TAB].rows == before


def test_a_code_works_once(house):
    """Whoever gets a forwarded letter later cannot take the chat over."""
    code = code_for(house, "山田 太郎")
    take_in(house, link(code))

    report = take_in(house, link(code, number=666, at=NOW + timedelta(hours=1)))

    assert (report.linked, report.used) == ([], 1)
    assert chats(house) == {ids(house)["山田 太郎"]: user(1)}


def test_whoever_presses_the_link_twice_is_linked_once_and_nothing_is_wrong(house):
    code = code_for(house, "山田 太郎")
    take_in(house, link(code), link(code, at=NOW + timedelta(seconds=2)))

    report = take_in(house, link(code, at=NOW + timedelta(hours=1)))

    assert (report.known, report.used, report.unknown) == (1, 0, 0)
    assert list(chats(house).values()) == [user(1)]


def test_of_two_who_send_the_same_code_the_first_is_linked(house):
    code = code_for(house, "山田 太郎")

    report = take_in(house, link(code, number=2, at=NOW), link(code, number=1, at=NOW - timedelta(minutes=1)))

    assert chats(house) == {ids(house)["山田 太郎"]: user(1)}
    assert report.used == 1


def test_a_code_that_was_used_opens_nothing_after_the_end_either(house):
    code = code_for(house, "山田 太郎")
    take_in(house, link(code), unlink())

    take_in(house.later(hours=2), link(code, at=NOW + timedelta(hours=1)))

    assert chats(house) == {}


def test_after_an_end_the_next_letters_code_links_again(house):
    take_in(house, link(code_for(house, "山田 太郎")), unlink())

    later = house.later(hours=2)
    take_in(later, link(code_for(house, "山田 太郎"), number=2, at=NOW + timedelta(hours=1)))

    assert chats(house) == {ids(house)["山田 太郎"]: user(2)}


@pytest.mark.parametrize("source", [LineSource.UNFOLLOW, LineSource.MESSAGE])
def test_a_block_or_a_word_ends_every_link_of_that_chat(house, source):
    take_in(house, link(code_for(house, "山田 太郎")), link(code_for(house, "佐藤 花")))

    report = take_in(house, unlink(source=source))

    assert sorted(report.ended) == sorted(ids(house).values())
    assert chats(house) == {}


def test_an_end_leaves_other_chats_alone(house):
    take_in(house, link(code_for(house, "山田 太郎")), link(code_for(house, "佐藤 花"), number=2))

    take_in(house, unlink(number=2))

    assert list(chats(house).values()) == [user(1)]


def test_an_end_that_came_before_the_link_does_not_end_it(house):
    take_in(house, unlink(at=NOW - timedelta(hours=1)), link(code_for(house, "山田 太郎")))

    assert list(chats(house).values()) == [user(1)]


def test_an_end_that_line_delivered_late_ends_no_link_that_came_after_it(house):
    take_in(house, link(code_for(house, "山田 太郎")))

    report = take_in(house, unlink(at=NOW - timedelta(hours=1)))

    assert (report.ended, report.unknown) == ([], 1)
    assert list(chats(house).values()) == [user(1)]


def test_a_link_that_line_delivered_late_does_not_undo_the_block_after_it(house):
    linked = link(code_for(house, "山田 太郎"))
    blocked = unlink()
    take_in(house, blocked)

    take_in(house, linked, blocked)

    assert chats(house) == {}


def test_an_end_holds_no_chat(house):
    take_in(house, link(code_for(house, "山田 太郎")))
    take_in(house, unlink())

    last = house.file.sheets[TAB].rows[max(house.file.sheets[TAB].rows)]
    assert "解除" in last.values()
    assert user(1) not in last.values()


def test_hr_ends_a_link_because_the_person_asked(house):
    take_in(house, link(code_for(house, "山田 太郎")), link(code_for(house, "佐藤 花"), number=2))

    report = take_in(house.later(hours=1), end=[ids(house)["山田 太郎"]])

    assert report.ended == [ids(house)["山田 太郎"]]
    assert chats(house) == {ids(house)["佐藤 花"]: user(2)}


def test_to_end_a_link_of_nobody_is_refused(house):
    with pytest.raises(UnknownCandidate):
        take_in(house, end=["C-nobody"])


def test_a_code_to_an_address_that_was_corrected_since_links_nobody(house):
    code = code_for(house, "山田 太郎")
    house.file.sheets["候補者"].put(4, 1, "jiro@example.com")

    assert take_in(house, link(code)).unknown == 1
    assert chats(house) == {}


def test_whoever_stands_in_the_row_now_is_not_reached_by_the_last_persons_chat(house):
    take_in(house, link(code_for(house, "山田 太郎")))
    assert candidate_of(house, "山田 太郎").line_user == user(1)

    house.file.sheets["候補者"].put(4, 1, "jiro@example.com")

    assert candidate_of(house, "山田 太郎").line_user == ""


def test_a_doubled_id_is_linked_to_nobody(house):
    code = code_for(house, "山田 太郎")
    sheet = house.file.sheets["候補者"]
    sheet.rows[9] = dict(sheet.rows[4])

    assert take_in(house, link(code)).linked == []


def test_a_key_that_was_replaced_still_links(house):
    old = code_for(house, "山田 太郎", key="o" * 40)

    assert take_in(house, link(old), keys=("k" * 40, "o" * 40)).linked
    assert take_in(house, link(code_for(house, "佐藤 花", key="z" * 40))).unknown == 1


def test_a_process_that_dies_after_the_append_has_lost_nothing(house):
    record = link(code_for(house, "山田 太郎"))
    with pytest.raises(Died):
        take_in(house, record, workbook=DyingWorkbook(house.file))

    report = take_in(house, record)

    assert report.known == 1
    assert list(chats(house).values()) == [user(1)]


def test_a_clock_that_is_ahead_at_line_links_now_and_not_later(house):
    take_in(house, link(code_for(house, "山田 太郎"), at=NOW + timedelta(minutes=8)))
    take_in(house.later(minutes=1), end=[ids(house)["山田 太郎"]])

    assert chats(house) == {}


def test_a_tab_that_somebody_changed_stops_sending_and_taking_in(house):
    take_in(house, link(code_for(house, "山田 太郎")))
    sheet = house.file.sheets[TAB]
    sheet.put(2, 2, "つながり")

    with pytest.raises(LogDamaged):
        take_in(house, unlink())
    with pytest.raises(LogDamaged):
        house.plan()


# -- what the guards say


def reasons(house):
    return {one.candidate.name: one.reason for one in house.plan().skipped()}


def test_results_do_not_go_by_line_unless_a_person_allowed_it(tmp_path):
    house = house_of(tmp_path, TARO, results=False)
    house.plan()
    take_in(house)
    take_in(house, link(code_for(house, "山田 太郎")))

    assert reasons(house) == {"山田 太郎": Reason.RESULT_NOT_BY_LINE}
    assert reasons(by_mail(house)) == {}


def test_by_line_goes_only_what_leads_to_a_linked_chat(house):
    take_in(house, link(code_for(house, "山田 太郎")))

    assert reasons(house) == {"佐藤 花": Reason.LINE_NOT_LINKED}
    assert reasons(by_mail(house)) == {}


def test_a_refusal_in_any_channel_holds_for_line(house):
    take_in(house, link(code_for(house, "山田 太郎")))
    sheet = house.file.sheets["候補者"]
    column = max(max(cells) for cells in sheet.rows.values()) + 1
    sheet.put(3, column, "連絡停止")
    sheet.put(4, column, "はい")

    assert reasons(house)["山田 太郎"] is Reason.OPTED_OUT


def test_what_a_skipped_row_says_holds_no_chat(house):
    take_in(house, link(code_for(house, "山田 太郎")))

    said = " ".join(one.text("ja") + one.text("en") + repr(one) for one in house.plan().skipped())

    assert user(1) not in said
    assert user(1) not in repr(replace(candidate_of(house, "山田 太郎")))
