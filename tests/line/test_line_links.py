"""LINE連携記録: facts, what they fold to, and what a damaged row means."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.line_links import (
    HEADINGS,
    LineFact,
    LinkState,
    fold_links,
    read_facts,
    to_row,
    with_line,
)
from sheets_automation.core.refusals import address_mark
from sheets_automation.core.table import table_of
from tests.core.builders import candidate
from tests.line_server.account import user

AT = datetime.fromisoformat("2026-11-24T10:00:00.123+09:00")
MARK = address_mark("taro@example.com")
LINKED = LineFact(
    fact_id="R1-R0001",
    at=AT,
    state=LinkState.LINKED,
    candidate_id="C-1",
    mark=MARK,
    user_id=user(1),
    source="message",
    event_id="01AAAA",
    actor="hanako",
)
ENDED = LineFact(fact_id="R2-R0001", at=AT + timedelta(hours=1), state=LinkState.ENDED, candidate_id="C-1", source="hr")


def tab(*rows):
    cells = {1: dict(enumerate(HEADINGS))}
    for number, row in enumerate(rows, 2):
        cells[number] = {HEADINGS.index(heading): value for heading, value in row.items() if value != ""}
    return table_of("LINE連携記録", cells)


def taro(**fields):
    return candidate(id="C-1", address="taro@example.com", **fields)


@pytest.mark.parametrize("fact", [LINKED, ENDED, replace(LINKED, candidate_id="=1+1", actor="-x")])
def test_a_fact_reads_back_as_it_was_written(fact):
    assert read_facts(tab(to_row(fact))) == (fact,)


def test_there_may_be_no_tab_and_an_empty_one():
    assert read_facts(None) == ()
    assert read_facts(table_of("LINE連携記録", {})) == ()
    assert read_facts(tab()) == ()


def test_neither_a_fact_nor_a_candidate_shows_the_chat_when_it_is_printed():
    assert user(1) not in repr(LINKED)
    [linked] = with_line([taro()], fold_links([LINKED]))
    assert linked.line_user == user(1)
    assert user(1) not in repr(linked)


@pytest.mark.parametrize(
    "change",
    [
        {"日時": "いつか"},
        {"日時": "2026-11-24T10:00:00"},
        {"種別": "連携した"},
        {"種別": "解除"},
        {"候補者ID": ""},
        {"LINEユーザーID": ""},
        {"LINEユーザーID": "山田"},
        {"宛先の印": ""},
    ],
)
def test_a_row_that_somebody_changed_stops_everything(change):
    with pytest.raises(LogDamaged):
        read_facts(tab(to_row(LINKED) | change))


def test_a_link_whose_end_was_turned_into_a_link_stops_everything():
    with pytest.raises(LogDamaged):
        read_facts(tab(to_row(LINKED), to_row(ENDED) | {"種別": "連携"}))


def test_headings_that_are_gone_stop_everything():
    with pytest.raises(LogDamaged):
        read_facts(table_of("LINE連携記録", {1: {0: "R1", 1: "x"}}))


def test_the_last_fact_counts_in_whatever_order_they_were_written():
    again = replace(LINKED, at=AT + timedelta(hours=2), user_id=user(2))

    assert fold_links([ENDED, LINKED])["C-1"].user_id == ""
    assert fold_links([again, ENDED, LINKED])["C-1"].user_id == user(2)
    assert fold_links([again, ENDED, LINKED])["C-1"].links == 2


def test_of_a_link_and_an_end_at_one_moment_the_end_counts():
    end = replace(ENDED, at=AT)

    assert fold_links([LINKED, end])["C-1"].user_id == fold_links([end, LINKED])["C-1"].user_id == ""


def test_a_link_leads_to_the_person_of_that_id_and_address_alone():
    links = fold_links([LINKED])
    other_id = candidate(id="C-2", address="taro@example.com")
    other_person = candidate(id="C-1", address="jiro@example.com")
    nobody = candidate(id="C-1", address=None)

    reached = with_line([taro(), other_id, other_person, nobody], links)

    assert [one.line_user for one in reached] == [user(1), "", "", ""]
    assert [one.line_links for one in reached] == [1, 0, 1, 1]


def test_an_address_that_is_only_written_differently_is_the_same():
    [reached] = with_line([candidate(id="C-1", address="Taro@Example.com")], fold_links([LINKED]))

    assert reached.line_user == user(1)
