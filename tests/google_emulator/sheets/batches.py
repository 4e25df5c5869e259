"""`spreadsheets.batchUpdate`: all of a list of requests, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from tests.google_emulator.sheets import metadata
from tests.google_emulator.sheets.field_masks import wants
from tests.google_emulator.sheets.model import Json
from tests.google_emulator.sheets.places import clipped, find_range
from tests.google_emulator.sheets.refusals import Refused, invalid, unsupported
from tests.google_emulator.sheets.requests import (
    cells,
    charts,
    dimensions,
    movements,
    objects,
    rules,
    searching,
    sheets,
)
from tests.google_emulator.sheets.turns import Turn
from tests.google_emulator.sheets.writing_out import Wanted, spreadsheet_json

Kind = Callable[[Turn, Json], Json]

KINDS: dict[str, Kind] = {
    **cells.KINDS,
    **sheets.KINDS,
    **dimensions.KINDS,
    **movements.KINDS,
    **searching.KINDS,
    **objects.KINDS,
    **charts.KINDS,
    **rules.KINDS,
    **metadata.KINDS,
}


def apply_batch(turn: Turn, body: Json, mask: str) -> Json:
    """Apply every request to the turn's document, which must be a copy: an error leaves it half changed.

    Raises:
        ApiError: a request is not valid; the message names it by its place in the list.
    """
    requests = body.get("requests") or []
    if not requests:
        raise invalid("Must specify at least one request.")
    replies = [_apply(turn, number, request) for number, request in enumerate(requests)]
    answer: Json = {"spreadsheetId": turn.document.spreadsheet_id, "replies": replies}
    if body.get("includeSpreadsheetInResponse"):
        answer["updatedSpreadsheet"] = _updated(turn, body, mask)
    return answer


def _apply(turn: Turn, number: int, request: Json) -> Json:
    kinds = [name for name, content in request.items() if content is not None]
    if not kinds:
        raise invalid("No request set.", f"requests[{number}]")  # unverified
    name = kinds[0]
    kind = KINDS.get(name)
    if kind is None:
        raise unsupported(f"the request {name} of spreadsheets.batchUpdate (requests[{number}])")
    try:
        return kind(turn, request[name])
    except Refused as refused:
        raise invalid(str(refused), f"requests[{number}].{name}") from refused


def _updated(turn: Turn, body: Json, mask: str) -> Json:
    ranges = body.get("responseRanges") or []
    try:
        found = [find_range(turn.document, text) for text in ranges]
        rects = [(sheet, clipped(sheet, area)) for sheet, area in found] if ranges else None
    except Refused as refused:
        raise invalid(str(refused)) from refused
    path = ("updatedSpreadsheet", "sheets")
    # As in spreadsheets.get, a mask decides by itself whether there is grid data.
    grid = wants(mask, *path, "data") if mask else bool(body.get("responseIncludeGridData"))
    return spreadsheet_json(turn, Wanted(rects, grid, mask, path))
