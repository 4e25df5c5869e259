"""A sheet as large as a recruiting year is read in proportion to its cells, and changed in proportion to the change."""

from __future__ import annotations

from typing import Any

import pytest

from tests.counting import calls_of
from tests.google_emulator_tests.sheets.book import Book, text_cells

ROWS, COLUMNS = 5_000, 30
FIELDS = "sheets(properties,data(rowData(values(userEnteredValue,effectiveValue,formattedValue)),rowMetadata))"


def book_of(rows: int) -> Book:
    book = Book()
    grid = [[f"{row}-{column}" if column % 3 else row * column for column in range(COLUMNS)] for row in range(rows)]
    book.edit("load", sheet="Sheet1", values=grid)
    return book


@pytest.fixture(scope="module")
def large() -> Book:
    return book_of(ROWS)


def grid_of(book: Book) -> dict[str, Any]:
    [data] = book.sheet(FIELDS, ranges=["Sheet1"])["data"]
    return data


def test_its_grid_is_read_whole_and_with_few_calls_a_cell(large: Book) -> None:
    data = grid_of(large)

    assert len(data["rowData"]) == len(data["rowMetadata"]) == ROWS
    assert calls_of(lambda: grid_of(large)) < 4 * ROWS * COLUMNS


def test_a_small_change_does_not_copy_all_of_it(large: Book) -> None:
    def change(book: Book) -> None:
        for row in range(20):
            place = {"sheetId": 0, "rowIndex": row, "columnIndex": 1}
            book.batch({"updateCells": {"start": place, "rows": text_cells(["済"]), "fields": "userEnteredValue"}})

    small = book_of(30)

    assert calls_of(lambda: change(large)) < 2 * calls_of(lambda: change(small))
