"""Requests that do not fit the method, and what Google says of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator_tests.frame.caller import Caller

BATCH_UPDATE = ("POST", "/v4/spreadsheets/x:batchUpdate")
UNKNOWN = "Invalid JSON payload received. Unknown name"


@pytest.mark.parametrize(
    ("verb", "path", "body", "field", "message"),
    [
        (*BATCH_UPDATE, {"foo": 1}, None, f'{UNKNOWN} "foo": Cannot find field.'),
        (
            *BATCH_UPDATE,
            {"requests": [{"foo": {}}]},
            "requests[0]",
            f"{UNKNOWN} \"foo\" at 'requests[0]': Cannot find field.",
        ),
        (
            *BATCH_UPDATE,
            {"requests": [{}, {"addSheet": {"properties": {"sheetID": 1}}}]},
            "requests[1].add_sheet.properties",
            f"{UNKNOWN} \"sheetID\" at 'requests[1].add_sheet.properties': Cannot find field.",
        ),
        (
            *BATCH_UPDATE,
            {"requests": [{"addSheet": {"properties": {"sheetId": "abc"}}}]},
            "requests[0].add_sheet.properties.sheet_id",
            "Invalid value at 'requests[0].add_sheet.properties.sheet_id' (TYPE_INT32), \"abc\"",
        ),
        (
            *BATCH_UPDATE,
            {"requests": [{"repeatCell": {"range": "A1"}}]},
            "requests[0].repeat_cell.range",
            (
                "Invalid value at 'requests[0].repeat_cell.range' "
                '(type.googleapis.com/google.apps.sheets.v4.GridRange), "A1"'
            ),
        ),
        (
            *BATCH_UPDATE,
            {"requests": [{"addSheet": {"properties": {"title": {"a": 1}}}}]},
            "requests[0].add_sheet.properties",
            "Invalid value at 'requests[0].add_sheet.properties' (title), Starting an object on a scalar field",
        ),
        (
            *BATCH_UPDATE,
            {"requests": [{"addSheet": {"properties": {"title": ["a"]}}}]},
            "requests[0].add_sheet.properties",
            (
                f"{UNKNOWN} \"title\" at 'requests[0].add_sheet.properties': "
                "Proto field is not repeating, cannot start list."
            ),
        ),
        (
            *BATCH_UPDATE,
            {"requests": [{"addSheet": {}, "deleteSheet": {}}]},
            "requests[0]",
            "Invalid value at 'requests[0]' (oneof), oneof field 'kind' is already set. Cannot set 'deleteSheet'",
        ),
        (
            "PUT",
            "/v4/spreadsheets/x/values/A1?valueInputOption=RAW",
            {"values": ["x"]},
            "data.values[0]",
            "Invalid value at 'data.values[0]' (type.googleapis.com/google.protobuf.ListValue), \"x\"",
        ),
        (
            "PUT",
            "/v4/spreadsheets/x/values/A1?valueInputOption=SOMEHOW",
            {},
            "value_input_option",
            (
                "Invalid value at 'value_input_option' (type.googleapis.com/google.apps.sheets.v4.ValueInputOption), "
                '"SOMEHOW"'
            ),
        ),
        (
            "GET",
            "/v4/spreadsheets/x?includeGridData=perhaps",
            None,
            "include_grid_data",
            "Invalid value at 'include_grid_data' (TYPE_BOOL), \"perhaps\"",
        ),
        (
            "GET",
            "/v4/spreadsheets/x?color=red",
            None,
            None,
            f"{UNKNOWN} \"color\": Cannot bind query parameter. Field 'color' could not be found in request message.",
        ),
    ],
)
def test_what_does_not_fit_is_named_by_its_place(
    caller: Caller, verb: str, path: str, body: Any, field: str | None, message: str
) -> None:
    error = caller.error(verb, path, body)

    violation = {"description": message} | ({"field": field} if field else {})
    assert error == {
        "code": 400,
        "message": message,
        "status": "INVALID_ARGUMENT",
        "details": [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}],
    }


def test_every_misfit_has_its_line(caller: Caller) -> None:
    error = caller.error(*BATCH_UPDATE, {"requests": [{"a": 1}, {"b": 1}]})

    assert error["message"].splitlines() == [
        f"{UNKNOWN} \"a\" at 'requests[0]': Cannot find field.",
        f"{UNKNOWN} \"b\" at 'requests[1]': Cannot find field.",
    ]
    assert [violation["field"] for violation in error["details"][0]["fieldViolations"]] == [
        "requests[0]",
        "requests[1]",
    ]


def test_gmail_repeats_it_in_the_older_list_without_a_domain(caller: Caller) -> None:
    error = caller.error("POST", "/gmail/v1/users/me/drafts", {"message": {"raw": "%"}})

    message = "Invalid value at 'draft.message.raw' (TYPE_BYTES), Base64 decoding failed for \"%\""
    assert error["message"] == message
    assert error["errors"] == [{"message": message, "reason": "invalid"}]


def test_names_may_be_written_in_snake_case_and_one_object_may_stand_for_a_list(caller: Caller) -> None:
    document = caller.new_document()

    caller(
        "POST", f"/v4/spreadsheets/{document}:batchUpdate", {"requests": {"add_sheet": {"properties": {"title": "x"}}}}
    )

    shown = caller.emulator.control.state()["services"]["sheets"]["documents"][document]
    assert shown["requests"] == [{"addSheet": {"properties": {"title": "x"}}}]


def test_null_is_nothing_but_in_a_row_of_values(caller: Caller) -> None:
    document = caller.new_document()

    answer = caller("PUT", f"/v4/spreadsheets/{document}/values/A1", {"range": None, "values": [[None, 1]]})

    assert answer.json() == {"updatedRange": "[[None, 1]]"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "Unexpected end of string. Expected an object key or }.\n\n^"),
        ('{"requests":', "Unexpected end of string. Expected a value.\n\n^"),
        ('{"a": 12', "Unexpected end of string. Expected , or } after key:value pair.\n12\n  ^"),
        ('{"a": "b', "Closing quote expected in string.\n\n^"),
        ('{"a" 1}', 'Expected : between key:value pair.\n{"a" 1}\n     ^'),
        ('{"a":[1 2]}', 'Expected , or ] after array value.\n{"a":[1 2]}\n        ^'),
        ('{"a":[%]}', "Expected a value or ] within an array.\n%]}\n^"),
        ('{"a":nope}', 'Unexpected token.\n{"a":nope}\n     ^'),
        ('{"a":}', "Unexpected token.\n}\n^"),
        ('{"a":1}}', 'Parsing terminated before end of input.\n{"a":1}}\n       ^'),
        ('{"a": 01}', 'Octal/hex numbers are not valid JSON values.\n{"a": 01}\n      ^'),
        ('{"title": "候補者一覧表" x}', f'Expected , or }} after key:value pair.\n候補者一覧表" x}}\n{" " * 20}^'),
    ],
)
def test_what_is_no_json_is_shown_with_a_caret(caller: Caller, text: str, sentence: str) -> None:
    error = caller.error(*BATCH_UPDATE[:1], f"{BATCH_UPDATE[1]}?$.xgafv=1", data=text.encode())

    message = f"Invalid JSON payload received. {sentence}"
    assert error == {
        "code": 400,
        "message": message,
        "errors": [{"message": message, "domain": "global", "reason": "parseError"}],
        "status": "INVALID_ARGUMENT",
    }


def test_a_window_that_cuts_a_character_in_two_is_not_shown(caller: Caller) -> None:
    error = caller.error(*BATCH_UPDATE, data='{"title": "候補者一覧表"  x}'.encode())

    assert error["message"] == "Request contains an invalid argument."


def test_what_is_json_but_no_object_has_no_field(caller: Caller) -> None:
    error = caller.error(*BATCH_UPDATE, data=b"[1]")

    message = f'{UNKNOWN} "": Root element must be a message.'
    assert error["message"] == message
    assert error["details"][0]["fieldViolations"] == [{"description": message}]


@pytest.mark.parametrize(
    "text", ["{'message': {'raw': 'QQ'}}", "{message: {raw: 'QQ',},}", '{"message": {"raw": "QQ",}, "id": null}']
)
def test_what_only_looks_like_json_is_read_all_the_same(caller: Caller, text: str) -> None:
    answer = caller("POST", "/gmail/v1/users/me/drafts", data=text.encode())

    assert answer.json()["id"] == "r1"


def test_drive_passes_over_what_it_does_not_know(caller: Caller) -> None:
    answer = caller("POST", "/drive/v3/files?colour=red", {"title": "of an older version"})

    assert answer.json()["name"] == "Untitled"


@pytest.mark.parametrize(
    ("path", "message", "reason", "location"),
    [
        (
            "/drive/v3/files?pageSize=5000",
            "Invalid value '5000'. Values must be within the range: [value: 1\n, value: 1000\n]",
            "invalidParameter",
            "page_size",
        ),
        ("/drive/v3/files/x/export", "Required parameter: mimeType", "required", "mimeType"),
        ("/drive/v3/files?q=name+is+x", "Invalid Value", "invalid", "q"),
        ("/drive/v3/files?pageToken=x", "Invalid Value", "invalid", "pageToken"),
        ("/drive/v3/about", "The 'fields' parameter is required for this method.", "required", "fields"),
    ],
)
def test_drive_says_it_in_its_older_words(caller: Caller, path: str, message: str, reason: str, location: str) -> None:
    error = caller.error("GET", path)

    entry = {"message": message, "domain": "global", "reason": reason}
    assert error == {
        "code": 400,
        "message": message,
        "errors": [{**entry, "location": location, "locationType": "parameter"}],
    }


def test_drive_reads_typed_values_as_the_others_do(caller: Caller) -> None:
    error = caller.error("GET", "/drive/v3/files?pageSize=many")

    message = "Invalid value at 'page_size' (TYPE_INT32), \"many\""
    assert error["errors"] == [{"message": message, "reason": "invalid"}]
    assert error["status"] == "INVALID_ARGUMENT"
    assert error["details"][0]["fieldViolations"] == [{"field": "page_size", "description": message}]


@pytest.mark.parametrize("flag", ["true", "True", "1", "yes", "t", "NO", "0"])
def test_a_boolean_has_many_spellings(caller: Caller, flag: str) -> None:
    document = caller.new_document()

    assert caller("GET", f"/v4/spreadsheets/{document}?includeGridData={flag}").status_code == 200
