"""The styles part: find or append what a cell needs, and change nothing that is there."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_automation.xlsx.cell_style import (
    DATE,
    DATE_AND_TIME,
    CellStyle,
    changed_font,
    fill_of,
    with_alignment,
    with_format_attributes,
)
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.style_table import StyleTable, unprefixed
from sheets_automation.xlsx.tags import attributes, children, elements, prefix_of, quoted

MOST_FORMATS = 64_000
_FIRST_FREE_NUMBER_FORMAT = 164
_BUILT_IN_FORMATS = {
    "General": 0, "0": 1, "0.00": 2, "#,##0": 3, "0%": 9, "0.00%": 10, "@": 49, DATE: 14, DATE_AND_TIME: 22,
}  # fmt: skip
_NO = frozenset({"0", "false"})


class Styles:
    """The lists of a styles part, with additions. Raises CellRefused where it has no cell formats to build on."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        lists = children(data)
        prefix = prefix_of(data)
        self._tables = {
            name: StyleTable(data, name, lists.get(name), prefix)
            for name in (b"numFmts", b"fonts", b"fills", b"borders", b"cellXfs", b"dxfs")
        }
        if not all(len(self._tables[name]) for name in (b"fonts", b"fills", b"borders", b"cellXfs")):
            raise CellRefused("styles")
        self._derived: dict[tuple[int, CellStyle], int] = {}

    def to_bytes(self) -> bytes:
        """The part with all additions; the very same bytes where there are none."""
        data = self._data
        for table in self._tables.values():
            data = table.write_into(data)
        return data

    def derive(self, base: int, style: CellStyle) -> int:
        """The number of the cell format that is `base` with the changes of `style`."""
        key = (base, style)
        if key not in self._derived:
            self._derived[key] = self._add(self._changed(self._format(base), style))
        return self._derived[key]

    def is_locked(self, base: int) -> bool:
        """Whether cells in this format are locked as soon as their sheet is protected."""
        protection = [attributes(e.tag) for e in elements(self._format(base), 1) if e.name == b"protection"]
        return not (protection and protection[0].get("locked") in _NO)

    def adopt_formats(self, donor: Styles) -> tuple[int, ...]:
        """Take over all cell formats of another workbook; the new number of each."""
        return tuple(self._adopt(donor, xf) for xf in donor._tables[b"cellXfs"].items)

    def adopt_differences(self, donor: Styles) -> tuple[int, ...]:
        """Take over all formats of conditional formats and tables; the new number of each."""
        items = donor._tables[b"dxfs"].items
        return tuple(self._tables[b"dxfs"].add(item) for item in items)

    def _changed(self, xf: bytes, style: CellStyle) -> bytes:
        if style.number_format is not None:
            number = self._number_format(style.number_format)
            xf = with_format_attributes(xf, numFmtId=str(number), applyNumberFormat="1")
        if style.fill is not None:
            fill = self._tables[b"fills"].add(fill_of(style.fill))
            xf = with_format_attributes(xf, fillId=str(fill), applyFill="1")
        if style.color is not None or style.bold is not None:
            font = self._tables[b"fonts"].add(changed_font(self._item(b"fonts", xf, "fontId"), style))
            xf = with_format_attributes(xf, fontId=str(font), applyFont="1")
        if style.wrap is not None or style.horizontal is not None:
            xf = with_alignment(xf, style)
        if style.quote_prefix:
            xf = with_format_attributes(xf, quotePrefix="1")
        return xf

    def _adopt(self, donor: Styles, xf: bytes) -> int:
        fonts, fills, borders = (
            str(self._tables[table].add(donor._item(table, xf, name)))
            for table, name in ((b"fonts", "fontId"), (b"fills", "fillId"), (b"borders", "borderId"))
        )
        code = dict(donor._format_codes()).get(_number(xf, "numFmtId"))
        number = _number(xf, "numFmtId") if code is None else self._number_format(code)
        # xfId 0 is "Normal" everywhere; the donor's other named styles stay behind.
        return self._add(
            with_format_attributes(xf, numFmtId=str(number), fontId=fonts, fillId=fills, borderId=borders, xfId="0")
        )

    def _format(self, number: int) -> bytes:
        items = self._tables[b"cellXfs"].items
        return unprefixed(items[number if number < len(items) else 0])

    def _item(self, table: bytes, xf: bytes, name: str) -> bytes:
        items = self._tables[table].items
        number = _number(xf, name)
        return unprefixed(items[number if number < len(items) else 0])

    def _add(self, xf: bytes) -> int:
        number = self._tables[b"cellXfs"].add(xf)
        if number >= MOST_FORMATS:
            raise CellRefused("too_many_styles")
        return number

    def _number_format(self, code: str) -> int:
        if code in _BUILT_IN_FORMATS:
            return _BUILT_IN_FORMATS[code]
        codes = dict(self._format_codes())
        known = next((number for number, known in codes.items() if known == code), None)
        if known is not None:
            return known
        number = max(_FIRST_FREE_NUMBER_FORMAT, *(number + 1 for number in codes), 0)
        self._tables[b"numFmts"].add(b'<numFmt numFmtId="%d" formatCode=%b/>' % (number, quoted(code)))
        return number

    def _format_codes(self) -> Iterator[tuple[int, str]]:
        for item in self._tables[b"numFmts"].items:
            yield _number(item, "numFmtId"), attributes(item).get("formatCode", "")


def _number(fragment: bytes, name: str) -> int:
    number = attributes(next(elements(fragment, 0)).tag).get(name, "0")
    return int(number) if number.isdecimal() else 0
