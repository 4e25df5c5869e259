"""Named ranges, conditional formats, filters, bandings, charts and tables."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator.wire import ApiError
from tests.google_emulator_tests.sheets.book import Book, grid

BARE = {"startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
RED = {"backgroundColor": {"red": 1}}


def rule(text: str, **form: Any) -> dict[str, Any]:
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": text}]}
    return {"ranges": [grid(0, 0, 3, 2)], "booleanRule": {"condition": condition, "format": form or RED}}


def test_a_range_is_named_as_gspread_recorded(book: Book) -> None:
    named = book.reply({"addNamedRange": {"namedRange": {"name": "Band", "range": grid(0, 0, 3, 2)}}})

    shown = named["addNamedRange"]["namedRange"]
    assert shown == {"namedRangeId": shown["namedRangeId"], "name": "Band", "range": BARE}
    assert shown["namedRangeId"].isdigit()
    assert book.get()["namedRanges"] == [shown]

    change = {"namedRange": {"namedRangeId": shown["namedRangeId"], "name": "Band2"}, "fields": "name"}
    book.batch({"updateNamedRange": change})
    assert book.read("Band2")["range"] == "Sheet1!A1:B3"
    book.batch({"deleteNamedRange": {"namedRangeId": shown["namedRangeId"]}})
    assert "namedRanges" not in book.get()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Band", "Cannot add named range with name Band, a named range with that name already exists."),
        ("A band", "The name given to this range is invalid."),
        ("Q1", "The name given to this range is invalid."),
    ],
)
def test_a_name_must_be_free_and_no_cell(book: Book, name: str, message: str) -> None:
    book.batch({"addNamedRange": {"namedRange": {"name": "Band", "range": grid(0, 0, 3, 2)}}})

    refused = book.refusal({"addNamedRange": {"namedRange": {"name": name, "range": grid(0, 0, 1, 1)}}})

    assert refused == f"Invalid requests[0].addNamedRange: {message}"


def test_rules_are_kept_in_order_and_told_with_bounded_ranges(book: Book) -> None:
    unbounded = {**rule("a"), "ranges": [{"sheetId": 0, "startColumnIndex": 0, "endColumnIndex": 1}]}
    add = [{"addConditionalFormatRule": {"rule": one, "index": 0}} for one in (rule("b"), unbounded)]

    assert book.batch(*add)["replies"] == [{}, {}]

    first, second = book.sheet()["conditionalFormats"]
    assert first["ranges"][0]["endRowIndex"] == 1000
    assert second["ranges"] == [BARE]
    form = second["booleanRule"]["format"]
    assert form == {"backgroundColor": {"red": 1}, "backgroundColorStyle": {"rgbColor": {"red": 1}}}


def test_a_rule_is_replaced_moved_and_deleted(book: Book) -> None:
    book.batch(*[{"addConditionalFormatRule": {"rule": rule(text), "index": 0}} for text in "cba"])

    moved = book.reply({"updateConditionalFormatRule": {"sheetId": 0, "index": 2, "newIndex": 0}})
    replaced = book.reply({"updateConditionalFormatRule": {"index": 1, "rule": rule("x")}})
    deleted = book.reply({"deleteConditionalFormatRule": {"sheetId": 0, "index": 0}})

    def text(one: dict[str, Any]) -> str:
        return one["booleanRule"]["condition"]["values"][0]["userEnteredValue"]

    assert moved["updateConditionalFormatRule"]["oldIndex"] == 2
    assert "newIndex" not in moved["updateConditionalFormatRule"]
    assert text(replaced["updateConditionalFormatRule"]["oldRule"]) == "a"
    assert text(deleted["deleteConditionalFormatRule"]["rule"]) == "c"
    assert [text(one) for one in book.sheet()["conditionalFormats"]] == ["x", "b"]


def test_a_rule_that_is_not_there_or_formats_too_much_is_refused(book: Book) -> None:
    assert book.refusal({"deleteConditionalFormatRule": {"sheetId": 0, "index": 1}}) == (
        "Invalid requests[0].deleteConditionalFormatRule: No conditional format on sheet: 0 at index: 1"
    )
    wide = rule("a", textFormat={"fontSize": 14})
    assert book.refusal({"addConditionalFormatRule": {"rule": wide, "index": 0}}) == (
        "Invalid requests[0].addConditionalFormatRule: ConditionalFormatRule.format only supports bold, italic, "
        "strikethrough, foreground color and background color."
    )


def test_a_filter_covers_the_grid_and_hides_rows(book: Book) -> None:
    book.write("A1:A4", [["選考結果"], ["不採用"], ["内定"], ["不採用"]])
    book.batch({"setBasicFilter": {"filter": {"range": {"sheetId": 0}}}})
    whole = {"startRowIndex": 0, "endRowIndex": 1000, "startColumnIndex": 0, "endColumnIndex": 26}
    assert book.sheet()["basicFilter"] == {"range": whole}

    criteria = {"0": {"hiddenValues": ["内定"]}}
    book.batch({"setBasicFilter": {"filter": {"range": grid(0, 0, 4, 1), "criteria": criteria}}})

    kept = book.sheet()["basicFilter"]
    assert kept["criteria"] == criteria
    assert kept["filterSpecs"] == [{"columnIndex": 0, "filterCriteria": criteria["0"]}]
    (data,) = book.sheet(ranges=["A1:A4"], includeGridData="true")["data"]
    assert [one.get("hiddenByFilter", False) for one in data["rowMetadata"]] == [False, False, True, False]

    book.batch({"clearBasicFilter": {"sheetId": 0}})
    (data,) = book.sheet(ranges=["A1:A4"], includeGridData="true")["data"]
    assert data["rowMetadata"] == [{"pixelSize": 21}] * 4


def test_a_banding_does_not_lie_over_another_one(book: Book) -> None:
    colors = {"firstBandColor": {"red": 1}, "secondBandColor": {"green": 1}}
    banding = {"range": grid(0, 0, 3, 2), "rowProperties": colors}

    added = book.reply({"addBanding": {"bandedRange": banding}})["addBanding"]["bandedRange"]

    assert added["range"] == BARE
    assert added["rowProperties"]["firstBandColorStyle"] == {"rgbColor": {"red": 1}}
    assert book.refusal({"addBanding": {"bandedRange": banding}}) == (
        "Invalid requests[0].addBanding: You cannot add alternating background colors to a range "
        "that already has alternating background colors."
    )
    book.batch({"deleteBanding": {"bandedRangeId": added["bandedRangeId"]}}, {"addBanding": {"bandedRange": banding}})


def chart(**spec: Any) -> dict[str, Any]:
    series = {"series": {"sourceRange": {"sources": [grid(0, 1, 3, 2)]}}}
    domain = {"domain": {"sourceRange": {"sources": [grid(0, 0, 3, 1)]}}}
    basic = {"chartType": "COLUMN", "domains": [domain], "series": [series]}
    return {"title": "媒体別", "basicChart": basic, **spec}


def anchored(row: int, column: int) -> dict[str, Any]:
    return {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": row, "columnIndex": column}}}


def test_a_chart_lies_where_it_was_put(book: Book) -> None:
    reply = book.reply({"addChart": {"chart": {"spec": chart(), "position": anchored(0, 4)}}})["addChart"]["chart"]

    assert reply["position"] == {
        "overlayPosition": {"anchorCell": {"columnIndex": 4}, "widthPixels": 600, "heightPixels": 371}
    }
    assert book.sheet()["charts"] == [reply]

    move = {"objectId": reply["chartId"], "newPosition": anchored(5, 1), "fields": "anchorCell"}
    moved = book.reply({"updateEmbeddedObjectPosition": move})["updateEmbeddedObjectPosition"]["position"]
    assert moved["overlayPosition"]["anchorCell"] == {"rowIndex": 5, "columnIndex": 1}

    book.batch({"updateChartSpec": {"chartId": reply["chartId"], "spec": chart(title="x")}})
    assert book.sheet()["charts"][0]["spec"]["title"] == "x"
    book.batch({"deleteEmbeddedObject": {"objectId": reply["chartId"]}})
    assert "charts" not in book.sheet()
    assert book.refusal({"deleteEmbeddedObject": {"objectId": reply["chartId"]}}).endswith(
        f"No embedded object with id: {reply['chartId']}"
    )


def test_a_chart_on_a_sheet_of_its_own_has_no_grid(book: Book) -> None:
    book.batch({"addChart": {"chart": {"spec": chart(), "position": {"newSheet": True}}}})

    properties = book.get()["sheets"][1]["properties"]
    assert (properties["title"], properties["sheetType"]) == ("Chart1", "OBJECT")
    assert "gridProperties" not in properties


def test_a_chart_loses_the_series_whose_column_is_deleted(book: Book) -> None:
    book.batch({"addChart": {"chart": {"spec": chart(), "position": anchored(0, 4)}}})
    column = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}

    book.batch({"deleteDimension": {"range": column}})

    (kept,) = book.sheet()["charts"]
    assert kept["spec"]["basicChart"]["series"] == []
    assert len(kept["spec"]["basicChart"]["domains"]) == 1


def test_a_chart_of_nothing_breaks_the_server_as_the_real_one(book: Book) -> None:
    with pytest.raises(ApiError) as broken:
        book.batch({"addChart": {"chart": {"spec": {"basicChart": {"chartType": "BAR"}}, "position": anchored(0, 0)}}})

    assert (broken.value.code, broken.value.message) == (500, "Internal error encountered.")
    assert "must be set on chartSpec" in book.refusal({"addChart": {"chart": {"spec": {"title": "x"}}}})


def test_a_table_names_its_columns_by_the_headings(book: Book) -> None:
    book.write("A1:C1", [["ID", "", "結果"]])
    values = [{"userEnteredValue": "不採用"}]
    drop_down = {"dataValidationRule": {"condition": {"type": "ONE_OF_LIST", "values": values}}}
    columns = [{"columnIndex": 2, "columnType": "DROPDOWN", **drop_down}]
    table = {"name": "候補者", "range": grid(0, 0, 3, 3), "columnProperties": columns}

    shown = book.reply({"addTable": {"table": table}})["addTable"]["table"]

    assert shown["columnProperties"] == [
        {"columnName": "ID"},
        {"columnIndex": 1, "columnName": "Column 2"},
        {"columnIndex": 2, "columnName": "結果", "columnType": "DROPDOWN", **drop_down},
    ]
    assert book.refusal({"addTable": {"table": {**table, "columnProperties": [{"columnType": "DROPDOWN"}]}}}) == (
        "Invalid requests[0].addTable: Condition must be set for dropdown column type."
    )
