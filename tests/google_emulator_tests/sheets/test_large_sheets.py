"""A sheet as large as a recruiting year is read and changed without waiting."""

from __future__ import annotations

from time import process_time

import pytest

from tests.google_emulator_tests.sheets.book import Book, text_cells

ROWS, COLUMNS = 20_000, 30
FIELDS = "sheets(properties,data(rowData(values(userEnteredValue,effectiveValue,formattedValue)),rowMetadata))"


@pytest.fixture(scope="module")
def large() -> Book:
    book = Book()
    grid = [[f"{row}-{column}" if column % 3 else row * column for column in range(COLUMNS)] for row in range(ROWS)]
    book.edit("load", sheet="Sheet1", values=grid)
    return book


def test_its_grid_is_read_in_well_under_two_seconds(large: Book) -> None:
    start = process_time()

    (data,) = large.sheet(FIELDS, ranges=["Sheet1"])["data"]

    assert process_time() - start < 2
    assert len(data["rowData"]) == len(data["rowMetadata"]) == ROWS


def test_a_small_change_does_not_copy_all_of_it(large: Book) -> None:
    start = process_time()

    for row in range(20):
        place = {"sheetId": 0, "rowIndex": row, "columnIndex": 1}
        large.batch({"updateCells": {"start": place, "rows": text_cells(["済"]), "fields": "userEnteredValue"}})

    assert process_time() - start < 0.2
