"""From the page to a row of the open workbook: it is selected, and nothing in the workbook changes."""

import pytest

from tests.excel_engine.people import OpenBookStore, filter_rows
from tests.service.service_house import running_service
from tests.workbooks.people import recruiter_sorts_the_sheet

TAB = "候補者"
PEOPLE = [
    ["採用管理表"],
    ["候補者ID", "姓", "名", "メールアドレス", "選考結果"],
    ["C-1", "佐藤", "花", "sato@example.com", "不採用"],
    ["C-2", "鈴木", "学", "suzuki@example.com", "不採用"],
    [None, "高橋", "光", "takahashi@example.com", "不採用"],
]


@pytest.fixture
def store(excel, tmp_path):
    return OpenBookStore(excel, tmp_path / "candidates.xlsx", {"メモ": [["C-1 に電話"]], TAB: PEOPLE})


@pytest.fixture
def service(store):
    with running_service(f"live:{store.path}") as running:
        yield running


def selected(service, **wanted):
    return service.post("row", **wanted)["row"]


def test_a_row_is_selected_and_its_tab_comes_to_the_front(service, store, excel):
    assert selected(service, cell="候補者!D4", id="C-2", name="鈴木 学") == "selected"

    assert excel.selection == (TAB, (4, 4, 1, 1))
    assert store.book.active == store.book.titled(TAB).number


def test_a_workbook_behind_another_one_comes_to_the_front_of_excel(service, excel, tmp_path):
    excel.open(tmp_path / "other.xlsx")

    assert selected(service, cell="候補者!A3", id="C-1") == "selected"
    assert excel.front == "candidates.xlsx"


def test_a_row_that_was_sorted_away_is_found_by_its_id(service, store, excel):
    recruiter_sorts_the_sheet(store, TAB, column=3)
    row = next(number for number, cells in enumerate(store.look()[TAB], start=1) if cells[0] == "C-1")

    assert selected(service, cell="候補者!A99", id="C-1") == "selected"
    assert excel.selection == (TAB, (row, 1, 1, 1))


def test_somebody_without_an_id_in_the_sheet_is_believed_by_the_name(service, excel):
    assert selected(service, cell="候補者!A5", id="C-3", name="髙橋　光") == "selected"
    assert selected(service, cell="候補者!A3", id="C-3", name="高橋 光") == "missing"
    assert excel.selection == (TAB, (5, 1, 1, 1))


def test_an_id_alone_is_looked_for_in_every_tab(service, excel):
    assert selected(service, id="C-2") == "selected"
    assert excel.selection == (TAB, (4, 1, 1, 1))


def test_a_hidden_row_is_told_and_neither_shown_nor_selected(service, store, excel):
    filter_rows(store.book.titled(TAB), 4)

    assert selected(service, cell="候補者!A4", id="C-2") == "hidden"

    assert excel.selection == ("", (1, 1, 1, 1))
    assert store.book.titled(TAB).filtered == {4}


@pytest.mark.parametrize(
    "wanted", [{}, {"id": "C-9"}, {"cell": "候補者!A99"}, {"cell": "無い!A3"}, {"cell": "候補者!-"}]
)
def test_what_is_not_there_is_told(service, wanted):
    assert selected(service, **wanted) == "missing"


def test_nothing_is_changed_and_what_can_be_undone_stays(service, store, excel):
    store.book.is_saved = True
    undoable = [*excel.undo]

    selected(service, cell="候補者!A3", id="C-1")

    assert (excel.undo, store.book.is_saved) == (undoable, True)
    assert undoable
    assert store.look()[TAB] == [[*row, *[None] * (5 - len(row))] for row in PEOPLE]


def test_the_session_says_whether_rows_can_be_selected_and_elsewhere_there_is_no_such_call(service, store, tmp_path):
    (tmp_path / "closed.xlsx").write_bytes(store.path.read_bytes())

    assert service.get("session")["selects_rows"] is True
    with running_service(tmp_path / "closed.xlsx") as other:
        assert other.get("session")["selects_rows"] is False
        assert other.post("row", code=404, id="C-1")["error"]["name"] == "not_found"


def test_a_request_that_is_not_of_our_own_page_selects_nothing(service, excel):
    answer = service.browser.post("/api/row", json={"id": "C-1"}, headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403
    assert excel.selection == ("", (1, 1, 1, 1))
