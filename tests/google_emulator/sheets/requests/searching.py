"""Find and replace."""

from __future__ import annotations

import re

from tests.google_emulator.sheets.entering import checked, type_into
from tests.google_emulator.sheets.model import Cell, Formula, Json, Rect, Sheet, altered
from tests.google_emulator.sheets.places import find_grid
from tests.google_emulator.sheets.refusals import Refused
from tests.google_emulator.sheets.rendering import shown_as
from tests.google_emulator.sheets.requests.sheets import find_sheet
from tests.google_emulator.sheets.turns import Turn


def find_replace(turn: Turn, body: Json) -> Json:
    """Replace a text wherever it is found, and count where that was."""
    if not body.get("find"):
        raise Refused("Find must not be empty.")  # unverified
    counts = {"valuesChanged": 0, "formulasChanged": 0, "rowsChanged": 0, "sheetsChanged": 0, "occurrencesChanged": 0}
    pattern = _pattern(body)
    for sheet, rect in _searched(turn, body):
        turn.guard(sheet, rect)
        rows = set()
        for row, column, cell in list(sheet.filled(rect)):
            found = _replaced(turn, sheet, (row, column), cell, pattern, body)
            if found is None:
                continue
            changed, times = found
            sheet.put(row, {column: changed})
            rows.add(row)
            counts["occurrencesChanged"] += times
            counts["formulasChanged" if isinstance(cell.value, Formula) else "valuesChanged"] += 1
        counts["rowsChanged"] += len(rows)
        counts["sheetsChanged"] += bool(rows)
    return {"findReplace": {name: count for name, count in counts.items() if count}}


def _pattern(body: Json) -> re.Pattern[str]:
    text = body["find"] if body.get("searchByRegex") else re.escape(body["find"])
    if body.get("matchEntireCell"):
        text = rf"\A(?:{text})\Z"
    return re.compile(text, 0 if body.get("matchCase") else re.IGNORECASE)


def _searched(turn: Turn, body: Json) -> list[tuple[Sheet, Rect]]:
    if body.get("allSheets"):
        return [(sheet, sheet.all) for sheet in turn.document.sheets if sheet.kind == "GRID"]
    if "range" in body:
        return [find_grid(turn.document, body["range"])]
    if "sheetId" not in body:
        raise Refused("One of range, sheetId or allSheets must be set.")  # unverified
    sheet = find_sheet(turn.document, body["sheetId"])
    return [(sheet, sheet.all)]


def _replaced(
    turn: Turn, sheet: Sheet, place: tuple[int, int], cell: Cell, pattern: re.Pattern[str], body: Json
) -> tuple[Cell, int] | None:
    replacement = body.get("replacement", "")
    if not body.get("searchByRegex"):
        replacement = replacement.replace("\\", r"\\")
    else:
        replacement = re.sub(r"\$(\d)", r"\\\1", replacement)
    if isinstance(cell.value, Formula):
        if not body.get("includeFormulas"):
            return None
        text, times = pattern.subn(replacement, cell.value.text)
        return (altered(cell, value=Formula(text)), times) if times else None
    shown = shown_as(cell, turn.calculator().outcome(sheet, *place, cell), turn.locale)
    text, times = pattern.subn(replacement, shown) if shown else ("", 0)
    if not times:
        return None
    checked(text)
    return type_into(cell, text, turn.locale, turn.local_time), times


KINDS = {"findReplace": find_replace}
