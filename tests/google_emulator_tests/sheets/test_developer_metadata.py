"""Developer metadata: made, found, and moving with its row."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator.wire import ApiError
from tests.google_emulator_tests.sheets.book import Book


def row(index: int) -> dict[str, Any]:
    return {"dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": index, "endIndex": index + 1}}


def create(location: dict[str, Any], **given: Any) -> dict[str, Any]:
    content = {"metadataKey": "lease", "metadataValue": "v", "visibility": "DOCUMENT", "location": location, **given}
    return {"createDeveloperMetadata": {"developerMetadata": content}}


def found(book: Book, **lookup: Any) -> list[dict[str, Any]]:
    body = {"dataFilters": [{"developerMetadataLookup": lookup}]}
    answer = book.call("developerMetadata.search", body=body)
    return [one["developerMetadata"] for one in answer.get("matchedDeveloperMetadata", [])]


def row_of(book: Book) -> int:
    return found(book, metadataKey="lease")[0]["location"]["dimensionRange"]["startIndex"]


def test_an_id_in_use_is_refused_with_the_whole_batch(book: Book) -> None:
    book.reply(create({"spreadsheet": True}, metadataId=42))

    message = book.refusal({"addSheet": {}}, create({"sheetId": 0}, metadataId=42))

    assert message == (
        "Invalid requests[1].createDeveloperMetadata: Cannot add developer metadata with ID [42] "
        "because developer metadata with that ID already exists."
    )
    assert len(book.get()["sheets"]) == 1


def test_metadata_is_told_where_it_is(book: Book) -> None:
    made = book.reply(create({"spreadsheet": True}, metadataId=1))["createDeveloperMetadata"]["developerMetadata"]
    book.batch(create({"sheetId": 0}, metadataId=2), create(row(3), metadataId=3))

    assert made == {
        "metadataId": 1,
        "metadataKey": "lease",
        "metadataValue": "v",
        "location": {"locationType": "SPREADSHEET", "spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    assert book.get()["developerMetadata"] == [made]
    (on_sheet,) = book.sheet()["developerMetadata"]
    assert on_sheet["location"] == {"locationType": "SHEET", "sheetId": 0}
    (data,) = book.sheet(ranges=["A4"], includeGridData="true")["data"]
    (on_row,) = data["rowMetadata"][0]["developerMetadata"]
    assert on_row["location"] == {
        "locationType": "ROW",
        "dimensionRange": {"dimension": "ROWS", "startIndex": 3, "endIndex": 4},
    }


def test_metadata_is_found_by_key_by_kind_and_by_place(book: Book) -> None:
    book.batch(
        create({"spreadsheet": True}, metadataId=1),
        create({"sheetId": 0}, metadataId=2),
        create(row(3), metadataId=3, metadataKey="row"),
    )

    def ids(**lookup: Any) -> list[int]:
        return [one["metadataId"] for one in found(book, **lookup)]

    assert ids() == [1, 2, 3]
    assert ids(metadataKey="lease") == [1, 2]
    assert ids(locationType="ROW") == [3]
    assert ids(metadataLocation={"sheetId": 0}) == [2, 3]
    assert ids(metadataLocation={"sheetId": 0}, locationMatchingStrategy="EXACT_LOCATION") == [2]
    assert ids(metadataLocation=row(3)) == [3]
    assert ids(metadataId=9) == []


def test_a_search_without_a_hit_is_empty(book: Book) -> None:
    assert book.call("developerMetadata.search", body={"dataFilters": [{"developerMetadataLookup": {}}]}) == {}


def test_metadata_can_be_had_by_its_id(book: Book) -> None:
    book.reply(create({"spreadsheet": True}, metadataId=42))

    assert book.call("developerMetadata.get", path={"metadataId": "42"})["metadataKey"] == "lease"
    with pytest.raises(ApiError, match="Requested entity was not found"):
        book.call("developerMetadata.get", path={"metadataId": "43"})


def test_metadata_of_a_row_stays_with_the_row(book: Book) -> None:
    book.write("A1:A6", [["f"], ["e"], ["d"], ["c"], ["b"], ["a"]])
    book.reply(create(row(2)))
    span = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 2}

    book.batch({"insertDimension": {"range": span}})
    assert row_of(book) == 4
    book.batch({"deleteDimension": {"range": {**span, "endIndex": 1}}})
    assert row_of(book) == 3
    book.batch({"moveDimension": {"source": {**span, "startIndex": 3, "endIndex": 4}, "destinationIndex": 0}})
    assert row_of(book) == 0
    book.batch({"sortRange": {"range": {"sheetId": 0}, "sortSpecs": [{"dimensionIndex": 0}]}})
    assert book.values(f"A{row_of(book) + 1}") == [["d"]]
    book.batch({"deleteDimension": {"range": {**span, "startIndex": row_of(book), "endIndex": row_of(book) + 1}}})
    assert found(book) == []


def test_metadata_of_a_row_stays_behind_when_its_cells_are_cut(book: Book) -> None:
    book.reply(create(row(2)))

    book.edit("cut_paste_row", row=3, to=9)

    assert row_of(book) == 2


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ({"startIndex": 0, "endIndex": 2}, "DimensionRange must represent a single row or column"),
        ({"startIndex": 0}, "DimensionRange must specify both a startIndex and an endIndex"),
    ],
)
def test_metadata_belongs_to_one_row(book: Book, place: dict[str, int], message: str) -> None:
    asked = create({"dimensionRange": {"sheetId": 0, "dimension": "ROWS", **place}})

    assert book.refusal(asked) == f"Invalid requests[0].createDeveloperMetadata: {message}"


def test_metadata_is_changed_and_deleted_by_filters(book: Book) -> None:
    book.reply(create({"spreadsheet": True}, metadataId=42))
    lookup = {"developerMetadataLookup": {"metadataId": 42}}
    change = {"dataFilters": [lookup], "developerMetadata": {"metadataValue": "w"}, "fields": "metadataValue"}

    changed = book.reply({"updateDeveloperMetadata": change})["updateDeveloperMetadata"]["developerMetadata"]
    deleted = book.reply({"deleteDeveloperMetadata": {"dataFilter": lookup}})

    assert (changed[0]["metadataKey"], changed[0]["metadataValue"]) == ("lease", "w")
    assert deleted["deleteDeveloperMetadata"]["deletedDeveloperMetadata"][0]["metadataId"] == 42
    assert book.reply({"deleteDeveloperMetadata": {"dataFilter": lookup}}) == {"deleteDeveloperMetadata": {}}


def test_rows_are_read_and_written_by_their_metadata(book: Book) -> None:
    book.reply(create(row(1)))
    filter_ = {"developerMetadataLookup": {"metadataKey": "lease"}}
    data = [{"dataFilter": filter_, "values": [["x", "y"]]}]

    answer = book.call("values.batchUpdateByDataFilter", body={"valueInputOption": "RAW", "data": data})

    assert answer["responses"][0]["updatedRange"] == "Sheet1!A2:B2"
    assert book.values("A2:B2") == [["x", "y"]]
