"""A Google spreadsheet as one answer of spreadsheets.get, kept small: values and what we need to write beside them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from sheets_automation.core.table import CellError, CellValue, Row, Table

Json = dict[str, Any]

CELLS = "rowData(values(effectiveValue,effectiveFormat(numberFormat(type)),userEnteredValue(formulaValue)))"
FIELDS = (
    "properties(title,locale,timeZone),"
    "sheets(properties(sheetId,title,sheetType,gridProperties(rowCount,columnCount)),"
    f"data({CELLS},rowMetadata(hiddenByFilter,hiddenByUser)),"
    "charts(chartId),basicFilter,tables(tableId,range),protectedRanges(protectedRangeId,description)),"
    "developerMetadata(metadataId,metadataKey,metadataValue)"
)
"""One read has everything: who is where, what is hidden, and what of ours is drawn already."""

# https://developers.google.com/workspace/sheets/api/guides/formats: days since 1899-12-30, the fraction is the time.
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock in the spreadsheet's zone
_DATES = {"DATE", "DATE_TIME"}
_ERRORS = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "LOADING": "#UNCALCULATED",
}


class Formula(NamedTuple):
    """A cell that is computed."""

    text: str
    value: CellValue


Cell = CellValue | Formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One tab: its cells and what stands around them."""

    sheet_id: int
    title: str
    row_count: int
    column_count: int
    cells: Sequence[Sequence[Cell] | None]
    """By row and column from 0; None and short rows where nothing stands."""
    hidden: frozenset[int] = frozenset()
    """Rows, from 1, that a person or a filter has hidden."""
    charts: tuple[int, ...] = ()
    basic_filter: Json | None = None
    tables: tuple[Json, ...] = ()
    """What people made with 表に変換: id and range."""
    protections: Mapping[str, int] = field(default_factory=dict)
    """Ids of protected ranges by their description."""

    def cell(self, row: int, column: int) -> Cell:
        """What stands in a cell, both from 0; None beyond the end."""
        cells = self.cells[row] if 0 <= row < len(self.cells) else None
        return cells[column] if cells and column < len(cells) else None

    def value(self, row: int, column: int) -> CellValue:
        """What a person sees in a cell, both from 0."""
        cell = self.cell(row, column)
        return cell.value if isinstance(cell, Formula) else cell

    def table(self) -> Table:
        """The tab as the core reads it."""
        return Table(title=self.title, source=partial(_rows, self))

    def grid(self) -> Mapping[tuple[int, int], CellValue]:
        """What a person sees, by row and column, both from 0."""
        return {
            (row, column): self.value(row, column)
            for row, cells in enumerate(self.cells)
            for column in range(len(cells or ()))
        }

    def width(self) -> int:
        """How many columns hold anything, up to the last one."""
        return max((len(cells) for cells in self.cells if cells), default=0)

    def height(self) -> int:
        """How many rows hold anything, up to the last one: Google also tells of rows that only have a format."""
        filled = (row for row, cells in enumerate(self.cells, start=1) if any(cell is not None for cell in cells or ()))
        return max(filled, default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A note of ours in the spreadsheet's metadata: the last fact that a run appended to a tab."""

    metadata_id: int
    tab: str
    fact_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The whole spreadsheet at one moment."""

    title: str
    locale: str
    timezone: str
    sheets: Mapping[str, Sheet]
    """By title, in the order of the tabs; tabs without a grid (a chart alone) are left out."""
    sheet_ids: frozenset[int]
    """Of all tabs, those without a grid too."""
    markers: tuple[Marker, ...] = ()

    def sheet_of(self, sheet_id: int) -> Sheet | None:
        """The tab with this id, whatever its title is by now; None where it is gone."""
        return next((one for one in self.sheets.values() if one.sheet_id == sheet_id), None)


MARKER = "relay.last:"
"""How the key of a Marker begins; the tab's title follows."""


def read_book(body: bytes) -> Book:
    """Parse an answer with FIELDS. A cut-off body raises ValueError.

    Each cell becomes its value while the JSON is parsed: half a million dictionaries of a 20,000-row sheet would take
    many times the room.
    """
    answer = json.loads(body, object_hook=_collapsed)
    properties = answer.get("properties") or {}
    sheets = answer.get("sheets", ())
    grids = [_sheet(one) for one in sheets if one["properties"].get("sheetType", "GRID") == "GRID"]
    return Book(
        title=str(properties.get("title", "")),
        locale=str(properties.get("locale", "")),
        timezone=str(properties.get("timeZone", "Etc/GMT")),
        sheets={sheet.title: sheet for sheet in grids},
        sheet_ids=frozenset(one["properties"].get("sheetId", 0) for one in sheets),
        markers=tuple(_markers(answer.get("developerMetadata", ()))),
    )


def _sheet(answer: Json) -> Sheet:
    properties = answer["properties"]
    grid = properties.get("gridProperties") or {}
    data = (answer.get("data") or [{}])[0] or {}
    rows = data.get("rowMetadata") or ()
    protections = answer.get("protectedRanges") or ()
    return Sheet(
        sheet_id=properties.get("sheetId", 0),
        title=properties["title"],
        row_count=grid.get("rowCount", 0),
        column_count=grid.get("columnCount", 0),
        cells=data.get("rowData") or (),
        hidden=frozenset(number for number, one in enumerate(rows, start=1) if one),
        charts=tuple(one["chartId"] for one in answer.get("charts") or ()),
        basic_filter=answer.get("basicFilter"),
        tables=tuple(answer.get("tables") or ()),
        protections={one.get("description", ""): one["protectedRangeId"] for one in protections},
    )


def _markers(metadata: Collection[Json]) -> Iterator[Marker]:
    for one in metadata:
        key = str(one.get("metadataKey", ""))
        if key.startswith(MARKER):
            yield Marker(
                metadata_id=one["metadataId"], tab=key.removeprefix(MARKER), fact_id=str(one.get("metadataValue", ""))
            )


def cells_of(sheet_answer: Json) -> list[tuple[int, int, Sequence[Sequence[Cell] | None]]]:
    """The grids of a tab in an answer that was asked for ranges: first row and column from 0, and the cells."""
    return [
        (one.get("startRow", 0), one.get("startColumn", 0), one.get("rowData") or ())
        for one in sheet_answer.get("data") or ()
        if one
    ]


def parse_cells(body: bytes) -> Json:
    """Parse any other answer with grid data in it; cells become their values as in `read_book`."""
    answer: Json = json.loads(body, object_hook=_collapsed)
    return answer


def _collapsed(found: Json) -> Any:
    """A cell becomes its value, a row the list of its cells, and an empty object None."""
    if not found:
        return None
    if found.keys() <= _CELL_KEYS and not isinstance(found.get("userEnteredValue"), str):
        return _cell(found)
    if len(found) == 1 and "values" in found:
        return found["values"]
    return found


_CELL_KEYS = {"effectiveValue", "effectiveFormat", "userEnteredValue"}


def _cell(found: Json) -> Cell:
    value = _value(found.get("effectiveValue"), found.get("effectiveFormat"))
    formula = (found.get("userEnteredValue") or {}).get("formulaValue")
    return value if formula is None else Formula(formula, value)


def _value(effective: Json | None, shape: Json | None) -> CellValue:
    if not effective:
        return None
    [(kind, value)] = effective.items()
    if kind == "errorValue":
        return CellError(_ERRORS.get((value or {}).get("type", ""), "#ERROR!"))
    if kind == "numberValue" and ((shape or {}).get("numberFormat") or {}).get("type") in _DATES:
        return moment_of(value)
    return value if value != "" else None


def moment_of(serial: float) -> datetime:
    """The wall clock that a serial date shows, to the second: serials are binary fractions of a day."""
    return _SERIAL_ZERO + timedelta(seconds=round(serial * 86_400))


def serial_of(moment: datetime) -> float:
    """The serial date of a wall clock."""
    return (moment - _SERIAL_ZERO) / timedelta(days=1)


def _rows(sheet: Sheet, columns: Collection[int] | None) -> Iterator[Row]:
    for number, cells in enumerate(sheet.cells, start=1):
        if not cells:
            continue
        wanted = range(len(cells)) if columns is None else (c for c in sorted(columns) if c < len(cells))
        values = {c: v for c in wanted if (v := _seen(cells[c])) is not None}
        if values:
            yield Row(number, values, number in sheet.hidden)


def _seen(cell: Cell) -> CellValue:
    return cell.value if isinstance(cell, Formula) else cell
