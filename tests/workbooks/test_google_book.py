"""One answer of spreadsheets.get becomes tables, as small as they can be."""

import json
from datetime import datetime

import pytest

from sheets_automation.core.table import CellError
from sheets_automation.workbooks.google_book import Formula, read_book, serial_of


def cell(value=None, kind="stringValue", *, number_format=None, formula=None):
    """A cell as the API writes it."""
    found = {}
    if value is not None:
        found["effectiveValue"] = {kind: value}
    if number_format:
        found["effectiveFormat"] = {"numberFormat": {"type": number_format}}
    if formula:
        found["userEnteredValue"] = {"formulaValue": formula}
    return found


def book(*rows, metadata=(), **sheet):
    """An answer with one tab."""
    data = {"rowData": [{"values": list(cells)} if cells else {} for cells in rows], "rowMetadata": list(metadata)}
    properties = {"title": "候補者", "gridProperties": {"rowCount": 1000, "columnCount": 26}}
    answer = {
        "properties": {"title": "採用管理", "locale": "ja_JP", "timeZone": "Asia/Tokyo"},
        "sheets": [{"properties": properties, "data": [data], **sheet}],
    }
    return read_book(json.dumps(answer).encode())


def rows(found):
    return {row.number: dict(row.cells) for row in found.sheets["候補者"].table().rows()}


def test_text_numbers_and_truth_values_keep_their_kind():
    found = book([cell("007"), cell(42, "numberValue"), cell(1.5, "numberValue"), cell(value=True, kind="boolValue")])

    assert rows(found) == {1: {0: "007", 1: 42, 2: 1.5, 3: True}}


@pytest.mark.parametrize("kind", ["DATE", "DATE_TIME"])
def test_a_number_that_looks_like_a_date_is_a_moment(kind):
    found = book([cell(46332.604166666664, "numberValue", number_format=kind)])

    assert rows(found)[1][0] == datetime.fromisoformat("2026-11-06T14:30")


@pytest.mark.parametrize("kind", ["NUMBER", "CURRENCY", "PERCENT", "TEXT", "TIME", None])
def test_any_other_number_stays_a_number(kind):
    assert rows(book([cell(46332, "numberValue", number_format=kind)]))[1][0] == 46332


def test_cells_without_a_value_are_absent():
    found = book([cell("a"), {}, cell(number_format="DATE"), cell(""), cell("b")], [], [cell("c")])

    assert rows(found) == {1: {0: "a", 4: "b"}, 3: {0: "c"}}


def test_an_error_is_an_error_and_not_its_text():
    found = book(
        [cell({"type": "N_A", "message": "Did not find"}, "errorValue"), cell({"type": "LOADING"}, "errorValue")]
    )

    [row] = found.sheets["候補者"].table().rows()
    assert row.cells == {0: "#N/A", 1: "#UNCALCULATED"}
    assert all(isinstance(value, CellError) for value in row.cells.values())


def test_a_formula_is_read_as_its_value_and_remembered():
    found = book([cell(3, "numberValue", formula="=1+2")])

    assert rows(found)[1][0] == 3
    assert found.sheets["候補者"].cell(0, 0) == Formula("=1+2", 3)


def test_rows_hidden_by_hand_or_by_a_filter_say_so():
    found = book([cell("a")], [cell("b")], [cell("c")], metadata=[{}, {"hiddenByUser": True}, {"hiddenByFilter": True}])

    assert [row.hidden for row in found.sheets["候補者"].table().rows()] == [False, True, True]


def test_a_filter_with_conditions_is_kept_as_it_stands():
    criteria = {"condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": "不採用"}]}, "hiddenValues": ["内定"]}
    specs = [{"columnIndex": 2, "filterCriteria": criteria}]
    found = book([cell("a")], basicFilter={"range": {"sheetId": 0}, "filterSpecs": specs})

    assert found.sheets["候補者"].basic_filter["filterSpecs"] == specs


def test_a_tab_that_is_a_chart_alone_is_no_table_and_keeps_its_id():
    answer = {"sheets": [{"properties": {"sheetId": 7, "title": "グラフ", "sheetType": "OBJECT"}}]}

    found = read_book(json.dumps(answer).encode())

    assert found.sheets == {}
    assert found.sheet_ids == {7}


def test_a_cut_off_answer_is_no_answer():
    with pytest.raises(ValueError, match="Unterminated"):
        read_book(b'{"sheets": [{"properties": {"title": "a')


@pytest.mark.parametrize("text", ["1900-03-01", "2026-11-06T14:30", "2026-11-06T23:59:59", "2099-12-31T00:00:01"])
def test_a_moment_written_is_the_moment_read(text):
    moment = datetime.fromisoformat(text)

    assert rows(book([cell(serial_of(moment), "numberValue", number_format="DATE_TIME")]))[1][0] == moment
