"""What people do to a sheet, as functions over its cells: for worlds whose sheets no other program holds."""

from __future__ import annotations

from collections.abc import Callable

from sheets_automation.core.table import CellValue
from tests.campaign.schedule import ADDRESS, DECIDED_AT, DECISION, HEADINGS, NAME, NOTE, OPT_OUT, Happening

Cells = list[list[CellValue]]
Dice = tuple[float, float]
Edit = Callable[[Cells, Dice], None]
OURS = ("候補者ID", "照合", "通知状況", "通知日時", "通知メモ", "不採用確認日時")
_HEADINGS = frozenset(HEADINGS)
RENAMED = "(旧)"
"""Behind a heading that a person has renamed. A column of ours stays ours in what stands below it."""
SHOWN = OURS[2:5]
"""Those that tell people how a letter stands."""


def heading_row(cells: Cells) -> int:
    """Index of the row with most of our headings."""
    return max(range(len(cells)), key=lambda row: sum(map(_HEADINGS.__contains__, cells[row])))


def column_of(cells: Cells, heading: str) -> int | None:
    """Where a heading stands, if it does."""
    row = cells[heading_row(cells)]
    return row.index(heading) if heading in row else None


def filled_rows(cells: Cells) -> list[int]:
    """Indices of the rows that speak of somebody."""
    return [row for row in range(heading_row(cells) + 1, len(cells)) if any(cells[row])]


def _sort(cells: Cells, dice: Dice) -> None:
    head = heading_row(cells) + 1
    column = int(dice[0] * len(HEADINGS))
    cells[head:] = sorted(cells[head:], key=lambda row: str(value_at(row, column)), reverse=dice[1] < 0.5)


def _sort_one_column(cells: Cells, dice: Dice) -> None:
    sortable = [heading for heading in HEADINGS if heading != NOTE]  # by which the witness knows people again
    column = column_of(cells, sortable[int(dice[0] * len(sortable))])
    rows = filled_rows(cells)
    if column is not None:
        values = sorted((value_at(cells[row], column) for row in rows), key=str, reverse=dice[1] < 0.5)
        for row, value in zip(rows, values, strict=True):
            put(cells[row], column, value)


def _insert_row(cells: Cells, dice: Dice) -> None:
    cells.insert(_somewhere(cells, dice[0]), [])


def _delete_row(cells: Cells, dice: Dice) -> None:
    if row := chosen_row(cells, dice[0]):
        del cells[row]


def _move_row(cells: Cells, dice: Dice) -> None:
    if row := chosen_row(cells, dice[0]):
        moved = cells.pop(row)
        cells.insert(_somewhere(cells, dice[1]), moved)


def _copy_row(cells: Cells, dice: Dice) -> None:
    if row := chosen_row(cells, dice[0]):
        cells.append(list(cells[row]))


def _rename_heading(cells: Cells, dice: Dice) -> None:
    """Some rename it to what we know as well, some to what nobody knows."""
    heading = (NAME, ADDRESS, DECISION, *OURS)[int(dice[0] * (3 + len(OURS)))]
    column = column_of(cells, heading)
    if column is not None:
        put(cells[heading_row(cells)], column, f"{heading}{RENAMED}")


def _move_column(cells: Cells, dice: Dice) -> None:
    width = max(map(len, cells))
    source, target = int(dice[0] * width), int(dice[1] * width)
    for row in cells[heading_row(cells) :]:
        row.extend([None] * (width - len(row)))
        row.insert(target, row.pop(source))


def written(heading: str, value: Callable[[str, float], str]) -> Edit:
    """Somebody types into this column of some row."""

    def write(cells: Cells, dice: Dice) -> None:
        row, column = chosen_row(cells, dice[0]), column_of(cells, heading)
        if row and column is not None:
            put(cells[row], column, value(str(value_at(cells[row], column) or ""), dice[1]))

    return write


def _reject(cells: Cells, dice: Dice) -> None:
    """A rejection that nobody has approved a plan for: it must wait for a run of its own."""
    written(DECISION, lambda _, __: "不採用")(cells, dice)
    written(DECIDED_AT, lambda _, __: "2026/10/15")(cells, dice)


def _clear(headings: tuple[str, ...]) -> Edit:
    def clear(cells: Cells, _dice: Dice) -> None:
        for heading in headings:
            if (column := column_of(cells, heading)) is not None:
                for row in filled_rows(cells):
                    put(cells[row], column, None)

    return clear


def _delete_status(cells: Cells, _dice: Dice) -> None:
    for heading in SHOWN:
        if (column := column_of(cells, heading)) is not None:
            for row in cells:
                del row[column : column + 1]


EDITS: dict[Happening, Edit] = {
    Happening.SORT: _sort,
    Happening.SORT_ONE_COLUMN: _sort_one_column,
    Happening.INSERT_ROW: _insert_row,
    Happening.DELETE_ROW: _delete_row,
    Happening.MOVE_ROW: _move_row,
    Happening.COPY_ROW: _copy_row,
    Happening.RENAME_HEADING: _rename_heading,
    Happening.MOVE_COLUMN: _move_column,
    Happening.DECIDE_OTHERWISE: written(DECISION, lambda _, dice: ("内定", "選考中", "採用", "辞退")[int(dice * 4)]),
    Happening.REJECT: _reject,
    Happening.OPT_OUT: written(OPT_OUT, lambda _, __: "はい"),
    Happening.EDIT_NAME: written(NAME, lambda name, dice: f"新{int(dice * 99)} {name.split()[-1] if name else '名'}"),
    Happening.EDIT_ADDRESS: written(ADDRESS, lambda address, dice: f"n{int(dice * 999)}.{address or 'a@example.jp'}"),
    Happening.CLEAR_STATUS: _clear(SHOWN),
    Happening.DELETE_STATUS: _delete_status,
}


def sort_log(cells: Cells, dice: Dice) -> None:
    """Sort the log by one of its columns."""
    column = int(dice[0] * 12)
    cells[1:] = sorted(cells[1:], key=lambda row: str(value_at(row, column)), reverse=dice[1] < 0.5)


def cut_log(cells: Cells, dice: Dice) -> None:
    """Delete one row of the log, but not the last one of its run: nothing in a bare grid could tell that it was there.

    Files have a journal for that, and Google Sheets a mark of the last fact of each run.
    """
    run = cells[0].index("実行")
    runs = [value_at(row, run) for row in cells]
    known = [row for row in range(1, len(cells)) if runs[row] in runs[row + 1 :]]
    if known:
        del cells[known[int(dice[0] * len(known))]]


def chosen_row(cells: Cells, dice: float) -> int | None:
    """Index of a row that speaks of somebody."""
    rows = filled_rows(cells)
    return rows[int(dice * len(rows))] if rows else None


def value_at(row: list[CellValue], column: int) -> CellValue:
    """A cell; None beyond the end of the row."""
    return row[column] if column < len(row) else None


def put(row: list[CellValue], column: int, value: CellValue) -> None:
    """Set a cell, however short the row is."""
    row.extend([None] * (column + 1 - len(row)))
    row[column] = value


def _somewhere(cells: Cells, dice: float) -> int:
    return heading_row(cells) + 1 + int(dice * len(filled_rows(cells)))
