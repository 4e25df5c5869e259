"""What people do to a Google spreadsheet and a mailbox, as the emulator's edits: (name, words) one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.campaign.schedule import (
    ADDRESS,
    DECIDED_AT,
    DECISION,
    HEADINGS,
    LOG,
    NAME,
    OPT_OUT,
    Happening,
)
from tests.campaign.sheet_edits import OURS, RENAMED, SHOWN, Cells, Dice, chosen_row, column_of, value_at

Deed = tuple[str, dict[str, Any]]
MAIL_DEEDS = {"delete_draft", "edit_draft_subject"}
DECISIONS = ("内定", "選考中", "採用", "辞退")


def deeds(what: Happening, dice: Dice, cells: Cells) -> Iterator[Deed]:
    """What a person does; nothing where there is nothing to do it to."""
    yield from DEEDS[what](cells, dice)


def _sort(cells: Cells, dice: Dice) -> Iterator[Deed]:
    yield "sort", {"column": int(dice[0] * len(HEADINGS)), "descending": dice[1] < 0.5}


def _sort_one_column(cells: Cells, dice: Dice) -> Iterator[Deed]:
    yield "sort_one_column", {"column": HEADINGS[int(dice[0] * len(HEADINGS))], "descending": dice[1] < 0.5}


def _insert_row(cells: Cells, dice: Dice) -> Iterator[Deed]:
    if row := chosen_row(cells, dice[0]):
        yield "insert_row", {"row": row + 1}


def _move_row(cells: Cells, dice: Dice) -> Iterator[Deed]:
    row, to = chosen_row(cells, dice[0]), chosen_row(cells, dice[1])
    if row and to:
        yield "insert_row", {"row": to + 1}
        yield "cut_paste_row", {"row": row + 1 + (row >= to), "to": to + 1}


def _of_a_row(name: str, **words: object) -> Callable[[Cells, Dice], Iterator[Deed]]:
    def deed(cells: Cells, dice: Dice) -> Iterator[Deed]:
        if row := chosen_row(cells, dice[0]):
            yield name, {"row": row + 1, **words}

    return deed


def _filter(cells: Cells, dice: Dice) -> Iterator[Deed]:
    if (row := chosen_row(cells, dice[0])) and (column := column_of(cells, NAME)) is not None:
        yield "filter", {"column": NAME, "hide": [str(value_at(cells[row], column))]}


def _rename_heading(cells: Cells, dice: Dice) -> Iterator[Deed]:
    heading = (NAME, ADDRESS, DECISION, *OURS)[int(dice[0] * (3 + len(OURS)))]
    yield "rename_heading", {"column": heading, "heading": f"{heading}{RENAMED}"}


def _move_column(cells: Cells, dice: Dice) -> Iterator[Deed]:
    width = max(map(len, cells))
    yield "move_column", {"column": int(dice[0] * width), "to": int(dice[1] * width)}


def _write(heading: str, value: Callable[[str, float], str]) -> Callable[[Cells, Dice], Iterator[Deed]]:
    def deed(cells: Cells, dice: Dice) -> Iterator[Deed]:
        row, column = chosen_row(cells, dice[0]), column_of(cells, heading)
        if row and column is not None:
            was = str(value_at(cells[row], column) or "")
            yield "set_cell", {"row": row + 1, "column": heading, "value": value(was, dice[1])}

    return deed


def _reject(cells: Cells, dice: Dice) -> Iterator[Deed]:
    yield from _write(DECISION, lambda _, __: "不採用")(cells, dice)
    yield from _write(DECIDED_AT, lambda _, __: "2026/10/15")(cells, dice)


def _clear_status(cells: Cells, _dice: Dice) -> Iterator[Deed]:
    for heading in SHOWN:
        if column_of(cells, heading) is not None:
            yield "clear_column", {"column": heading}


def _delete_status(cells: Cells, _dice: Dice) -> Iterator[Deed]:
    for heading in SHOWN:
        if column_of(cells, heading) is not None:
            yield "delete_column", {"column": heading}


def _sort_log(_cells: Cells, dice: Dice) -> Iterator[Deed]:
    yield "sort", {"sheet": LOG, "heading_row": 1, "column": int(dice[0] * 12), "descending": dice[1] < 0.5}


def _cut_log(_cells: Cells, dice: Dice) -> Iterator[Deed]:
    yield "delete_row", {"sheet": LOG, "row": 2 + int(dice[0] * 6)}


def _delete_log(_cells: Cells, _dice: Dice) -> Iterator[Deed]:
    yield "delete_sheet", {"sheet": LOG}


def _of_a_draft(name: str, **words: str) -> Callable[[Cells, Dice], Iterator[Deed]]:
    def deed(_cells: Cells, dice: Dice) -> Iterator[Deed]:
        yield name, {"draftId": "oldest" if dice[0] < 0.5 else "newest", **words}

    return deed


DEEDS: dict[Happening, Callable[[Cells, Dice], Iterator[Deed]]] = {
    Happening.SORT: _sort,
    Happening.SORT_ONE_COLUMN: _sort_one_column,
    Happening.INSERT_ROW: _insert_row,
    Happening.DELETE_ROW: _of_a_row("delete_row"),
    Happening.MOVE_ROW: _move_row,
    Happening.COPY_ROW: _of_a_row("copy_row"),
    Happening.HIDE_ROW: _of_a_row("hide_row"),
    Happening.FILTER: _filter,
    Happening.RENAME_HEADING: _rename_heading,
    Happening.MOVE_COLUMN: _move_column,
    Happening.DECIDE_OTHERWISE: _write(DECISION, lambda _, dice: DECISIONS[int(dice * len(DECISIONS))]),
    Happening.REJECT: _reject,
    Happening.OPT_OUT: _write(OPT_OUT, lambda _, __: "はい"),
    Happening.EDIT_NAME: _write(NAME, lambda name, dice: f"新{int(dice * 99)} {name.split()[-1] if name else '名'}"),
    Happening.EDIT_ADDRESS: _write(ADDRESS, lambda address, dice: f"n{int(dice * 999)}.{address or 'a@example.jp'}"),
    Happening.CLEAR_STATUS: _clear_status,
    Happening.DELETE_STATUS: _delete_status,
    Happening.SORT_LOG: _sort_log,
    Happening.CUT_LOG: _cut_log,
    Happening.DELETE_LOG: _delete_log,
    Happening.DELETE_DRAFT: _of_a_draft("delete_draft"),
    Happening.EDIT_DRAFT_SUBJECT: _of_a_draft("edit_draft_subject", subject="選考結果のご連絡（修正）"),
}
