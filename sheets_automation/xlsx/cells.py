"""What it takes to change or insert some cells of a row, in bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from sheets_automation.core.table import CellValue
from sheets_automation.xlsx.cell_markup import content_of, looks_like_formula
from sheets_automation.xlsx.cell_style import DATE, DATE_AND_TIME, CellStyle
from sheets_automation.xlsx.columns import column_letters
from sheets_automation.xlsx.references import cell_name
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.row_cells import CellText, RowCells, cells_of
from sheets_automation.xlsx.styles import Styles
from sheets_automation.xlsx.tags import Splice, attributes, masked, tag_pattern, with_attributes

_NO_STYLE = CellStyle()
_SPANS = re.compile(r"(\d+):(\d+)")
_NO_LOOK: Mapping[str, str] = MappingProxyType({})


class CellWrite(NamedTuple):
    """What a cell shall hold and, unless its look stays, how it shall look."""

    value: CellValue
    style: CellStyle | None = None


class RowChange(NamedTuple):
    """What to splice into a row, and the cells that change with the number of their old format."""

    splices: tuple[Splice, ...]
    """In the offsets of the row, in order."""
    old_styles: Mapping[int, int]


class RowWriter:
    """Writes cells into rows of one sheet. Raises CellRefused where an old cell or a new value does not allow it."""

    def __init__(
        self,
        *,
        tab: str,
        prefix: bytes,
        date1904: bool,
        date_styles: frozenset[str],
        column_style: Callable[[int], int],
        styles: Styles | None,
        model: Mapping[int, int] = MappingProxyType({}),
    ) -> None:
        """`date_styles` are those of the workbook as it was read; `column_style` knows the looks of absent cells.

        `model` has the formats, by column, of the row that whole new rows are to look like.
        """
        self.tab = tab
        self._prefix = prefix
        self._date1904 = date1904
        self._date_styles = date_styles
        self._column_style = cache(column_style)
        self._styles = styles
        self._model_style = cache(lambda column: model.get(column, column_style(column)))

    def change(self, row: bytes, number: int, writes: Mapping[int, CellWrite]) -> RowChange:
        """What to change in a row; nothing where everything is as it shall be."""
        tag = self._row_tag(row)
        cells = cells_of(row, self._prefix)
        if not cells.are_in_order:
            raise CellRefused("rows_unordered", tab=self.tab, what=str(number))
        given = attributes(tag)
        look = _RowLook(cells, _row_style(given), self._column_style)
        new = {column: self._placed_cell(number, column, writes[column], look) for column in sorted(writes)}
        changed = {column: cell for column, cell in new.items() if cell is not None}
        styles = {column: look.base(column, None) for column in changed}
        if not changed:
            return RowChange((), {})
        wider = _with_spans(tag, given, changed)
        return RowChange(splices=self._splices(row, tag, wider, cells, changed), old_styles=styles)

    def new_row(
        self, number: int, writes: Mapping[int, CellWrite], look: Mapping[str, str] = _NO_LOOK
    ) -> tuple[bytes, Mapping[int, int]]:
        """A whole row, b"" where it would be empty; and the format in which each of its cells stood before."""
        absent = _RowLook(None, None, self._model_style)
        new = {column: self._placed_cell(number, column, writes[column], absent) for column in sorted(writes)}
        made = {column: cell for column, cell in new.items() if cell is not None}
        if not made:
            return b"", {}
        tag = with_attributes(b'<%brow r="%d">' % (self._prefix, number), look)
        row = b"%b%b</%brow>" % (tag, b"".join(made.values()), self._prefix)
        return row, {column: self._column_style(column) for column in made}

    def _splices(
        self, row: bytes, tag: bytes, wider: bytes, old: RowCells, changed: Mapping[int, bytes]
    ) -> tuple[Splice, ...]:
        if tag.endswith(b"/>"):
            body = wider[:-2].rstrip() + b">" + b"".join(changed.values()) + b"</" + self._prefix + b"row>"
            return (Splice(0, len(tag), body),)
        end = masked(row).rindex(b"</" + self._prefix + b"row")
        placed = (_place(column, cell, old, end) for column, cell in changed.items())
        return (Splice(0, len(tag), wider), *placed) if wider != tag else tuple(placed)

    def _row_tag(self, row: bytes) -> bytes:
        match = tag_pattern(self._prefix + b"row").match(row)
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
        old = look.cells.of(column) if look.cells else None
        if old is not None and self._is_formula(old):
            raise CellRefused("formula")
        kind, inner = content_of(write.value, self._prefix, date1904=self._date1904)
        style = self._style(write, look.base(column, write.style))
        if old is None:
            if not inner and write.style is None:
                return None
            bare = _tag_in_column(self._prefix, column, kind, style) % row
        else:
            tag = _with_look(old.tag, kind, style)
            if tag == old.tag and inner == old.inner:
                return None
            bare = tag.removesuffix(b">").removesuffix(b"/").rstrip()
        return b"%b>%b</%bc>" % (bare, inner, self._prefix) if inner else bare + b"/>"

    def _is_formula(self, cell: CellText) -> bool:
        if b"<" + self._prefix + b"f" not in cell.inner:
            return False
        return re.search(rb"<%bf[\s/>]" % re.escape(self._prefix), masked(cell.inner)) is not None

    def _style(self, write: CellWrite, base: int) -> int:
        value, style = write.value, write.style or _NO_STYLE
        if isinstance(value, datetime) and style.number_format is None and str(base) not in self._date_styles:
            style = replace(style, number_format=DATE if value.time() == time() else DATE_AND_TIME)
        if looks_like_formula(value):
            style = replace(style, quote_prefix=True)
        if style is _NO_STYLE:
            return base
        style = _without_model(style)
        if style == _NO_STYLE:
            return base
        if self._styles is None:
            raise CellRefused("styles")
        return self._styles.derive(base, style)


class _RowLook:
    """Where the looks of a row's cells come from."""

    def __init__(self, cells: RowCells | None, row_style: int | None, column_style: Callable[[int], int]) -> None:
        """`cells` is None for a row that is not there."""
        self.cells = cells
        self._row_style = row_style
        self._column_style = column_style
        self._known: dict[int, int] = {}

    def base(self, column: int, style: CellStyle | None) -> int:
        """The format that a cell starts from."""
        source = column if style is None or style.like is None else style.like
        if source not in self._known:
            self._known[source] = self._format_at(source)
        return self._known[source]

    def _format_at(self, column: int) -> int:
        cell = self.cells.of(column) if self.cells else None
        if cell is not None:
            return cell.style
        return self._column_style(column) if self._row_style is None else self._row_style


@lru_cache(maxsize=1024)
def _tag_in_column(prefix: bytes, column: int, kind: str | None, style: int) -> bytes:
    """The start tag of a new cell, but for its end, with a place for the number of its row."""
    look = f' s="{style}"' if style else ""
    meaning = f' t="{kind}"' if kind else ""
    return b"<%bc %b" % (prefix.replace(b"%", b"%%"), f'r="{column_letters(column)}%d"{look}{meaning}'.encode())


@cache
def _without_model(style: CellStyle) -> CellStyle:
    """The style without the cell that it starts from, once that is known."""
    return replace(style, like=None)


def _row_style(row: Mapping[str, str]) -> int | None:
    if row.get("customFormat") in {"1", "true"} and row.get("s", "").isdecimal():
        return int(row["s"])
    return None


def _with_look(tag: bytes, kind: str | None, style: int) -> bytes:
    """The start tag of a cell with another type and format. The format comes first, as everybody writes it."""
    given = attributes(tag)
    if "s" not in given and style:
        tag = with_attributes(tag, {"t": None})
    look = {"s": str(style)} if style or "s" in given else {}
    return with_attributes(tag, {**look, "t": kind, "cm": None, "vm": None})


def _with_spans(tag: bytes, row: Mapping[str, str], columns: Mapping[int, bytes]) -> bytes:
    """Widen the row's `spans`, a hint for readers, where the new cells lie outside; columns count from 1 there."""
    match = _SPANS.fullmatch(row.get("spans", ""))
    if match is None:
        return tag
    first, last = int(match[1]), int(match[2])
    wider = f"{min(first, min(columns) + 1)}:{max(last, max(columns) + 1)}"
    return with_attributes(tag, {"spans": wider}) if wider != match[0] else tag


def _place(column: int, cell: bytes, old: RowCells, end: int) -> Splice:
    there = old.of(column)
    if there is not None:
        return Splice(there.start, there.end, cell)
    place = old.place_for(column)
    return Splice(end, end, cell) if place is None else Splice(place, place, cell)
