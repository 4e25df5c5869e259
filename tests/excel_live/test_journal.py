"""The journal holds every fact until the person saves, and afterwards too."""

from contextlib import closing
from shutil import copy

import pytest

from sheets_automation.core.errors import JournalMissing, LogDamaged
from sheets_automation.core.views import Views
from sheets_automation.workbooks.excel_file import LAST_FACT, RUN_OPEN, ExcelFileWorkbook
from tests.excel_engine.people import OpenBookStore, close_without_saving, open_in_excel, save_in_excel
from tests.workbooks.contract_facts import LOG, fact


@pytest.fixture
def store(excel, tmp_path):
    return OpenBookStore(excel, tmp_path / "book.xlsx", {"候補者": [["氏名"]]})


def send(store, *numbers, run_open=None):
    with closing(store.open()) as workbook:
        workbook.read()
        workbook.show(Views(run_open=run_open), {LOG: [fact(number) for number in numbers]})
        workbook.show(Views(run_open=run_open))


def ids(workbook):
    with closing(workbook):
        return [row.cells.get(0) for row in workbook.read().tables[LOG].rows()]


def on_file(store, *, exclusive=False):
    return ExcelFileWorkbook(store.path, exclusive=exclusive, timezone="Asia/Tokyo")


def test_closing_without_saving_loses_no_fact(store, excel):
    send(store, 1, 2)

    close_without_saving(excel, store.book)
    store.book = open_in_excel(excel, store.path)

    assert LOG not in store.look()
    assert ids(store.open()) == ["記録ID", "R-0001", "R-0002"]


def test_the_next_pass_writes_again_what_was_not_saved(store, excel):
    send(store, 1)
    close_without_saving(excel, store.book)
    store.book = open_in_excel(excel, store.path)

    send(store, 2)

    assert [row[0] for row in store.look()[LOG]] == ["記録ID", "R-0001", "R-0002"]


def test_a_run_on_the_file_writes_what_was_not_saved(store, excel):
    send(store, 1)
    close_without_saving(excel, store.book)

    with closing(on_file(store, exclusive=True)) as file:
        file.read()
        file.show(Views())

    assert ids(on_file(store)) == ["記録ID", "R-0001"]
    store.book = open_in_excel(excel, store.path)
    assert [row[0] for row in store.look()[LOG]] == ["記録ID", "R-0001"]


def test_a_saved_workbook_is_one_that_the_file_backend_reads(store, excel):
    send(store, 1, run_open="R-1")
    save_in_excel(store.book)
    close_without_saving(excel, store.book)

    assert ids(on_file(store)) == ["記録ID", "R-0001"]


def test_a_run_is_stamped_where_nobody_sees_it(store):
    send(store, 1, run_open="R-1")

    assert store.book.names == {RUN_OPEN: ('="R-1"', False), LAST_FACT: ('="R-0001"', False)}

    send(store, run_open=None)

    assert store.book.names == {LAST_FACT: ('="R-0001"', False)}


def test_a_workbook_that_was_saved_and_moved_away_from_its_journal_is_refused(store, excel, tmp_path):
    send(store, 1, run_open="R-1")
    save_in_excel(store.book)
    close_without_saving(excel, store.book)
    (tmp_path / "elsewhere").mkdir()
    store.path = copy(store.path, tmp_path / "elsewhere" / "book.xlsx")
    store.book = open_in_excel(excel, tmp_path / "elsewhere" / "book.xlsx")

    with closing(store.open()) as workbook, pytest.raises(JournalMissing, match="R-1"):
        workbook.read()


@pytest.mark.parametrize("after", range(25))
@pytest.mark.parametrize("rejections", [1, 2])
def test_it_is_refused_also_while_a_cell_is_being_edited(store, excel, tmp_path, after, rejections):
    send(store, 1, run_open="R-1")
    (tmp_path / ".relay" / "book.xlsx.journal").unlink()

    with closing(store.open()) as workbook:
        excel.rejects_after, excel.rejects = after, rejections
        with pytest.raises(JournalMissing, match="R-1"):
            workbook.read()


def test_a_log_that_somebody_deleted_comes_back_from_the_journal(store):
    send(store, 1, 2)
    store.book.tabs = [tab for tab in store.book.tabs if tab.title != LOG]

    send(store)

    assert [row[0] for row in store.look()[LOG]] == ["記録ID", "R-0001", "R-0002"]


def test_a_log_that_was_cut_without_its_journal_is_refused(store, tmp_path):
    send(store, 1, 2)
    (tmp_path / ".relay" / "book.xlsx.journal").unlink()
    store.book.tabs = [tab for tab in store.book.tabs if tab.title != LOG]

    with closing(store.open()) as workbook:
        with pytest.raises(LogDamaged, match="relay rebuild-log"):
            workbook.read()
        assert list(workbook.lost_facts()) == ["R-0002"]


def test_a_log_that_somebody_sorted_is_written_as_it_happened(store):
    send(store, 1, 2, 3)
    tab = store.book.titled(LOG)
    tab.cells[2, 1].value, tab.cells[4, 1].value = "R-0003", "R-0001"

    send(store)

    assert [row[0] for row in store.look()[LOG]] == ["記録ID", "R-0001", "R-0002", "R-0003"]


def test_facts_of_the_file_and_of_the_open_workbook_are_one_log(store, excel):
    send(store, 1)
    save_in_excel(store.book)
    close_without_saving(excel, store.book)
    with closing(on_file(store, exclusive=True)) as file:
        file.append({LOG: [fact(2)]})

    store.book = open_in_excel(excel, store.path)
    send(store, 3)

    assert [row[0] for row in store.look()[LOG]] == ["記録ID", "R-0001", "R-0002", "R-0003"]
