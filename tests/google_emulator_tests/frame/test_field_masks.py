"""The `fields` parameter: only what was asked for comes back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator.discovery import methods
from tests.google_emulator.masks import apply_mask, read_mask
from tests.google_emulator_tests.frame.caller import Caller

BOOK = {
    "spreadsheetId": "x",
    "properties": {"title": "候補者", "locale": "ja_JP"},
    "sheets": [
        {"properties": {"sheetId": 0, "title": "a"}, "data": [{"rowData": [{"values": [{"note": "n"}, {}]}]}]},
        {"properties": {"sheetId": 1, "title": "b"}},
    ],
}


@pytest.mark.parametrize(
    ("mask", "left"),
    [
        ("*", BOOK),
        ("", BOOK),
        ("spreadsheetId", {"spreadsheetId": "x"}),
        ("properties.title", {"properties": {"title": "候補者"}}),
        ("properties/title,spreadsheetId", {"spreadsheetId": "x", "properties": {"title": "候補者"}}),
        ("properties(title)", {"properties": {"title": "候補者"}}),
        (
            "sheets(properties(sheetId),data/rowData/values/note)",
            {
                "sheets": [
                    {"properties": {"sheetId": 0}, "data": [{"rowData": [{"values": [{"note": "n"}, {}]}]}]},
                    {"properties": {"sheetId": 1}},
                ]
            },
        ),
        ("sheets.properties.sheet_id", {"sheets": [{"properties": {"sheetId": 0}}, {"properties": {"sheetId": 1}}]}),
        (
            "sheets/*/sheetId",
            {"sheets": [{"properties": {"sheetId": 0}, "data": [{}]}, {"properties": {"sheetId": 1}}]},
        ),
    ],
)
def test_a_mask_leaves_only_what_it_names(mask: str, left: Any) -> None:
    tree = read_mask(methods()["sheets.spreadsheets.get"], mask)

    assert apply_mask(BOOK, tree) == left


def test_a_path_that_the_answer_does_not_have_is_refused_in_the_details(caller: Caller) -> None:
    error = caller.error("GET", "/v4/spreadsheets/x?fields=spreadsheetId,sheets(properties(sheetId,color))")

    assert error["message"] == "Request contains an invalid argument."
    assert error["details"][0]["fieldViolations"] == [
        {
            "field": "spreadsheetId,sheets(properties(sheetId,color))",
            "description": "Error expanding 'fields' parameter. "
            "Cannot find matching fields for path 'sheets.properties.color'.",
        }
    ]


def test_drive_names_the_last_part_of_the_path(caller: Caller) -> None:
    error = caller.error("GET", "/drive/v3/files?fields=files(id,owner)")

    assert error["message"] == "Invalid field selection owner"
    assert error["errors"][0]["location"] == "fields"


def test_drive_answers_with_little_unless_asked_for_more(caller: Caller) -> None:
    document = caller.new_document()

    plain = caller("GET", f"/drive/v3/files/{document}").json()
    more = caller("GET", f"/drive/v3/files/{document}?fields=id,ownedByMe,owners/emailAddress").json()

    assert sorted(plain) == ["id", "kind", "mimeType", "name"]
    assert more == {"id": document, "ownedByMe": True, "owners": [{"emailAddress": "hr@example.co.jp"}]}
