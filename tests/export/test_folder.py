"""A folder of exports: replaced month by month, the same again from the same, and whole after any death."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from sheets_automation.core.analysis_rules import AnalysisRules
from sheets_automation.core.errors import ExportUnusable
from sheets_automation.core.exporting.naming import KeyedNames
from sheets_automation.core.exporting.rows import export_tables
from sheets_automation.exports.parquet_folder import PART
from tests.core.builders import JST
from tests.export.scene import KEY, export, group, material

SINCE = datetime(2026, 8, 1, tzinfo=JST)


def people(seed, number=150):
    """A workbook of a few months."""
    return material(number, seed, SINCE)


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """Two exports of one workbook, each in a folder of its own: as it was, and as it is now."""
    folder = tmp_path_factory.mktemp("ready")
    export(folder / "old", "minato", people(4))
    export(folder / "new", "minato", people(6))
    return folder


@pytest.fixture
def folder(ready, tmp_path):
    """A folder with the old export."""
    return Path(shutil.copytree(ready / "old", tmp_path / "folder"))


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.glob(f"table=*/*/*/{PART}")}


def candidates_in(folder):
    """How many candidates stand there."""
    found = folder.glob(f"table=candidates/*/*/{PART}")
    with duckdb.connect() as database:
        return sum(len(database.read_parquet(str(path)).fetchall()) for path in found)


def killed_at(step, folder, made):
    """Export in a process that dies before it puts the file of this number in its place."""
    pid = os.fork()
    if pid == 0:
        steps = iter(range(10_000))
        replace = Path.replace

        def dies(self, target):
            if Path(target).name == PART and next(steps) == step:
                os._exit(9)
            return replace(self, target)

        Path.replace = dies
        try:
            export(folder, "minato", made)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_the_same_again_writes_nothing(folder):
    before = files(folder)

    again = export(folder, "minato", people(4))

    assert (again.written, again.removed, again.partitions) == (0, 0, len(before))
    assert files(folder) == before


def test_a_month_in_which_something_changed_is_replaced_and_one_that_is_empty_now_is_gone(folder):
    after = people(4, 50)
    assert candidates_in(folder) == len(people(4).candidates)

    done = export(folder, "minato", after)

    assert done.written > 0
    assert done.removed > 0
    assert candidates_in(folder) == len(after.candidates)


def test_another_workbook_keeps_its_files(folder):
    before = files(folder)

    export(folder, "kita", people(5, 40))

    assert {path: data for path, data in files(folder).items() if "workbook=minato" in str(path)} == before
    assert candidates_in(folder) == len(people(4).candidates) + len(people(5, 40).candidates)


@pytest.mark.parametrize("step", [0, 1, 7])
def test_a_killed_export_leaves_each_month_as_it_was_or_as_it_is_to_be(folder, ready, step):
    old, new = files(folder), files(ready / "new")

    assert killed_at(step, folder, people(6)) == 9

    found = files(folder)
    assert all(data in {old.get(path), new.get(path)} for path, data in found.items())
    assert found.keys() >= old.keys()
    assert [one.place for one in group(folder).analysis.problems] == ["minato"]


def test_the_next_export_mends_what_a_killed_one_left(folder, ready):
    killed_at(5, folder, people(6))

    export(folder, "minato", people(6))

    assert files(folder) == files(ready / "new")
    assert group(folder).analysis.problems == ()
    assert not (folder / "_staging").exists()


def test_a_full_disk_leaves_the_old_export_whole(folder, monkeypatch):
    before = files(folder)

    def no_space(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sheets_automation.exports.parquet_folder._write", no_space)
    with pytest.raises(ExportUnusable, match="No space left"):
        export(folder, "minato", people(6))

    assert files(folder) == before
    assert group(folder).analysis.problems == ()


def test_ids_are_the_same_with_the_same_key_and_say_nothing_without_it():
    made = material(40, 7)

    def ids(key, workbook):
        tables = export_tables(made, AnalysisRules(), KeyedNames(key, workbook))
        people = next(one for one in tables if one.name == "candidates")
        return {line["candidate"] for lines in people.months.values() for line in lines}

    assert len(ids(KEY, "minato")) == 40
    assert ids(KEY, "minato") == ids(KEY, "minato")
    assert not ids(KEY, "minato") & ids(KEY, "kita")
    assert not ids(KEY, "minato") & ids(KEY[::-1], "minato")


def test_the_folder_can_be_moved(folder, tmp_path):
    shutil.move(folder, tmp_path / "there's")

    assert group(tmp_path / "there's").analysis.figures[0].value == len(people(4).candidates)
