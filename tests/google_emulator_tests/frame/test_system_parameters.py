"""The parameters that every method takes: the error format, alt, fields and prettyPrint."""

from __future__ import annotations

import pytest

from tests.google_emulator_tests.frame.caller import Caller


def test_gmail_leaves_it_out_where_the_newer_format_is_asked_for(caller: Caller) -> None:
    error = caller.error("POST", "/gmail/v1/users/me/drafts/send?$.xgafv=2", {"id": "none"})

    assert error == {"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND"}


def test_sheets_has_the_older_list_only_where_it_is_asked_for(caller: Caller) -> None:
    plain = caller.error("GET", "/v4/spreadsheets/x")
    older = caller.error("GET", "/v4/spreadsheets/x?$.xgafv=1")

    assert plain == {"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND"}
    assert older["errors"] == [{"message": "Requested entity was not found.", "domain": "global", "reason": "notFound"}]


def test_a_system_parameter_is_looked_at_before_the_token(caller: Caller) -> None:
    del caller.session.headers["Authorization"]

    error = caller.error("GET", "/v4/spreadsheets/x?$.xgafv=3")

    assert error["message"] == "Invalid query parameters. Invalid value '3' for system query parameter : $.xgafv"


@pytest.mark.parametrize(
    ("alt", "message"),
    [
        ("media", 'Unsupported alt type "media" for non byte stream request.'),
        ("ZZZ", "Invalid value \"ZZZ\" for query parameter 'alt'"),
    ],
)
def test_an_answer_is_json_or_nothing(caller: Caller, alt: str, message: str) -> None:
    assert caller.error("GET", f"/v4/spreadsheets/x?alt={alt}")["message"] == message
    assert caller("GET", "/gmail/v1/users/me/profile?alt=JSON").status_code == 200


def test_an_empty_mask_is_nothing_to_drive_and_none_to_sheets(caller: Caller) -> None:
    document = caller.new_document()

    assert caller("GET", f"/drive/v3/files/{document}?fields=").json() == {}
    assert caller("GET", f"/v4/spreadsheets/{document}?fields=").json()["spreadsheetId"] == document


def test_of_two_masks_the_first_counts(caller: Caller) -> None:
    document = caller.new_document()

    answer = caller("GET", f"/v4/spreadsheets/{document}?fields=spreadsheetId&fields=nonsense")

    assert answer.json() == {"spreadsheetId": document}


def test_errors_are_laid_out_for_people_whatever_was_asked_for(caller: Caller) -> None:
    answer = caller("GET", "/v4/spreadsheets/x?prettyPrint=false")

    assert answer.text.startswith('{\n  "error": {\n')


def test_brackets_and_hidden_characters_are_escaped(caller: Caller) -> None:
    document = caller.new_document("<b>&\u200b")

    answer = caller("GET", f"/v4/spreadsheets/{document}")

    assert r'"title": "\u003cb\u003e&\u200b"' in answer.text
