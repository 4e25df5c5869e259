"""People who sort and type while we write: an id never stays beside somebody else."""

from contextlib import closing, suppress
from dataclasses import replace

import pytest

from sheets_automation.core.errors import WorkbookChanged
from sheets_automation.core.views import ViewCell, Views
from tests.excel_engine.people import OpenBookStore
from tests.workbooks.contract_identities import SATO, SUZUKI, WITHOUT_IDS, identity, newcomers
from tests.workbooks.contract_showing import PLACE, STATUS, TAB, people, shown, status_of
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


DECIDED = [
    ["候補者ID", "氏名", "メール", "電話", "選考結果"],
    ["C-1", "佐藤 花", "sato@example.com", None, "選考中"],
    ["C-2", "鈴木 学", "suzuki@example.com", "080-9", "内定"],
    [None, "高橋 光", "takahashi@example.com", "070-7", "辞退"],
    ["C-4", "伊藤 葵", "ito@example.com", None, "選考中"],
]


def decisions():
    """What an import has to say of two people, one of whom has no id yet, in columns of HR's."""
    new = {
        "C-1": {"電話": ViewCell(value="090-1"), "選考結果": ViewCell(value="不採用")},
        "C-3": {"選考結果": ViewCell(value="採用")},
    }
    held = {"C-1": {"電話": None, "選考結果": "選考中"}, "C-3": {"選考結果": "辞退"}}
    takahashi = identity(4, "C-3", "高橋 光", "takahashi@example.com")
    return Views(place=PLACE, identities=(takahashi,), cells=new, only_over=held)


def hrs_cells(store):
    """What stands beside each name."""
    return {row[1]: (row[0], *row[3:5]) for row in store.look()[TAB][1:]}


def harmed(store):
    """Cells that hold neither what HR wrote nor what was meant for them."""
    meant = {"佐藤 花": ("C-1", "090-1", "不採用"), "高橋 光": ("C-3", "070-7", "採用")}
    before = {row[1]: (row[0], *row[3:5]) for row in DECIDED[1:]}
    return {
        (name, one)
        for name, cells in hrs_cells(store).items()
        for one, was, new in zip(cells, before[name], meant.get(name, before[name]), strict=True)
        if one not in {was, new}
    }


class SortsBeforeWrites:
    """A person who sorts just before the nth write, or while it is refused since the dialog for that is open."""

    def __init__(self, store, *writes, has_dialog=False):
        self.store, self.writes, self.has_dialog, self.count, self.sorts = store, writes, has_dialog, 0, 0
        store.excel.on_call = self

    def __call__(self, verb):
        if verb == "put_values":
            self.count += 1
            if self.count in self.writes:
                self.store.excel.rejects = int(self.has_dialog)
                self.sorts = 1 + self.has_dialog
        if self.sorts:
            self.sorts -= 1
            if not self.sorts:
                rows = self.store.look()[TAB]
                self.store.save({TAB: [rows[0], *rows[:0:-1]]})


@pytest.mark.parametrize("has_dialog", [False, True])
@pytest.mark.parametrize("writes", [(1,), (2,), (3,), (4,), (5,), (2, 3), (3, 4), (4, 5), (3, 5), (4, 5, 6)])
def test_whenever_a_person_sorts_hrs_cells_of_others_hold_in_the_end_what_hr_wrote(excel, tmp_path, writes, has_dialog):
    store = OpenBookStore(excel, tmp_path / "book.xlsx", {TAB: DECIDED})
    with closing(store.open()) as workbook:
        workbook.read()
        SortsBeforeWrites(store, *writes, has_dialog=has_dialog)
        with suppress(WorkbookChanged):
            workbook.show(decisions())

    assert not harmed(store)


@pytest.mark.parametrize("number", range(1, 60))
def test_at_whatever_call_a_person_sorts_hrs_cells_of_others_hold_what_hr_wrote(excel, tmp_path, number):
    store = OpenBookStore(excel, tmp_path / "book.xlsx", {TAB: DECIDED})
    with closing(store.open()) as workbook:
        workbook.read()
        SortsOnce(store, number, column=1)
        with suppress(WorkbookChanged):
            workbook.show(decisions())

    assert not harmed(store)


def test_what_a_person_types_into_the_row_of_an_import_meanwhile_takes_nothing_away(excel, tmp_path):
    store = OpenBookStore(excel, tmp_path / "book.xlsx", {TAB: DECIDED})

    def types(verb):
        if verb == "put_values":
            store.book.titled(TAB).cell(2, 6).value = "電話した"

    excel.on_call = types
    with closing(store.open()) as workbook:
        workbook.read()
        workbook.show(decisions())

    assert hrs_cells(store)["佐藤 花"] == ("C-1", "090-1", "不採用")


def test_hrs_cells_between_those_of_an_import_are_not_written(excel, tmp_path):
    rows = [[f"C-{number}", f"名{number}", f"a{number}@example.com", "待", "選考中"] for number in range(1, 40)]
    store = OpenBookStore(excel, tmp_path / "book.xlsx", {TAB: [DECIDED[0], *rows]})
    cells = {f"C-{number}": {"選考結果": ViewCell(value="不採用")} for number in range(1, 40, 2)}
    held = {one: {"選考結果": "選考中"} for one in cells}

    def types(verb):
        if verb == "put_values":
            store.book.titled(TAB).cell(7, 5).value = "内定"  # of C-6

    excel.on_call = types
    with closing(store.open()) as workbook:
        workbook.read()
        workbook.show(Views(place=PLACE, cells=cells, only_over=held))

    assert store.look()[TAB][6][4] == "内定"
    assert store.look()[TAB][7][4] == "不採用"
