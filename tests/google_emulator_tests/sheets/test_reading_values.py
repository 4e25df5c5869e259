"""`values.get` and `values.batchGet`."""

from __future__ import annotations

from tests.google_emulator_tests.sheets.book import Book


def test_an_empty_range_has_no_values_at_all(book: Book) -> None:
    assert book.read("A1:B2") == {"range": "Sheet1!A1:B2", "majorDimension": "ROWS"}


def test_empty_ends_are_left_out_and_gaps_are_empty_texts(book: Book) -> None:
    book.write("A1:D1", [["A1", "B1", "", "D1"]])
    book.write("A4:D4", [["A4", "", "", ""]])

    assert book.values("A1:D9") == [["A1", "B1", "", "D1"], [], [], ["A4"]]
    assert book.values("B1:C1") == [["B1"]]


def test_columns_come_column_by_column(book: Book) -> None:
    book.write("A1:B2", [["a", "b"], ["c", ""]])

    answer = book.read("A1:B2", majorDimension="COLUMNS")

    assert answer == {"range": "Sheet1!A1:B2", "majorDimension": "COLUMNS", "values": [["a", "c"], ["b"]]}


def test_a_cell_can_be_had_as_shown_as_it_is_and_as_it_was_entered(book: Book) -> None:
    book.type_in("A1:D1", [["$100.15", "=A1*2", "2026-09-05", "TRUE"]])

    assert book.values("A1:D1") == [["$100.15", "200.3", "2026-09-05", "TRUE"]]
    assert book.values("A1:D1", valueRenderOption="UNFORMATTED_VALUE") == [[100.15, 200.3, 46270, True]]
    assert book.values("A1:D1", valueRenderOption="FORMULA") == [[100.15, "=A1*2", 46270, True]]


def test_dates_can_be_asked_for_as_text_and_other_numbers_stay_numbers(book: Book) -> None:
    book.type_in("A1:C1", [["2026-09-05", "9:30", "12%"]])

    read = book.values("A1:C1", valueRenderOption="UNFORMATTED_VALUE", dateTimeRenderOption="FORMATTED_STRING")

    assert read == [["2026-09-05", "9:30", 0.12]]


def test_several_ranges_come_in_the_order_asked(book: Book) -> None:
    book.write("A1:B1", [["a", "b"]])

    answer = book.call("values.batchGet", query={"ranges": ["B1", "A1:A2"]})

    assert answer == {
        "spreadsheetId": book.id,
        "valueRanges": [
            {"range": "Sheet1!B1", "majorDimension": "ROWS", "values": [["b"]]},
            {"range": "Sheet1!A1:A2", "majorDimension": "ROWS", "values": [["a"]]},
        ],
    }


def test_ranges_are_found_by_data_filters_and_the_filter_is_told(book: Book) -> None:
    book.write("A1:B1", [["a", "b"]])
    filter_ = {"gridRange": {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 1, "endColumnIndex": 2}}

    answer = book.call("values.batchGetByDataFilter", body={"dataFilters": [filter_]})

    expected = {"range": "Sheet1!B1", "majorDimension": "ROWS", "values": [["b"]]}
    assert answer["valueRanges"] == [{"valueRange": expected, "dataFilters": [filter_]}]
