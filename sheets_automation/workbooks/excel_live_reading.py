"""Reading an open workbook: each tab with a few calls, whatever its size."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from sheets_automation.core.errors import WorkbookBusy, WorkbookNotFound, WriteRefused
from sheets_automation.core.table import CellError, CellValue, Row, Table
from sheets_automation.workbooks.excel_live_book import OpenBook

if TYPE_CHECKING:
    from xlwings import Range, Sheet

Cells = dict[int, CellValue]

_CELLS_AT_ONCE: Final = 1_000_000
_MOST_GAPS: Final = 300
"""So many hidden groups of rows are looked for: that a row is hidden is only told, and decides nothing."""
_MOST_ROWS: Final = 5_000
_WHOLE: Final = 2**53

# The values behind xlErrNull … xlErrNA; an error of a newer Excel lies among them.
_ERRORS: Final = {
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: "#NUM!",
    -2146826246: "#N/A",
}
_LAST_ERROR: Final = -2146826200


@dataclass(frozen=True, slots=True)
class OpenTab:
    """One tab as it stood when it was read: rows by number from 1, cells by column from 0, empty cells absent."""

    title: str
    sheet: Sheet
    rows: Mapping[int, Cells]
    hidden: frozenset[int] = frozenset()
    extent: tuple[int, int] = field(default=(0, 0))
    """The last row and the last column, from 1, of all that Excel counts as used, formats included."""

    def table(self) -> Table:
        """As every backend hands it over."""
        return Table(title=self.title, source=self._source)

    def width(self) -> int:
        """How many columns hold anything, up to the last one."""
        return max((column + 1 for cells in self.rows.values() for column in cells), default=0)

    def _source(self, columns: Collection[int] | None) -> Iterator[Row]:
        for number, cells in self.rows.items():
            found = cells if columns is None else {c: v for c, v in cells.items() if c in columns}
            if found:
                yield Row(number, found, number in self.hidden)


class Reader:
    """Reads the tabs of one open workbook. Which rows are hidden it asks once."""

    def __init__(self, book: OpenBook) -> None:
        self._book = book.book
        self._calls = book.calls
        self._native = book.native
        self._hidden: dict[str, frozenset[int]] = {}

    def tabs(self) -> dict[str, OpenTab]:
        """All tabs in their order, as they are now."""
        sheets = self._calls.ask(lambda: [(sheet.name, sheet) for sheet in self._book.sheets])
        return {title: self._tab(title, sheet) for title, sheet in sheets}

    def tab(self, title: str) -> OpenTab | None:
        """One tab as it is now; None if it is gone."""
        sheets = self._calls.ask(lambda: [sheet for sheet in self._book.sheets if sheet.name == title])
        return self._tab(title, sheets[0]) if sheets else None

    def hidden_by_filter(self, tab: OpenTab) -> frozenset[int]:
        """The rows that a filter, or a hand, hides now; none where no filter is at work."""
        if not self._calls.ask(lambda: self._native.is_filtered(tab.sheet)):
            return frozenset()
        shown = self._shown_rows(self._calls.ask(lambda: tab.sheet.used_range), most=_MOST_ROWS)
        # Where Excel does not say which rows show, each is written as if it were hidden: slow, and right.
        return frozenset(range(1, tab.extent[0] + 1)) - (shown or frozenset())

    def _tab(self, title: str, sheet: Sheet) -> OpenTab:
        used = self._calls.ask(lambda: sheet.used_range)
        (top, left), (height, width) = self._calls.ask(lambda: ((used.row, used.column), used.shape))
        rows: dict[int, Cells] = {}
        step = max(1, _CELLS_AT_ONCE // max(1, width))
        for first in range(0, height, step):
            part = used if height <= step else self._part(sheet, top + first, left, min(step, height - first), width)
            rows |= rows_of(self._calls.ask(lambda part=part: part.raw_value), top + first, left)  # type: ignore[misc]
            for (row, column), text in self._calls.ask(lambda part=part: self._native.errors(part)).items():  # type: ignore[misc]
                rows.setdefault(top + first + row, {})[left - 1 + column] = CellError(text)
        if title not in self._hidden:
            self._hidden[title] = self._hidden_rows(used, rows)
        extent = (top + height - 1, left + width - 1)
        return OpenTab(title, sheet, dict(sorted(rows.items())), self._hidden[title], extent)

    def _part(self, sheet: Sheet, row: int, column: int, height: int, width: int) -> Range:
        return self._calls.ask(lambda: sheet.range((row, column), (row + height - 1, column + width - 1)))

    def _hidden_rows(self, used: Range, rows: Mapping[int, Cells]) -> frozenset[int]:
        """The rows that do not show; none where Excel does not say."""
        shown = self._shown_rows(used, most=_MOST_GAPS) if rows else None
        return frozenset(rows) - shown if shown is not None else frozenset()

    def _shown_rows(self, used: Range, most: int) -> frozenset[int] | None:
        """The rows that show; None where Excel does not say, or only in more than `most` pieces."""
        try:
            areas = self._calls.ask(lambda: used.get_special_cells("visible"))
            if not isinstance(areas, list) or len(areas) > most:
                return None
            spans = self._calls.ask(lambda: [(area.row, area.shape[0]) for area in areas])
        except (WorkbookBusy, WorkbookNotFound):
            raise
        except WriteRefused:  # a protected tab does not say
            return None
        return frozenset(row for first, count in spans for row in range(first, first + count))


def revision_of(tabs: Mapping[str, OpenTab], log_tabs: Collection[str]) -> str:
    """Changes with whatever a person writes, but for the log."""
    digest = hashlib.sha256()
    for title, tab in tabs.items():
        if title not in log_tabs:
            digest.update(repr((title, [(n, sorted(cells.items())) for n, cells in tab.rows.items()])).encode())
    return digest.hexdigest()


def rows_of(raw: object, top: int, left: int) -> dict[int, Cells]:
    """The cells of a range by its first row and column, both from 1: of one value, one row, or rows of values."""
    rows: Sequence[Sequence[object]]
    if not isinstance(raw, list | tuple):
        rows = [[raw]]
    elif raw and not isinstance(raw[0], list | tuple):
        rows = [raw]
    else:
        rows = raw
    found: dict[int, Cells] = {}
    for number, values in enumerate(rows, start=top):
        cells: Cells = {
            left - 1 + column: cell for column, one in enumerate(values) if (cell := cell_value(one)) is not None
        }
        if cells:
            found[number] = cells
    return found


def cell_value(raw: object) -> CellValue:
    """A cell's value as Excel hands it over; None for an empty cell. Text is never guessed at."""
    match raw:
        case str():
            return raw or None
        case bool():
            return raw
        case int():
            return CellError(_ERRORS.get(raw, "#ERROR!")) if min(_ERRORS) <= raw <= _LAST_ERROR else raw
        case float() | Decimal():  # COM hands over a currency as a Decimal
            return _number(float(raw))
        case datetime():
            # COM says UTC where it means the sheet's own time.
            return datetime.combine(raw.date(), raw.time())
        case _:
            return None


def _number(value: float) -> int | float | None:
    with suppress(OverflowError, ValueError):
        if value == int(value) and abs(value) < _WHOLE:
            return int(value)
    return value
