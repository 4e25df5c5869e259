"""Rows of the workbook that is open in Excel here: a press selects them there."""

from tests.page import answers

BUTTON = "document.querySelector('[data-id=C-00001] button.where')"


def opened(visitor, stand_in, row):
    """The plan of a workbook that is open in Excel, which answers so."""
    stand_in.said["GET /api/session"] = answers.session(started_from="excel", selects_rows=True)
    stand_in.said["POST /api/row"] = {"row": row}
    visitor.visit(stand_in.url)
    visitor.sees("行 5")


def test_a_hidden_row_is_told_and_selected_once_it_shows(visitor, standing):
    stand_in = standing()
    opened(visitor, stand_in, "hidden")

    visitor.evaluate(f"{BUTTON}.click(); 0")
    visitor.until(f"{BUTTON}.textContent.includes('隠れています')")
    stand_in.said["POST /api/row"] = {"row": "selected"}
    visitor.evaluate(f"{BUTTON}.click(); 0")
    visitor.until(f"{BUTTON}.textContent === '行 5'")

    (first, second) = stand_in.asked_for("POST /api/row")
    assert first == second == {"cell": "候補者!A5", "id": "C-00001", "name": stand_in.plan["letters"][0]["name"]}


def test_a_row_that_is_gone_is_told_and_not_asked_for_again(visitor, standing):
    opened(visitor, standing(), "missing")

    visitor.evaluate(f"{BUTTON}.click(); 0")

    visitor.until(f"{BUTTON}.disabled && {BUTTON}.textContent.includes('見つかりません')")


def test_an_excel_that_does_not_answer_may_be_asked_again(visitor, standing):
    stand_in = standing()
    opened(visitor, stand_in, "selected")
    stand_in.refuse("POST /api/row", "workbook_busy", "Excel が応じません。", 423)

    visitor.evaluate(f"{BUTTON}.click(); 0")

    visitor.until(f"!{BUTTON}.disabled && {BUTTON}.textContent.includes('動かせませんでした')")
