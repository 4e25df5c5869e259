"""Reading the open workbook: with few calls, and nothing guessed."""

from contextlib import closing
from decimal import Decimal

import pytest

from sheets_automation.core.table import CellError
from sheets_automation.workbooks import excel_live_reading
from sheets_automation.workbooks.excel_live import ExcelLiveWorkbook
from tests.excel_engine.grid import Cell
from tests.excel_engine.people import OpenBookStore, filter_rows

CALLS_FOR_A_TAB = 3
CALLS_FOR_A_READING = 5


@pytest.fixture
def store(excel, tmp_path):
    rows = [["氏名", "メール"], *[[f"候補者{n}", f"c{n}@example.com"] for n in range(500)]]
    return OpenBookStore(excel, tmp_path / "book.xlsx", {"候補者": rows, "メモ": [["x"]]})


def rows_of(workbook, tab="候補者"):
    return {row.number: row for row in workbook.read().tables[tab].rows()}


def reading(store):
    """A connection for looking only."""
    return closing(ExcelLiveWorkbook(str(store.path), exclusive=False, timezone="Asia/Tokyo", sleep=lambda _: None))


def test_five_hundred_rows_cost_no_more_calls_than_five(store, excel):
    with reading(store) as workbook:
        workbook.read()
        excel.calls.clear()

        workbook.read()

    assert excel.calls.total() <= CALLS_FOR_A_TAB * 2 + CALLS_FOR_A_READING
    assert excel.calls["get_values"] == 2


def test_reading_changes_nothing_in_excel(store, excel):
    store.book.is_saved = True

    with reading(store) as workbook:
        workbook.read()

    assert excel.undo == ["入力"]
    assert store.book.is_saved


@pytest.mark.parametrize(
    ("raw", "read"), [(-2146826246, "#N/A"), (-2146826265, "#REF!"), (-2146826281, "#DIV/0!"), (-2146826245, "#ERROR!")]
)
def test_an_error_in_a_cell_is_an_error_and_no_number(store, raw, read):
    store.book.titled("候補者").cells[2, 2] = Cell(raw)

    with reading(store) as workbook:
        value = rows_of(workbook)[2].cells[1]

    assert isinstance(value, CellError)
    assert value == read


def test_a_currency_is_a_number(store):
    assert excel_live_reading.cell_value(Decimal("12.5")) == 12.5


def test_a_value_of_an_unknown_kind_is_an_empty_cell():
    assert excel_live_reading.cell_value(object()) is None


def test_rows_that_a_filter_hides_are_read_and_marked(store):
    filter_rows(store.book.titled("候補者"), 3, 4, 9)

    with reading(store) as workbook:
        rows = rows_of(workbook)

    assert len(rows) == 501
    assert [number for number, row in rows.items() if row.hidden] == [3, 4, 9]


def test_a_protected_tab_is_read_like_any_other(store):
    store.book.titled("候補者").is_protected = True

    with reading(store) as workbook:
        assert len(rows_of(workbook)) == 501


def test_a_used_range_of_a_million_rows_is_read_in_parts(store, monkeypatch):
    monkeypatch.setattr(excel_live_reading, "_CELLS_AT_ONCE", 64)

    with reading(store) as workbook:
        rows = rows_of(workbook)

    assert rows[500].cells == {0: "候補者498", 1: "c498@example.com"}
    assert len(rows) == 501


def test_a_filter_with_many_gaps_is_not_followed_row_by_row(store, excel, monkeypatch):
    monkeypatch.setattr(excel_live_reading, "_MOST_GAPS", 10)
    filter_rows(store.book.titled("候補者"), *range(2, 500, 2))

    with reading(store) as workbook:
        rows = rows_of(workbook)

    assert len(rows) == 501
    assert not any(row.hidden for row in rows.values())


def test_a_filter_alone_is_no_other_revision(store):
    with reading(store) as workbook:
        before = workbook.read().revision
        filter_rows(store.book.titled("候補者"), 3)

        assert workbook.read().revision == before
