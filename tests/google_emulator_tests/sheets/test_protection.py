"""Protected ranges, and whom they keep out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator.wire import ApiError
from tests.google_emulator_tests.sheets.book import OWNER, Book, grid

MAILER = "mailer@project.iam.gserviceaccount.com"
SENTENCE = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)


@pytest.fixture
def shared(book: Book) -> Book:
    book.shares.roles[book.id, MAILER] = "writer"
    return book


def protect(**given: Any) -> dict[str, Any]:
    return {"addProtectedRange": {"protectedRange": {"range": grid(0, 0, 2, 2), **given}}}


def write(book: Book, text: str, email: str = MAILER) -> dict[str, Any]:
    return book.call(
        "values.update",
        email=email,
        path={"range": text},
        query={"valueInputOption": "RAW"},
        body={"values": [["x"]]},
    )


def test_a_protection_is_answered_as_gspread_recorded(book: Book) -> None:
    asked = protect(description=None, warningOnly=False, requestingUserCanEdit=False, editors={"users": []})

    reply = book.reply(asked)["addProtectedRange"]["protectedRange"]

    range_ = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    assert reply.pop("protectedRangeId") > 0
    assert reply == {"range": range_, "requestingUserCanEdit": True, "editors": {}}
    (kept,) = book.sheet()["protectedRanges"]
    assert kept["editors"] == {"users": [OWNER]}
    assert kept["requestingUserCanEdit"] is True


def test_who_is_no_editor_does_not_write_there(shared: Book) -> None:
    shared.batch(protect())

    with pytest.raises(ApiError) as refused:
        write(shared, "B2")

    assert (refused.value.code, refused.value.status) == (400, "INVALID_ARGUMENT")
    assert refused.value.message == SENTENCE
    write(shared, "C3")
    write(shared, "A1", OWNER)


def test_a_batch_and_several_updates_name_the_part_that_is_protected(shared: Book) -> None:
    shared.batch(protect())
    data = [{"range": "A1", "values": [["x"]]}]
    rows = {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}}

    with pytest.raises(ApiError) as refused:
        shared.call("values.batchUpdate", email=MAILER, body={"valueInputOption": "RAW", "data": data})

    assert refused.value.message == f"Invalid data[0]: {SENTENCE}"
    assert shared.refusal({"deleteDimension": rows}, email=MAILER) == (
        f"Invalid requests[0].deleteDimension: {SENTENCE}"
    )


def test_editors_and_warnings_let_writes_through(shared: Book) -> None:
    shared.batch(protect(editors={"users": [MAILER]}))
    shared.batch(protect(warningOnly=True))

    write(shared, "A1")

    kept = shared.sheet()["protectedRanges"]
    assert kept[1]["warningOnly"] is True
    assert kept[1]["editors"] == {"users": [OWNER]}


def test_a_warning_is_answered_as_gspread_recorded(book: Book) -> None:
    asked = protect(warningOnly=True, requestingUserCanEdit=False)

    reply = book.reply(asked)["addProtectedRange"]["protectedRange"]

    assert reply.keys() == {"protectedRangeId", "range", "warningOnly", "requestingUserCanEdit", "editors"}
    assert reply["editors"] == {}


def test_a_whole_tab_can_be_protected_but_for_some_cells(shared: Book) -> None:
    shared.batch(protect(range={"sheetId": 0}, unprotectedRanges=[grid(2, 0, 3, 1)]))

    write(shared, "A3")
    with pytest.raises(ApiError, match="protected cell"):
        write(shared, "A4")


def test_a_protection_is_changed_and_lifted_by_its_editors(shared: Book) -> None:
    made = shared.reply(protect())["addProtectedRange"]["protectedRange"]
    number = made["protectedRangeId"]
    change = {"protectedRange": {"protectedRangeId": number, "description": "記録"}, "fields": "description"}

    assert SENTENCE in shared.refusal({"deleteProtectedRange": {"protectedRangeId": number}}, email=MAILER)
    shared.batch({"updateProtectedRange": change})
    assert shared.sheet()["protectedRanges"][0]["description"] == "記録"
    shared.batch({"deleteProtectedRange": {"protectedRangeId": number}})
    assert "protectedRanges" not in shared.sheet()
    assert shared.refusal({"deleteProtectedRange": {"protectedRangeId": number}}) == (
        f"Invalid requests[0].deleteProtectedRange: No protected range with id: {number}"
    )
