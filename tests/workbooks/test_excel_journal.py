"""What an Excel file promises beside the contract: locks, the journal, the stamp, and files that people replace."""

import shutil
import signal
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
import xlwings

from sheets_automation.core.errors import (
    JournalMissing,
    WorkbookBusy,
    WorkbookChanged,
    WorkbookNotSaved,
    WorkbookUnreadable,
)
from sheets_automation.core.views import Views
from sheets_automation.workbooks.excel_file import RUN_OPEN, ExcelFileWorkbook
from tests.workbooks.contract_facts import LOG, fact
from tests.workbooks.contract_reading import read_tab
from tests.workbooks.people import recruiter_writes
from tests.workbooks.test_excel_file import ExcelFileStore


@pytest.fixture
def store(tmp_path):
    return ExcelFileStore(tmp_path / "候補者.xlsx", {"候補者": [["氏名"], ["佐藤"]]})


def run_that_dies(store, code):
    """A process that does this to the workbook and is killed."""
    script = (
        "import os, signal; from pathlib import Path;"
        "from sheets_automation.workbooks.excel_file import ExcelFileWorkbook;"
        "from sheets_automation.core.views import Views;"
        f"book = ExcelFileWorkbook(Path({str(store.path)!r}), exclusive=True, timezone='Asia/Tokyo'); book.read();"
        f"{code}; os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


def journal_files(store):
    """The journal and what SQLite keeps beside it, as bytes by name."""
    found = sorted((store.path.parent / ".relay").glob(f"{store.path.name}.journal*"))
    return {path.name: path.read_bytes() for path in found}


def test_a_fact_survives_a_kill_right_after_append(store):
    run_that_dies(store, f"book.append({{'{LOG}': [{fact(1)!r}]}})")

    assert read_tab(store, LOG)[2][0] == "R-0001"


def test_a_fact_of_a_run_that_is_sending_survives_a_kill_right_after_append(store):
    run_that_dies(store, f"book.show(Views(run_open='R1')); book.append({{'{LOG}': [{fact(1)!r}]}})")

    assert read_tab(store, LOG)[2][0] == "R-0001"
    with closing(store.open()) as next_run:
        assert LOG in next_run.read().tables


def test_a_run_that_finds_no_room_for_its_journal_says_so_and_the_workbook_can_be_read_afterwards(store):
    script = (
        "import resource; from pathlib import Path;"
        "from sheets_automation.workbooks.excel_file import ExcelFileWorkbook;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0));"
        f"ExcelFileWorkbook(Path({str(store.path)!r}), exclusive=True, timezone='Asia/Tokyo')"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert "WorkbookNotSaved" in done.stderr.splitlines()[-1]
    with closing(ExcelFileWorkbook(store.path, exclusive=False, timezone="Asia/Tokyo")) as workbook:
        assert "候補者" in workbook.read().tables


def test_a_journal_that_breaks_in_mid_run_is_named_and_stops_the_run(store):
    with closing(store.open()) as workbook:
        journal = store.path.parent / ".relay" / f"{store.path.name}.journal"
        journal.write_bytes(b"no database any more" * 1000)

        with pytest.raises(WorkbookUnreadable, match=journal.name):
            workbook.show(Views(run_open="R1"))

    assert RUN_OPEN.encode() not in zipfile.ZipFile(store.path).read("xl/workbook.xml")


def test_what_was_read_can_be_looked_at_when_the_file_cannot_be_opened_again(store):
    with closing(store.open()) as workbook:
        snapshot = workbook.read()
        store.path.write_bytes(b"no workbook any more")

        with pytest.raises(WorkbookUnreadable):
            workbook.show(Views(run_open="R1"))

        assert [row.cells[0] for row in snapshot.tables["候補者"].rows()] == ["氏名", "佐藤"]


def test_who_only_reads_after_a_kill_leaves_the_journal_as_it_is(store):
    run_that_dies(store, f"book.show(Views(run_open='R1')); book.append({{'{LOG}': [{fact(1)!r}]}})")
    left = journal_files(store)

    with closing(ExcelFileWorkbook(store.path, exclusive=False, timezone="Asia/Tokyo")) as reader:
        assert LOG in reader.read().tables

    assert len(left) > 1
    assert journal_files(store) == left


def test_a_journal_at_rest_is_one_file_that_needs_no_other_to_be_read(store):
    with closing(store.open()) as workbook:
        workbook.show(Views(run_open="R1"))
        workbook.append({LOG: [fact(1)]})

    (name, journal), *others = journal_files(store).items()
    assert (name, others) == (f"{store.path.name}.journal", [])
    assert journal[18:20] == b"\x01\x01"  # who may not write into the folder could not open one with a write-ahead log


def test_a_journal_that_lost_the_index_of_its_log_is_read_all_the_same(store):
    run_that_dies(store, f"book.show(Views(run_open='R1')); book.append({{'{LOG}': [{fact(1)!r}]}})")
    (store.path.parent / ".relay" / f"{store.path.name}.journal-shm").unlink()

    with closing(ExcelFileWorkbook(store.path, exclusive=False, timezone="Asia/Tokyo")) as reader:
        assert LOG in reader.read().tables


def test_the_lock_of_a_killed_run_is_free_again(store):
    run_that_dies(store, "pass")

    store.open().close()


def test_a_second_run_is_told_that_the_first_one_is_at_work(store):
    with closing(store.open()), pytest.raises(WorkbookBusy):
        store.open()


@pytest.mark.parametrize("views", [Views(), Views(run_open="R1")], ids=["", "sending"])
def test_readers_may_look_while_a_run_is_at_work(store, views):
    with closing(store.open()) as workbook:
        workbook.show(views)
        workbook.append({LOG: [fact(1)]})
        with closing(ExcelFileWorkbook(store.path, exclusive=False, timezone="Asia/Tokyo")) as reader:
            assert LOG in reader.read().tables


def test_an_older_copy_that_is_put_back_gets_its_facts_again(store, tmp_path):
    old = shutil.copy(store.path, tmp_path / "old.xlsx")
    with closing(store.open()) as workbook:
        workbook.append({LOG: [fact(1)]})
        workbook.show(Views())

    shutil.copy(old, store.path)

    assert read_tab(store, LOG)[2][0] == "R-0001"


def test_a_workbook_moved_away_from_its_journal_in_mid_run_is_refused_until_it_is_back(store, tmp_path):
    run_that_dies(store, "book.show(Views(run_open='R1'))")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    moved = ExcelFileWorkbook(Path(shutil.copy(store.path, elsewhere)), exclusive=False, timezone="Asia/Tokyo")

    with closing(moved), pytest.raises(JournalMissing, match="R1"):
        moved.read()
    with closing(store.open()) as back:
        back.read()


def test_a_finished_run_leaves_a_workbook_that_may_go_anywhere(store, tmp_path):
    with closing(store.open()) as workbook:
        workbook.read()
        workbook.show(Views(run_open="R1"))
        workbook.show(Views())
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    with closing(ExcelFileWorkbook(Path(shutil.copy(store.path, elsewhere)), exclusive=False, timezone="")) as moved:
        moved.read()


@pytest.mark.parametrize("lock", ["~$候補者.xlsx", ".~lock.候補者.xlsx#"])
def test_a_workbook_that_somebody_has_open_is_read_but_not_written(store, lock):
    (store.path.parent / lock).write_bytes(b"\x06user")

    with pytest.raises(WorkbookBusy):
        store.open()
    with closing(ExcelFileWorkbook(store.path, exclusive=False, timezone="Asia/Tokyo")) as reader:
        reader.read()


def test_what_a_person_saves_in_between_is_not_overwritten(store):
    with closing(store.open()) as workbook:
        workbook.read()
        recruiter_writes(store, "候補者", 3, 0, "鈴木")

        with pytest.raises(WorkbookChanged):
            workbook.show(Views(run_open="R1"))

    assert read_tab(store, "候補者")[3][0] == "鈴木"


def test_a_file_that_is_protected_is_refused_before_any_work(store):
    store.path.chmod(0o440)

    with pytest.raises(WorkbookNotSaved):
        store.open()


def test_journal_and_folder_are_open_to_those_who_may_open_the_workbook(store):
    store.path.chmod(0o640)
    folder = store.path.parent / ".relay"
    with closing(store.open()) as workbook:
        workbook.show(Views(run_open="R1"))
        workbook.append({LOG: [fact(1)]})
        modes = {path.stat().st_mode & 0o777 for path in folder.glob(f"{store.path.name}.journal*")}

    assert modes == {0o640}
    assert folder.stat().st_mode & 0o777 == 0o750


def test_macros_stay_byte_for_byte(tmp_path):
    path = Path(shutil.copy(Path(xlwings.__file__).with_name("quickstart.xlsm"), tmp_path))
    before = zipfile.ZipFile(path).read("xl/vbaProject.bin")
    with closing(ExcelFileWorkbook(path, exclusive=True, timezone="Asia/Tokyo")) as workbook:
        workbook.append({LOG: [fact(1)]})
        workbook.show(Views())

    assert zipfile.ZipFile(path).read("xl/vbaProject.bin") == before
