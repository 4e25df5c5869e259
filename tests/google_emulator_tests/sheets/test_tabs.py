"""Requests about the spreadsheet and its tabs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator_tests.sheets.book import Book


def titles(book: Book) -> list[str]:
    return [one["properties"]["title"] for one in book.get()["sheets"]]


def properties(fields: str, **given: Any) -> dict[str, Any]:
    return {"updateSheetProperties": {"properties": {"sheetId": 0, **given}, "fields": fields}}


def test_a_tab_is_added_at_the_end_with_an_id_of_its_own(book: Book) -> None:
    reply = book.reply({"addSheet": {"properties": {"title": "要確認", "gridProperties": {"frozenRowCount": 1}}}})

    added = reply["addSheet"]["properties"]
    assert added.pop("sheetId") > 0
    assert added == {
        "title": "要確認",
        "index": 1,
        "sheetType": "GRID",
        "gridProperties": {"rowCount": 1000, "columnCount": 26, "frozenRowCount": 1},
    }


def test_a_tab_without_a_title_is_numbered(book: Book) -> None:
    assert book.reply({"addSheet": {}})["addSheet"]["properties"]["title"] == "Sheet2"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"title": "sheet1"}, 'A sheet with the name "sheet1" already exists. Please enter another name.'),
        ({"title": "x", "sheetId": 0}, "Sheet with id 0 already exists."),
        ({"title": "x", "sheetId": -1}, "Sheet id must be non-negative."),
        ({"title": "x" * 101}, "The sheet name cannot be greater than 100 characters."),
        (
            {"title": "x", "gridProperties": {"rowCount": 10_000_000, "columnCount": 2}},
            "This action would increase the number of cells in the workbook above the limit of 10000000 cells.",
        ),
        (
            {"title": "x", "gridProperties": {"rowCount": 1, "columnCount": 18_279}},
            "This action would increase the number of columns in the sheet above the limit of 18278 columns.",
        ),
        (
            {"title": "x", "gridProperties": {"rowCount": 1, "frozenRowCount": 1}},
            "You can't freeze all visible rows on the sheet.",
        ),
    ],
)
def test_a_tab_that_cannot_be_is_refused(book: Book, given: dict[str, Any], message: str) -> None:
    assert book.refusal({"addSheet": {"properties": given}}) == f"Invalid requests[0].addSheet: {message}"


def test_the_last_tab_stays_and_so_does_the_last_that_is_shown(book: Book) -> None:
    alone = book.refusal({"deleteSheet": {"sheetId": 0}})
    book.reply({"addSheet": {"properties": {"title": "hidden", "hidden": True}}})

    assert alone == "Invalid requests[0].deleteSheet: You can't remove all the sheets in a document."
    assert book.refusal({"deleteSheet": {"sheetId": 0}}) == (
        "Invalid requests[0].deleteSheet: You can't remove all the visible sheets in a document."
    )


def test_a_tab_is_renamed_and_formulas_follow(book: Book) -> None:
    book.reply({"addSheet": {"properties": {"title": "B"}}})
    book.type_in("B!A1", [["=Sheet1!A1&'Sheet1'!B2"]])

    book.batch(properties("title", title="新しい 表"))

    assert titles(book) == ["新しい 表", "B"]
    assert book.values("B!A1", valueRenderOption="FORMULA") == [["='新しい 表'!A1&'新しい 表'!B2"]]


def test_an_empty_title_is_refused(book: Book) -> None:
    message = "Invalid requests[0].updateSheetProperties: The sheet name cannot be empty."

    assert book.refusal(properties("title")) == message


def test_the_index_of_a_tab_is_counted_before_it_is_moved(book: Book) -> None:
    for title in ("B", "C", "D"):
        book.reply({"addSheet": {"properties": {"title": title}}})

    book.batch(properties("index", index=3))

    assert titles(book) == ["B", "C", "Sheet1", "D"]


def test_a_grid_is_resized_by_either_spelling_of_the_mask(book: Book) -> None:
    book.write("A1:C1", [["a", "b", "c"]])

    book.batch(
        properties(
            "gridProperties/rowCount,gridProperties/columnCount", gridProperties={"rowCount": 5, "columnCount": 2}
        )
    )

    assert book.sheet()["properties"]["gridProperties"] == {"rowCount": 5, "columnCount": 2}
    assert book.read("Sheet1") == {"range": "Sheet1!A1:B5", "majorDimension": "ROWS", "values": [["a", "b"]]}


def test_a_mask_that_names_the_grid_whole_leaves_no_rows(book: Book) -> None:
    message = book.refusal(properties("gridProperties", gridProperties={"frozenRowCount": 1}))

    expected = "You can't delete all the rows on the sheet."
    assert message == f"Invalid requests[0].updateSheetProperties: {expected}"


def test_what_is_not_set_is_not_told(book: Book) -> None:
    book.batch(
        properties(
            "hidden,tabColorStyle,gridProperties.hideGridlines",
            tabColorStyle={"rgbColor": {"red": 1}},
            gridProperties={"hideGridlines": True},
        )
    )
    shown = book.sheet()["properties"]

    assert "hidden" not in shown
    assert (shown["tabColor"], shown["tabColorStyle"]) == ({"red": 1}, {"rgbColor": {"red": 1}})
    assert shown["gridProperties"] == {"rowCount": 1000, "columnCount": 26, "hideGridlines": True}

    book.batch(properties("gridProperties.hideGridlines,tabColor"))
    shown = book.sheet()["properties"]
    assert not shown.keys() & {"tabColor", "tabColorStyle"}
    assert "hideGridlines" not in shown["gridProperties"]


def test_a_tab_is_duplicated_before_all_others(book: Book) -> None:
    book.write("A1", [["x"]])

    reply = book.reply({"duplicateSheet": {"sourceSheetId": 0}})

    assert reply["duplicateSheet"]["properties"]["title"] == "Copy of Sheet1"
    assert titles(book) == ["Copy of Sheet1", "Sheet1"]
    assert book.values("Copy of Sheet1!A1") == [["x"]]


def test_a_duplicate_is_neither_protected_nor_hidden(book: Book) -> None:
    book.reply({"addSheet": {"properties": {"title": "log", "sheetId": 5, "hidden": True}}})
    book.reply({"addProtectedRange": {"protectedRange": {"range": {"sheetId": 5}}}})

    book.reply({"duplicateSheet": {"sourceSheetId": 5, "insertSheetIndex": 0, "newSheetName": "copy"}})

    copy = book.sheet()
    assert copy["properties"]["title"] == "copy"
    assert "hidden" not in copy["properties"]
    assert "protectedRanges" not in copy


def test_the_locale_and_the_time_zone_can_be_set(book: Book) -> None:
    given = {"properties": {"locale": "ja_JP", "timeZone": "Asia/Tokyo"}, "fields": "locale,timeZone"}

    assert book.reply({"updateSpreadsheetProperties": given}) == {}

    shown = book.get()["properties"]
    assert (shown["locale"], shown["timeZone"], shown["title"]) == ("ja_JP", "Asia/Tokyo", "候補者一覧")
    book.type_in("A1", [["=NOW()"]])
    assert book.values("A1") == [["2026/11/25 9:30:00"]]
