"""A spreadsheet as it is kept: cells and lines that never change, in sheets that do.

A change replaces a cell, a row of cells or a JSON object by another one, and none is ever altered in place. So a copy
of a document shares all of them and costs next to nothing, which is how a refused batch leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

Json = dict[str, Any]
Scalar = str | bool | int | float

ROWS, COLUMNS = "ROWS", "COLUMNS"
ROW_HEIGHT, COLUMN_WIDTH = 21, 100
NEW_ROWS, NEW_COLUMNS = 1000, 26


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it was entered, with its equals sign."""

    text: str


Value = Scalar | Formula | None


class Cell(NamedTuple):
    """What somebody put into one cell; what it shows is computed when it is read."""

    value: Value = None
    format: Json | None = None
    """CellFormat as entered."""
    note: str = ""
    validation: Json | None = None
    runs: tuple[Json, ...] = ()
    """TextFormatRuns."""
    chips: tuple[Json, ...] = ()
    pivot: Json | None = None


EMPTY = Cell()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The properties of one row or column."""

    size: int | None = None
    """In pixels, where it is not the usual one."""
    hidden: bool = False
    filtered: bool = False
    metadata: tuple[Json, ...] = ()
    """DeveloperMetadata without their location, which is wherever the line is."""


PLAIN = Line()


class Rect(NamedTuple):
    """A rectangle of cells that exists, half open, from 0."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        """How many rows it has."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """How many columns it has."""
        return self.right - self.left

    def meets(self, other: Rect) -> bool:
        """Whether they have a cell in common."""
        return (
            self.top < other.bottom and other.top < self.bottom and self.left < other.right and other.left < self.right
        )

    def holds(self, other: Rect) -> bool:
        """Whether all of the other lies within this one."""
        return (
            self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )


Cells = tuple[Cell, ...]


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One tab."""

    sheet_id: int
    title: str
    row_count: int = NEW_ROWS
    column_count: int = NEW_COLUMNS
    kind: str = "GRID"
    look: Json = field(default_factory=dict)
    """Other SheetProperties: hidden, tabColor, rightToLeft."""
    grid: Json = field(default_factory=dict)
    """Other GridProperties: frozenRowCount, hideGridlines …"""
    rows: list[Cells] = field(default_factory=list)
    """Rows and ends of rows that are empty may be missing."""
    lines: dict[str, dict[int, Line]] = field(default_factory=lambda: {ROWS: {}, COLUMNS: {}})
    """Lines that are not plain, by dimension."""
    merges: list[Rect] = field(default_factory=list)
    parts: dict[str, list[Json]] = field(default_factory=dict)
    """Lists of a Sheet by their name in the API: charts, protectedRanges, conditionalFormats, bandedRanges …"""
    basic_filter: Json | None = None
    metadata: list[Json] = field(default_factory=list)
    has_formulas: bool = False
    """Whether there ever was one: those without are passed over when references move along."""

    def copy(self) -> Sheet:
        """Another sheet with the same content."""
        return replace(
            self,
            rows=list(self.rows),
            lines={dimension: dict(lines) for dimension, lines in self.lines.items()},
            merges=list(self.merges),
            parts={name: list(items) for name, items in self.parts.items()},
            metadata=list(self.metadata),
        )

    def cell(self, row: int, column: int) -> Cell:
        """The cell at this place."""
        if row < len(self.rows):
            cells = self.rows[row]
            if column < len(cells):
                return cells[column]
        return EMPTY

    def cells(self, row: int) -> Cells:
        """A row up to its last cell that holds anything."""
        return self.rows[row] if row < len(self.rows) else ()

    def put(self, row: int, cells: Mapping[int, Cell]) -> None:
        """Replace cells of a row, by column."""
        if row >= len(self.rows):
            self.rows.extend(() for _ in range(row + 1 - len(self.rows)))
        content = list(self.rows[row])
        content.extend([EMPTY] * (max(cells, default=-1) + 1 - len(content)))
        for column, cell in cells.items():
            content[column] = cell
            if cell.value.__class__ is Formula:
                self.has_formulas = True
        self.rows[row] = trimmed(content)

    def change(self, rect: Rect, into: Callable[[Cell], Cell]) -> None:
        """Replace every cell of a rectangle."""
        for row in range(rect.top, rect.bottom):
            self.put(row, {column: into(self.cell(row, column)) for column in range(rect.left, rect.right)})

    def filled(self, rect: Rect) -> Iterator[tuple[int, int, Cell]]:
        """The cells of a rectangle that hold anything, with their places."""
        for row in range(rect.top, min(rect.bottom, len(self.rows))):
            cells = self.rows[row]
            for column in range(rect.left, min(rect.right, len(cells))):
                if cells[column] is not EMPTY:
                    yield row, column, cells[column]

    def line(self, dimension: str, index: int) -> Line:
        """The properties of a row or column."""
        return self.lines[dimension].get(index, PLAIN)

    def set_line(self, dimension: str, index: int, line: Line) -> None:
        """Give a row or column other properties."""
        if line == PLAIN:
            self.lines[dimension].pop(index, None)
        else:
            self.lines[dimension][index] = line

    def size(self, dimension: str) -> int:
        """How many rows or columns the grid has."""
        return self.row_count if dimension == ROWS else self.column_count

    def resize(self, dimension: str, size: int) -> None:
        """Give the grid this many rows or columns; what lay beyond is gone."""
        if dimension == ROWS:
            self.row_count = size
            del self.rows[size:]
        else:
            self.column_count = size
            self.rows = [trimmed(cells[:size]) if len(cells) > size else cells for cells in self.rows]
        self.lines[dimension] = {index: line for index, line in self.lines[dimension].items() if index < size}

    @property
    def all(self) -> Rect:
        """The whole grid."""
        return Rect(0, 0, self.row_count, self.column_count)


@dataclass(slots=True, kw_only=True)
class Document:
    """One spreadsheet."""

    spreadsheet_id: str
    title: str = "Untitled spreadsheet"
    locale: str = "en_US"
    time_zone: str = "Etc/GMT"
    recalc: str = "ON_CHANGE"
    properties: Json = field(default_factory=dict)
    """Other SpreadsheetProperties that were set: iterativeCalculationSettings …"""
    sheets: list[Sheet] = field(default_factory=list)
    named_ranges: list[Json] = field(default_factory=list)
    metadata: list[Json] = field(default_factory=list)

    def copy(self) -> Document:
        """Another document with the same content, for a batch to work on."""
        return replace(
            self,
            properties=dict(self.properties),
            sheets=[sheet.copy() for sheet in self.sheets],
            named_ranges=list(self.named_ranges),
            metadata=list(self.metadata),
        )

    def by_id(self, sheet_id: int) -> Sheet | None:
        """The sheet with this id."""
        return next((sheet for sheet in self.sheets if sheet.sheet_id == sheet_id), None)

    def by_title(self, title: str) -> Sheet | None:
        """The sheet with this title; Sheets does not look at case."""
        folded = title.casefold()
        return next((sheet for sheet in self.sheets if sheet.title.casefold() == folded), None)

    def first_visible(self) -> Sheet:
        """Where a range without a title lies."""
        return next((sheet for sheet in self.sheets if not sheet.look.get("hidden")), self.sheets[0])


def trimmed(cells: list[Cell] | Cells) -> Cells:
    """A row without the empty cells at its end."""
    end = len(cells)
    while end and cells[end - 1] is EMPTY:
        end -= 1
    return tuple(cells[:end])


def made(**content: Any) -> Cell:
    """A cell with this content; the one empty cell where there is none."""
    cell = Cell(**content)
    return EMPTY if cell == EMPTY else cell


def altered(cell: Cell, **content: Any) -> Cell:
    """A cell like this one, but for some of its content."""
    changed = cell._replace(**content)
    return EMPTY if changed == EMPTY else changed
