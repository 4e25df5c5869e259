"""The contract of every workbook, kept by one that is open in Excel for the Mac, which speaks AppleScript."""

from contextlib import closing
from itertools import count

import pytest

from sheets_automation.core.errors import JournalMissing, WorkbookBusy, WorkbookNotFound, WriteRefused
from sheets_automation.core.table import CellError
from sheets_automation.core.views import Views
from sheets_automation.workbooks.excel_live_native import Mac
from tests.excel_engine.excel import Excel
from tests.excel_engine.grid import Cell
from tests.excel_engine.people import OpenBookStore, close_without_saving, filter_rows
from tests.excel_engine.plugged import plugged_in
from tests.workbooks.contract import WorkbookContract
from tests.workbooks.contract_facts import LOG, fact
from tests.workbooks.contract_showing import TAB, people, shown, status_of


@pytest.fixture
def excel(monkeypatch):
    monkeypatch.setattr("sheets_automation.workbooks.excel_live.native", Mac)
    made = Excel()
    with plugged_in(made.do, is_mac=True):
        yield made


@pytest.fixture
def store(excel, tmp_path):
    return OpenBookStore(excel, tmp_path / "book.xlsx", {TAB: people()})


class TestExcelLiveWorkbookOnAMac(WorkbookContract):
    @pytest.fixture
    def make_store(self, excel, tmp_path):
        numbers = count()
        return lambda tabs, hidden=None: OpenBookStore(excel, tmp_path / f"book{next(numbers)}.xlsx", tabs, hidden)


def test_an_error_in_a_cell_is_an_error_although_its_value_is_nothing(store):
    store.book.titled(TAB).cells[2, 3] = Cell(-2146826246)

    with closing(store.open()) as workbook:
        [row] = [row for row in workbook.read().tables[TAB].rows() if row.number == 2]

    assert isinstance(row.cells[2], CellError)


def test_what_a_filter_hides_is_written_right(store):
    filter_rows(store.book.titled(TAB), 2, 4)

    with closing(store.open()) as workbook:
        workbook.show(status_of(C_1="1", C_2="2", C_3="3"))

    assert shown(store) == {"候補者ID": "通知状況", "C-1": "1", "C-2": "2", "C-3": "3"}


def test_a_protected_log_takes_rows(store):
    with closing(store.open()) as workbook:
        for number in (1, 2):
            workbook.append({LOG: [fact(number)]})
            workbook.show(Views())

    assert store.book.titled(LOG).is_protected
    assert len(store.look()[LOG]) == 3


def test_an_excel_that_does_not_come_to_it_is_waited_for_and_told(store, excel):
    with closing(store.open()) as workbook:
        excel.rejects = 3
        workbook.show(status_of(C_1="送信済み"))
        excel.rejects = 10_000
        with pytest.raises(WorkbookBusy):
            workbook.read()
        excel.rejects = 0

    assert shown(store)["C-1"] == "送信済み"


def test_a_workbook_that_is_closed_meanwhile_is_told(store, excel):
    with closing(store.open()) as workbook:
        close_without_saving(excel, store.book)
        with pytest.raises(WorkbookNotFound, match="closed in Excel"):
            workbook.read()


def test_a_stamped_workbook_without_its_journal_is_refused(store, tmp_path):
    with closing(store.open()) as workbook:
        workbook.show(Views(run_open="R-1"))
    (tmp_path / ".relay" / "book.xlsx.journal").unlink()

    with closing(store.open()) as workbook, pytest.raises(JournalMissing):
        workbook.read()


@pytest.mark.parametrize("folder", ["Library/CloudStorage/OneDrive-Contoso"])
def test_a_folder_of_onedrive_is_one_in_which_excel_saves_by_itself(excel, tmp_path, folder):
    place = tmp_path / folder
    place.mkdir(parents=True)
    store = OpenBookStore(excel, place / "book.xlsx", {TAB: people()})

    with pytest.raises(WriteRefused, match="AutoSave"):
        store.open()
