"""Making and reading whole spreadsheets."""

from __future__ import annotations

import re

import pytest

from tests.google_emulator.wire import ApiError
from tests.google_emulator_tests.sheets.book import NOW, OWNER, Book, grid, text_cells


def test_a_new_spreadsheet_is_what_google_makes(book: Book) -> None:
    made = book.call("create", spreadsheet_id=None)

    properties = made["properties"]
    assert (properties["title"], properties["locale"], properties["timeZone"], properties["autoRecalc"]) == (
        "Untitled spreadsheet",
        "en_US",
        "Etc/GMT",
        "ON_CHANGE",
    )
    assert properties["defaultFormat"]["textFormat"]["fontFamily"] == "arial,sans,sans-serif"
    assert properties["spreadsheetTheme"]["themeColors"][-1]["colorType"] == "LINK"
    assert made["sheets"] == [
        {
            "properties": {
                "sheetId": 0,
                "title": "Sheet1",
                "index": 0,
                "sheetType": "GRID",
                "gridProperties": {"rowCount": 1000, "columnCount": 26},
            }
        }
    ]
    address = f"https://docs.google.com/spreadsheets/d/{made['spreadsheetId']}/edit"
    assert re.fullmatch(re.escape(address) + r"\?ouid=1\d{20}", made["spreadsheetUrl"])
    assert list(made) == ["spreadsheetId", "properties", "sheets", "spreadsheetUrl"]


def test_sheets_of_the_request_replace_the_usual_one(book: Book) -> None:
    sheets = [
        {"properties": {"title": "候補者"}, "data": [{"startRow": 1, "rowData": text_cells(["ID", "氏名"])}]},
        {"properties": {"title": "送信記録", "gridProperties": {"rowCount": 5, "frozenRowCount": 1}}},
    ]

    made = book.call("create", spreadsheet_id=None, body={"properties": {"title": "x"}, "sheets": sheets})

    assert [one["properties"]["title"] for one in made["sheets"]] == ["候補者", "送信記録"]
    assert made["sheets"][1]["properties"]["gridProperties"] == {"rowCount": 5, "columnCount": 26, "frozenRowCount": 1}
    read = book.call("values.get", spreadsheet_id=made["spreadsheetId"], path={"range": "候補者"})
    assert read["values"] == [[], ["ID", "氏名"]]


def test_the_first_tab_is_named_in_the_language_of_the_spreadsheet(japanese: Book) -> None:
    assert japanese.sheet()["properties"]["title"] == "シート1"


def test_grid_data_comes_when_it_is_asked_for_or_the_mask_names_it(book: Book) -> None:
    assert "data" not in book.sheet()
    assert "data" in book.sheet(includeGridData="true")
    assert "data" in book.sheet("sheets.data.rowData.values.note")
    assert "data" in book.sheet("sheets(properties,data/rowData)")
    assert "data" not in book.sheet("sheets.properties", includeGridData="true")


def test_a_range_of_grid_data_says_where_it_begins_unless_at_the_edge(book: Book) -> None:
    book.write("A1:B3", [["a", "b"], ["", ""], ["c", "d"]])

    first, second = book.sheet(ranges=["A1:B2", "B2:C4"], includeGridData="true")["data"]

    assert "startRow" not in first
    assert "startColumn" not in first
    assert len(first["rowData"]) == 1
    assert (second["startRow"], second["startColumn"]) == (1, 1)
    assert second["rowData"][0] == {}
    assert second["rowData"][1]["values"][0]["formattedValue"] == "d"
    assert second["rowMetadata"] == [{"pixelSize": 21}] * 3
    assert second["columnMetadata"] == [{"pixelSize": 100}] * 2


def test_an_empty_range_has_no_row_data(book: Book) -> None:
    (data,) = book.sheet(ranges=["C5:D6"], includeGridData="true")["data"]

    assert data == {
        "startRow": 4,
        "startColumn": 2,
        "rowMetadata": [{"pixelSize": 21}] * 2,
        "columnMetadata": [{"pixelSize": 100}] * 2,
    }


def test_only_tabs_that_a_range_names_are_told(book: Book) -> None:
    book.reply({"addSheet": {"properties": {"title": "B"}}})

    sheets = book.get(ranges=["B!A1"])["sheets"]

    assert [one["properties"]["title"] for one in sheets] == ["B"]


def test_a_text_is_told_with_all_its_looks(book: Book) -> None:
    book.write("A1", [["x"]])

    cell = book.cell("A1")

    assert list(cell) == ["userEnteredValue", "effectiveValue", "formattedValue", "effectiveFormat"]
    assert cell["effectiveFormat"] == {
        "backgroundColor": {"red": 1, "green": 1, "blue": 1},
        "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
        "horizontalAlignment": "LEFT",
        "verticalAlignment": "BOTTOM",
        "wrapStrategy": "OVERFLOW_CELL",
        "textFormat": {
            "foregroundColor": {},
            "fontFamily": "Arial",
            "fontSize": 10,
            "bold": False,
            "italic": False,
            "strikethrough": False,
            "underline": False,
            "foregroundColorStyle": {"rgbColor": {}},
        },
        "hyperlinkDisplayType": "PLAIN_TEXT",
        "backgroundColorStyle": {"rgbColor": {"red": 1, "green": 1, "blue": 1}},
    }


def test_a_number_stands_on_the_right_and_a_date_has_its_format(book: Book) -> None:
    book.type_in("A1:B1", [["2500", "2026-09-05"]])

    assert book.cell("A1")["effectiveFormat"]["horizontalAlignment"] == "RIGHT"
    assert "numberFormat" not in book.cell("A1")["effectiveFormat"]
    assert book.cell("B1")["effectiveFormat"]["numberFormat"] == {"type": "DATE", "pattern": "yyyy-mm-dd"}


def test_the_mask_decides_what_is_written_of_a_cell(book: Book) -> None:
    book.type_in("A1:B1", [["x", "5"]])

    (data,) = book.sheet("sheets.data.rowData.values(formattedValue,note)", ranges=["A1:B1"])["data"]

    assert data["rowData"] == [{"values": [{"formattedValue": "x"}, {"formattedValue": "5"}]}]


def test_a_range_can_be_had_by_a_data_filter(book: Book) -> None:
    book.write("B2", [["x"]])
    asked = {"dataFilters": [{"a1Range": "Sheet1!B2"}], "includeGridData": True}

    (data,) = book.call("getByDataFilter", body=asked)["sheets"][0]["data"]

    assert data["rowData"][0]["values"][0]["formattedValue"] == "x"


def test_a_spreadsheet_that_is_not_there_is_not_found(book: Book) -> None:
    with pytest.raises(ApiError) as refused:
        book.call("get", spreadsheet_id="1nope")

    assert (refused.value.code, refused.value.status) == (404, "NOT_FOUND")
    assert refused.value.message == "Requested entity was not found."


def test_a_spreadsheet_that_is_not_shared_is_refused(book: Book) -> None:
    with pytest.raises(ApiError) as refused:
        book.call("get", email="stranger@example.com")

    assert (refused.value.code, refused.value.status) == (403, "PERMISSION_DENIED")
    assert refused.value.message == "The caller does not have permission"


def test_a_reader_reads_and_does_not_write(book: Book) -> None:
    book.shares.roles[book.id, "reader@example.com"] = "reader"

    assert book.call("get", email="reader@example.com")["spreadsheetId"] == book.id
    with pytest.raises(ApiError, match="The caller does not have permission"):
        book.batch({"addSheet": {}}, email="reader@example.com")


def test_drive_hears_of_changes_and_of_a_new_title(book: Book) -> None:
    book.write("A1", [["x"]])
    rename = {"properties": {"title": "採用 2026"}, "fields": "title"}
    book.reply({"updateSpreadsheetProperties": rename})

    assert book.shares.touched_at[book.id] == NOW
    assert book.shares.names[book.id] == "採用 2026"
    assert book.shares.roles[book.id, OWNER] == "owner"


def test_the_address_names_the_person_who_asks_and_no_service_account(book: Book) -> None:
    robot = "relay@project.iam.gserviceaccount.com"
    book.shares.roles[book.id, robot] = "writer"

    assert "?ouid=" in book.get()["spreadsheetUrl"]
    assert book.call("get", email=robot)["spreadsheetUrl"] == f"https://docs.google.com/spreadsheets/d/{book.id}/edit"


def test_copies_of_a_tab_are_numbered_from_the_second_on(book: Book) -> None:
    body = {"destinationSpreadsheetId": book.call("create", spreadsheet_id=None)["spreadsheetId"]}

    copies = [book.call("sheets.copyTo", path={"sheetId": "0"}, body=body)["title"] for _ in range(3)]

    assert copies == ["Copy of Sheet1", "Copy of Sheet1 1", "Copy of Sheet1 2"]


def test_a_tab_can_be_copied_to_another_spreadsheet(book: Book) -> None:
    book.write("A1:B1", [["x", "y"]])
    target = book.call("create", spreadsheet_id=None)["spreadsheetId"]

    copied = book.call("sheets.copyTo", path={"sheetId": "0"}, body={"destinationSpreadsheetId": target})

    assert (copied["title"], copied["index"]) == ("Copy of Sheet1", 1)
    read = book.call("values.get", spreadsheet_id=target, path={"range": "Copy of Sheet1!A1:B1"})
    assert read["values"] == [["x", "y"]]


def test_merges_are_told_where_a_range_touches_them(book: Book) -> None:
    book.reply({"mergeCells": {"range": grid(0, 0, 2, 2), "mergeType": "MERGE_ALL"}})
    merge = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}

    assert book.sheet()["merges"] == [merge]
    assert book.sheet(ranges=["B2:C3"])["merges"] == [merge]
    assert "merges" not in book.sheet(ranges=["C3"])
