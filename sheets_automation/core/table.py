"""One read snapshot of a workbook: tabs, rows and cell values as every backend hands them over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from sheets_automation.core.stops import Stop

CellValue = str | int | float | bool | datetime | None
"""What a cell can hold. Dates are naive datetimes in the workbook's time zone; text is never guessed at:
"007" stays "007". An empty cell is absent from its row, not None; None appears only where we clear a cell."""


class CellError(str):
    """A cell that holds no value but an error: "#N/A", or a formula that was never calculated ("#UNCALCULATED")."""

    __slots__ = ()


UNCALCULATED: Final = CellError("#UNCALCULATED")
ERROR_VALUES: Final = frozenset({
    "#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", UNCALCULATED, "#ERROR!", "#SPILL!", "#CALC!",
    "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#PYTHON!", "#GETTING_DATA",
})  # fmt: skip
"""What stands in a cell instead of the result of its formula, in Excel and in Google Sheets."""


class Row(NamedTuple):
    """One row of a tab."""

    number: int
    """1-based, as people see it. For messages only: rows move while we work."""
    cells: Mapping[int, CellValue]
    """Value by column index, 0 = column A. Empty cells are absent."""
    hidden: bool = False
    """By hand or by a filter. A hidden row is a row like any other."""


RowSource = Callable[[Collection[int] | None], Iterator[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One tab as it was read.

    The rows may be streamed from a large file, so they are asked for with the columns that are needed, and can be
    asked for again: every pass gives the same rows of the same snapshot.
    """

    title: str
    source: RowSource = field(repr=False)

    def rows(self, columns: Collection[int] | None = None) -> Iterator[Row]:
        """All rows that have a cell in one of `columns` (0-based; None = every column), top to bottom."""
        return self.source(columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All tabs of a workbook at one moment."""

    tables: Mapping[str, Table]
    """By tab title, in the order of the tabs."""
    revision: str
    """Equal for two snapshots only if no tab but the delivery log can differ between them."""
    timezone: str = "Asia/Tokyo"
    stop: Stop | None = None
    """A flag beside a file that stops all sending, whatever its tabs say."""


def table_of(title: str, rows: Mapping[int, Mapping[int, CellValue]]) -> Table:
    """A table that is held in memory: rows by number, cells by column index."""

    def source(columns: Collection[int] | None) -> Iterator[Row]:
        for number in sorted(rows):
            cells = rows[number]
            if columns is not None:
                cells = {c: v for c, v in cells.items() if c in columns}
            if cells:
                yield Row(number, cells)

    return Table(title=title, source=source)
