"""Developer metadata, and the data filters that find ranges by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from tests.google_emulator.sheets.a1 import Area
from tests.google_emulator.sheets.field_masks import merged, read_paths
from tests.google_emulator.sheets.model import COLUMNS, ROWS, Document, Json, Sheet
from tests.google_emulator.sheets.places import area_of, find_range, grid_of
from tests.google_emulator.sheets.refusals import Refused
from tests.google_emulator.sheets.requests.sheets import find_sheet
from tests.google_emulator.sheets.turns import Turn
from tests.google_emulator.sheets.writing_out import line_place, metadata_json

_FIELDS = ("metadataKey", "metadataValue", "visibility")


class Found(NamedTuple):
    """One piece of metadata and where it is."""

    metadata: Json
    sheet: Sheet | None
    dimension: str = ""
    index: int = 0

    @property
    def place(self) -> Json:
        """Where it is, as answers say it."""
        if self.sheet is None:
            return {"spreadsheet": True}
        if not self.dimension:
            return {"sheetId": self.sheet.sheet_id}
        return line_place(self.sheet, self.dimension, self.index)

    @property
    def kind(self) -> str:
        """Its location type."""
        return {"": "SPREADSHEET" if self.sheet is None else "SHEET", ROWS: "ROW", COLUMNS: "COLUMN"}[self.dimension]

    def json(self) -> Json:
        """The DeveloperMetadata."""
        return metadata_json(self.metadata, self.place)


def every(document: Document) -> Iterator[Found]:
    """All metadata of a document."""
    yield from (Found(one, None) for one in document.metadata)
    for sheet in document.sheets:
        yield from (Found(one, sheet) for one in sheet.metadata)
        for dimension in (ROWS, COLUMNS):
            for index, line in sorted(sheet.lines[dimension].items()):
                yield from (Found(one, sheet, dimension, index) for one in line.metadata)


def matching(document: Document, filter_: Json) -> list[Found]:
    """The metadata that one data filter finds: by a lookup, or within a range."""
    lookup = filter_.get("developerMetadataLookup")
    if lookup is not None:
        _check_strategy(lookup)
        return [one for one in every(document) if _fits(document, one, lookup)]
    sheet, area = _range(document, filter_)
    return [one for one in every(document) if one.sheet is sheet and one.dimension and _within(one, area)]


def _check_strategy(lookup: Json) -> None:
    place = lookup.get("metadataLocation", {})
    strategy = lookup.get("locationMatchingStrategy", "")
    if place.get("spreadsheet") and strategy == "INTERSECTING_LOCATION":
        raise Refused(
            "DeveloperMetadataLookup.spreadsheet is true, but locationMatchingStrategy was specified as INTERSECTING"
        )


def _fits(document: Document, one: Found, lookup: Json) -> bool:
    for key in ("metadataId", *_FIELDS):
        if lookup.get(key) and one.metadata.get(key) != lookup[key]:
            return False
    if lookup.get("locationType") and one.kind != lookup["locationType"]:
        return False
    place = lookup.get("metadataLocation")
    return not place or _lies(document, one, place, exact=lookup.get("locationMatchingStrategy") == "EXACT_LOCATION")


def _lies(document: Document, one: Found, place: Json, *, exact: bool) -> bool:
    if place.get("spreadsheet"):
        return one.sheet is None
    if "dimensionRange" in place:
        range_ = place["dimensionRange"]
        if one.sheet is not grid_of(document, range_) or one.dimension != range_.get("dimension"):
            return False
        start = range_.get("startIndex", 0)
        return start <= one.index < range_.get("endIndex", one.index + 1)
    sheet = find_sheet(document, place.get("sheetId", 0))
    return one.sheet is sheet and not (exact and one.dimension)


def _within(one: Found, area: Area) -> bool:
    start, end = (area.top, area.bottom) if one.dimension == ROWS else (area.left, area.right)
    return (start or 0) <= one.index and (end is None or one.index < end)


def _range(document: Document, filter_: Json) -> tuple[Sheet, Area]:
    if "a1Range" in filter_:
        return find_range(document, filter_["a1Range"])
    return grid_of(document, filter_.get("gridRange", {})), area_of(filter_.get("gridRange", {}))


def ranges_of(document: Document, filter_: Json) -> list[tuple[Sheet, Area]]:
    """The ranges that a data filter means; metadata means the whole row, column or sheet it belongs to."""
    if "developerMetadataLookup" not in filter_:
        return [_range(document, filter_)]
    found = []
    for one in matching(document, filter_):
        if one.sheet is None:
            found.extend((sheet, Area()) for sheet in document.sheets)
        elif not one.dimension:
            found.append((one.sheet, Area()))
        else:
            rows = (one.index, one.index + 1) if one.dimension == ROWS else (None, None)
            columns = (one.index, one.index + 1) if one.dimension == COLUMNS else (None, None)
            found.append((one.sheet, Area(rows[0], columns[0], rows[1], columns[1])))
    return found


def search(document: Document, filters: list[Json]) -> Json:
    """What `developerMetadata.search` answers: each piece once, with the filters that found it."""
    found: dict[int, Json] = {}
    for filter_ in filters:
        for one in matching(document, filter_):
            entry = found.setdefault(one.metadata["metadataId"], {"developerMetadata": one.json(), "dataFilters": []})
            entry["dataFilters"].append(filter_)
    return {"matchedDeveloperMetadata": list(found.values())} if found else {}


def create(turn: Turn, body: Json) -> Json:
    """Attach metadata. An id that is in use is refused, and with it the whole batch."""
    given = body.get("developerMetadata", {})
    metadata_id = given.get("metadataId") or turn.new_id()
    if any(one.metadata["metadataId"] == metadata_id for one in every(turn.document)):
        raise Refused(
            f"Cannot add developer metadata with ID [{metadata_id}] "
            "because developer metadata with that ID already exists."
        )
    if not given.get("metadataKey"):
        raise Refused("DeveloperMetadata.metadataKey must be specified.")  # unverified
    if given.get("visibility", "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED").endswith("UNSPECIFIED"):
        raise Refused("DeveloperMetadata.visibility must be specified.")  # unverified
    kept = {"metadataId": metadata_id, **{key: given[key] for key in _FIELDS if given.get(key)}}
    found = _attached(turn.document, kept, given.get("location", {}))
    return {"createDeveloperMetadata": {"developerMetadata": found.json()}}


def _attached(document: Document, kept: Json, place: Json) -> Found:
    if place.get("spreadsheet"):
        document.metadata.append(kept)
        return Found(kept, None)
    if "dimensionRange" in place:
        return _on_line(document, kept, place["dimensionRange"])
    if "sheetId" not in place:
        raise Refused("DeveloperMetadata.location must be specified.")  # unverified
    sheet = find_sheet(document, place["sheetId"])
    sheet.metadata.append(kept)
    return Found(kept, sheet)


def _on_line(document: Document, kept: Json, range_: Json) -> Found:
    sheet, dimension = grid_of(document, range_), range_.get("dimension", "")
    if dimension not in {ROWS, COLUMNS}:
        raise Refused("No dimension specified.")  # unverified
    if "startIndex" not in range_ or "endIndex" not in range_:
        raise Refused("DimensionRange must specify both a startIndex and an endIndex")
    index = range_["startIndex"]
    if range_["endIndex"] != index + 1:
        raise Refused("DimensionRange must represent a single row or column")
    if not 0 <= index < sheet.size(dimension):
        raise Refused("DimensionRange is outside of the grid.")  # unverified
    line = sheet.line(dimension, index)
    sheet.set_line(dimension, index, replace(line, metadata=(*line.metadata, kept)))
    return Found(kept, sheet, dimension, index)


def update(turn: Turn, body: Json) -> Json:
    """Change the metadata that filters find, and where it is."""
    given = body.get("developerMetadata", {})
    paths = read_paths(body.get("fields", ""), (*_FIELDS, "location"))
    changed = []
    for one in _found(turn.document, body):
        new = merged(one.metadata, given, [path for path in paths if path[0] != "location"]) or {}
        _detached(turn.document, one)
        place = given.get("location", {}) if ("location",) in paths else one.place
        changed.append(_attached(turn.document, new, place).json())
    return {"updateDeveloperMetadata": {"developerMetadata": changed} if changed else {}}


def delete(turn: Turn, body: Json) -> Json:
    """Delete the metadata that a filter finds."""
    found = matching(turn.document, body.get("dataFilter", {}))
    for one in found:
        _detached(turn.document, one)
    gone = [one.json() for one in found]
    return {"deleteDeveloperMetadata": {"deletedDeveloperMetadata": gone} if gone else {}}


def _found(document: Document, body: Json) -> list[Found]:
    found = {
        one.metadata["metadataId"]: one for part in body.get("dataFilters", []) for one in matching(document, part)
    }
    return list(found.values())


def _detached(document: Document, one: Found) -> None:
    if one.sheet is None:
        document.metadata.remove(one.metadata)
    elif not one.dimension:
        one.sheet.metadata.remove(one.metadata)
    else:
        line = one.sheet.line(one.dimension, one.index)
        kept = tuple(other for other in line.metadata if other is not one.metadata)
        one.sheet.set_line(one.dimension, one.index, replace(line, metadata=kept))


KINDS = {"createDeveloperMetadata": create, "updateDeveloperMetadata": update, "deleteDeveloperMetadata": delete}
