"""Requests that copy, cut, sort, find and split."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator_tests.sheets.book import Book, grid


def sort(*by: tuple[int, str], top: int = 1) -> dict[str, Any]:
    specs = [{"dimensionIndex": column, "sortOrder": order} for column, order in by]
    return {"sortRange": {"range": {"sheetId": 0, "startRowIndex": top}, "sortSpecs": specs}}


def test_a_range_is_copied_and_cut_as_gspread_recorded(book: Book) -> None:
    book.write("A1:A2", [["A1"], ["A2"]])
    copy = {"source": grid(0, 0, 2, 1), "destination": grid(0, 1, 2, 2), "pasteType": "PASTE_NORMAL"}
    cut = {"source": grid(0, 0, 2, 1), "destination": {"sheetId": 0, "rowIndex": 0, "columnIndex": 2}}

    assert book.reply({"copyPaste": copy}) == {}
    assert book.reply({"cutPaste": {**cut, "pasteType": "PASTE_NORMAL"}}) == {}

    assert book.values("A1:C2") == [["", "A1", "A1"], ["", "A2", "A2"]]


def test_formulas_follow_cells_that_are_cut(book: Book) -> None:
    book.type_in("A1:B2", [["1", "=A1+A9"], ["2", "=SUM(A1:A2)"]])

    cut = {"source": grid(0, 0, 2, 1), "destination": {"sheetId": 0, "rowIndex": 5, "columnIndex": 3}}
    book.batch({"cutPaste": {**cut, "pasteType": "PASTE_NORMAL"}})

    assert book.values("B1:B2", valueRenderOption="FORMULA") == [["=D6+A9"], ["=SUM(D6:D7)"]]
    assert book.values("B1:B2") == [["1"], ["3"]]


def test_a_copy_fills_its_destination_and_formulas_move_along(book: Book) -> None:
    book.type_in("A1:B1", [["2", "=A1*10"]])

    book.batch({"copyPaste": {"source": grid(0, 0, 1, 2), "destination": grid(1, 0, 4, 2)}})

    assert book.values("A4:B4", valueRenderOption="FORMULA") == [[2, "=A4*10"]]


def test_values_alone_can_be_pasted(book: Book) -> None:
    book.type_in("A1:B1", [["$2", "=A1*10"]])
    paste = {"source": grid(0, 0, 1, 2), "destination": grid(1, 0, 2, 2), "pasteType": "PASTE_VALUES"}

    book.batch({"copyPaste": paste})

    assert book.values("A2:B2", valueRenderOption="FORMULA") == [[2, 20]]
    assert book.values("A2") == [["2"]]


def test_rows_become_columns(book: Book) -> None:
    book.write("A1:B2", [["a", "b"], ["c", "d"]])
    paste = {"source": grid(0, 0, 2, 2), "destination": grid(3, 0, 5, 2), "pasteOrientation": "TRANSPOSE"}

    book.batch({"copyPaste": paste})

    assert book.values("A4:B5") == [["a", "c"], ["b", "d"]]


def test_numbers_come_before_texts_and_blanks_come_last_either_way(book: Book) -> None:
    book.write("A1:A7", [["heading"], ["b"], [10], [""], ["A"], [2], [True]])

    book.batch(sort((0, "ASCENDING")))
    assert book.values("A1:A7") == [["heading"], ["2"], ["10"], ["A"], ["b"], ["TRUE"]]

    book.batch(sort((0, "DESCENDING")))
    assert book.values("A1:A7") == [["heading"], ["TRUE"], ["b"], ["A"], ["10"], ["2"]]


def test_rows_are_sorted_whole_by_several_columns(book: Book) -> None:
    book.type_in("A1:C3", [["x", "2", "=A1&B1"], ["y", "1", "=A2&B2"], ["x", "1", "=A3&B3"]])

    book.batch(sort((0, "DESCENDING"), (1, "ASCENDING"), top=0))

    assert book.values("A1:C3") == [["y", "1", "y1"], ["x", "1", "x1"], ["x", "2", "x2"]]


def test_a_hidden_row_stays_where_it_is(book: Book) -> None:
    book.write("A1:A4", [["h"], [3], [2], [1]])
    book.edit("hide_row", row=3)

    book.batch(sort((0, "ASCENDING")))

    assert book.values("A1:A4") == [["h"], ["1"], ["2"], ["3"]]


def test_merged_rows_are_not_sorted(book: Book) -> None:
    book.batch({"mergeCells": {"range": grid(1, 0, 3, 1), "mergeType": "MERGE_ALL"}})

    assert book.refusal(sort((0, "ASCENDING"))) == (
        "Invalid requests[0].sortRange: You can't sort a range containing vertical merges. "
        "There is a vertical merge at A2:A3"
    )


def test_rows_to_sort_must_be_in_the_grid(book: Book) -> None:
    assert book.refusal(sort((0, "ASCENDING"), top=1000)) == (
        "Invalid requests[0].sortRange: range.startRowIndex is larger than current grid size (1000)"
    )


def test_what_is_found_is_replaced_and_counted(book: Book) -> None:
    book.type_in("A1:B2", [["山田 太郎", '="x"&A1'], ["山田 花子、山田", "5"]])

    reply = book.reply({"findReplace": {"find": "山田", "replacement": "佐藤", "allSheets": True}})

    assert reply == {"findReplace": {"valuesChanged": 2, "rowsChanged": 2, "sheetsChanged": 1, "occurrencesChanged": 3}}
    assert book.values("A1:A2") == [["佐藤 太郎"], ["佐藤 花子、佐藤"]]
    assert book.reply({"findReplace": {"find": "nobody", "sheetId": 0}}) == {"findReplace": {}}


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({"find": "a", "matchCase": True}, ["A", "-b", "A1"]),
        ({"find": "a", "matchEntireCell": True}, ["-", "ab", "A1"]),
        ({"find": "([a-z])b", "searchByRegex": True, "replacement": "$1!"}, ["A", "a!", "A1"]),
    ],
)
def test_finding_goes_by_its_options(book: Book, asked: dict[str, Any], left: list[str]) -> None:
    book.write("A1:C1", [["A", "ab", "A1"]])

    book.batch({"findReplace": {"replacement": "-", "sheetId": 0, **asked}})

    assert book.values("A1:C1") == [left]


def test_cells_make_room_and_close_up(book: Book) -> None:
    book.write("A1:B3", [["a", "1"], ["b", "2"], ["c", "3"]])

    book.batch({"insertRange": {"range": grid(0, 0, 1, 1), "shiftDimension": "ROWS"}})
    assert book.values("A1:B4") == [["", "1"], ["a", "2"], ["b", "3"], ["c"]]

    book.batch({"deleteRange": {"range": grid(1, 0, 2, 1), "shiftDimension": "COLUMNS"}})
    assert book.values("A1:B4") == [["", "1"], ["2"], ["b", "3"], ["c"]]


def test_repeated_rows_are_removed_and_spaces_trimmed(book: Book) -> None:
    book.write("A1:B3", [["a", "1"], ["b  c ", "2"], ["A", "1"]])

    assert book.reply({"deleteDuplicates": {"range": grid(0, 0, 3, 2)}}) == {
        "deleteDuplicates": {"duplicatesRemovedCount": 1}
    }
    assert book.reply({"trimWhitespace": {"range": grid(0, 0, 3, 2)}}) == {"trimWhitespace": {"cellsChangedCount": 1}}
    assert book.values("A1:B3") == [["a", "1"], ["b c", "2"]]


def test_a_text_is_split_over_columns(book: Book) -> None:
    book.write("A1:A2", [["a, b,c"], ["d"]])

    book.batch({"textToColumns": {"source": grid(0, 0, 2, 1), "delimiterType": "COMMA"}})

    assert book.values("A1:C2") == [["a", "b", "c"], ["d"]]
