"""What an Excel file holds of somebody where no cell shows it: old texts go, and what cannot go is pointed out."""

from __future__ import annotations

from datetime import datetime
from zipfile import ZipFile

import openpyxl
import pytest
from xlsxwriter import Workbook

from tests.retention.house import COLUMNS, TAB, Team, row
from tests.workbooks.test_excel_file import ExcelFileStore

ROWS = [row(number) for number in range(1, 4)]


class OwnFile(ExcelFileStore):
    """A file that somebody else has made."""

    def __init__(self, path):
        self.path = path


@pytest.fixture
def team(tmp_path):
    path = tmp_path / "book.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet(TAB)
        day = book.add_format({"num_format": "yyyy/m/d"})
        sheet.write_row(0, 0, COLUMNS)
        for number, one in enumerate(ROWS, start=1):
            for column, heading in enumerate(COLUMNS):
                value = one.get(heading)
                if isinstance(value, datetime):
                    sheet.write_datetime(number, column, value, day)
                elif value is not None:
                    sheet.write(number, column, value)
        sheet.write_comment(1, 1, f"{ROWS[0]['氏名']}様は面接で遅刻")
    return Team(OwnFile(path))


def texts_of(team):
    with ZipFile(team.store.path) as package:
        return package.read("xl/sharedStrings.xml").decode()


def test_texts_that_no_cell_shows_any_more_are_gone_and_all_others_are_where_they_were(team):
    assert str(ROWS[0]["氏名"]) in texts_of(team)

    team.erase("C-1")

    assert str(ROWS[0]["氏名"]) not in texts_of(team)
    assert str(ROWS[0]["メールアドレス"]) not in texts_of(team)
    shown = openpyxl.load_workbook(team.store.path)[TAB]
    assert [cell.value for cell in shown["B"]] == ["氏名", None, ROWS[1]["氏名"], ROWS[2]["氏名"]]


def test_a_comment_that_names_somebody_is_pointed_out(team):
    certificate = team.erase("C-1")

    assert certificate.left == [("コメント", 1)]
    assert certificate.needs_a_person


def test_where_nobody_can_tell_which_texts_are_used_they_stay_and_that_is_said(team):
    with ZipFile(team.store.path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b"</sst>", b"<!-- --></sst>")
    with ZipFile(team.store.path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)

    certificate = team.erase("C-2")

    assert dict(certificate.left)["そのほかの部分"] >= 2
    assert str(ROWS[1]["氏名"]) not in team.everything()
