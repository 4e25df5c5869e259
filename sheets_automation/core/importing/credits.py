"""Saying while a file is taken in that its people were found with a credit: as if the file had said so itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial

from sheets_automation.core.cells import text
from sheets_automation.core.circulation import HEADING, MEDIUM
from sheets_automation.core.headings import Field
from sheets_automation.core.importing.source import SourceFile, locate_headings
from sheets_automation.core.layout import fields_of
from sheets_automation.core.table import CellValue, Row, Table


def with_credit(file: SourceFile, number: str, known: Collection[str]) -> SourceFile:
    """The file with the number beside each line that has none. `known` are headings beside the usual ones, folded."""
    sheet = locate_headings(file, known) if number else None
    if sheet is None:
        return file
    column = fields_of(sheet.headings, {}).get(Field.CREDIT, (max(sheet.headings) + 1,))[0]
    numbered = Table(
        title=sheet.table.title, source=partial(_numbered, sheet.table, sheet.heading_row, {column: number})
    )
    tables = tuple(numbered if table is sheet.table else table for table in file.tables)
    return replace(file, tables=tables)


def credit_cells(number: str, cells: Mapping[str, CellValue], headings: Mapping[Field, str]) -> Mapping[str, CellValue]:
    """What stands beside somebody who was found with a credit: its number, and the medium where the file names none."""
    medium = headings.get(Field.MEDIUM, "")
    found: dict[str, CellValue] = {headings.get(Field.CREDIT) or HEADING: number}
    if medium and not text(cells.get(medium)):
        found[medium] = MEDIUM
    return found


def _numbered(
    table: Table, heading_row: int, number: Mapping[int, str], columns: Collection[int] | None
) -> Iterator[Row]:
    [column] = number
    wanted = columns is None or column in columns
    for row in table.rows():
        cells = {at: value for at, value in row.cells.items() if columns is None or at in columns}
        if wanted and row.number == heading_row and not text(row.cells.get(column)):
            cells[column] = HEADING
        elif wanted and row.number > heading_row and any(map(text, row.cells.values())):
            cells[column] = row.cells[column] if text(row.cells.get(column)) else number[column]
        if cells:
            yield row._replace(cells=cells)
