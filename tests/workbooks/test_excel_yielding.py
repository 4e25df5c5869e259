"""Cells of our columns that a person has filled with a formula or a merge: kept, told, and no reason to stop."""

from contextlib import closing

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from sheets_automation.core.errors import CellsKept, WriteRefused
from sheets_automation.core.views import Identity, ViewCell, Views
from sheets_automation.workbooks.excel_file import ExcelFileWorkbook
from sheets_automation.workbooks.excel_yielding import MOST_BY_COLUMN
from tests.workbooks.contract_showing import PLACE, STATUS, TAB, WHEN

HEADINGS = ["候補者ID", "氏名", "メール", "通知状況", "通知日時"]
EVERYBODY = MOST_BY_COLUMN + 4


@pytest.fixture
def book(tmp_path):
    """Makes a workbook of some people, whose status cells `fill` has filled."""

    def make(fill, without_id=0):
        path = tmp_path / "book.xlsx"
        with Workbook(path) as book:
            sheet = book.add_worksheet(TAB)
            sheet.write_row(0, 0, HEADINGS)
            for number in range(1, EVERYBODY + 1):
                candidate_id = None if number == without_id else f"C-{number}"
                sheet.write_row(number, 0, [candidate_id, f"佐藤 {number}", f"sato{number}@example.com"])
            fill(sheet)
        return path

    return make


def show(path, facts=None, **more):
    """Say of everybody that the letter was sent, and when."""
    said = {STATUS.heading: ViewCell(value="送信済み"), WHEN.heading: ViewCell(value="今日")}
    cells = {f"C-{number}": said for number in range(1, EVERYBODY + 1)}
    with closing(ExcelFileWorkbook(path, exclusive=True, timezone="Asia/Tokyo")) as workbook:
        workbook.read()
        workbook.show(Views(place=PLACE, columns=(STATUS, WHEN), cells=cells, **more), facts or {})


def stands(path):
    """Status and time of each row, formulas as they are written."""
    sheet = load_workbook(path)[TAB]
    return [(row[3], row[4]) for row in sheet.iter_rows(min_row=2, values_only=True)]


@pytest.mark.parametrize(
    ("fill", "kept"),
    [
        (lambda sheet: sheet.write_formula("D3", "=1+1", None, 2), ("=1+1", "今日")),
        (lambda sheet: sheet.merge_range("D3:E3", "面談済み"), ("送信済み", None)),
    ],
    ids=["formula", "merged cell"],
)
def test_one_cell_stays_as_it_is_and_everybody_else_is_shown(fill, kept, book):
    path = book(fill)

    with pytest.raises(CellsKept, match=f'"{TAB}" [DE]3'):
        show(path)

    assert stands(path) == [("送信済み", "今日"), kept, *[("送信済み", "今日")] * (EVERYBODY - 2)]


def test_an_array_formula_keeps_all_cells_that_it_covers(book):
    path = book(lambda sheet: sheet.write_array_formula("D2:D4", "{=A2:A4}"))

    with pytest.raises(CellsKept):
        show(path)

    assert [status for status, _ in stands(path)][3:] == ["送信済み"] * (EVERYBODY - 3)
    assert "送信済み" not in [status for status, _ in stands(path)][:3]


def test_a_column_full_of_formulas_is_left_alone_as_a_whole(book):
    formulas = [f'=IF(A{row}="","","HR")' for row in range(2, EVERYBODY + 2)]
    path = book(lambda sheet: [sheet.write_formula(row, 3, text) for row, text in enumerate(formulas, start=1)])

    with pytest.raises(CellsKept):
        show(path)

    assert stands(path) == [(text, "今日") for text in formulas]


def test_facts_that_come_with_it_are_recorded(book):
    path = book(lambda sheet: sheet.write_formula("D3", "=1+1", None, 2))

    with pytest.raises(CellsKept):
        show(path, {"送信記録": [{"記録ID": "E-1"}]}, run_open="R-1")

    with closing(ExcelFileWorkbook(path, exclusive=False, timezone="Asia/Tokyo")) as workbook:
        [head, fact] = workbook.read().tables["送信記録"].rows()
    assert [*head.cells.values(), *fact.cells.values()] == ["記録ID", "E-1"]


def test_an_id_is_never_gone_around(book):
    path = book(lambda sheet: sheet.merge_range("A2:A3", "C-1"), without_id=2)
    before = path.read_bytes()
    blank = Identity(row=3, candidate_id="C-2", name_text="佐藤 2", address_text="sato2@example.com")

    with pytest.raises(WriteRefused) as refused:
        show(path, identities=(blank,))

    assert (type(refused.value) is CellsKept, path.read_bytes()) == (False, before)
