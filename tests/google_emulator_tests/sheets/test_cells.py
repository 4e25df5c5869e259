"""Requests that write, format, merge and validate cells."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator.sheets.looks import _channel
from tests.google_emulator_tests.sheets.book import Book, grid, text_cells

START = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}


def update(fields: str, *cells: dict[str, Any]) -> dict[str, Any]:
    return {"updateCells": {"start": START, "rows": [{"values": list(cells)}], "fields": fields}}


def test_texts_numbers_booleans_and_formulas_are_kept_as_they_are_given(book: Book) -> None:
    values = [{"stringValue": "=1"}, {"numberValue": 5}, {"boolValue": True}, {"formulaValue": "=B1*2"}]

    book.batch(update("userEnteredValue", *[{"userEnteredValue": one} for one in values]))

    assert book.values("A1:D1", valueRenderOption="FORMULA") == [["=1", 5, True, "=B1*2"]]
    assert book.values("A1:D1") == [["=1", "5", "TRUE", "10"]]


def test_a_range_is_cleared_where_the_rows_do_not_reach(book: Book) -> None:
    book.write("A1:C3", [["x"] * 3] * 3)
    cells = {"range": grid(0, 0, 2, 2), "rows": text_cells(["a"]), "fields": "userEnteredValue"}

    book.batch({"updateCells": cells})

    assert book.values("A1:C3") == [["a", "", "x"], ["", "", "x"], ["x", "x", "x"]]


def test_from_a_start_nothing_but_the_given_cells_changes(book: Book) -> None:
    book.write("A1:C1", [["x"] * 3])

    book.batch(update("userEnteredValue", {"userEnteredValue": {"stringValue": "a"}}, {}))

    assert book.values("A1:C1") == [["a", "", "x"]]


def test_rows_that_reach_out_of_the_range_or_the_grid_are_refused(book: Book) -> None:
    cells = {"range": grid(0, 0, 1, 1), "rows": text_cells(["a"], ["b"]), "fields": "userEnteredValue"}
    wide = {"start": {**START, "columnIndex": 25}, "rows": text_cells(["a", "b"]), "fields": "userEnteredValue"}

    assert book.refusal({"updateCells": cells}) == (
        "Invalid requests[0].updateCells: Attempting to write row: 1, beyond the last requested row of: 0"
    )
    assert book.refusal({"updateCells": wide}) == (
        "Invalid requests[0].updateCells: Attempting to write column: 26, beyond the last requested column of: 25"
    )


def test_only_what_the_mask_names_is_changed(book: Book) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True, "fontSize": 14}, "wrapStrategy": "WRAP"}, "note": "n"}
    book.batch(update("*", {**bold, "userEnteredValue": {"stringValue": "x"}}))

    book.batch(update("userEnteredFormat.textFormat.bold,userEnteredFormat(wrapStrategy)", {"note": "other"}))

    cell = book.cell("A1")
    assert cell["userEnteredFormat"] == {"textFormat": {"fontSize": 14}}
    assert (cell["note"], cell["formattedValue"]) == ("n", "x")


def test_a_colour_is_told_in_both_spellings_and_in_256_steps(book: Book) -> None:
    book.batch(update("userEnteredFormat.backgroundColor", {"userEnteredFormat": {"backgroundColor": {"red": 0.263}}}))

    color = {"red": 0.2627451}
    assert book.cell("A1")["userEnteredFormat"] == {
        "backgroundColor": color,
        "backgroundColorStyle": {"rgbColor": color},
    }


@pytest.mark.parametrize(
    ("given", "kept"),
    [(0.9, 0.8980392), (0.5, 0.49803922), (0.96, 0.95686275), *((level, level) for level in (0.7490196, 0.8980392))],
)
def test_a_colour_between_two_steps_is_the_lower_one_and_one_on_a_step_stays(
    book: Book, given: float, kept: float
) -> None:
    book.batch(update("userEnteredFormat.backgroundColor", {"userEnteredFormat": {"backgroundColor": {"red": given}}}))

    assert book.cell("A1")["userEnteredFormat"]["backgroundColor"] == {"red": kept}


def test_all_256_steps_stay_what_they_are() -> None:
    steps = [_channel(level / 255) for level in range(256)]

    assert [round(step * 255) for step in steps] == list(range(256))
    assert [_channel(step) for step in steps] == steps


def test_a_mask_that_clears_one_spelling_of_a_colour_clears_both(book: Book) -> None:
    book.batch(update("userEnteredFormat.backgroundColor", {"userEnteredFormat": {"backgroundColor": {"red": 1}}}))
    book.batch(update("userEnteredFormat.backgroundColorStyle", {}))

    assert book.cell("A1") == {}


def test_a_number_format_is_shown(book: Book) -> None:
    book.write("A1:A2", [[46331.5], [1234.5]])
    date = {"numberFormat": {"type": "DATE", "pattern": "yyyy/mm/dd(ddd)"}}
    first = {"range": grid(0, 0, 1, 1), "cell": {"userEnteredFormat": date}, "fields": "userEnteredFormat.numberFormat"}
    money = {"numberFormat": {"type": "CURRENCY"}}
    second = {**first, "range": grid(1, 0, 2, 1), "cell": {"userEnteredFormat": money}}
    book.batch({"repeatCell": first}, {"repeatCell": second})

    assert book.values("A1:A2") == [["2026/11/05(Thu)"], ["$1,234.50"]]


def test_dates_are_shown_in_the_words_of_the_locale(japanese: Book) -> None:
    japanese.write("A1:C1", [[46331.4, 46331, 1234.5]])
    for column, form in enumerate(
        [{"type": "DATE_TIME"}, {"type": "DATE", "pattern": "m月d日(ddd)"}, {"type": "CURRENCY"}]
    ):
        cell = {"userEnteredFormat": {"numberFormat": form}}
        given = {"range": grid(0, column, 1, column + 1), "cell": cell, "fields": "userEnteredFormat.numberFormat"}
        japanese.batch({"repeatCell": given})

    assert japanese.values("A1:C1") == [["2026/11/05 9:36:00", "11月5日(木)", "¥1,235"]]


def test_a_formula_is_repeated_as_if_it_were_pasted(book: Book) -> None:
    book.write("A1:A3", [[1], [2], [3]])
    cell = {"userEnteredValue": {"formulaValue": "=A1*$A$3"}}

    book.batch({"repeatCell": {"range": grid(0, 1, 3, 2), "cell": cell, "fields": "userEnteredValue"}})

    assert book.values("B1:B3", valueRenderOption="FORMULA") == [["=A1*$A$3"], ["=A2*$A$3"], ["=A3*$A$3"]]
    assert book.values("B1:B3") == [["3"], ["6"], ["9"]]


def test_cells_are_appended_below_the_last_row_with_data_whatever_tables_there_are(book: Book) -> None:
    book.write("A1:C5", [["x", "", ""], ["", "", ""], ["", "", ""], ["", "", ""], ["", "", "z"]])

    book.batch({"appendCells": {"sheetId": 0, "rows": text_cells(["a"], ["b"]), "fields": "userEnteredValue"}})

    assert book.values("A5:C7") == [["", "", "z"], ["a"], ["b"]]


def test_a_row_with_formats_only_has_no_data(book: Book) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    book.batch({"repeatCell": {"range": grid(0, 0, 9, 1), "cell": bold, "fields": "userEnteredFormat"}})

    book.batch({"appendCells": {"sheetId": 0, "rows": text_cells(["a"]), "fields": "userEnteredValue"}})

    assert book.values("Sheet1") == [["a"]]
    assert book.cell("A1")["userEnteredFormat"] == {"textFormat": {"bold": True}}


def test_the_grid_grows_with_appended_cells(book: Book) -> None:
    book.write("A1000", [["last"]])

    book.batch({"appendCells": {"sheetId": 0, "rows": text_cells(["a"]), "fields": "userEnteredValue"}})

    assert book.sheet()["properties"]["gridProperties"]["rowCount"] == 1001
    assert book.values("A1001") == [["a"]]


def test_a_merge_keeps_the_first_value_of_each_block(book: Book) -> None:
    book.write("A1:B2", [["a", "b"], ["c", "d"]])

    book.batch({"mergeCells": {"range": grid(0, 0, 2, 2), "mergeType": "MERGE_ROWS"}})

    assert book.values("A1:B2") == [["a"], ["c"]]
    assert [one["startRowIndex"] for one in book.sheet()["merges"]] == [0, 1]


def test_part_of_a_merge_can_neither_be_merged_nor_taken_apart(book: Book) -> None:
    book.batch({"mergeCells": {"range": grid(0, 0, 2, 2), "mergeType": "MERGE_ALL"}})

    for kind in ("mergeCells", "unmergeCells"):
        message = book.refusal({kind: {"range": grid(0, 0, 1, 2)}})
        expected = "You must select all cells in a merged range to merge or unmerge them."
        assert message == f"Invalid requests[0].{kind}: {expected}"
    book.batch({"unmergeCells": {"range": grid(0, 0, 5, 5)}})
    assert "merges" not in book.sheet()


def test_frozen_and_other_cells_are_not_merged(book: Book) -> None:
    frozen = {"properties": {"sheetId": 0, "gridProperties": {"frozenColumnCount": 1}}}
    book.batch({"updateSheetProperties": {**frozen, "fields": "gridProperties.frozenColumnCount"}})

    message = book.refusal({"mergeCells": {"range": grid(0, 0, 1, 2), "mergeType": "MERGE_ALL"}})

    assert message == "Invalid requests[0].mergeCells: You can't merge frozen and non-frozen columns."


def test_a_validation_is_set_and_taken_away(book: Book) -> None:
    values = [{"userEnteredValue": "不採用"}, {"userEnteredValue": "内定"}]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}, "strict": True, "showCustomUi": True}
    book.batch({"setDataValidation": {"range": grid(0, 0, 1, 1), "rule": rule}})

    assert book.cell("A1") == {"dataValidation": rule}

    book.batch({"setDataValidation": {"range": grid(0, 0, 1, 1)}})
    assert book.cell("A1") == {}


def test_a_link_in_a_part_of_a_text_brings_its_looks_along(book: Book) -> None:
    runs = [{"startIndex": 0, "format": {"link": {"uri": "https://example.com"}}}, {"startIndex": 3, "format": {}}]

    book.batch(update("*", {"userEnteredValue": {"stringValue": "here it is"}, "textFormatRuns": runs}))

    cell = book.cell("A1")
    blue = {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}
    looks = {"foregroundColor": blue, "underline": True, "foregroundColorStyle": {"rgbColor": blue}}
    first = {"format": {**looks, "link": {"uri": "https://example.com"}}}
    assert cell["textFormatRuns"] == [first, {"startIndex": 3, "format": {}}]
    assert "hyperlink" not in cell


def test_borders_are_drawn_around_and_between(book: Book) -> None:
    solid = {"style": "SOLID", "color": {"blue": 1}}

    book.batch({"updateBorders": {"range": grid(0, 0, 2, 2), "top": solid, "innerVertical": {"style": "SOLID_MEDIUM"}}})

    borders = book.cell("A1")["userEnteredFormat"]["borders"]
    blue = {"style": "SOLID", "width": 1, "color": {"blue": 1}, "colorStyle": {"rgbColor": {"blue": 1}}}
    black = {"style": "SOLID_MEDIUM", "width": 2, "color": {}, "colorStyle": {"rgbColor": {}}}
    assert borders == {"top": blue, "right": black}


def test_a_cell_takes_no_more_than_fifty_thousand_characters(book: Book) -> None:
    message = book.refusal(update("userEnteredValue", {"userEnteredValue": {"stringValue": "x" * 50_001}}))

    expected = "Your input contains more than the maximum of 50000 characters in a single cell."
    assert message == f"Invalid requests[0].updateCells: {expected}"
