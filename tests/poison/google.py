"""A Google spreadsheet with any cell whatever, as the emulator keeps it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.google_emulator import Running
from tests.poison.kind import Cell, Formula, Merged, Rich
from tests.workbooks.google_people import GoogleStore

MOST_CHARACTERS = 50_000


class PoisonedSpreadsheet(GoogleStore):
    """A store whose cells may be formulas."""

    def __init__(self, google: Running, tabs: Mapping[str, list[list[Cell]]]) -> None:
        super().__init__(google, {})
        for title, grid in tabs.items():
            self.edit("load", sheet=title, values=[_row(cells) for cells in grid])
        for title in [sheet["title"] for sheet in self.shown()]:
            if title not in tabs:
                self.edit("delete_sheet", sheet=title)

    @property
    def address(self) -> str:
        """On the command line."""
        return f"https://docs.google.com/spreadsheets/d/{self.id}/edit"


def _row(cells: list[Cell]) -> list[object]:
    values: list[object] = []
    for cell in cells:
        swallowed = values and isinstance(cells[len(values) - 1], Merged)
        values.append(None if swallowed else _value(cell))
    return values


def _value(cell: Cell) -> object:
    match cell:
        case Formula(text, _):
            return {"formula": text}
        case Rich(first, second):
            return first + second
        case Merged(value):
            return value
        case str():
            # Google keeps whole characters only, whatever an import brings along.
            return re.sub("[\ud800-\udfff]", "\ufffd", cell)[:MOST_CHARACTERS]
        case _:
            return cell
