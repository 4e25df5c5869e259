"""People who save a real file must not themselves change what the contract then blames on a backend."""

from __future__ import annotations

from datetime import datetime

from tests.workbooks.people import recruiter_sorts_the_sheet
from tests.workbooks.xlsx_people import XlsxFile

GRID = [
    ["氏名", "番号", "日付"],
    ["佐藤", "007", datetime.fromisoformat("2026-11-05T14:30")],
    ["鈴木", 42, True],
    ["=1+1", "改\n行", 1.5],
]


def test_what_people_save_is_what_they_see_again(tmp_path):
    file = XlsxFile(tmp_path / "a.xlsx", {"候補者": GRID, "集計": [["x"]]})

    file.save(file.look())

    assert file.look() == {"候補者": GRID, "集計": [["x"]]}
    assert file.formulas() == []


def test_rows_that_people_hid_stay_hidden_when_they_sort(tmp_path):
    file = XlsxFile(tmp_path / "a.xlsx", {"候補者": GRID}, hidden={"候補者": [3]})

    recruiter_sorts_the_sheet(file, "候補者", column=0)

    assert file.look()["候補者"][1][0] == "鈴木"
    hidden = {number for number, row in _dimensions(file).items() if row.hidden}
    assert hidden == {3}


def _dimensions(file: XlsxFile):
    from openpyxl import load_workbook

    return load_workbook(file.path)["候補者"].row_dimensions
