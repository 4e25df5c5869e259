"""What we draw into the open workbook: tables and filters stretched, headings alike, tabs with their charts."""

from sheets_automation.core.status_view import _WORDS
from sheets_automation.core.views import Views
from tests.excel_engine.people import filter_rows
from tests.excel_live.crowd import MANY, said_of, show
from tests.workbooks.contract_showing import TAB
from tests.workbooks.contract_tabs import credit_tab


def test_a_table_is_stretched_over_our_columns(store):
    store.book.titled(TAB).tables["表1"] = (1, 1, MANY + 1, 4)

    show(store, said_of([1]))

    assert store.book.titled(TAB).tables["表1"] == (1, 1, MANY + 1, 6)


def test_a_filter_that_hides_nothing_is_stretched_over_our_columns(store):
    store.book.titled(TAB).filter_area = (1, 1, MANY + 1, 4)

    show(store, said_of([1]))

    assert store.book.titled(TAB).filter_area == (1, 1, MANY + 1, 6)


def test_a_filter_at_work_stays_as_it_is(store):
    filter_rows(store.book.titled(TAB), 3)
    store.book.titled(TAB).filter_area = (1, 1, MANY + 1, 4)

    show(store, said_of([1]))

    assert store.book.titled(TAB).filter_area == (1, 1, MANY + 1, 4)
    assert store.book.titled(TAB).filtered == {3}


def test_a_new_column_looks_like_the_heading_beside_it_and_colours_its_words(store):
    store.book.titled(TAB).cell(1, 2).dress |= {"bold": True, "color": (1, 2, 3)}

    show(store, said_of([1]))

    tab = store.book.titled(TAB)
    assert tab.cells[1, 5].dress["bold"] is True
    assert tab.cells[1, 5].dress["color"] == (1, 2, 3)
    assert tab.widths[5] == 14
    assert {spec["formula1"] for area, spec in tab.rules if area[1] == 5} <= {f'="{word}"' for word in _WORDS}
    assert tab.rules


def test_a_tab_of_ours_is_drawn_with_its_chart_and_formats(store):
    show(store, Views(tabs=(credit_tab(3, 5),)))

    tab = store.book.titled("クレジット")
    assert [chart["title"] for chart in tab.charts] == ["登録数"]
    assert tab.cells[3, 2].format == "#,##0"
    assert tab.cells[3, 1].format == "@"


def test_a_tab_drawn_again_has_no_second_chart(store):
    show(store, Views(tabs=(credit_tab(3, 5),)))
    show(store, Views(tabs=(credit_tab(3, 6),)))

    assert len(store.book.titled("クレジット").charts) == 1
