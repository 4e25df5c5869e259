"""Excel that is busy, closed, shared or read-only: clear words, and nothing left behind."""

import json
import subprocess
import sys
from contextlib import closing, suppress

import pytest

from sheets_automation.cli import main
from sheets_automation.core.errors import (
    ConfigurationError,
    SheetsAutomationError,
    WorkbookBusy,
    WorkbookNotFound,
    WorkbookNotSaved,
    WriteRefused,
)
from sheets_automation.core.views import Views
from sheets_automation.wiring_live import file_behind
from sheets_automation.workbooks.excel_file import ExcelFileWorkbook
from sheets_automation.workbooks.excel_live import ExcelLiveWorkbook
from sheets_automation.workbooks.excel_live_calls import TRIES, Calls, load_xlwings
from tests.excel_engine.people import OpenBookStore, close_without_saving
from tests.workbooks.contract_facts import LOG, fact
from tests.workbooks.contract_showing import TAB, people, shown, status_of
from tests.workbooks.contract_tabs import credit_tab


@pytest.fixture
def store(excel, tmp_path):
    return OpenBookStore(excel, tmp_path / "候補者 book.xlsx", {TAB: people()})


def opened(name="", *, exclusive=True):
    return closing(ExcelLiveWorkbook(str(name), exclusive=exclusive, timezone="Asia/Tokyo", sleep=lambda _: None))


def show(store, views):
    with closing(store.open()) as workbook:
        workbook.read()
        workbook.show(views)


@pytest.mark.parametrize("name", ["", "候補者 book.xlsx", "候補者 BOOK.XLSX"])
def test_the_workbook_is_found_by_its_name_and_in_front(store, name):
    with opened(name) as workbook:
        assert workbook.title == "候補者 book.xlsx"


def test_another_workbook_of_the_same_name_is_not_taken_for_it(store, tmp_path):
    with pytest.raises(WorkbookNotFound, match=r"候補者 book\.xlsx"), opened(tmp_path / "x" / "候補者 book.xlsx"):
        pass


def test_a_workbook_that_is_not_open_is_named_with_what_to_do(excel):
    with pytest.raises(WorkbookNotFound) as missing, opened("book.xlsx"):
        pass

    assert "開いてから" in missing.value.ja


def test_no_workbook_at_all_is_told(excel):
    with pytest.raises(WorkbookNotFound, match="No workbook is open"), opened():
        pass


def test_a_computer_without_excel_says_so():
    load_xlwings().engines.active = None

    with pytest.raises(ConfigurationError, match="no Excel on this computer"), opened():
        pass


@pytest.mark.parametrize("rejections", [1, 2, TRIES - 1])
def test_a_cell_that_is_being_edited_is_waited_for(store, excel, rejections):
    with closing(store.open()) as workbook:
        workbook.read()
        excel.rejects = rejections
        workbook.show(status_of(C_1="送信済み"))

    assert shown(store)["C-1"] == "送信済み"


def test_a_cell_that_is_edited_for_long_ends_in_words(store, excel):
    with closing(store.open()) as workbook:
        excel.rejects = 10_000
        with pytest.raises(WorkbookBusy) as busy:
            workbook.read()
        excel.rejects = 0

    assert "Enter か Esc" in busy.value.ja


@pytest.mark.parametrize("after", range(0, 60, 3))
def test_whenever_a_cell_is_edited_for_long_excel_is_as_before_in_the_end(store, excel, after):
    before = dict(excel.state)
    with closing(store.open()) as workbook:
        workbook.read()
        excel.rejects_after, excel.rejects = after, TRIES * 2
        with suppress(SheetsAutomationError):
            workbook.show(status_of(C_1="送信済み"))
        excel.rejects_after = excel.rejects = 0

    show(store, status_of(C_1="送信済み"))

    assert excel.state == before
    assert shown(store)["C-1"] == "送信済み"


@pytest.mark.parametrize("after", range(0, 90, 4))
def test_a_pass_that_is_broken_off_anywhere_is_made_good_by_the_next(store, excel, after):
    views = Views(tabs=(credit_tab(3, 5),))
    with closing(store.open()) as workbook:
        workbook.append({LOG: [fact(1), fact(2)]})
        excel.rejects_after, excel.rejects = after, 10_000
        with suppress(SheetsAutomationError):
            workbook.show(views)
        excel.rejects_after = excel.rejects = 0

    show(store, views)

    assert [row[0] for row in store.look()[LOG]] == ["記録ID", "R-0001", "R-0002"]
    assert store.look()["クレジット"][0][0] == "クレジット"
    # Where Excel does not even let a tab be deleted that it did not let be named, an empty one stays.
    assert all(store.look()[title] == [] for title in store.look() if title.startswith("Sheet"))


def test_a_tab_that_could_not_be_named_is_taken_away_again(store, excel):
    excel.refuses = "rename_tab"

    with pytest.raises(WriteRefused):
        show(store, Views(tabs=(credit_tab(3),)))

    assert list(store.look()) == [TAB]


def test_a_workbook_that_is_closed_meanwhile_is_told_and_keeps_its_facts(store, excel):
    with closing(store.open()) as workbook:
        workbook.append({LOG: [fact(1)]})
        close_without_saving(excel, store.book)
        with pytest.raises(WorkbookNotFound, match="closed in Excel"):
            workbook.show(Views())

    with closing(ExcelFileWorkbook(store.path, exclusive=False, timezone="Asia/Tokyo")) as file:
        assert [row.cells[0] for row in file.read().tables[LOG].rows()] == ["記録ID", "R-0001"]


def test_a_workbook_that_was_never_saved_is_refused_with_what_to_do(store):
    store.book.location = "Book1"

    with pytest.raises(WorkbookNotSaved) as refused, opened():
        pass

    assert "名前を付けて保存" in refused.value.ja


def test_a_read_only_workbook_may_be_looked_at_only(store):
    store.book.is_read_only = True

    with pytest.raises(WorkbookNotSaved, match="read-only"), opened():
        pass
    with opened(exclusive=False) as workbook:
        assert TAB in workbook.read().tables


@pytest.mark.parametrize("how", ["is_shared", "autosaves"])
def test_a_workbook_that_others_write_into_or_that_saves_itself_is_refused(store, how):
    setattr(store.book, how, True)

    with pytest.raises(WriteRefused) as refused, opened():
        pass

    assert "自動保存をオフ" in refused.value.ja


def test_a_workbook_in_the_cloud_is_refused_for_reading_too(store):
    store.book.location = "https://contoso.sharepoint.com/sites/hr/候補者 book.xlsx"

    with pytest.raises(WriteRefused, match="OneDrive or SharePoint"), opened(exclusive=False):
        pass


def test_a_workbook_whose_tabs_are_locked_refuses_a_new_tab_and_says_so(store):
    store.book.is_structure_protected = True

    with pytest.raises(WriteRefused, match="protected"):
        show(store, Views(tabs=(credit_tab(3),)))


def test_two_runs_on_one_open_workbook_exclude_each_other(store):
    with closing(store.open()), pytest.raises(WorkbookBusy, match="Another run"):
        store.open()


def test_a_run_on_the_file_and_one_on_the_open_workbook_exclude_each_other(store):
    with closing(store.open()), pytest.raises(WorkbookBusy, match="Another run"):
        ExcelFileWorkbook(store.path, exclusive=True, timezone="Asia/Tokyo")


def test_what_a_dead_process_held_is_given_back_by_the_next(store, excel):
    before = dict(excel.state)
    note = store.path.parent / ".relay" / f"{store.path.name}.held"
    with closing(store.open()):
        pass
    held = {"screen_updating": True, "enable_events": True, "calculation": "automatic"}
    note.write_text(json.dumps({"pid": excel.pid, "before": held}))
    excel.state |= {"screen_updating": False, "enable_events": False, "calculation": "manual"}

    with closing(store.open()):
        assert excel.state == before

    assert not note.exists()


@pytest.mark.parametrize("text", ["", "{", '{"pid": 1, "before": {}}', '{"pid": 1, "before": {"screen_updating": 1}}'])
def test_a_note_that_says_nothing_changes_nothing(store, excel, text):
    before = dict(excel.state)
    with closing(store.open()):
        pass
    (store.path.parent / ".relay" / f"{store.path.name}.held").write_text(text)

    with closing(store.open()):
        assert excel.state == before


def test_a_note_about_an_excel_that_has_ended_is_thrown_away(store, excel):
    note = store.path.parent / ".relay" / f"{store.path.name}.held"
    with closing(store.open()):
        pass
    note.write_text(
        json.dumps({"pid": 1, "before": dict.fromkeys(("screen_updating", "enable_events", "calculation"), 0)})
    )
    before = dict(excel.state)

    with closing(store.open()):
        assert excel.state == before

    assert not note.exists()


def test_the_file_behind_an_open_workbook_is_known_without_asking_where_the_path_is_given(store, excel):
    excel.calls.clear()

    assert file_behind(f"live:{store.path}") == str(store.path)
    assert excel.calls.total() == 0
    assert file_behind("live:候補者 book.xlsx") == str(store.path)
    assert file_behind("book.xlsx") == "book.xlsx"


def test_a_command_stays_with_the_workbook_that_was_in_front_when_it_began(store, excel, tmp_path, capsys):
    OpenBookStore(excel, tmp_path / "other.xlsx", {"候補者": [["氏名"]]})
    excel.front = store.book.name
    asked = []

    def comes_to_the_front(verb):
        if asked:
            excel.front = "other.xlsx"
        if verb == "front_book":
            asked.append(verb)

    excel.on_call = comes_to_the_front

    main(["check", "live:", "--json"])

    assert excel.front == "other.xlsx"
    assert json.loads(capsys.readouterr().out)["workbook"] == f"live:{store.path}"


def test_two_habits_of_xlwings_on_windows_are_undone():
    code = """
import atexit, types
from sheets_automation.workbooks.excel_live_calls import _tame
windows = types.ModuleType("xlwings._xlwindows")
windows.N_COM_ATTEMPTS = 0  # asks for ever
windows.cleanup = lambda: print("kills every Excel that has no window")
atexit.register(windows.cleanup)
_tame(windows)
print(windows.N_COM_ATTEMPTS)
"""

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "1\n"


def test_an_error_of_our_own_is_never_taken_for_one_of_excels():
    def broken():
        raise KeyError("x")

    with pytest.raises(KeyError):
        Calls(sleep=lambda _: None).ask(broken)
