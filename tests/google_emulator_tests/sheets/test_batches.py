"""`spreadsheets.batchUpdate` as a whole."""

from __future__ import annotations

import pytest

from tests.google_emulator.wire import ApiError
from tests.google_emulator_tests.sheets.book import Book, grid, text_cells


def writes(text: str, row: int = 0) -> dict[str, object]:
    start = {"sheetId": 0, "rowIndex": row, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": text_cells([text]), "fields": "userEnteredValue"}}


def test_each_request_has_a_reply_in_its_place(book: Book) -> None:
    answer = book.batch(writes("a"), {"addSheet": {"properties": {"title": "B", "sheetId": 7}}}, writes("b", 1))

    assert answer["spreadsheetId"] == book.id
    assert answer["replies"][0] == answer["replies"][2] == {}
    assert answer["replies"][1]["addSheet"]["properties"]["sheetId"] == 7


def test_one_wrong_request_leaves_everything_as_it_was(book: Book) -> None:
    book.write("A1", [["before"]])
    before = book.get(includeGridData="true")

    message = book.refusal(
        writes("after"),
        {"addSheet": {"properties": {"title": "B"}}},
        {"insertDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 2}}},
        {"addNamedRange": {"namedRange": {"name": "here", "range": grid(0, 0, 1, 1)}}},
        {"deleteSheet": {"sheetId": 99}},
    )

    assert message == "Invalid requests[4].deleteSheet: No sheet with id: 99"
    assert book.get(includeGridData="true") == before


def test_a_batch_needs_a_request(book: Book) -> None:
    assert book.refusal() == "Must specify at least one request."


def test_a_kind_that_the_emulator_does_not_know_is_named(book: Book) -> None:
    with pytest.raises(ApiError) as refused:
        book.batch({"addSlicer": {"slicer": {}}})

    assert (refused.value.code, refused.value.status) == (501, "UNIMPLEMENTED")
    assert "addSlicer" in refused.value.message


def test_the_spreadsheet_afterwards_comes_with_the_answer_if_so_asked(book: Book) -> None:
    answer = book.batch(
        writes("a"), includeSpreadsheetInResponse=True, responseRanges=["A1:B2"], responseIncludeGridData=True
    )

    (data,) = answer["updatedSpreadsheet"]["sheets"][0]["data"]
    assert data["rowData"][0]["values"][0]["formattedValue"] == "a"
    assert len(data["rowMetadata"]) == 2
    assert "updatedSpreadsheet" not in book.batch(writes("a"))


def test_a_mask_decides_whether_the_answer_has_a_grid(book: Book) -> None:
    body = {"requests": [writes("a")], "includeSpreadsheetInResponse": True, "responseRanges": ["A1"]}

    with_grid = book.call("batchUpdate", fields="updatedSpreadsheet.sheets.data.rowData", body=body)
    without = book.call(
        "batchUpdate", fields="updatedSpreadsheet.sheets.properties", body={**body, "responseIncludeGridData": True}
    )

    assert "data" in with_grid["updatedSpreadsheet"]["sheets"][0]
    assert "data" not in without["updatedSpreadsheet"]["sheets"][0]


def test_the_spreadsheet_afterwards_has_no_grid_unless_asked(book: Book) -> None:
    answer = book.batch(writes("a"), includeSpreadsheetInResponse=True)

    assert "data" not in answer["updatedSpreadsheet"]["sheets"][0]
    assert answer["updatedSpreadsheet"]["spreadsheetId"] == book.id


@pytest.mark.parametrize("kind", ["updateCells", "repeatCell", "appendCells", "updateSheetProperties"])
def test_an_update_needs_a_field_mask(book: Book, kind: str) -> None:
    body = {"range": grid(0, 0, 1, 1)} if kind in {"updateCells", "repeatCell"} else {}

    message = book.refusal({kind: body})

    expected = "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
    assert message == f"Invalid requests[0].{kind}: {expected}"


def test_a_range_on_no_tab_names_the_grid_it_looked_for(book: Book) -> None:
    message = book.refusal(writes("a"), {"repeatCell": {"range": {"sheetId": 5}, "cell": {}, "fields": "*"}})

    assert message == "Invalid requests[1].repeatCell: No grid with id: 5"


@pytest.mark.parametrize(
    ("range_", "named"),
    [
        ({"startRowIndex": 1000, "startColumnIndex": 0, "endColumnIndex": 2}, "Sheet1!A1001:B"),
        (grid(1000, 0, 1001, 2), "Sheet1!A1001:B1001"),
        (grid(0, 26, 2, 27), "Sheet1!AA1:AA2"),
    ],
)
def test_a_range_that_begins_past_the_grid_is_named(book: Book, range_: dict[str, int], named: str) -> None:
    message = book.refusal({"repeatCell": {"range": {"sheetId": 0, **range_}, "cell": {}, "fields": "note"}})

    limits = "exceeds grid limits. Max rows: 1000, max columns: 26"
    assert message == f"Invalid requests[0].repeatCell: Range ({named}) {limits}"


def test_a_range_that_ends_past_the_grid_or_holds_nothing_is_taken(book: Book) -> None:
    book.batch({"repeatCell": {"range": grid(999, 0, 1003, 1), "cell": {"note": "x"}, "fields": "note"}})
    book.batch({"repeatCell": {"range": grid(3, 0, 3, 1), "cell": {"note": "x"}, "fields": "note"}})

    assert book.sheet()["properties"]["gridProperties"]["rowCount"] == 1000
    assert book.cell("A1000")["note"] == "x"
