"""What a range names, and how answers name it."""

from __future__ import annotations

import pytest

from tests.google_emulator.wire import ApiError
from tests.google_emulator_tests.sheets.book import Book, grid


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("'Sheet1'", "Sheet1!A1:Z1000"),
        ("sheet1!a10:b10", "Sheet1!A10:B10"),
        ("Sheet1!$B$3", "Sheet1!B3"),
        ("Sheet1!A:C", "Sheet1!A1:C1000"),
        ("Sheet1!1:3", "Sheet1!A1:Z3"),
        ("Sheet1!A2:C", "Sheet1!A2:C1000"),
        ("Sheet1!B3:A2", "Sheet1!A2:B3"),
        ("A1:B2", "Sheet1!A1:B2"),
        ("R1C1:R2C3", "Sheet1!A1:C2"),
        ("Sheet1!A1:ZZ5000", "Sheet1!A1:Z1000"),
        ("'シート 1'!A1:B1", "'シート 1'!A1:B1"),
        ("候補者!A1", "'候補者'!A1"),
        ("'It''s'!A1", "'It''s'!A1"),
        ("'B2'", "'B2'!A1:Z1000"),
        ("B2", "Sheet1!B2"),
    ],
)
def test_a_range_is_clipped_to_the_grid_and_quoted_where_it_must_be(book: Book, asked: str, answered: str) -> None:
    for title in ("シート 1", "候補者", "It's", "B2"):
        book.reply({"addSheet": {"properties": {"title": title}}})

    assert book.read(asked)["range"] == answered


@pytest.mark.parametrize("text", ["Nope!A1", "A1:B2:C3", "Sheet1!A0", "AAAA1", "!!!", "'Sheet1'!", "Nope", "'A1'"])
def test_what_names_nothing_does_not_parse(book: Book, text: str) -> None:
    with pytest.raises(ApiError) as refused:
        book.read(text)

    assert refused.value.message == f"Unable to parse range: {text}"
    assert (refused.value.code, refused.value.status) == (400, "INVALID_ARGUMENT")


@pytest.mark.parametrize(
    ("text", "named"),
    [("A5000:B5001", "Sheet1!A5000:B5001"), ("'Sheet1'!AA1", "Sheet1!AA1"), ("A1001:ZZ", "Sheet1!A1001:ZZ")],
)
def test_a_range_that_begins_outside_the_grid_is_refused(book: Book, text: str, named: str) -> None:
    with pytest.raises(ApiError) as refused:
        book.read(text)

    assert refused.value.message == f"Range ({named}) exceeds grid limits. Max rows: 1000, max columns: 26"


def test_a_named_range_hides_a_tab_of_the_same_name_only_where_no_exclamation_mark_follows(book: Book) -> None:
    book.reply({"addSheet": {"properties": {"title": "Other", "sheetId": 5}}})
    book.reply({"addNamedRange": {"namedRange": {"name": "Sheet1", "range": grid(0, 0, 3, 2, 5)}}})

    assert book.read("Sheet1")["range"] == "Other!A1:B3"
    assert book.read("'Sheet1'")["range"] == "Sheet1!A1:Z1000"
    assert book.read("Sheet1!A1:B1")["range"] == "Sheet1!A1:B1"


def test_a_range_without_a_title_lies_on_the_first_tab_that_is_shown(book: Book) -> None:
    book.reply({"addSheet": {"properties": {"title": "Shown"}}})
    hide = {"properties": {"sheetId": 0, "hidden": True}, "fields": "hidden"}
    book.reply({"updateSheetProperties": hide})

    assert book.read("A1")["range"] == "Shown!A1"
