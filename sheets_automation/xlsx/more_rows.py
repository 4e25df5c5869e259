"""More rows for a tab that XlsxWriter made: a log has thousands, all alike, and drawing them takes ten times longer.

They look like the tab's last row: its height, and the format of its cell in the same column.
"""

from __future__ import annotations

from collections.abc import Mapping

from sheets_automation.core.table import CellValue
from sheets_automation.xlsx.cells import CellWrite, RowWriter
from sheets_automation.xlsx.references import Area, cell_name
from sheets_automation.xlsx.row_cells import cells_of
from sheets_automation.xlsx.styles import Styles
from sheets_automation.xlsx.tags import attributes, tag_pattern, with_attributes

Rows = Mapping[int, Mapping[int, CellValue]]
"""Cells by row, counted from 1, and column, counted from 0."""
_OF_ONE_ROW = ("r", "spans")


def with_more_rows(sheet: bytes, rows: Rows, styles: Styles, *, tab: str, date1904: bool) -> bytes:
    """The sheet part with rows below its last one. Raises CellRefused for what a cell cannot hold."""
    if not rows:
        return sheet
    end = sheet.rindex(b"</sheetData>")
    model = sheet[sheet.rindex(b"<row ", 0, end) : end]
    cells = list(cells_of(model, b""))
    looks = {cell.column: cell.style for cell in cells}
    writer = RowWriter(
        tab=tab,
        prefix=b"",
        date1904=date1904,
        date_styles=frozenset(),
        column_style=lambda column: looks.get(column, cells[0].style),
        styles=styles,
    )
    look = {name: value for name, value in attributes(_row_tag(model)).items() if name not in _OF_ONE_ROW}
    made = (
        writer.new_row(number, {column: CellWrite(value) for column, value in rows[number].items()}, look)[0]
        for number in sorted(rows)
    )
    return b"".join((_with_dimension(sheet[:end], rows), *made, sheet[end:]))


def _row_tag(row: bytes) -> bytes:
    match = tag_pattern(b"row").match(row)
    return match[0] if match else b""


def _with_dimension(head: bytes, rows: Rows) -> bytes:
    """Let the sheet's stated size hold the rows."""
    match = tag_pattern(b"dimension").search(head)
    area = Area.parse(attributes(match[0])["ref"]) if match else None
    if match is None or area is None:
        return head
    area = area.grown_to(max(rows), max((column for cells in rows.values() for column in cells), default=0))
    tag = with_attributes(match[0], {"ref": f"{cell_name(area.top, area.left)}:{cell_name(area.bottom, area.right)}"})
    return head[: match.start()] + tag + head[match.end() :]
