"""Real gspread over HTTP, in the steps that its users take."""

from __future__ import annotations

from collections.abc import Iterator

import gspread
import pytest
from google.oauth2.credentials import Credentials

from tests.google_emulator import Emulator, Running, running
from tests.google_emulator.redirect import authorized_session
from tests.google_emulator.sheets import make_service

SCOPES = ["https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive"]


@pytest.fixture(scope="module")
def google() -> Iterator[Running]:
    with running(Emulator({"sheets": make_service})) as server:
        yield server


def client(google: Running, email: str) -> gspread.Client:
    credentials = Credentials(token=google.control.token(email, SCOPES))  # type: ignore[no-untyped-call]
    return gspread.Client(credentials, session=authorized_session(credentials, google.address))


@pytest.fixture
def opened(google: Running) -> Iterator[gspread.Spreadsheet]:
    google.control.reset()
    yield client(google, "hr@example.co.jp").create("候補者一覧")
    state = google.control.state()
    assert (state["violations"], state["problems"]) == ([], [])


def test_values_are_written_and_read(opened: gspread.Spreadsheet) -> None:
    sheet = opened.sheet1

    sheet.update([["ID", "金額"], ["C-1", "1,234"]], "A1", value_input_option="USER_ENTERED")
    sheet.append_row(["C-2", 5], table_range="A1")
    sheet.batch_update([{"range": "C1", "values": [["備考"]]}, {"range": "C3", "values": [["x"]]}])

    assert sheet.get_all_values() == [["ID", "金額", "備考"], ["C-1", "1,234", ""], ["C-2", "5", "x"]]
    assert sheet.get_all_records()[0] == {"ID": "C-1", "金額": 1234, "備考": ""}
    assert sheet.find("C-2").row == 3
    sheet.batch_clear(["C1:C3"])
    assert sheet.row_values(1) == ["ID", "金額"]


def test_csv_comes_into_a_new_tab_that_is_named_like_the_file(google: Running, opened: gspread.Spreadsheet) -> None:
    opened.add_worksheet("送信記録", rows=10, cols=5)
    owner = client(google, "hr@example.co.jp")

    for text in ("ID,金額\nC-1,007", "ID\nC-2"):
        owner.import_csv(opened.id, text.encode())

    seen = owner.open_by_key(opened.id)
    assert [one.title for one in seen.worksheets()] == ["候補者一覧"]
    assert seen.sheet1.id != 0
    assert seen.sheet1.get_all_values() == [["ID"], ["C-2"]]
    assert (seen.sheet1.row_count, seen.sheet1.col_count, seen.timezone) == (1000, 26, "America/Los_Angeles")


def test_tabs_are_added_named_moved_and_deleted(opened: gspread.Spreadsheet) -> None:
    log = opened.add_worksheet("送信記録", rows=10, cols=5)
    log.update_title("送信 記録")
    opened.reorder_worksheets([log, opened.sheet1])
    copy = opened.duplicate_sheet(log.id, new_sheet_name="写し")

    assert [one.title for one in opened.worksheets()] == ["写し", "送信 記録", "Sheet1"]
    opened.del_worksheet(copy)
    with pytest.raises(gspread.exceptions.APIError) as refused:
        opened.add_worksheet("Sheet1", 1, 1)
    assert refused.value.code == 400
    assert "already exists. Please enter another name." in str(refused.value)


def test_looks_notes_filters_and_protections_are_kept(opened: gspread.Spreadsheet) -> None:
    sheet = opened.sheet1
    sheet.update([["a", "b"], ["c", "d"]], "A1")

    sheet.format("A1:B1", {"textFormat": {"bold": True}, "backgroundColor": {"red": 1}})
    sheet.freeze(rows=1)
    sheet.insert_note("B2", "見る")
    sheet.set_basic_filter("A1:B2")
    sheet.add_protected_range("A1:B1", description="見出し")
    sheet.merge_cells("C2:D2")
    sheet.hide_rows(1, 2)
    sheet.add_validation("A2", gspread.utils.ValidationConditionType.one_of_list, ["c", "e"], showCustomUi=True)
    sheet.insert_rows([["new", "row"]], 2)
    sheet.sort((1, "des"))

    assert sheet.get_notes() == [["", ""], ["", ""], ["", "見る"]]
    assert sheet.get("A1:B2") == [["a", "b"], ["new", "row"]]
    shown = opened.fetch_sheet_metadata()["sheets"][0]
    assert {"basicFilter", "merges", "protectedRanges"} <= shown.keys()
    assert shown["properties"]["gridProperties"]["frozenRowCount"] == 1


def test_people_edit_between_two_calls(google: Running, opened: gspread.Spreadsheet) -> None:
    opened.sheet1.update([["ID"], ["b"], ["a"]], "A1")
    google.control.edit_before("sheets.spreadsheets.values.get", "sort", spreadsheetId=opened.id, column="ID")

    assert opened.sheet1.col_values(1) == ["ID", "a", "b"]


def test_somebody_else_needs_a_share(google: Running, opened: gspread.Spreadsheet) -> None:
    other = client(google, "mailer@project.iam.gserviceaccount.com")

    with pytest.raises(PermissionError):
        other.open_by_key(opened.id)
    google.control.share(opened.id, "mailer@project.iam.gserviceaccount.com", "reader")
    with pytest.raises(gspread.exceptions.APIError, match="The caller does not have permission"):
        other.open_by_key(opened.id).sheet1.update_acell("A1", "x")
