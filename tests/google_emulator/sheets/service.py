"""The methods of the Sheets API by their discovery ids."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.google_emulator.sheets.batches import apply_batch
from tests.google_emulator.sheets.creating import created, with_copy
from tests.google_emulator.sheets.documents import Documents
from tests.google_emulator.sheets.edits import edits_of
from tests.google_emulator.sheets.field_masks import wants
from tests.google_emulator.sheets.metadata import every, ranges_of, search
from tests.google_emulator.sheets.model import Json
from tests.google_emulator.sheets.places import clipped, find_range
from tests.google_emulator.sheets.refusals import Refused, invalid, not_found
from tests.google_emulator.sheets.showing import show_document
from tests.google_emulator.sheets.value_methods import value_methods
from tests.google_emulator.sheets.writing_out import Wanted, spreadsheet_json
from tests.google_emulator.wire import Call, Service, World


def make_service(world: World) -> Service:
    """A Sheets API without any spreadsheet."""
    documents = Documents(world)
    methods: dict[str, Callable[[Documents, Call], Json]] = {
        "create": _create,
        "get": _get,
        "getByDataFilter": _get_by_data_filter,
        "batchUpdate": _batch_update,
        "developerMetadata.get": _get_metadata,
        "developerMetadata.search": _search_metadata,
        "sheets.copyTo": _copy_to,
        **{f"values.{name}": method for name, method in value_methods().items()},
    }
    return Service(
        methods={
            f"sheets.spreadsheets.{name}": _uncollected(partial(method, documents)) for name, method in methods.items()
        },
        edits={name: _uncollected(edit) for name, edit in edits_of(documents).items()},
        show=lambda: {"spreadsheets": [show_document(document, world.now()) for document in documents]},
    )


def _uncollected(work: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Do it without the garbage collector, which takes half the time when a large sheet is made or read."""

    def done(given: Any) -> Any:
        was_on = gc.isenabled()
        gc.disable()
        try:
            return work(given)
        finally:
            if was_on:
                gc.enable()

    return done


def _create(documents: Documents, call: Call) -> Json:
    document = created(documents, call)
    documents.create(document, call.principal.email)
    return spreadsheet_json(documents.reading(call, document.spreadsheet_id), Wanted(None, grid=False))


def _get(documents: Documents, call: Call) -> Json:
    """Grid data comes when the mask asks for it, whatever includeGridData says; without a mask that one decides."""
    turn = documents.reading(call)
    texts = call.query.get("ranges", [])
    grid = wants(call.fields, "sheets", "data") if call.fields else call.flag("includeGridData")
    try:
        found = [find_range(turn.document, text) for text in texts]
        rects = [(sheet, clipped(sheet, area)) for sheet, area in found] if texts else None
    except Refused as refused:
        raise invalid(str(refused)) from refused
    return spreadsheet_json(turn, Wanted(rects, grid, call.fields))


def _get_by_data_filter(documents: Documents, call: Call) -> Json:
    turn, filters = documents.reading(call), call.body.get("dataFilters") or []
    asked = bool(call.body.get("includeGridData"))
    grid = wants(call.fields, "sheets", "data") if call.fields else asked
    try:
        found = [place for filter_ in filters for place in ranges_of(turn.document, filter_)]
        rects = [(sheet, clipped(sheet, area)) for sheet, area in found] if filters else None
    except Refused as refused:
        raise invalid(str(refused)) from refused
    return spreadsheet_json(turn, Wanted(rects, grid, call.fields))


def _batch_update(documents: Documents, call: Call) -> Json:
    return documents.changing(call, lambda turn: apply_batch(turn, call.body, call.fields))


def _get_metadata(documents: Documents, call: Call) -> Json:
    turn = documents.reading(call)
    for one in every(turn.document):
        if str(one.metadata["metadataId"]) == call.path["metadataId"]:
            return one.json()
    raise not_found()


def _search_metadata(documents: Documents, call: Call) -> Json:
    turn = documents.reading(call)
    try:
        return search(turn.document, call.body.get("dataFilters") or [])
    except Refused as refused:
        raise invalid(str(refused)) from refused


def _copy_to(documents: Documents, call: Call) -> Json:
    source = documents.reading(call)
    sheet = source.document.by_id(int(call.path["sheetId"]))
    if sheet is None:
        raise not_found()
    target = call.body.get("destinationSpreadsheetId", "")
    return documents.changing(call, lambda turn: with_copy(turn, sheet), target)
