"""What people do to a spreadsheet meanwhile, and what is shown of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator_tests.sheets.book import Book


@pytest.fixture
def loaded(book: Book) -> Book:
    rows = [
        ["ID", "氏名", "結果", "決定日"],
        ["C-1", "山田", "不採用", {"date": "2026-11-01"}],
        ["C-2", "佐藤", "内定", {"date": "2026-11-02T09:30:00"}],
        ["C-3", "鈴木", "不採用", None],
    ]
    book.edit("load", sheet="候補者", values=rows)
    return book


def ids(book: Book) -> list[str]:
    return [row[0] if row else "" for row in book.values("候補者!A2:A9")]


def test_a_tab_is_filled_with_values_as_they_are(loaded: Book) -> None:
    assert loaded.values("候補者!A2:D3") == [
        ["C-1", "山田", "不採用", "2026/11/01"],
        ["C-2", "佐藤", "内定", "2026/11/02 9:30:00"],
    ]
    assert loaded.values("候補者!D2", valueRenderOption="UNFORMATTED_VALUE") == [[46327]]


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("sort", {"column": "氏名"}, ["C-2", "C-1", "C-3"]),
        ("sort", {"column": 0, "descending": True}, ["C-3", "C-2", "C-1"]),
        ("sort_one_column", {"column": "A", "descending": True}, ["C-3", "C-2", "C-1"]),
        ("insert_row", {"row": 2, "cells": ["C-9"]}, ["C-9", "C-1", "C-2", "C-3"]),
        ("delete_row", {"row": 3}, ["C-1", "C-3"]),
        ("cut_paste_row", {"row": 2, "to": 6}, ["", "C-2", "C-3", "", "C-1"]),
        ("copy_row", {"row": 2}, ["C-1", "C-2", "C-3", "C-1"]),
        ("set_cell", {"row": 2, "column": "ID", "value": "007"}, ["7", "C-2", "C-3"]),
        ("set_raw", {"row": 2, "column": "ID", "value": "007"}, ["007", "C-2", "C-3"]),
        ("clear_column", {"column": "ID"}, []),
    ],
)
def test_people_change_rows_and_cells(loaded: Book, name: str, given: dict[str, Any], expected: list[str]) -> None:
    loaded.edit(name, sheet="候補者", **given)

    assert ids(loaded) == expected


def test_only_one_column_is_sorted_when_people_sort_one(loaded: Book) -> None:
    loaded.edit("sort_one_column", sheet="候補者", column="氏名")

    assert loaded.values("候補者!A2:B4") == [["C-1", "佐藤"], ["C-2", "山田"], ["C-3", "鈴木"]]


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("insert_column", {"column": 1, "heading": "備考"}, ["ID", "備考", "氏名", "結果", "決定日"]),
        ("delete_column", {"column": "氏名"}, ["ID", "結果", "決定日"]),
        ("move_column", {"column": "ID", "to": "決定日"}, ["氏名", "結果", "ID", "決定日"]),
        ("rename_heading", {"column": "結果", "heading": "選考結果"}, ["ID", "氏名", "選考結果", "決定日"]),
    ],
)
def test_people_change_columns(loaded: Book, name: str, given: dict[str, Any], expected: list[str]) -> None:
    loaded.edit(name, sheet="候補者", **given)

    assert loaded.values("候補者!1:1") == [expected]


def test_people_hide_and_filter_rows(loaded: Book) -> None:
    loaded.edit("hide_row", sheet="候補者", row=2)
    loaded.edit("filter", sheet="候補者", column="結果", hide=["内定"])

    shown = loaded.service.show()["spreadsheets"][0]["sheets"][1]

    assert shown["hidden_rows"] == [2, 3]
    assert shown["title"] == "候補者"


def test_people_add_rename_and_delete_tabs(loaded: Book) -> None:
    loaded.edit("rename_sheet", sheet="候補者", title="応募者")
    loaded.edit("add_sheet", title="メモ")
    loaded.edit("delete_sheet", sheet="Sheet1")

    assert [one["properties"]["title"] for one in loaded.get()["sheets"]] == ["応募者", "メモ"]


def test_people_protect_a_tab(loaded: Book) -> None:
    loaded.edit("protect", sheet="候補者", editors=["someone@example.com"])

    assert loaded.sheet(index=1)["protectedRanges"][0]["editors"] == {"users": ["someone@example.com"]}


def test_a_tab_or_column_that_is_not_there_is_said(loaded: Book) -> None:
    with pytest.raises(LookupError, match="there is no tab 'x'"):
        loaded.edit("hide_row", sheet="x", row=1)
    with pytest.raises(LookupError, match="has no column '住所'"):
        loaded.edit("delete_column", sheet="候補者", column="住所")


def test_drive_makes_and_copies_documents(loaded: Book) -> None:
    loaded.service.edits["create_document"]({"spreadsheetId": "1new", "title": "空"})
    loaded.service.edits["create_document"]({"spreadsheetId": "1copy", "title": "写し", "copy_of": loaded.id})

    shown = {one["spreadsheetId"]: one for one in loaded.service.show()["spreadsheets"]}
    assert [sheet["title"] for sheet in shown["1new"]["sheets"]] == ["Sheet1"]
    assert shown["1copy"]["title"] == "写し"
    assert shown["1copy"]["sheets"] == shown[loaded.id]["sheets"]


def test_everything_is_shown_in_short(loaded: Book) -> None:
    loaded.type_in("候補者!E2", [["=1+1"]])

    shown = loaded.service.show()["spreadsheets"][0]["sheets"][1]

    assert shown["values"][1] == ["C-1", "山田", "不採用", 46327, 2]
    assert shown["formulas"] == {"E2": "=1+1"}
    assert shown["rowCount"] == 1000
