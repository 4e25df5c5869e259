"""Requests about rows and columns, and what goes along with them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator_tests.sheets.book import Book, grid


def lines(start: int, end: int, dimension: str = "ROWS") -> dict[str, Any]:
    return {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": end}


@pytest.fixture
def numbered(book: Book) -> Book:
    book.write("A1:A6", [[number] for number in range(1, 7)])
    return book


def column(book: Book) -> list[str]:
    return [row[0] if row else "" for row in book.values("A1:A9")]


def test_inserted_rows_push_the_others_down_and_the_grid_grows(numbered: Book) -> None:
    numbered.batch({"insertDimension": {"range": lines(1, 3)}})

    assert column(numbered) == ["1", "", "", "2", "3", "4", "5", "6"]
    assert numbered.sheet()["properties"]["gridProperties"]["rowCount"] == 1002


def test_an_inserted_row_looks_like_its_neighbour(numbered: Book) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    numbered.batch({"repeatCell": {"range": grid(0, 0, 1, 1), "cell": bold, "fields": "userEnteredFormat"}})

    numbered.batch({"insertDimension": {"range": lines(1, 2), "inheritFromBefore": True}})
    numbered.batch({"insertDimension": {"range": lines(3, 4)}})

    assert numbered.cell("A2")["userEnteredFormat"] == bold["userEnteredFormat"]
    assert "userEnteredFormat" not in numbered.cell("A4")


@pytest.mark.parametrize(
    ("start", "inherit", "message"),
    [
        (1001, True, "range.startIndex is larger than current grid size (1000)"),
        (1000, False, "range.startIndex must be less than the grid size (1000) if inheritFromBefore is false."),
    ],
)
def test_rows_are_inserted_within_the_grid(book: Book, start: int, inherit: bool, message: str) -> None:
    asked = {"range": lines(start, start + 1), "inheritFromBefore": inherit}

    assert book.refusal({"insertDimension": asked}) == f"Invalid requests[0].insertDimension: {message}"


def test_deleted_rows_are_gone_and_the_grid_shrinks(numbered: Book) -> None:
    numbered.batch({"deleteDimension": {"range": lines(1, 3)}})

    assert column(numbered) == ["1", "4", "5", "6"]
    assert numbered.sheet()["properties"]["gridProperties"]["rowCount"] == 998


def test_rows_that_are_not_there_and_all_rows_are_not_deleted(book: Book) -> None:
    frozen = {"properties": {"sheetId": 0, "gridProperties": {"frozenRowCount": 1}}}

    assert book.refusal({"deleteDimension": {"range": lines(1000, 1001)}}) == (
        "Invalid requests[0].deleteDimension: Cannot delete a row that doesn't exist. "
        "Tried to delete row index 1000 but there are only 1000 rows."
    )
    assert book.refusal({"deleteDimension": {"range": lines(0, 1000)}}) == (
        "Invalid requests[0].deleteDimension: You can't delete all the rows on the sheet."
    )
    book.batch({"updateSheetProperties": {**frozen, "fields": "gridProperties.frozenRowCount"}})
    assert book.refusal({"deleteDimension": {"range": lines(1, 1000)}}) == (
        "Invalid requests[0].deleteDimension: Sorry, it is not possible to delete all non-frozen rows."
    )


def test_a_destination_is_counted_before_the_rows_are_taken_out(numbered: Book) -> None:
    numbered.batch({"moveDimension": {"source": lines(0, 2), "destinationIndex": 4}})

    assert column(numbered) == ["3", "4", "1", "2", "5", "6"]


def test_a_row_moves_up(numbered: Book) -> None:
    numbered.batch({"moveDimension": {"source": lines(4, 5), "destinationIndex": 1}})

    assert column(numbered) == ["1", "5", "2", "3", "4", "6"]


def test_a_row_does_not_move_into_a_merged_cell(numbered: Book) -> None:
    numbered.batch({"mergeCells": {"range": grid(1, 0, 3, 1), "mergeType": "MERGE_ALL"}})

    message = numbered.refusal({"moveDimension": {"source": lines(4, 5), "destinationIndex": 2}})

    assert message == (
        "Invalid requests[0].moveDimension: Sorry, it is not possible to move a row to a position "
        "that crosses a merged cell. Please unmerge and try again."
    )


def test_formulas_merges_and_ranges_follow_rows_that_come_and_go(numbered: Book) -> None:
    numbered.type_in("B1:B2", [["=SUM(A2:A4)"], ["=A6"]])
    numbered.batch(
        {"mergeCells": {"range": grid(4, 2, 6, 3), "mergeType": "MERGE_ALL"}},
        {"addNamedRange": {"namedRange": {"name": "here", "range": grid(3, 0, 5, 1)}}},
        {"addProtectedRange": {"protectedRange": {"range": grid(2, 0, 4, 1)}}},
    )

    numbered.batch({"insertDimension": {"range": lines(2, 4)}}, {"deleteDimension": {"range": lines(7, 8)}})

    assert numbered.values("B1:B2", valueRenderOption="FORMULA") == [["=SUM(A2:A6)"], ["=#REF!"]]
    assert numbered.sheet()["merges"][0]["startRowIndex"] == 6
    assert numbered.get()["namedRanges"][0]["range"]["startRowIndex"] == 5
    kept = numbered.sheet()["protectedRanges"][0]["range"]
    assert (kept["startRowIndex"], kept["endRowIndex"]) == (4, 6)


def test_columns_come_and_go_like_rows(book: Book) -> None:
    book.write("A1:D1", [["a", "b", "c", "d"]])

    book.batch(
        {"insertDimension": {"range": lines(1, 2, "COLUMNS")}},
        {"deleteDimension": {"range": lines(3, 4, "COLUMNS")}},
        {"moveDimension": {"source": lines(0, 1, "COLUMNS"), "destinationIndex": 3}},
    )

    assert book.values("A1:E1") == [["", "b", "a", "d"]]
    assert book.sheet()["properties"]["gridProperties"]["columnCount"] == 26


def test_rows_are_appended_to_the_grid(book: Book) -> None:
    book.batch({"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 5}})
    book.batch({"appendDimension": {"sheetId": 0, "dimension": "COLUMNS", "length": 2}})

    assert book.sheet()["properties"]["gridProperties"] == {"rowCount": 1005, "columnCount": 28}


def test_hidden_rows_and_other_heights_are_told_of_each_row(book: Book) -> None:
    properties = {"hiddenByUser": True, "pixelSize": 40}
    asked = {"range": lines(1, 2), "properties": properties, "fields": "hiddenByUser,pixelSize"}
    book.batch({"updateDimensionProperties": asked})

    (data,) = book.sheet(ranges=["A1:A3"], includeGridData="true")["data"]

    assert data["rowMetadata"] == [{"pixelSize": 21}, {"hiddenByUser": True, "pixelSize": 40}, {"pixelSize": 21}]

    book.batch({"insertDimension": {"range": lines(0, 1)}})
    (data,) = book.sheet(ranges=["A1:A3"], includeGridData="true")["data"]
    assert data["rowMetadata"][2] == properties


def test_columns_are_grouped_as_gspread_recorded(book: Book) -> None:
    reply = book.reply({"addDimensionGroup": {"range": lines(0, 2, "COLUMNS")}})

    group = {"range": {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 2}, "depth": 1}
    assert reply == {"addDimensionGroup": {"dimensionGroups": [group]}}
    assert book.sheet()["columnGroups"] == [group]
    assert book.sheet()["properties"]["gridProperties"]["columnGroupControlAfter"] is True
    assert book.reply({"deleteDimensionGroup": {"range": lines(0, 2, "COLUMNS")}}) == {"deleteDimensionGroup": {}}


def test_columns_are_fitted_to_their_texts(book: Book) -> None:
    book.write("A1:B1", [["a rather long heading", ""]])

    book.batch({"autoResizeDimensions": {"dimensions": lines(0, 2, "COLUMNS")}})

    (data,) = book.sheet(ranges=["A1:B1"], includeGridData="true")["data"]
    assert data["columnMetadata"][0]["pixelSize"] > 100
    assert data["columnMetadata"][1]["pixelSize"] == 100
