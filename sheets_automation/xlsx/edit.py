"""The writing side of the package in one place: collect changes, then write and verify the whole file.

with Package.open(path) as package:
    edit = Edit(package)
    edit.set_cell("候補者", 5, 3, "送信済み")
    replace_file(path, edit.write, edit.verify, …)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

from sheets_automation.core.table import CellValue
from sheets_automation.xlsx.cell_style import CellStyle
from sheets_automation.xlsx.cells import CellWrite
from sheets_automation.xlsx.donor import Donor
from sheets_automation.xlsx.draft import Draft
from sheets_automation.xlsx.grafting import put_tabs
from sheets_automation.xlsx.more_rows import Rows
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.part_list import settle_content_types
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.row_scan import check_encoding
from sheets_automation.xlsx.sheet_edit import NewColumn, SheetEdit
from sheets_automation.xlsx.styles import Styles
from sheets_automation.xlsx.verified_sheet import Written
from sheets_automation.xlsx.verifying import verify_package
from sheets_automation.xlsx.workbook_part import with_full_calculation, with_hidden_name
from sheets_automation.xlsx.zip_writing import write_zip

_NO_ROWS: Mapping[str, Rows] = MappingProxyType({})


class Edit:
    """Changes to one workbook. Collect them all, then ask for `is_empty`, `write` or `verify`.

    The package must stay open meanwhile. Raises CellRefused, which names the place and the reason, where a change would
    have to guess or to damage something; nothing is written then.
    """

    def __init__(self, package: Package, *, own_tabs: Collection[str] = ()) -> None:
        """`own_tabs` are the tabs that we protected ourselves, so that their protection does not stop us."""
        if package.is_signed:
            raise CellRefused("signed")
        self._package = package
        self._own_tabs = own_tabs
        self._sheets: dict[str, SheetEdit] = {}
        self._donors: list[Donor] = []
        self._hidden_names: dict[str, str | None] = {}

    def set_cell(self, tab: str, row: int, column: int, value: CellValue, style: CellStyle | None = None) -> None:
        """Set one cell (row from 1, column from 0); None clears it. Without `style` its look stays."""
        self._sheet(tab).writes[row][column] = CellWrite(value=value, style=style)

    def append_rows(self, tab: str, rows: Sequence[Mapping[int, CellValue]], *, like_the_last: bool = False) -> int:
        """Write rows below the last one that holds anything; the number of the first of them.

        With `like_the_last` they look like that one, and what is ruled for its cells (lists to choose from, colours by
        rule) reaches over them.
        """
        cells = [{column: CellWrite(value=value) for column, value in row.items()} for row in rows]
        return self._sheet(tab).append_rows(cells, like_the_last=like_the_last)

    def append_columns(self, tab: str, columns: Sequence[NewColumn], heading_row: int, *, beside: int = 0) -> int:
        """Write headings right of all that stands in and below the heading row; the first of their columns.

        A table or filter that has its headings there, covers the column `beside`, and ends where the new columns begin,
        is extended: else sorting it would tear them from their rows.
        """
        return self._sheet(tab).append_columns(columns, heading_row, beside)

    def put_tabs(self, made: bytes, more_rows: Mapping[str, Rows] = _NO_ROWS) -> None:
        """Add the tabs of a workbook made by XlsxWriter at the end, or replace those that have their names.

        `more_rows` go below the last row of a tab, and look like that.
        """
        self._donors.append(Donor(made, more_rows))

    def set_hidden_name(self, name: str, text: str | None) -> None:
        """Keep a short text in the workbook that people don't see and Excel carries along; None drops it."""
        self._hidden_names[name] = text

    @property
    def date1904(self) -> bool:
        """Whether the workbook counts its days from 1904: tabs that are put into it have to do so too."""
        return self._package.date1904

    def carry_out(self) -> None:
        """Work the changes out now, to see whether any is refused; asking for anything below does it, too."""
        _ = self._plan

    @property
    def is_empty(self) -> bool:
        """Whether the file would stay as it is."""
        return self._plan.draft.is_unchanged

    def write(self, out: BinaryIO) -> None:
        """Write the whole new file; the same changes always give the same bytes."""
        write_zip(out, self._plan.draft)

    def verify(self, path: Path) -> None:
        """Check the file that `write` wrote: every change is there, and nothing else changed."""
        verify_package(path, self._plan.draft, self._plan.written)

    def _sheet(self, tab: str) -> SheetEdit:
        if tab not in self._sheets:
            sheet = next((sheet for sheet in self._package.sheets if sheet.name == tab), None)
            if sheet is None:
                raise CellRefused("no_such_tab", tab=tab)
            self._sheets[tab] = SheetEdit(self._package, sheet, is_ours=tab in self._own_tabs)
        return self._sheets[tab]

    @cached_property
    def _plan(self) -> _Plan:
        draft = Draft(self._package)
        styles = self._styles()
        content_types: dict[str, str] = {}
        for donor in self._donors:
            if styles is None:
                raise CellRefused("styles")
            content_types |= put_tabs(draft, styles, donor)
        written = {edit.sheet.part: edit.carry_out(draft, styles) for edit in self._sheets.values()}
        if styles is not None and self._package.styles_part is not None:
            draft.put(self._package.styles_part, styles.to_bytes())
        if self._donors:
            settle_content_types(draft, content_types)
        workbook = self._package.workbook_part
        for name, text in self._hidden_names.items():
            draft.put(workbook, with_hidden_name(draft.read(workbook), name, text))
        if not draft.is_unchanged:
            draft.put(workbook, with_full_calculation(draft.read(workbook)))
        return _Plan(draft, {part: cells for part, cells in written.items() if cells is not None})

    def _styles(self) -> Styles | None:
        """The styles, if there are any to build on; many changes can do without."""
        for part in filter(None, (self._package.workbook_part, self._package.styles_part)):
            check_encoding(next(self._package.stream(part), b""), part)
        if self._package.styles_part is None:
            return None
        try:
            return Styles(self._package.read(self._package.styles_part))
        except CellRefused:
            return None


class _Plan(NamedTuple):
    draft: Draft
    written: Mapping[str, Written]
