"""The workbooks that we make from nothing: one palette, a few named cell formats, and the saving of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format

from sheets_automation.core.errors import WorkbookNotSaved

FONT = "Yu Gothic"  # on every Japanese Windows and Mac since 2013
NAVY, TEAL, PAPER, LINE, INK, GREY = "#1F3A5F", "#2F7F79", "#EEF3F8", "#C9D3DF", "#222B36", "#8A94A0"
BLUE = "#5B8DB8"
SERIES = (NAVY, TEAL, "#B9C4D0", "#D9A441")  # one colour for each outcome
GREEN_FILL, YELLOW_FILL, RED = "#DDF0E1", "#FFF6CC", "#B3261E"

YEN = '"¥"#,##0;[Red]-"¥"#,##0;"―"'
WAREKI = '[$-411]ggge"年"m"月"d"日"'

Properties = dict[str, Any]
CELL: Properties = {"border": 1, "border_color": LINE, "valign": "vcenter", "font_color": INK}
MIDDLE: Properties = CELL | {"align": "center"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """The cell formats of one workbook."""

    title: Format
    subtitle: Format
    plain: Format
    note: Format
    band: Format
    heading: Format
    optional_heading: Format
    text: Format
    id_text: Format
    wrapped: Format
    middle: Format
    number: Format
    day: Format
    short_day: Format
    wareki: Format
    percent: Format
    yen: Format
    marked: Format
    warning: Format
    total: Format
    total_yen: Format


def looks_of(book: Workbook) -> Looks:
    """Register the formats with `book`."""

    def look(**properties: Any) -> Format:  # noqa: ANN401 - XlsxWriter's own vocabulary
        return book.add_format({"font_name": FONT, "font_size": 10, **properties})

    heading = MIDDLE | {"bold": True, "font_color": "#FFFFFF", "text_wrap": True}
    total = CELL | {"bold": True, "bg_color": PAPER, "top": 2}
    return Looks(
        title=look(bold=True, font_size=16, font_color=NAVY, valign="vcenter"),
        subtitle=look(bold=True, font_size=12, font_color=NAVY, valign="vcenter"),
        plain=look(font_color=INK, valign="vcenter"),
        note=look(font_size=9, font_color=GREY, valign="vcenter"),
        band=look(bold=True, font_size=9, font_color=NAVY, bg_color=PAPER, align="center", border=1, border_color=LINE),
        heading=look(**heading, bg_color=NAVY),
        optional_heading=look(**heading | {"bg_color": "#5B7A9D"}),
        text=look(**CELL, indent=1),
        id_text=look(**MIDDLE, num_format="@"),  # keeps the first 0 of a phone number
        wrapped=look(**CELL | {"text_wrap": True, "valign": "top"}),
        middle=look(**MIDDLE),
        number=look(**CELL, num_format="#,##0"),
        day=look(**MIDDLE, num_format="yyyy/m/d"),
        short_day=look(**MIDDLE, num_format="m/d"),
        wareki=look(**MIDDLE, num_format=WAREKI),
        percent=look(**CELL, num_format="0.0%"),
        yen=look(**CELL, num_format=YEN),
        marked=look(**CELL, indent=1, bg_color=YELLOW_FILL),
        warning=look(**CELL | {"indent": 1, "font_color": RED, "bold": True}),
        total=look(**total, num_format="#,##0"),
        total_yen=look(**total, num_format=YEN),
    )


@contextmanager
def new_book(path: Path) -> Iterator[Workbook]:
    """Make a workbook that is saved to `path` at the end. Raises WorkbookNotSaved."""
    try:
        with Workbook(path) as book:
            yield book
    except FileCreateError as error:
        raise WorkbookNotSaved(
            f"「{path}」に保存できません（{error}）。フォルダの書き込み権限と空き容量を確かめてください。",
            f"{path} cannot be saved ({error}); check that the folder is writable and the disk has room.",
        ) from error
