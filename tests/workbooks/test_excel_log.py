"""The log tab of an Excel file in the hands of people, with the journal beside it intact or gone."""

import shutil
from contextlib import closing

import pytest
from openpyxl import load_workbook

from sheets_automation.core.views import Views
from tests.workbooks.contract_facts import LOG, fact
from tests.workbooks.contract_reading import read_tab, revision
from tests.workbooks.people import (
    recruiter_deletes_a_row,
    recruiter_deletes_a_tab,
    recruiter_sorts_the_sheet,
    recruiter_writes,
)
from tests.workbooks.test_excel_file import ExcelFileStore

REFERRALS = "紹介実績"


@pytest.fixture
def store(tmp_path):
    store = ExcelFileStore(tmp_path / "book.xlsx", {"候補者": [["氏名"], ["佐藤"]]})
    with closing(store.open()) as workbook:
        workbook.append({LOG: [fact(number, 詳細="550") for number in range(1, 5)], REFERRALS: [fact(1)]})
        workbook.show(Views())
    return store


def ids(store, tab=LOG):
    return [cells.get(0) for cells in read_tab(store, tab).values()]


IN_ORDER = ["記録ID", "R-0001", "R-0002", "R-0003", "R-0004"]


@pytest.mark.parametrize(
    "harm",
    [
        lambda store: recruiter_sorts_the_sheet(store, LOG, column=0),
        lambda store: recruiter_deletes_a_row(store, LOG, row=3),
        lambda store: recruiter_deletes_a_row(store, LOG, row=5),
        lambda store: recruiter_deletes_a_tab(store, LOG),
        lambda store: recruiter_writes(store, LOG, 3, 2, "250"),
        lambda store: recruiter_writes(store, LOG, 3, 1, "2020-01-01T00:00:00+09:00"),
    ],
    ids=["sorted", "deleted in the middle", "deleted at the end", "tab deleted", "outcome changed", "time changed"],
)
def test_whatever_people_did_to_the_log_the_journal_tells_it_as_it_was(store, harm):
    before = read_tab(store, LOG)

    harm(store)

    assert read_tab(store, LOG) == before
    with closing(store.open()) as workbook:
        workbook.read()
        workbook.show(Views())
    assert store.look()[LOG][2][0] == "R-0002"
    assert ids(store) == IN_ORDER


def test_a_log_that_nobody_touched_is_not_written_again(store):
    before = revision(store)

    with closing(store.open()) as workbook:
        workbook.read()
        workbook.show(Views())

    assert revision(store) == before


def test_facts_go_on_behind_a_log_that_was_restored(store):
    recruiter_sorts_the_sheet(store, LOG, column=0)

    with closing(store.open()) as workbook:
        workbook.append({LOG: [fact(5)]})
        workbook.show(Views())

    assert ids(store) == [*IN_ORDER, "R-0005"]


def test_without_its_journal_a_changed_log_is_read_as_it_is(store, tmp_path):
    recruiter_sorts_the_sheet(store, LOG, column=0)
    shutil.rmtree(tmp_path / ".relay")

    assert ids(store) == ["記録ID", "R-0004", "R-0003", "R-0002", "R-0001"]


def test_facts_of_another_machine_are_never_written_over(store):
    recruiter_writes(store, LOG, 6, 0, "OTHER-0001")
    recruiter_sorts_the_sheet(store, LOG, column=0)

    assert sorted(ids(store)[1:]) == sorted(["OTHER-0001", *IN_ORDER[1:]])


def test_what_people_write_beside_referrals_stays(store):
    recruiter_writes(store, REFERRALS, 2, 2, "電話で確認")

    with closing(store.open()) as workbook:
        workbook.append({REFERRALS: [fact(2)]})
        workbook.show(Views())

    assert read_tab(store, REFERRALS)[2][2] == "電話で確認"
    assert ids(store, REFERRALS) == ["記録ID", "R-0001", "R-0002"]


def test_a_table_that_was_given_out_does_not_grow(store):
    with closing(store.open()) as workbook:
        early = workbook.read().tables[LOG]
        workbook.append({LOG: [fact(5)]})

        assert len(list(early.rows())) == 5
        assert len(list(workbook.read().tables[LOG].rows())) == 6


def test_the_columns_of_a_log_are_as_wide_as_what_they_hold_and_none_pushes_the_others_out_of_sight(tmp_path):
    store = ExcelFileStore(tmp_path / "book.xlsx", {"候補者": [["氏名"]]})
    with closing(store.open()) as workbook:
        workbook.append({LOG: [fact(1, 回="1", 宛先="shinichiro.yamamoto@example.com", 件名="選考結果のご連絡" * 40)]})
        workbook.show(Views())

    widths = [column.width for column in load_workbook(store.path)[LOG].column_dimensions.values()]
    number, time, cycle, address, subject = widths
    assert cycle < number < time < address < subject < 60
    assert address > len("shinichiro.yamamoto@example.com")


def test_what_was_read_stays_as_it_was_while_more_facts_are_appended(store):
    with closing(store.open()) as workbook:
        workbook.append({LOG: [fact(5)]})
        table = workbook.read().tables[LOG]
        before = list(table.rows())
        workbook.append({LOG: [fact(6, 備考="新しい見出し")]})
        later = workbook.read().tables[LOG]

        assert list(table.rows()) == before
        assert len(list(later.rows())) == len(before) + 1


def test_the_log_is_ready_to_print_and_its_columns_are_wide_enough_for_what_comes_after_the_first_row(tmp_path):
    store = ExcelFileStore(tmp_path / "new.xlsx", {"候補者": [["氏名"], ["佐藤"]]})
    facts = [fact(1), fact(2, 対象の記録ID="20261124-100000-0E9A51-0001")]

    with closing(store.open()) as workbook:
        workbook.append({LOG: [{**facts[0], "対象の記録ID": ""}, facts[1]]})
        workbook.show(Views())

    sheet = load_workbook(tmp_path / "new.xlsx")[LOG]
    column = next(cell.column_letter for cell in sheet[1] if cell.value == "対象の記録ID")
    assert sheet.column_dimensions[column].width > len("20261124-100000-0E9A51-0001")
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
