"""One row as bytes: its cells, and what it takes to change or insert some of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from functools import lru_cache
from typing import NamedTuple

from sheets_automation.core.table import CellValue
from sheets_automation.xlsx.cell_markup import content_of, looks_like_formula
from sheets_automation.xlsx.cell_style import DATE, DATE_AND_TIME, CellStyle
from sheets_automation.xlsx.columns import column_index
from sheets_automation.xlsx.references import cell_name
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.styles import Styles
from sheets_automation.xlsx.tags import Splice, attributes, masked, tag_pattern, with_attributes

_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_USUAL_REFERENCE = re.compile(rb"c r=\"([A-Z]{1,3})[0-9]+\"")
_NO_STYLE = CellStyle()


@dataclass(frozen=True, slots=True, kw_only=True)
class CellWrite:
    """What a cell shall hold and, unless its look stays, how it shall look."""

    value: CellValue
    style: CellStyle | None = None


class CellText(NamedTuple):
    """One cell as it stands in its row."""

    column: int
    start: int
    end: int
    tag: bytes
    inner: bytes

    @property
    def style(self) -> int:
        """The number of its format."""
        number = attributes(self.tag).get("s", "")
        return int(number) if number.isdecimal() else 0


class RowChange(NamedTuple):
    """What to splice into a row, and the cells that change with the number of their old format."""

    splices: tuple[Splice, ...]
    """In the offsets of the row, in order."""
    old_styles: Mapping[int, int]


@lru_cache(maxsize=2)  # a row is looked at by the digest and by the writer
def cells_of(row: bytes, prefix: bytes) -> tuple[CellText, ...]:
    """The cells of a row, in order; one without a reference stands right of the one before it."""
    return tuple(_cells(row, prefix))


def _cells(row: bytes, prefix: bytes) -> Iterator[CellText]:
    visible = masked(row)
    close = re.compile(rb"</%bc\s*>" % re.escape(prefix))
    column = -1
    for match in tag_pattern(prefix + b"c").finditer(visible):
        usual = _USUAL_REFERENCE.match(match[0], 1 + len(prefix))
        letters = usual[1].decode() if usual else _letters(match[0])
        column = column_index(letters) if letters else column + 1
        closing = None if match[0].endswith(b"/>") else close.search(visible, match.end())
        inner = row[match.end() : closing.start()] if closing else b""
        yield CellText(column, match.start(), closing.end() if closing else match.end(), match[0], inner)


def _letters(tag: bytes) -> str:
    match = _LETTERS.match(attributes(tag).get("r", ""))
    return match[0] if match else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWriter:
    """Writes cells into rows of one sheet. Raises CellRefused where an old cell or a new value does not allow it."""

    tab: str
    prefix: bytes
    date1904: bool
    date_styles: frozenset[str]
    """Of the workbook as it was read."""
    column_style: Callable[[int], int] = field(repr=False)
    """The format of a cell that is not there, from its column."""
    styles: Styles | None = field(repr=False)

    def change(self, row: bytes, number: int, writes: Mapping[int, CellWrite]) -> RowChange:
        """What to change in a row; nothing where everything is as it shall be."""
        tag = self._row_tag(row)
        cells = cells_of(row, self.prefix)
        old = {cell.column: cell for cell in cells}
        if [cell.column for cell in cells] != sorted(old):
            raise CellRefused("rows_unordered", tab=self.tab, what=str(number))
        look = _RowLook(cells=old, row_style=_row_style(tag), column_style=self.column_style)
        new = {column: self._placed_cell(number, column, writes[column], look) for column in sorted(writes)}
        changed = {column: cell for column, cell in new.items() if cell is not None}
        styles = {column: look.base(column, None) for column in changed}
        return RowChange(splices=self._splices(row, tag, old, changed), old_styles=styles)

    def new_row(self, number: int, writes: Mapping[int, CellWrite]) -> tuple[bytes, RowChange]:
        """A whole row, b"" where it would be empty."""
        change = self.change(b'<%brow r="%d"/>' % (self.prefix, number), number, writes)
        return b"".join(splice.new for splice in change.splices), change

    def _splices(
        self, row: bytes, tag: bytes, old: Mapping[int, CellText], changed: Mapping[int, bytes]
    ) -> tuple[Splice, ...]:
        if not changed:
            return ()
        wider = _with_spans(tag, changed)
        if tag.endswith(b"/>"):
            body = wider[:-2].rstrip() + b">" + b"".join(changed.values()) + b"</" + self.prefix + b"row>"
            return (Splice(0, len(tag), body),)
        end = masked(row).rindex(b"</" + self.prefix + b"row")
        placed = (_place(column, cell, old, end) for column, cell in changed.items())
        return (Splice(0, len(tag), wider), *placed) if wider != tag else tuple(placed)

    def _row_tag(self, row: bytes) -> bytes:
        match = tag_pattern(self.prefix + b"row").match(row)
        if match is None:
            raise CellRefused("rows_unordered", what="<row>")
        return match[0]

    def _placed_cell(self, row: int, column: int, write: CellWrite, look: _RowLook) -> bytes | None:
        try:
            return self._cell(row, column, write, look)
        except CellRefused as refused:
            raise refused.at(self.tab, cell_name(row, column)) from refused

    def _cell(self, row: int, column: int, write: CellWrite, look: _RowLook) -> bytes | None:
        """The new cell; None where the old one, or none at all, will do."""
        old = look.cells.get(column)
        if old is not None and re.search(rb"<%bf[\s/>]" % re.escape(self.prefix), masked(old.inner)):
            raise CellRefused("formula")
        kind, inner = content_of(write.value, self.prefix, date1904=self.date1904)
        style = self._style(write, look.base(column, write.style))
        if old is None and not inner and write.style is None:
            return None
        tag = old.tag if old is not None else b'<%bc r="%b"/>' % (self.prefix, cell_name(row, column).encode())
        tag = with_attributes(tag, {"t": kind, "cm": None, "vm": None, **_style_change(tag, style)})
        if old is not None and tag == old.tag and inner == old.inner:
            return None
        bare = tag.removesuffix(b">").removesuffix(b"/").rstrip()
        return b"%b>%b</%bc>" % (bare, inner, self.prefix) if inner else bare + b"/>"

    def _style(self, write: CellWrite, base: int) -> int:
        style = write.style or _NO_STYLE
        if isinstance(write.value, datetime) and style.number_format is None and str(base) not in self.date_styles:
            style = replace(style, number_format=DATE if write.value.time() == time() else DATE_AND_TIME)
        if looks_like_formula(write.value):
            style = replace(style, quote_prefix=True)
        style = replace(style, like=None)
        if style == _NO_STYLE:
            return base
        if self.styles is None:
            raise CellRefused("styles")
        return self.styles.derive(base, style)


@dataclass(frozen=True, slots=True, kw_only=True)
class _RowLook:
    """Where the looks of a row's cells come from."""

    cells: Mapping[int, CellText]
    row_style: int | None
    column_style: Callable[[int], int]

    def base(self, column: int, style: CellStyle | None) -> int:
        """The format that a cell starts from."""
        source = column if style is None or style.like is None else style.like
        if source in self.cells:
            return self.cells[source].style
        return self.column_style(source) if self.row_style is None else self.row_style


def _row_style(tag: bytes) -> int | None:
    row = attributes(tag)
    if row.get("customFormat") in {"1", "true"} and row.get("s", "").isdecimal():
        return int(row["s"])
    return None


def _style_change(tag: bytes, style: int) -> dict[str, str]:
    return {"s": str(style)} if style or "s" in attributes(tag) else {}


def _with_spans(tag: bytes, columns: Mapping[int, bytes]) -> bytes:
    """Widen the row's `spans`, a hint for readers, where the new cells lie outside; columns count from 1 there."""
    match = re.fullmatch(r"(\d+):(\d+)", attributes(tag).get("spans", ""))
    if match is None:
        return tag
    first, last = int(match[1]), int(match[2])
    wider = f"{min(first, min(columns) + 1)}:{max(last, max(columns) + 1)}"
    return with_attributes(tag, {"spans": wider}) if wider != match[0] else tag


def _place(column: int, cell: bytes, old: Mapping[int, CellText], end: int) -> Splice:
    if column in old:
        return Splice(old[column].start, old[column].end, cell)
    place = next((other.start for other in old.values() if other.column > column), end)
    return Splice(place, place, cell)
