"""The premises of the spreadsheet, tried against the emulator, and while somebody breaks one of them."""

from __future__ import annotations

from contextlib import closing

import pytest

from sheets_automation.core.errors import WorkbookAccess, WorkbookError
from sheets_automation.workbooks.google_premises import may_edit, sheet_premises
from tests.workbooks.google_people import GoogleStore
from tests.workbooks.test_google_people_at_work import TAB, people
from tests.workbooks.test_google_trouble import READ, SHEETS, WRITE, open_as

NUMBER = 1_234_567_890
SCRATCH = f"relay の確認 {NUMBER}"


@pytest.fixture
def store(google):
    return GoogleStore(google, {TAB: people("C-1", "C-2", "C-3")})


def tried(store):
    """Whether each premise holds, by its name."""
    with closing(store.open()._client) as client:
        return {one.name: one.holds for one in sheet_premises(client, NUMBER)}


def broken(premises):
    return [name for name, holds in premises.items() if not holds]


def shown(store):
    """Everything that the emulator knows of the document."""
    [document] = [
        one
        for one in store.google.control.state()["services"]["sheets"]["spreadsheets"]
        if one["spreadsheetId"] == store.id
    ]
    return document


def test_all_of_them_hold(store):
    premises = tried(store)

    assert broken(premises) == []
    assert len(premises) == 6


def test_nothing_of_it_stays_in_the_spreadsheet(store):
    before = shown(store)

    tried(store)

    assert shown(store) == before


@pytest.mark.parametrize(
    ("premise", "nth_look", "cell"),
    [
        ("sheets_all_or_nothing", 1, {"row": 3, "column": "A", "value": "半分"}),
        ("sheets_text_stays_text", 2, {"row": 1, "column": "B", "value": "=1+1"}),
        ("sheets_append_below", 3, {"row": 6, "column": "A", "value": "x"}),
    ],
)
def test_a_cell_that_is_not_as_it_must_be_breaks_its_premise(store, premise, nth_look, cell):
    store.google.control.edit_before(
        READ, "set_cell", nth=nth_look, spreadsheetId=store.id, sheet=SCRATCH, heading_row=20, **cell
    )

    assert broken(tried(store)) == [premise]


def test_a_tab_that_could_not_be_removed_is_named(store):
    store.google.control.fault(WRITE, kind="status", status=400, nth=8)

    with closing(store.open()._client) as client:
        [left] = [one for one in sheet_premises(client, NUMBER) if not one.holds]

    assert left.name == "sheets_scratch_removed"
    assert SCRATCH in left.otherwise.ja
    assert SCRATCH in store.look()


@pytest.mark.parametrize("nth", range(2, 8))
def test_whatever_goes_wrong_on_the_way_the_tab_is_removed(store, nth):
    store.google.control.fault(WRITE, kind="status", status=503, nth=nth)

    with pytest.raises(WorkbookError):
        tried(store)

    assert SCRATCH not in store.look()


def test_a_lost_answer_is_an_error_of_ours(store):
    store.google.control.fault(WRITE, kind="reset_after", nth=2)

    with pytest.raises(WorkbookError, match="does not answer"):
        tried(store)

    assert SCRATCH not in store.look()


class TestWhetherWeMayEdit:
    def test_leaves_no_trace(self, store):
        before = shown(store)

        with closing(store.open()._client) as client:
            may_edit(client)

        assert shown(store) == before

    def test_is_denied_to_who_may_only_read(self, store):
        store.google.control.share(store.id, "reader@example.com", role="reader")
        token = store.google.control.token("reader@example.com", [SHEETS])

        with closing(open_as(store, token)._client) as client, pytest.raises(WorkbookAccess, match="as an editor"):
            may_edit(client)
