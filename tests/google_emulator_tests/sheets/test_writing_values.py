"""`values.update`, `values.clear` and their batches."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator.wire import ApiError
from tests.google_emulator_tests.sheets.book import Book

MONEY = {"type": "CURRENCY", "pattern": '"$"#,##0.00'}
WITHIN = "Requested writing within range"
YEN = {"type": "CURRENCY", "pattern": '"¥"#,##0'}


def entered(book: Book, text: Any) -> tuple[Any, Any]:
    """What is kept, and the number format that came with it."""
    book.type_in("A1", [[text]])
    cell = book.cell("A1")
    form = cell.get("userEnteredFormat", {}).get("numberFormat")
    return next(iter(cell.get("userEnteredValue", {"": None}).values())), form


def test_an_update_tells_what_it_wrote(book: Book) -> None:
    assert book.write("'Sheet1'!A1:C2", [["a", "", "c"], [1, 2.5, True]]) == {
        "spreadsheetId": book.id,
        "updatedRange": "Sheet1!A1:C2",
        "updatedRows": 2,
        "updatedColumns": 3,
        "updatedCells": 6,
    }


def test_null_leaves_a_cell_alone_and_an_empty_text_clears_it(book: Book) -> None:
    book.write("A1:C1", [["a", "b", "c"]])

    answer = book.write("A1:C1", [[None, "", "C"]], includeValuesInResponse="true")

    assert answer["updatedRange"] == "Sheet1!A1:C1"
    assert (answer["updatedRows"], answer["updatedColumns"], answer["updatedCells"]) == (1, 2, 2)
    assert answer["updatedData"] == {"range": "Sheet1!A1:C1", "majorDimension": "ROWS", "values": [["a", "", "C"]]}


def test_one_cell_is_where_writing_starts_and_a_larger_range_keeps_its_rest(book: Book) -> None:
    book.write("A1:C3", [["x"] * 3] * 3)

    assert book.write("A1", [["a", "b"], ["c", "d"]])["updatedRange"] == "Sheet1!A1:B2"
    assert book.write("A1:C3", [["A"]], includeValuesInResponse="true")["updatedRange"] == "Sheet1!A1"
    assert book.write("B:B", [["1"], ["2"]])["updatedRange"] == "Sheet1!B1:B2"
    assert book.values("A1:C3") == [["A", "1", "x"], ["c", "2", "x"], ["x", "x", "x"]]


@pytest.mark.parametrize(
    ("text", "values", "message"),
    [
        ("Sheet1!A1:B1", [["a", "b", "c"]], f"{WITHIN} [Sheet1!A1:B1], but tried writing to column [C]"),
        ("'Sheet1'!A1:B1", [["a"], ["b"]], f"{WITHIN} ['Sheet1'!A1:B1], but tried writing to row [2]"),
        ("A1000", [["a"], ["b"]], f"{WITHIN} [A1000], but tried writing to row [1001]"),
        ("A1001", [["a"]], "Range (Sheet1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26"),
        ("'Sheet1'!A1:Z2000", [["a"]], "Range (Sheet1!A1:Z2000) exceeds grid limits. Max rows: 1000, max columns: 26"),
    ],
)
def test_values_must_fit_into_the_range_and_the_grid(book: Book, text: str, values: Any, message: str) -> None:
    with pytest.raises(ApiError) as refused:
        book.write(text, values)

    assert refused.value.message == message
    assert book.values("Sheet1") == []


def test_how_to_take_the_values_must_be_said(book: Book) -> None:
    with pytest.raises(ApiError, match="'valueInputOption' is required but not specified"):
        book.write("A1", [["x"]], "")


def test_a_range_in_the_body_must_be_the_one_that_is_asked_for(book: Book) -> None:
    with pytest.raises(ApiError) as refused:
        book.call(
            "values.update",
            path={"range": "Sheet1!A1"},
            query={"valueInputOption": "RAW"},
            body={"range": "Sheet1!A2", "values": [["x"]]},
        )

    assert refused.value.message == "Request range[Sheet1!A1] does not match value's range[Sheet1!A2]"


def test_raw_texts_are_never_read(book: Book) -> None:
    book.write("A1:E1", [["007", "=1+2", "2026-09-05", "'x", "TRUE"]])

    assert book.values("A1:E1", valueRenderOption="FORMULA") == [["007", "=1+2", "2026-09-05", "'x", "TRUE"]]
    assert book.cell("B1")["userEnteredValue"] == {"stringValue": "=1+2"}


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("007", 7, None),
        ("1,234", 1234, {"type": "NUMBER", "pattern": "#,##0"}),
        ("-1,234.5", -1234.5, {"type": "NUMBER", "pattern": "#,##0.00"}),
        ("12%", 0.12, {"type": "PERCENT", "pattern": "0%"}),
        ("$100.15", 100.15, MONEY),
        ("1e3", 1000, {"type": "SCIENTIFIC", "pattern": "0.00E+00"}),
        ("2026-09-05", 46270, {"type": "DATE", "pattern": "yyyy-mm-dd"}),
        ("1-2", 46024, {"type": "DATE", "pattern": "m-d"}),
        ("9/14/2026", 46279, {"type": "DATE", "pattern": "m/d/yyyy"}),
        ("Nov 5, 2026", 46331, {"type": "DATE", "pattern": "mmm d, yyyy"}),
        ("9:30 PM", 0.8958333333333334, {"type": "TIME", "pattern": "h:mm am/pm"}),
        ("2026-09-05 12:00", 46270.5, {"type": "DATE_TIME", "pattern": "yyyy-mm-dd h:mm"}),
        ("true", True, None),
        ("=1+2", "=1+2", None),
        ("+A1", "=+A1", None),
        ("'0123", "0123", None),
        ("090-1234-5678", "090-1234-5678", None),
        ("2026-13-05", "2026-13-05", None),
        ("¥500", "¥500", None),
        ("", None, None),
        (5, 5, None),
        (True, True, None),
    ],
)
def test_a_typed_text_is_read_as_the_interface_reads_it(book: Book, text: Any, value: Any, form: Any) -> None:
    assert entered(book, text) == (value, form)


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("2026/11/05", 46331, {"type": "DATE", "pattern": "yyyy/mm/dd"}),
        ("2026/11/5", 46331, {"type": "DATE", "pattern": "yyyy/m/d"}),
        ("2026年11月5日", 46331, {"type": "DATE", "pattern": 'yyyy"年"m"月"d"日"'}),
        ("11月5日", 46331, {"type": "DATE", "pattern": 'm"月"d"日"'}),
        ("11/5", 46331, {"type": "DATE", "pattern": "m/d"}),
        ("2026/11/05 9:30", 46331.395833333336, {"type": "DATE_TIME", "pattern": "yyyy/mm/dd h:mm"}),
        ("¥1,234", 1234, YEN),
        ("令和8年11月5日", "令和8年11月5日", None),
        ("$5", "$5", None),
    ],
)
def test_a_typed_text_is_read_by_the_locale(japanese: Book, text: str, value: Any, form: Any) -> None:
    assert entered(japanese, text) == (value, form)


def test_a_day_without_a_year_is_this_years_by_the_clock_of_the_document(japanese: Book) -> None:
    japanese.type_in("A1", [["11/5"]])

    assert japanese.values("A1") == [["11/5"]]
    assert japanese.values("A1", valueRenderOption="UNFORMATTED_VALUE") == [[46331]]


def test_whatever_is_typed_into_a_cell_of_plain_text_stays_text(book: Book) -> None:
    text = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    cells = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1}
    book.reply({"repeatCell": {"range": cells, "cell": text, "fields": "userEnteredFormat.numberFormat"}})

    book.type_in("A1:B1", [["007", "=1+2"]])

    assert book.values("A1:B1", valueRenderOption="FORMULA") == [["007", "=1+2"]]
    assert book.cell("B1")["userEnteredValue"] == {"stringValue": "=1+2"}


def test_a_typed_address_becomes_a_link_and_a_raw_one_does_not(book: Book) -> None:
    book.type_in("A1", [["https://example.com/a"]])
    book.write("A2", [["https://example.com/a"]])

    assert book.cell("A1")["hyperlink"] == "https://example.com/a"
    assert book.cell("A1")["userEnteredFormat"] == {"textFormat": {"link": {"uri": "https://example.com/a"}}}
    assert "hyperlink" not in book.cell("A2")


def test_formats_notes_and_validations_outlive_a_write_and_a_clear(book: Book) -> None:
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "不採用"}]}, "showCustomUi": True}
    cell = {"note": "見る", "userEnteredFormat": {"textFormat": {"bold": True}}, "dataValidation": rule}
    first = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    book.reply({"repeatCell": {"range": first, "cell": cell, "fields": "*"}})
    book.write("A1", [["x"]])

    answer = book.call("values.clear", path={"range": "A1:B2"})

    assert answer == {"spreadsheetId": book.id, "clearedRange": "Sheet1!A1:B2"}
    left = book.cell("A1")
    assert (left["note"], left["dataValidation"]) == ("見る", rule)
    assert left["userEnteredFormat"] == {"textFormat": {"bold": True}}
    assert "userEnteredValue" not in left


def test_several_updates_are_summed_and_a_row_counts_once(book: Book) -> None:
    book.reply({"addSheet": {"properties": {"title": "B"}}})
    data = [
        {"range": "'Sheet1'!A1:D1", "values": [["A1", "B1", "", "D1"]]},
        {"range": "'Sheet1'!A4:D4", "values": [["A4", "B4", "", "D4"]]},
        {"range": "B!A1", "values": [["x"]]},
    ]

    answer = book.call("values.batchUpdate", body={"valueInputOption": "RAW", "data": data})

    sums = {name: answer[name] for name in answer if name.startswith("total")}
    assert sums == {
        "totalUpdatedRows": 3,
        "totalUpdatedColumns": 5,
        "totalUpdatedCells": 9,
        "totalUpdatedSheets": 2,
    }
    assert [one["updatedRange"] for one in answer["responses"]] == ["Sheet1!A1:D1", "Sheet1!A4:D4", "B!A1"]


def test_one_wrong_part_of_several_updates_leaves_all_unwritten(book: Book) -> None:
    data = [{"range": "A1", "values": [["x"]]}, {"range": "Nope!A1", "values": [["y"]]}]

    with pytest.raises(ApiError) as refused:
        book.call("values.batchUpdate", body={"valueInputOption": "RAW", "data": data})

    assert refused.value.message == "Invalid data[1]: Unable to parse range: Nope!A1"
    assert book.values("Sheet1") == []


def test_several_ranges_are_cleared_to_the_ends_of_the_grid(book: Book) -> None:
    book.write("A1:B2", [["a", "b"], ["c", "d"]])

    answer = book.call("values.batchClear", body={"ranges": ["A:A", "B2:ZZ"]})

    assert answer == {"spreadsheetId": book.id, "clearedRanges": ["Sheet1!A1:A1000", "Sheet1!B2:Z1000"]}
    assert book.values("A1:B2") == [["", "b"]]


def test_a_text_longer_than_a_cell_takes_is_refused(book: Book) -> None:
    book.write("A1", [["x" * 50_000]])

    with pytest.raises(ApiError) as refused:
        book.type_in("A1", [["x" * 50_001]])

    assert refused.value.message == "Your input contains more than the maximum of 50000 characters in a single cell."


def test_a_list_is_no_value(book: Book) -> None:
    with pytest.raises(ApiError) as refused:
        book.write("A1", [[["x"]]])

    assert refused.value.message.startswith("Invalid values[0][0]: list_value {")
