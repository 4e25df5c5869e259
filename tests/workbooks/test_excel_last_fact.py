"""An Excel file remembers the last fact of its log, and notices where that is gone, with the journal gone too."""

from __future__ import annotations

import shutil
from contextlib import closing

import pytest
from openpyxl import load_workbook

from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.views import Views
from sheets_automation.workbooks.excel_file import LAST_FACT, ExcelFileWorkbook
from tests.workbooks.contract_facts import LOG, fact
from tests.workbooks.contract_remaking import ASIDE, ids
from tests.workbooks.test_excel_file import ExcelFileStore


@pytest.fixture
def store(tmp_path):
    store = ExcelFileStore(tmp_path / "book.xlsx", {"候補者": [["氏名"]]})
    save(store, fact(1), fact(2))
    return store


def save(store, *facts, **options):
    with closing(ExcelFileWorkbook(store.path, exclusive=True, timezone="Asia/Tokyo", **options)) as workbook:
        workbook.read()
        if facts:
            workbook.append({LOG: facts})
        workbook.show(Views())


def loses(store, row=None):
    """The journal is gone, and a row of the log or all of it; what the program does not know stays, as in Excel."""
    shutil.rmtree(store.path.parent / ".relay")
    book = load_workbook(store.path)
    if row is None:
        del book[LOG]
    else:
        book[LOG].delete_rows(row)
    book.save(store.path)


def last_fact(store):
    return load_workbook(store.path).defined_names[LAST_FACT].value


def test_the_last_fact_is_noted_where_people_do_not_see_it(store):
    assert last_fact(store) == '"R-0002"'
    assert load_workbook(store.path).defined_names[LAST_FACT].hidden


@pytest.mark.parametrize("row", [None, 3], ids=["the tab", "the last row"])
def test_a_log_without_it_is_refused(store, row):
    loses(store, row)

    with closing(store.open()) as workbook, pytest.raises(LogDamaged, match="rebuild-log"):
        workbook.read()


def test_with_its_journal_the_log_comes_back(store):
    book = load_workbook(store.path)
    del book[LOG]
    book.save(store.path)

    assert ids(store) == ["記録ID", "R-0001", "R-0002"]


def test_a_workbook_that_is_moved_with_its_log_goes_on_elsewhere(store, tmp_path):
    shutil.rmtree(tmp_path / ".relay")

    save(store, fact(3))

    assert ids(store) == ["記録ID", "R-0001", "R-0002", "R-0003"]
    assert last_fact(store) == '"R-0003"'


def test_what_is_lost_is_told_to_who_has_given_it_up(store):
    loses(store)

    with closing(ExcelFileWorkbook(store.path, exclusive=False, timezone="", is_journal_lost=True)) as workbook:
        workbook.read()
        assert list(workbook.lost_facts()) == ["R-0002"]


def test_what_was_given_up_is_not_asked_for_again(store):
    loses(store)

    save(store, is_journal_lost=True)

    store.open().close()
    assert LAST_FACT not in load_workbook(store.path).defined_names


def test_headings_that_are_gone_are_replaced_where_the_log_is_made_anew(store):
    book = load_workbook(store.path)
    book[LOG].delete_rows(1)
    book.save(store.path)

    with closing(ExcelFileWorkbook(store.path, exclusive=True, timezone="", is_journal_lost=True)) as workbook:
        workbook.read()
        workbook.replace_facts(LOG, [fact(1), fact(2)], ASIDE)

    assert ids(store) == ["記録ID", "R-0001", "R-0002"]
    assert store.look()[ASIDE][0][0] == "R-0001"
