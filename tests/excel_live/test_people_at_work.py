"""People who sort and type while we write: an id never stays beside somebody else."""

from contextlib import closing, suppress
from dataclasses import replace

import pytest

from sheets_automation.core.errors import WorkbookChanged
from sheets_automation.core.views import ViewCell, Views
from tests.excel_engine.people import OpenBookStore
from tests.workbooks.contract_identities import SATO, SUZUKI, WITHOUT_IDS, newcomers
from tests.workbooks.contract_showing import STATUS, TAB, people, shown, status_of
from tests.workbooks.people import recruiter_inserts_a_column, recruiter_sorts_the_sheet


@pytest.fixture
def store(excel, tmp_path):
    return OpenBookStore(excel, tmp_path / "book.xlsx", {TAB: newcomers()})


class SortsOnce:
    """A person who sorts the sheet before the nth call of a kind, or before the nth of all."""

    def __init__(self, store, number, column=0):
        self.store, self.left, self.column = store, number, column
        store.excel.on_call = self

    def __call__(self, _verb):
        self.left -= 1
        if self.left == 0:
            recruiter_sorts_the_sheet(self.store, TAB, column=self.column)


def beside(store):
    """Who stands beside which id."""
    rows = store.look()[TAB]
    column = rows[0].index("候補者ID") if "候補者ID" in rows[0] else None
    return {row[0]: row[column] for row in rows[1:] if column is not None and column < len(row) and row[column]}


@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize("number", range(1, 75))
def test_whenever_a_person_sorts_an_id_is_beside_its_own_person_in_the_end(store, number, column):
    views = Views(
        place=WITHOUT_IDS,
        identities=(SATO, SUZUKI),
        columns=(STATUS,),
        cells={"C-1": {"通知状況": ViewCell(value="送信済み")}, "C-2": {"通知状況": ViewCell(value="待機")}},
    )
    with closing(store.open()) as workbook:
        workbook.read()
        SortsOnce(store, number, column)
        with suppress(WorkbookChanged):
            workbook.show(views)

    assert beside(store).items() <= {"佐藤 花": "C-1", "鈴木 学": "C-2"}.items()


def test_a_sort_in_the_middle_is_told_so_that_the_pass_begins_anew(store):
    with closing(store.open()) as workbook:
        workbook.read()

        def sorts(verb):
            if verb == "put_values":
                store.excel.on_call = lambda _: None
                recruiter_sorts_the_sheet(store, TAB, column=1)

        store.excel.on_call = sorts
        with pytest.raises(WorkbookChanged):
            workbook.show(Views(place=WITHOUT_IDS, identities=(SATO, SUZUKI)))


def test_statuses_that_a_sort_misplaced_are_told_so_that_the_pass_begins_anew(excel, tmp_path):
    store = OpenBookStore(excel, tmp_path / "book.xlsx", {TAB: people()})
    with closing(store.open()) as workbook:
        workbook.read()
        workbook.show(status_of(C_1="x", C_2="x", C_3="x"))

        def sorts(verb):
            if verb == "put_values":
                excel.on_call = lambda _: None
                recruiter_sorts_the_sheet(store, TAB, column=0)

        excel.on_call = sorts
        with pytest.raises(WorkbookChanged):
            workbook.show(status_of(C_1="1", C_2="2", C_3="3"))


@pytest.mark.parametrize("number", range(1, 60))
def test_whenever_a_person_sorts_the_next_pass_puts_every_status_right(excel, tmp_path, number):
    store = OpenBookStore(excel, tmp_path / "book.xlsx", {TAB: people()})
    views = status_of(C_1="1", C_2="2", C_3="3")
    with closing(store.open()) as workbook:
        workbook.read()
        workbook.show(status_of(C_1="x", C_2="x", C_3="x"))
        SortsOnce(store, number)
        with suppress(WorkbookChanged):
            workbook.show(views)
        excel.on_call = lambda _verb: None
        workbook.show(views)

    assert shown(store) == {"候補者ID": "通知状況", "C-1": "1", "C-2": "2", "C-3": "3"}


def test_a_cell_that_somebody_types_into_meanwhile_is_nobodys_loss(excel, tmp_path):
    store = OpenBookStore(excel, tmp_path / "book.xlsx", {TAB: people()})

    def types(verb):
        if verb == "put_values":
            store.book.titled(TAB).cell(2, 4).value = "電話した"

    excel.on_call = types
    with closing(store.open()) as workbook:
        workbook.read()
        workbook.show(replace(status_of(C_1="送信済み")))

    assert store.look()[TAB][1][3] == "電話した"
    assert shown(store)["C-1"] == "送信済み"


def inserts(store, number, column):
    """A person who inserts a column before the nth call."""
    left = iter(range(number, 0, -1))

    def at(_verb):
        if next(left, 0) == 1:
            recruiter_inserts_a_column(store, TAB, column=column, heading="新しい列")

    store.excel.on_call = at


@pytest.mark.parametrize("column", [0, 3, 4])
@pytest.mark.parametrize("number", range(1, 75))
def test_whenever_a_person_inserts_a_column_nothing_of_theirs_is_lost(excel, tmp_path, number, column):
    store = OpenBookStore(excel, tmp_path / "book.xlsx", {TAB: people()})
    with closing(store.open()) as workbook:
        workbook.show(status_of(C_1="x", C_2="x", C_3="x"))
        inserts(store, number, column)
        with suppress(WorkbookChanged):
            workbook.show(status_of(C_1="1", C_2="2", C_3="3"))

    sheet = store.look()[TAB]
    kept = [[row[sheet[0].index(heading)] for heading in people()[0]] for row in sheet]
    assert kept == [[*row, *[None] * (4 - len(row))] for row in people()]
