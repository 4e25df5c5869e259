"""`values.append`: which table is found, and what becomes of what lies below it."""

from __future__ import annotations

import pytest

from tests.google_emulator_tests.sheets.book import Book


@pytest.fixture
def two_tables(book: Book) -> Book:
    """The picture of Google's guide: A1:C2, and B4:D6."""
    book.write("A1:C2", [["x", "y", "z"], ["1", "2", "3"]])
    book.write("B4:D6", [["x", "y", "z"], ["1", "2", "3"], ["4", "5", "6"]])
    return book


@pytest.mark.parametrize(
    ("searched", "table", "written"),
    [
        ("Sheet1", "Sheet1!B4:D6", "Sheet1!B7"),
        ("B4", "Sheet1!B4:D6", "Sheet1!B7"),
        ("C5:D5", "Sheet1!B4:D6", "Sheet1!B7"),
        ("B2:D4", "Sheet1!B4:D6", "Sheet1!B7"),
        ("A3:G10", "Sheet1!B4:D6", "Sheet1!B7"),
        ("A1", "Sheet1!A1:C2", "Sheet1!A3"),
        ("E4", None, "Sheet1!E4"),
        ("A4", None, "Sheet1!A4"),
    ],
)
def test_values_go_below_the_last_table_that_the_range_touches(
    two_tables: Book, searched: str, table: str | None, written: str
) -> None:
    answer = two_tables.append(searched, [["new"]])

    assert answer.get("tableRange") == table
    assert answer["updates"]["updatedRange"] == written


def test_a_row_with_a_gap_is_two_tables_as_gspread_recorded(book: Book) -> None:
    assert "tableRange" not in book.append("'Sheet1'", [["1", "", "3"]])

    answer = book.append("'Sheet1'!A1", [["1", "", "3"]])

    assert answer == {
        "spreadsheetId": book.id,
        "tableRange": "Sheet1!A1",
        "updates": {
            "spreadsheetId": book.id,
            "updatedRange": "Sheet1!A2:C2",
            "updatedRows": 1,
            "updatedColumns": 3,
            "updatedCells": 3,
        },
    }


def test_rows_are_inserted_only_if_so_asked(book: Book) -> None:
    book.write("A1:A3", [["one"], [""], ["below"]])
    book.append("A1", [["two"]])

    book.append("A1", [["a"], ["b"]], insertDataOption="INSERT_ROWS")

    assert book.values("Sheet1") == [["one"], ["two"], ["below"], ["a"], ["b"]]


def test_inserted_rows_push_down_what_is_below(book: Book) -> None:
    book.write("A1:B5", [["h", "i"], ["1", "2"], ["", ""], ["", ""], ["total", "3"]])

    answer = book.append("A1", [["3", "4"], ["5", "6"]], insertDataOption="INSERT_ROWS")

    assert (answer["tableRange"], answer["updates"]["updatedRange"]) == ("Sheet1!A1:B2", "Sheet1!A3:B4")
    assert book.values("A5:B7") == [[], [], ["total", "3"]]
    assert book.sheet()["properties"]["gridProperties"]["rowCount"] == 1002


def test_the_grid_grows_with_what_is_appended(book: Book) -> None:
    small = {"properties": {"sheetId": 0, "gridProperties": {"rowCount": 2, "columnCount": 2}}}
    book.reply({"updateSheetProperties": {**small, "fields": "gridProperties.rowCount,gridProperties.columnCount"}})
    book.write("A1:B2", [["a", "b"], ["c", "d"]])

    book.append("A1", [["e", "f", "g"]])

    assert book.sheet()["properties"]["gridProperties"] == {"rowCount": 3, "columnCount": 3}


def test_what_was_written_can_be_asked_for(book: Book) -> None:
    answer = book.append("A1", [["1"]], includeValuesInResponse="true")

    assert answer["updates"]["updatedData"] == {"range": "Sheet1!A1", "majorDimension": "ROWS", "values": [["1"]]}
