"""Writing into the open workbook: right under filters, gentle with the person, and nothing interpreted."""

from contextlib import closing
from dataclasses import replace

import pytest

from sheets_automation.core.errors import CellsKept, WriteRefused
from sheets_automation.core.views import Look, ViewCell, Views
from tests.excel_engine.grid import Cell
from tests.excel_engine.people import filter_rows
from tests.excel_live.crowd import MANY, expected, said_of, show
from tests.workbooks.contract_facts import LOG, fact
from tests.workbooks.contract_showing import TAB, shown, status_of
from tests.workbooks.contract_tabs import credit_tab


def test_what_a_filter_hides_is_written_like_all_else_and_stays_hidden(store):
    hidden = {5, 6, 7, 20, 199, 200, 201}
    filter_rows(store.book.titled(TAB), *hidden)

    show(store, said_of(range(1, MANY + 1)))

    assert shown(store) == expected(range(1, MANY + 1))
    assert store.book.titled(TAB).filtered == hidden


def test_everything_but_one_row_may_be_hidden(store):
    filter_rows(store.book.titled(TAB), *range(3, MANY + 2))

    show(store, said_of(range(1, MANY + 1)))

    assert shown(store) == expected(range(1, MANY + 1))


def test_a_filter_in_very_many_pieces_is_written_right_too(store, monkeypatch):
    monkeypatch.setattr("sheets_automation.workbooks.excel_live_reading._MOST_GAPS", 3)
    monkeypatch.setattr("sheets_automation.workbooks.excel_live_reading._MOST_ROWS", 5)
    filter_rows(store.book.titled(TAB), *range(3, MANY, 2))

    show(store, said_of(range(1, MANY + 1)))

    assert shown(store) == expected(range(1, MANY + 1))


def test_a_tab_of_ours_that_a_person_has_filtered_is_rebuilt_right(store):
    show(store, Views(tabs=(credit_tab(3, 5, 7),)))
    filter_rows(store.book.titled("クレジット"), 3, 4)

    show(store, Views(tabs=(credit_tab(4, 6, 8),)))

    assert [row[:2] for row in store.look()["クレジット"][2:]] == [["0月", 4], ["1月", 6], ["2月", 8]]


def test_a_log_that_a_person_has_filtered_takes_rows_and_is_written_anew_right(store):
    with closing(store.open()) as workbook:
        workbook.append({LOG: [fact(1), fact(2), fact(3)]})
        workbook.show(Views())
        log = store.book.titled(LOG)
        filter_rows(log, 2, 3)
        workbook.append({LOG: [fact(4)]})
        workbook.show(Views())
        log.cells[2, 1].value = "R-0003"
        workbook.show(Views())

    assert [row[0] for row in store.look()[LOG]] == ["記録ID", "R-0001", "R-0002", "R-0003", "R-0004"]


def test_two_hundred_candidates_are_written_with_few_calls(store, excel):
    show(store, said_of([1]))
    excel.calls.clear()

    show(store, said_of(range(1, MANY + 1), "要確認"))

    assert excel.calls["put_values"] <= 3
    assert excel.calls.total() <= 70


def test_scattered_changes_are_written_together(store, excel):
    show(store, said_of(range(1, MANY + 1)))
    excel.calls.clear()

    show(store, said_of(range(1, MANY + 1, 2), "待機"))

    assert excel.calls["put_values"] <= 2
    assert shown(store) == expected(range(1, MANY + 1)) | expected(range(1, MANY + 1, 2), "待機")


def test_a_pass_that_has_nothing_to_say_keeps_what_the_person_can_undo(store, excel):
    show(store, said_of([1, 2]))
    excel.undo.append("入力")
    excel.calls.clear()

    show(store, said_of([1, 2]))

    assert excel.undo == ["入力"]
    assert not {verb for verb in excel.calls if verb.startswith(("set_", "put_"))}


def test_the_person_stays_on_the_tab_and_the_cells_where_they_are(store, excel):
    excel.selection = ("候補者", (7, 2, 1, 1))
    before = store.book.active or store.book.tabs[0].number

    show(store, replace(said_of([1]), tabs=(credit_tab(3, 5),)))

    assert store.book.active == before
    assert excel.selection == ("候補者", (7, 2, 1, 1))


@pytest.mark.parametrize("calculation", ["automatic", "manual", "semiautomatic"])
def test_screen_events_and_calculation_are_as_before(store, excel, calculation):
    excel.state["calculation"] = calculation
    before = dict(excel.state)
    held = []
    excel.on_call = lambda verb: held.append(dict(excel.state)) if verb == "put_values" else None

    show(store, said_of([1]))

    assert excel.state == before
    assert all(not state["screen_updating"] and not state["enable_events"] for state in held)
    assert {state["calculation"] for state in held} == {"manual"}


@pytest.mark.parametrize("refused", ["put_values", "put_look", "set_width", "put_name", "add_rule"])
def test_screen_events_and_calculation_are_as_before_when_excel_refuses(store, excel, refused):
    before = dict(excel.state)
    excel.refuses = refused

    with pytest.raises(WriteRefused):
        show(store, replace(said_of([1]), run_open="R-1"))

    assert excel.state == before


def test_the_workbook_is_never_saved_by_us(store):
    written = store.path.read_bytes()

    show(store, replace(said_of([1]), tabs=(credit_tab(3),)))

    assert store.path.read_bytes() == written
    assert not store.book.is_saved


def test_a_protected_sheet_is_refused_with_what_to_do(store):
    store.book.titled(TAB).is_protected = True

    with pytest.raises(WriteRefused) as refused:
        show(store, said_of([1]))

    assert "シート保護の解除" in refused.value.ja
    assert len(store.look()[TAB][0]) == 4


def test_open_cells_of_a_protected_sheet_are_written(store):
    show(store, said_of([1]))
    tab = store.book.titled(TAB)
    for row in range(1, MANY + 2):
        for column in (5, 6):
            tab.cell(row, column).is_locked = False
    tab.is_protected = True

    show(store, said_of([1, 2]))

    assert shown(store) == expected([1, 2])


def test_a_formula_in_a_column_of_ours_stays_and_is_told(store):
    show(store, said_of([1, 2, 3]))
    store.book.titled(TAB).cells[3, 5] = Cell(7.0, "=3+4")

    with pytest.raises(CellsKept, match="E3"):
        show(store, said_of([1, 2, 3], "要確認"))

    assert store.book.titled(TAB).cells[3, 5].formula == "=3+4"
    assert {key: value for key, value in shown(store).items() if key != "C-2"} == {
        "候補者ID": "通知状況", "C-1": "要確認1", "C-3": "要確認3",
    }  # fmt: skip


def test_a_formula_is_not_written_over_by_its_own_value_when_neighbours_are(store):
    show(store, said_of(range(1, MANY + 1)))
    store.book.titled(TAB).cells[3, 5] = Cell("送信済み2", "=D3")

    show(store, said_of(range(1, MANY + 1, 2), "待機"))

    assert store.book.titled(TAB).cells[3, 5].formula == "=D3"


def test_a_merged_cell_of_ours_stays_and_is_told(store):
    show(store, said_of([1, 2, 3]))
    store.book.titled(TAB).merged.append((2, 5, 2, 1))

    with pytest.raises(CellsKept):
        show(store, said_of([1, 2, 3], "要確認"))

    assert shown(store)["C-3"] == "要確認3"
    assert shown(store)["C-2"] == "送信済み2"


def test_the_log_is_protected_and_takes_rows_all_the_same(store):
    with closing(store.open()) as workbook:
        workbook.append({LOG: [fact(1)]})
        workbook.show(Views())
        workbook.append({LOG: [fact(2)]})
        workbook.show(Views())

    assert store.book.titled(LOG).is_protected
    assert [row[0] for row in store.look()[LOG]] == ["記録ID", "R-0001", "R-0002"]


def test_a_log_with_somebodys_password_is_refused_with_what_to_do(store):
    with closing(store.open()) as workbook:
        workbook.append({LOG: [fact(1)]})
        workbook.show(Views())
        store.book.titled(LOG).password = "geheim"
        workbook.append({LOG: [fact(2)]})

        with pytest.raises(WriteRefused, match=LOG):
            workbook.show(Views())

        assert [row.cells[0] for row in workbook.read().tables[LOG].rows()] == ["記録ID", "R-0001", "R-0002"]


def test_numbers_in_facts_are_no_text(store):
    with closing(store.open()) as workbook:
        workbook.append({LOG: [{"記録ID": "007", "数": 3, "詳細": "+81"}, {"記録ID": "=1", "数": None, "詳細": "1E5"}]})
        workbook.show(Views())

    assert store.look()[LOG][1:] == [["007", 3, "+81"], ["=1", None, "1E5"]]


def test_a_status_column_keeps_its_format_of_text_for_words_that_look_like_more(store):
    show(store, status_of(C_1="007", C_2="=1+1", C_3="'x"))

    assert [store.book.titled(TAB).cells[row, 5].format for row in (2, 3, 4)] == ["@", "@", "@"]
    assert shown(store) == {"候補者ID": "通知状況", "C-1": "007", "C-2": "=1+1", "C-3": "'x"}


def test_a_text_longer_than_a_cell_holds_is_cut(store):
    rows = ((ViewCell(value="要確認"),), (ViewCell(value="長" * 40_000, look=Look.WRAPPED),))
    view = replace(credit_tab(), tab="要確認", title="要確認", rows=rows, charts=())

    show(store, Views(tabs=(view,)))

    assert len(store.look()["要確認"][1][0]) == 32_767
