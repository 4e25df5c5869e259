"""An Excel file with any cell whatever, also such as no library would write."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.poison.kind import Cell, Formula, Merged, Rich

_MOST_OF_XLSXWRITER = 32_767
_TEXTS = "xl/sharedStrings.xml"


def write_workbook(path: Path, tabs: Mapping[str, list[list[Cell]]]) -> None:
    """Write it with XlsxWriter, and by hand what XlsxWriter refuses: halves of characters, and texts too long."""
    by_hand: dict[str, str] = {}
    with Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "font_color": "red"})
        for title, grid in tabs.items():
            sheet = book.add_worksheet(title)
            for row, cells in enumerate(grid):
                for column, value in enumerate(_after_merging(cells)):
                    _write(sheet, row, column, value, bold, by_hand)
    if by_hand:
        _replace_texts(path, by_hand)


def _write(sheet: Worksheet, row: int, column: int, value: Cell, bold: object, by_hand: dict[str, str]) -> None:
    match value:
        case None | "":
            pass
        case Formula(text, result):
            sheet.write_formula(row, column, text, None, result)
        case Rich(first, second):
            sheet.write_rich_string(row, column, bold, first, second)
        case Merged(text):
            sheet.merge_range(row, column, row, column + 1, text)
        case bool():
            sheet.write_boolean(row, column, value)
        case int() | float():
            sheet.write_number(row, column, value)
        case str():
            sheet.write_string(row, column, _writable(value, by_hand))


def _after_merging(cells: list[Cell]) -> list[Cell]:
    """The cells without those that a merge has swallowed."""
    return [None if isinstance(left, Merged) else cell for left, cell in zip([None, *cells], cells, strict=False)]


def _writable(text: str, by_hand: dict[str, str]) -> str:
    if len(text) <= _MOST_OF_XLSXWRITER and not re.search("[\ud800-\udfff]", text):
        return text
    token = f"by-hand-{len(by_hand)}-"
    by_hand[token] = text
    return token


def _replace_texts(path: Path, by_hand: Mapping[str, str]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    texts = parts[_TEXTS].decode()
    for token, text in by_hand.items():
        texts = texts.replace(token, _markup(text))
    parts[_TEXTS] = texts.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _markup(text: str) -> str:
    """Text as it stands between tags; a half of a character becomes Excel's escape."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, entity)
    return re.sub("[\ud800-\udfff\x00-\x08\x0b-\x1f]", lambda match: f"_x{ord(match[0]):04X}_", text)
