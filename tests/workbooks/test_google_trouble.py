"""Google does not always answer, people delete tabs, and nobody is signed in for ever: one clear sentence each."""

from __future__ import annotations

from contextlib import closing

import pytest
from google.oauth2.credentials import Credentials

from sheets_automation.core.errors import (
    LogDamaged,
    QuotaUsedUp,
    WorkbookAccess,
    WorkbookError,
    WorkbookNotFound,
    WorkbookUnreachable,
    WriteRefused,
)
from sheets_automation.core.views import OwnColumn, TabView, ViewCell, Views
from sheets_automation.google.patience import SECONDS
from sheets_automation.google.transport import Caller
from sheets_automation.workbooks.google_client import SheetsClient
from sheets_automation.workbooks.google_sheets import GoogleSheetsWorkbook
from tests.workbooks.contract_facts import LOG, fact
from tests.workbooks.google_people import GoogleStore
from tests.workbooks.test_google_people_at_work import PLACE, TAB, people, statuses

READ, WRITE = "sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate"
SHEETS = "https://www.googleapis.com/auth/spreadsheets"


@pytest.fixture
def store(google):
    return GoogleStore(google, {TAB: people("C-1", "C-2", "C-3")})


def log_ids(store):
    """The ids of all facts that the log holds, once each."""
    return list(dict.fromkeys(row[0] for row in store.look()[LOG][1:]))


def open_as(store, token, spreadsheet_id=None):
    caller = Caller(Credentials(token=token), store.google.address)
    client = SheetsClient(
        spreadsheet_id or store.id, caller, sleep=store.waited.append, account=lambda: "robot@x.iam.gserviceaccount.com"
    )
    return GoogleSheetsWorkbook(client)


class TestReading:
    @pytest.mark.parametrize(
        "fault",
        [
            {"kind": "status", "status": 503},
            {"kind": "html", "status": 502},
            {"kind": "reset_before"},
            {"kind": "cut_body"},
            {"kind": "status", "status": 429},
        ],
    )
    def test_is_tried_again_while_the_trouble_passes(self, store, fault):
        store.google.control.fault(READ, times=2, **fault)

        with closing(store.open()) as workbook:
            assert TAB in workbook.read().tables

        assert len(store.waited) == 2

    def test_gives_up_on_a_constant_503_within_the_stated_time(self, store):
        store.google.control.fault(READ, kind="status", status=503, times=None)

        with closing(store.open()) as workbook, pytest.raises(WorkbookUnreachable):
            workbook.read()

        assert sum(store.waited) <= SECONDS

    def test_says_that_the_quota_is_used_up(self, store):
        store.google.control.fault(READ, kind="status", status=429, times=None)

        with closing(store.open()) as workbook, pytest.raises(QuotaUsedUp):
            workbook.read()


class TestNobodyIsLetIn:
    def test_to_a_sheet_that_is_not_shared_and_the_sentence_names_the_robot_to_share_it_with(self, store):
        token = store.google.control.token("stranger@example.com", [SHEETS])

        with closing(open_as(store, token)) as workbook, pytest.raises(WorkbookAccess, match="robot@x"):
            workbook.read()

    def test_to_write_where_they_may_only_read(self, store):
        store.google.control.share(store.id, "reader@example.com", role="reader")
        token = store.google.control.token("reader@example.com", [SHEETS])

        with closing(open_as(store, token)) as workbook:
            workbook.read()
            with pytest.raises(WorkbookAccess):
                workbook.append({LOG: [fact(1)]})

    def test_without_the_scope_that_sheets_need(self, store):
        token = store.google.control.token("owner@emulator.invalid", ["https://www.googleapis.com/auth/gmail.compose"])

        with closing(open_as(store, token)) as workbook, pytest.raises(WorkbookAccess, match="scope"):
            workbook.read()

    def test_where_the_api_is_switched_off(self, store):
        store.google.control.disable_api("sheets")

        with closing(store.open()) as workbook, pytest.raises(WorkbookAccess, match="API"):
            workbook.read()

    def test_with_a_token_that_is_none(self, store):
        with closing(open_as(store, "ya29.nothing")) as workbook, pytest.raises(WorkbookAccess, match="sign-in"):
            workbook.read()

    def test_to_a_spreadsheet_that_is_not_there(self, store):
        with closing(open_as(store, "owner", "1" * 44)) as workbook, pytest.raises(WorkbookNotFound):
            workbook.read()


class TestALostAnswer:
    @pytest.mark.parametrize("kind", ["reset_after", "cut_body", "reset_before"])
    def test_leaves_each_fact_in_the_log_once(self, store, kind):
        with closing(store.open()) as workbook:
            workbook.append({LOG: [fact(1)]})
            store.google.control.fault(WRITE, kind=kind)

            workbook.append({LOG: [fact(2), fact(3)]})

        assert [row[0] for row in store.look()[LOG][1:]] == ["R-0001", "R-0002", "R-0003"]

    def test_that_takes_effect_later_leaves_rows_that_count_once(self, store):
        store.google.control.freeze()
        with closing(store.open()) as workbook:
            workbook.append({LOG: [fact(1)]})
            store.google.control.fault(WRITE, kind="late", seconds=30)
            workbook.append({LOG: [fact(2)]})

            store.google.control.advance(60)
            workbook.append({LOG: [fact(3)]})

        assert log_ids(store) == ["R-0001", "R-0002", "R-0003"]

    def test_of_the_first_pass_makes_no_column_twice(self, store):
        own = OwnColumn(heading="通知メモ", width=30)
        views = Views(place=PLACE, columns=(own,), cells={"C-1": {"通知メモ": ViewCell(value="x")}})
        with closing(store.open()) as workbook:
            workbook.read()
            store.google.control.fault(WRITE, kind="reset_after")

            workbook.show(views)

        assert store.look()[TAB][0].count("通知メモ") == 1

    def test_of_the_first_pass_that_lands_late_makes_no_column_twice(self, store):
        own = OwnColumn(heading="通知メモ", width=30)
        views = Views(place=PLACE, columns=(own,), cells={"C-1": {"通知メモ": ViewCell(value="x")}})
        store.google.control.freeze()
        seconds = [0.0]

        def wait(length):
            seconds[0] += length
            store.google.control.advance(length)

        with closing(store.open()) as workbook:
            workbook._sleep, workbook._monotonic = wait, lambda: seconds[0]
            workbook.read()
            store.google.control.fault(WRITE, kind="late", seconds=100)

            workbook.show(views)

        assert store.look()[TAB][0].count("通知メモ") == 1

    def test_that_repeats_ends_in_a_clear_error(self, store):
        with closing(store.open()) as workbook:
            workbook.append({LOG: [fact(1)]})
            store.google.control.fault(WRITE, kind="status", status=503, times=None)

            with pytest.raises(WorkbookError):
                workbook.append({LOG: [fact(2)]})

        assert log_ids(store) == ["R-0001"]


class TestTheLog:
    def test_without_its_last_rows_is_refused(self, store):
        with closing(store.open()) as workbook:
            workbook.append({LOG: [fact(1), fact(2)]})
        store.edit("delete_row", sheet=LOG, row=3)

        with closing(store.open()) as workbook, pytest.raises(LogDamaged):
            workbook.read()

    def test_that_was_deleted_as_a_whole_is_refused(self, store):
        with closing(store.open()) as workbook:
            workbook.append({LOG: [fact(1)]})
        store.edit("delete_sheet", sheet=LOG)

        with closing(store.open()) as workbook, pytest.raises(LogDamaged, match="Version history"):
            workbook.read()

    def test_that_was_deleted_in_mid_run_is_not_made_anew(self, store):
        with closing(store.open()) as workbook:
            workbook.append({LOG: [fact(1)]})
            workbook.read()
            store.edit("delete_sheet", sheet=LOG)

            with pytest.raises(LogDamaged):
                workbook.append({LOG: [fact(2)]})

        assert LOG not in store.look()

    def test_that_a_person_has_given_up_is_read_and_never_missed_again(self, store):
        with closing(store.open()) as workbook:
            workbook.append({LOG: [fact(1)]})
        store.edit("delete_sheet", sheet=LOG)

        with closing(store.open(is_log_given_up=True)) as workbook:
            workbook.read()
            workbook.show(Views())

        with closing(store.open()) as workbook:
            assert LOG not in workbook.read().tables

    def test_keeps_only_so_many_notes_of_its_runs(self, store):
        for number in range(1, 16):
            with closing(store.open()) as workbook:
                workbook.append({LOG: [fact(number)]})

        with closing(store.open()) as workbook:
            workbook.read()
            assert len(workbook.read_book().markers) == 11  # ten, and its own


class TestRefusals:
    def test_a_protected_tab_says_so_and_nothing_is_written(self, store):
        store.edit("protect", sheet=TAB, editors=["boss@example.com"])
        store.google.control.share(store.id, "staff@example.com")
        token = store.google.control.token("staff@example.com", [SHEETS])

        with closing(open_as(store, token)) as workbook, pytest.raises(WriteRefused, match="protected"):
            workbook.show(statuses(C_1="い"))

    def test_one_bad_request_leaves_the_whole_pass_undone(self, store):
        view = TabView(tab="クレジット", title="クレジット", rows=((ViewCell(value="クレジット"),),))
        with closing(store.open()) as workbook:
            workbook.read()
            store.google.control.edit_before(WRITE, "add_sheet", spreadsheetId=store.id, title="クレジット")

            workbook.show(Views(tabs=(view,)))

        assert store.look()["クレジット"] == [["クレジット"]]


def test_everything_takes_one_read_and_one_write(store):
    store.google.control.forget_calls()
    with closing(store.open()) as workbook:
        workbook.read()
        workbook.show(statuses(C_1="い"), {LOG: [fact(1)]})
        workbook.read()
        workbook.append({LOG: [fact(2)]})
        workbook.show(statuses(C_1="ろ"))

    assert [call["method"] for call in store.google.control.calls()] == [READ, WRITE, READ, WRITE, WRITE]
