"""The changes to one tab: collected by cell, row and column, then carried out in one pass over its part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sheets_automation.xlsx.cell_style import CellStyle
from sheets_automation.xlsx.cells import CellWrite, RowWriter
from sheets_automation.xlsx.column_widths import column_ranges, style_of_column
from sheets_automation.xlsx.draft import Draft
from sheets_automation.xlsx.markup import MarkupError, check_well_formed
from sheets_automation.xlsx.number_formats import date_styles
from sheets_automation.xlsx.package import Package, SheetRef
from sheets_automation.xlsx.patching import (
    Claim,
    Touched,
    check_claims,
    check_locks,
    covered_cells,
    noting_arrays,
    patch_rows,
)
from sheets_automation.xlsx.references import Area
from sheets_automation.xlsx.row_scan import SheetScan
from sheets_automation.xlsx.sheet_digest import DigestingScan
from sheets_automation.xlsx.sheet_frame import SheetFrame
from sheets_automation.xlsx.styles import Styles
from sheets_automation.xlsx.survey import Extent, extent_of, looks_of_row
from sheets_automation.xlsx.tables import SheetTable, extended
from sheets_automation.xlsx.tags import attributes, elements
from sheets_automation.xlsx.verified_sheet import Written
from sheets_automation.xlsx.workbook_part import tab_index, with_filter_name


@dataclass(frozen=True, slots=True, kw_only=True)
class NewColumn:
    """A column to append."""

    heading: str
    width: float
    style: CellStyle | None = None
    """Of the heading; None makes it look like the last heading that was there."""


class SheetEdit:
    """What is to become of one tab."""

    def __init__(self, package: Package, sheet: SheetRef, *, is_ours: bool) -> None:
        self.sheet = sheet
        self.writes: dict[int, dict[int, CellWrite]] = defaultdict(dict)
        self._package = package
        self._is_ours = is_ours
        self._widths: dict[int, float] = {}
        self._headings: list[str] = []
        self._heading_row = 0
        self._beside = 0
        self._first_new_column = 0
        self._last_row: int | None = None
        self._new_rows = 0
        self._model: Mapping[int, int] | None = None
        """The formats of the row that new ones look like, by column."""

    def append_rows(self, rows: Sequence[Mapping[int, CellWrite]], *, like_the_last: bool = False) -> int:
        """Write rows below the last one that holds anything; the number of the first of them."""
        if self._last_row is None:
            self._last_row = self._extent(heading_row=1).last_row
        if like_the_last:
            scan = SheetScan(self._package.stream(self.sheet.part), self.sheet.part)
            self._model = looks_of_row(scan, self._last_row)
        first = self._last_row + self._new_rows + 1
        for number, cells in enumerate(rows, start=first):
            self.writes[number].update(cells)
        self._new_rows += len(rows)
        return first

    def append_columns(self, columns: Sequence[NewColumn], heading_row: int, beside: int) -> int:
        """Write headings right of everything that stands in or below the heading row; the first of their columns."""
        if not self._headings:
            self._heading_row, self._beside = heading_row, beside
            self._first_new_column = self._end_of_columns(heading_row)
        first = self._first_new_column + len(self._headings)
        neighbour = self._first_new_column - 1 if self._first_new_column else None
        for place, column in enumerate(columns, start=first):
            style = column.style or CellStyle(like=neighbour)
            self.writes[heading_row][place] = CellWrite(value=column.heading, style=style)
            self._widths[place] = column.width
            self._headings.append(column.heading)
        return first

    def carry_out(self, draft: Draft, styles: Styles | None) -> Written | None:
        """Put the changes into the draft. Raises CellRefused where a cell may not change; None if nothing changes."""
        scan = SheetScan(self._package.stream(self.sheet.part), self.sheet.part)
        digesting = DigestingScan(scan, self.writes)
        arrays: list[Area] = []
        rows = noting_arrays(digesting.rows(), scan.prefix, arrays)
        splices, touched = patch_rows(scan, rows, self.writes, self._writer(scan, styles))
        if not touched:
            return None
        self._refuse_broken(scan)
        frame = SheetFrame(scan)
        check_claims(self.sheet.name, touched, self._claims(frame, arrays))
        if frame.is_protected and not self._is_ours:
            check_locks(self.sheet.name, touched, styles.is_locked if styles else lambda _: True)
        splices += frame.with_dimension(_bounds(touched)) + frame.with_widths(self._widths)
        old_filter = frame.filter_area
        if old_filter is not None and (new_filter := self._grown(old_filter)) != old_filter:
            splices += frame.with_filter(new_filter)
            self._move_filter_name(draft, old_filter, new_filter)
        if self._model is not None and self._last_row:
            splices += frame.with_rules_down_to(self._last_row, self._last_row + self._new_rows)
        self._extend_tables(draft)
        draft.splice(self.sheet.part, splices)
        return Written(cells=self.writes, rest=digesting.digest())

    def _refuse_broken(self, scan: SheetScan) -> None:
        """Rows can be read past markup around them that is broken; what it says cannot be relied on."""
        try:
            check_well_formed(scan.head + scan.tail)
        except MarkupError as error:
            raise self._package.damaged(f"{self.sheet.part}: {error}") from error

    def _writer(self, scan: SheetScan, styles: Styles | None) -> RowWriter:
        return RowWriter(
            tab=self.sheet.name,
            prefix=scan.prefix,
            date1904=self._package.date1904,
            date_styles=date_styles(self._package),
            # Asked only when rows are read; by then the scan knows what stands before them.
            column_style=lambda column: style_of_column(column_ranges(scan.head, scan.prefix), column),
            styles=styles,
            model=self._model or {},
        )

    def _claims(self, frame: SheetFrame, arrays: Sequence[Area]) -> Iterator[Claim]:
        for area in frame.merged():
            yield from (Claim("merged", covered, area) for covered in covered_cells(area))
        yield from (Claim("array_formula", area, area) for area in arrays)
        for table in self._tables:
            yield from (Claim("table_header", rows, table.area) for rows in table.guarded)
        for part in self._parts("pivotTable"):
            yield from (Claim("pivot", area, area) for area in pivot_areas(self._package.read(part)))

    def _parts(self, kind: str) -> Iterator[str]:
        relationships = self._package.relationships(self.sheet.part)
        return (rel.target for rel in relationships if rel.kind == kind and not rel.external)

    @cached_property
    def _tables(self) -> list[SheetTable]:
        tables = (SheetTable.read(part, self._package.read(part)) for part in self._parts("table"))
        return [table for table in tables if table is not None]

    def _extent(self, heading_row: int) -> Extent:
        return extent_of(SheetScan(self._package.stream(self.sheet.part), self.sheet.part), heading_row)

    def _end_of_columns(self, heading_row: int) -> int:
        of_tables = (table.area.right for table in self._tables if table.area.bottom >= heading_row)
        return max(self._extent(heading_row).last_column, -1, *of_tables) + 1

    def _grown(self, area: Area) -> Area:
        """A filter or table with the columns and rows that we append to it: sorting it would tear them off else."""
        right, bottom = area.right, area.bottom
        ends_here = right == self._first_new_column - 1
        if self._headings and ends_here and area.top == self._heading_row and area.left <= self._beside <= right:
            right += len(self._headings)
        if self._new_rows and bottom == self._last_row:
            bottom += self._new_rows
        return area._replace(right=right, bottom=bottom)

    def _extend_tables(self, draft: Draft) -> None:
        for table in self._tables:
            area = self._grown(table.area)
            if table.total_rows:
                area = area._replace(bottom=table.area.bottom)
            if area != table.area and table.heading_rows and not table.is_fed_from_outside:
                headings = self._headings if area.right != table.area.right else ()
                draft.put(table.part, extended(draft.read(table.part), table, area, headings))

    def _move_filter_name(self, draft: Draft, old: Area, new: Area) -> None:
        part = self._package.workbook_part
        data = draft.read(part)
        draft.put(part, with_filter_name(data, tab_index(data, self.sheet.name), old, new))


def pivot_areas(data: bytes) -> Iterator[Area]:
    """What a pivot table covers: its body, and its page fields above, with one blank row between."""
    for element in elements(data, 1):
        location = attributes(element.tag)
        area = Area.parse(location.get("ref", "")) if element.name == b"location" else None
        if area is not None:
            pages = int(location.get("rowPageCount", "0") or 0)
            yield area._replace(top=max(1, area.top - pages - 1)) if pages else area


def _bounds(touched: Sequence[Touched]) -> Area:
    rows = [cell.row for cell in touched]
    columns = [cell.column for cell in touched]
    return Area(min(rows), min(columns), max(rows), max(columns))
