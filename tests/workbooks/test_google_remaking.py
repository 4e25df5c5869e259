"""A Google spreadsheet whose log is made anew, while answers are lost and others are at work."""

from __future__ import annotations

from contextlib import closing

import pytest

from sheets_automation.core.errors import LogDamaged, WorkbookChanged, WorkbookUnreachable
from tests.workbooks.contract_facts import LOG, append, fact
from tests.workbooks.contract_remaking import ASIDE, ids
from tests.workbooks.google_people import GoogleStore
from tests.workbooks.people import recruiter_deletes_a_row

WRITE = "sheets.spreadsheets.batchUpdate"


@pytest.fixture
def store(google):
    """A log whose last row is gone."""
    store = GoogleStore(google, {"候補者": [["氏名"]]})
    append(store, fact(1), fact(2))
    recruiter_deletes_a_row(store, LOG, row=3)
    return store


def remake(store, *rows):
    with closing(store.open(is_log_given_up=True)) as workbook:
        workbook.read()
        workbook.replace_facts(LOG, rows, ASIDE)


def test_what_the_log_is_known_to_have_held_is_told(store):
    with closing(store.open(is_log_given_up=True)) as workbook:
        workbook.read()

        assert list(workbook.lost_facts()) == ["R-0002"]


def test_who_has_not_given_it_up_is_refused_before_and_not_after(store):
    with closing(store.open()) as workbook, pytest.raises(LogDamaged, match="rebuild-log"):
        workbook.read()

    remake(store, fact(1), fact(3))

    assert ids(store) == ["記録ID", "R-0001", "R-0003"]


def test_a_lost_answer_leads_to_one_new_log(store):
    store.google.control.fault(WRITE, kind="reset_after")

    remake(store, fact(1), fact(3))

    assert sorted(store.look()) == sorted(["候補者", LOG, ASIDE])
    assert ids(store) == ["記録ID", "R-0001", "R-0003"]


def test_a_google_that_loses_every_answer_leaves_one_new_log_all_the_same(store):
    store.google.control.fault(WRITE, kind="reset_after", times=None)

    remake(store, fact(1), fact(3))
    store.google.control.clear_faults()

    assert ids(store) == ["記録ID", "R-0001", "R-0003"]


def test_a_google_that_does_not_answer_leaves_everything_as_it_was(store):
    before = store.look()
    store.google.control.fault(WRITE, kind="status", status=503, times=None)

    with pytest.raises(WorkbookUnreachable):
        remake(store, fact(1), fact(3))
    store.google.control.clear_faults()

    assert store.look() == before


def test_of_two_at_once_the_second_is_told_to_look_again(store):
    with closing(store.open(is_log_given_up=True)) as late:
        late.read()
        book = late.read_book()
        remake(store, fact(1), fact(3))
        late.read_book = lambda: book  # what it saw before the first one wrote

        with pytest.raises(WorkbookChanged):
            late.replace_facts(LOG, [fact(1), fact(4)], f"{ASIDE}-2")

    assert ids(store) == ["記録ID", "R-0001", "R-0003"]


def test_a_run_that_was_at_work_meanwhile_finds_its_facts_missing_and_so_does_everybody(store):
    with closing(store.open(is_log_given_up=True)) as run:
        run.append({LOG: [fact(5)]})
        remake(store, fact(1), fact(3))
        run.append({LOG: [fact(6)]})

    with closing(store.open()) as workbook, pytest.raises(LogDamaged):
        workbook.read()


def test_headings_that_are_gone_are_a_damaged_log_and_can_be_rebuilt(store):
    recruiter_deletes_a_row(store, LOG, row=1)
    with closing(store.open()) as workbook, pytest.raises(LogDamaged):
        workbook.read()

    remake(store, fact(1))

    assert ids(store) == ["記録ID", "R-0001"]


def test_a_request_that_lands_when_the_log_was_made_by_another_one_changes_nothing(store):
    store.google.control.fault(WRITE, kind="late", seconds=30)
    remake(store, fact(1), fact(3))
    before = store.look()

    store.google.control.advance(60)

    assert store.look() == before
