"""The two tabs that come with the macros: 操作 with the buttons, and the hidden settings."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sheets_automation.macros.buttons import BUTTONS
from sheets_automation.macros.settings import SHEET
from sheets_automation.sheet_looks import TEAL, Looks, looks_of

BUTTONS_TAB: Final = "操作"
BUTTONS_MODULE: Final = "RelaySheet"
SETTINGS_MODULE: Final = "RelaySettings"
_SEVERAL_YEARS_AGO: Final = datetime(2020, 1, 1)  # noqa: DTZ001 - any fixed moment: equal tabs give equal bytes
_WIDTHS: Final = (3, 27, 92)
_FIRST_BUTTON: Final = 3
_BUTTON: Final = {"width": 174, "height": 40, "x_offset": 10, "y_offset": 7}
HINTS: Final = (
    "はじめて開いたときは、画面の上の「コンテンツの有効化」を押してください。押せないときは、ファイルのプロパティで「許可する」に印を付けます。",
    "ボタンを押すと、ブラウザーに確認の画面が開きます。文面と宛先を見て、そこで「送る」を押すまで、何も送られません。",
    "新しいブックは、はじめに一度だけ名前を付けて保存してください。結果は「候補者」の右側の列と「要確認」「送信記録」タブに入ります。",
    "ボタンが動かないときは、relay excel doctor を実行してください。足りないものと直し方が分かります。",
)


def macro_tabs(settings: Mapping[str, str], *, date1904: bool = False) -> bytes:
    """A workbook with the tabs, to put into another one. The same settings give the same bytes."""
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "date_1904": date1904}) as book:
        book.set_properties({"created": _SEVERAL_YEARS_AGO})
        draw_macro_tabs(book, looks_of(book), settings)
    return buffer.getvalue()


def settings_tab(settings: Mapping[str, str]) -> bytes:
    """A workbook with the settings alone, to put them into the place of older ones."""
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _SEVERAL_YEARS_AGO})
        draw_settings(book, settings)
    return buffer.getvalue()


def draw_macro_tabs(book: Workbook, looks: Looks, settings: Mapping[str, str]) -> None:
    """Add the tabs to a workbook that is being made."""
    draw_buttons(book, looks)
    draw_settings(book, settings).very_hidden()  # only the macro editor shows it: a slip there stops every button


def draw_buttons(book: Workbook, looks: Looks) -> None:
    """Add 操作 to a workbook."""
    sheet = book.add_worksheet(BUTTONS_TAB)
    sheet.set_vba_name(BUTTONS_MODULE)
    sheet.set_tab_color(TEAL)
    sheet.hide_gridlines(2)
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.set_row(0, 36)
    sheet.write_string(0, 1, "お祈りメールの操作", looks.title)
    for place, heading in enumerate(("ボタン", "押すと"), start=1):
        sheet.write_string(_FIRST_BUTTON - 1, place, heading, looks.heading)
    for row, button in enumerate(BUTTONS, start=_FIRST_BUTTON):
        sheet.set_row(row, 40)
        sheet.insert_button(
            row,
            1,
            {"macro": button.macro, "caption": button.caption, "description": button.explanation, **_BUTTON},
        )
        sheet.write_blank(row, 1, None, looks.text)
        sheet.write_string(row, 2, button.explanation, looks.text)
    below = _FIRST_BUTTON + len(BUTTONS) + 1
    sheet.write_string(below, 1, "お使いになる前に", looks.subtitle)
    for row, hint in enumerate(HINTS, start=below + 1):
        sheet.set_row(row, 22)
        sheet.write_string(row, 1, f"・{hint}", looks.plain)
    _set_up_page(sheet)


def draw_settings(book: Workbook, settings: Mapping[str, str]) -> Worksheet:
    """Add the settings to a workbook; their sheet."""
    sheet = book.add_worksheet(SHEET)
    sheet.set_vba_name(SETTINGS_MODULE)
    for row, (key, value) in enumerate(settings.items()):
        sheet.write_string(row, 0, key)
        if value:
            sheet.write_string(row, 1, value)
    return sheet


def _set_up_page(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
