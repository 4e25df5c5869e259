"""Keeping a letter from being sent for good: written into the row of the sheet, with a reason, and taken back there."""

from openpyxl import load_workbook

from tests.commands.conftest import book, demo_bytes, relay  # noqa: F401 - the same workbook and command
from tests.page.test_whole_day import letters_of, mail, opened  # noqa: F401 - the same day


def test_a_letter_that_was_taken_out_can_be_held_with_a_reason_which_stands_in_its_row(visitor, opened, book, mail):  # noqa: F811
    service = opened(book, mail)
    [first, *others] = letters_of(service)
    visitor.press_button("文面を確かめる")
    visitor.sees(first["name"])
    visitor.press_button("外す")

    visitor.click(".hold summary")
    visitor.types(".hold input", "面接官に確認中")
    visitor.press_button("保留にする")

    visitor.until(f"document.querySelector('.position')?.innerText.endsWith('/ {len(others)}')")
    assert {one["id"] for one in letters_of(service)} == {one["id"] for one in others}
    rows = [row for sheet in load_workbook(book).worksheets for row in sheet.iter_rows(values_only=True)]
    [shown, *_] = [row for row in rows if first["name"] in row and first["id"] in row]
    assert any("面接官に確認中" in str(cell) for cell in shown)


def test_whoever_is_held_is_listed_with_the_reason_and_let_go_by_a_button(visitor, opened, book, mail):  # noqa: F811
    service = opened(book, mail)
    first = letters_of(service)[0]
    service.post("settle", ids=[first["id"]], word="hold", note="面接官に確認中")
    visitor.press_button("読み直す")
    visitor.sees("保留にしました")
    visitor.types("#search", "面接官")

    visitor.press_button("保留を解く")

    visitor.until("!document.body.innerText.includes('保留にしました')")
    assert first["id"] in [one["id"] for one in letters_of(service)]


def test_what_cannot_be_held_any_more_is_said(visitor, standing):
    stand_in = standing()
    stand_in.said["POST /api/settle"] = {
        "settled": 0,
        "not_settled": [{"id": "C-00001", "state": "sent"}],
        "not_shown": None,
    }
    visitor.visit(f"{stand_in.url}#letters")
    visitor.press_button("外す")

    visitor.click(".hold summary")
    visitor.press_button("保留にする")

    visitor.sees("もう保留ではありません")
    assert stand_in.asked_for("POST /api/settle")[0]["word"] == "hold"
