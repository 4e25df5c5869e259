"""Columns that may not be kept, or that no selection needs, are pointed out where people look."""

import json

import pytest

from sheets_automation.cli import main
from tests.retention.house import COLUMNS, TAB, row
from tests.workbooks.test_excel_file import ExcelFileStore


@pytest.fixture
def book(tmp_path, monkeypatch):
    monkeypatch.setenv("RELAY_NOW", "2026-11-24T10:00:00+09:00")
    monkeypatch.chdir(tmp_path)
    more = ["本籍地", "性別", "マイナンバー", "選考段階メモ"]
    cells = [row(1).get(heading) for heading in COLUMNS]
    store = ExcelFileStore(tmp_path / "book.xlsx", {TAB: [[*COLUMNS, *more], [*cells, "東京", "女", "1", "a"]]})
    return str(store.path)


def test_the_check_names_each_of_them_with_its_cell(book, capsys):
    assert main(["check", book, "--json"]) == 7

    found = {one["where"]: one["name"] for one in json.loads(capsys.readouterr().out)["problems"]}
    assert found[f"{TAB}!O1"] == "column_not_to_be_kept"
    assert found[f"{TAB}!P1"] == found[f"{TAB}!Q1"] == "column_excessive"
    assert f"{TAB}!R1" not in found


def test_the_doctor_names_those_that_may_not_be_kept(book, capsys):
    main(["doctor", book, "--json"])

    checks = {one["name"]: one for one in json.loads(capsys.readouterr().out)["checks"]}
    assert not checks["columns"]["ok"]
    assert "本籍地" in checks["columns"]["text"]
    assert "性別" not in checks["columns"]["text"]
