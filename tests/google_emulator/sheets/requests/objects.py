"""Requests about what lies over the cells: named and protected ranges, bandings, tables, charts."""

from __future__ import annotations

import re
from typing import Any

from tests.google_emulator.sheets.a1 import parse_area
from tests.google_emulator.sheets.field_masks import merged, read_paths
from tests.google_emulator.sheets.looks import as_kept
from tests.google_emulator.sheets.model import Document, Json, Rect, Sheet
from tests.google_emulator.sheets.places import bounded, find_grid, grid_of, located, shown
from tests.google_emulator.sheets.refusals import Refused, protected
from tests.google_emulator.sheets.turns import Turn
from tests.google_emulator.sheets.writing_out import protection_json

_NAME = re.compile(r"[^\W\d][\w]*")


def find_part(document: Document, part: str, key: str, wanted: Any, what: str) -> tuple[Sheet, int]:
    """The sheet, and the place in its list, of the object with this id."""
    for sheet in document.sheets:
        for place, one in enumerate(sheet.parts.get(part, [])):
            if one[key] == wanted:
                return sheet, place
    raise Refused(f"No {what} with id: {wanted}")


def _new_id(turn: Turn, part: str, key: str, given: Any, what: str) -> Any:
    """The id that was asked for, or a free one."""
    if not given:
        return turn.new_id()
    if any(one[key] == given for sheet in turn.document.sheets for one in sheet.parts.get(part, [])):
        raise Refused(f"{what} with id {given} already exists.")  # unverified
    return given


def add_named_range(turn: Turn, body: Json) -> Json:
    """Name a range."""
    given = body.get("namedRange", {})
    _check_name(turn.document, given.get("name", ""))
    grid_of(turn.document, given.get("range", {}))
    named = {
        "namedRangeId": given.get("namedRangeId") or str(turn.new_id()),
        "name": given["name"],
        "range": located(given)["range"],
    }
    turn.document.named_ranges.append(named)
    return {"addNamedRange": {"namedRange": shown(named)}}


def _check_name(document: Document, name: str, of: Json | None = None) -> None:
    if not _NAME.fullmatch(name) or parse_area(name) is not None or name.upper() in {"TRUE", "FALSE"}:
        raise Refused("The name given to this range is invalid.")
    if any(one["name"].casefold() == name.casefold() and one is not of for one in document.named_ranges):
        raise Refused(f"Cannot add named range with name {name}, a named range with that name already exists.")


def _named_place(document: Document, wanted: str) -> int:
    for place, one in enumerate(document.named_ranges):
        if one["namedRangeId"] == wanted:
            return place
    raise Refused(f"No named range with id: {wanted}")  # unverified


def update_named_range(turn: Turn, body: Json) -> Json:
    """Rename or move a named range."""
    given = located(body.get("namedRange", {}))
    place = _named_place(turn.document, given.get("namedRangeId", ""))
    old = turn.document.named_ranges[place]
    new = merged(old, given, read_paths(body.get("fields", ""), ("name", "range", "namedRangeId"))) or {}
    _check_name(turn.document, new.get("name", ""), old)
    turn.document.named_ranges[place] = new
    return {}


def delete_named_range(turn: Turn, body: Json) -> Json:
    """Forget a name; the cells stay."""
    del turn.document.named_ranges[_named_place(turn.document, body.get("namedRangeId", ""))]
    return {}


def add_protected_range(turn: Turn, body: Json) -> Json:
    """Protect a range. Whoever protects it may edit it, though the reply does not say so yet."""
    given = located(body.get("protectedRange", {}))
    range_ = given.get("range") or next(
        (one["range"] for one in turn.document.named_ranges if one["namedRangeId"] == given.get("namedRangeId")), None
    )
    sheet = grid_of(turn.document, range_ or {})
    kept = {
        "protectedRangeId": _new_id(
            turn, "protectedRanges", "protectedRangeId", given.get("protectedRangeId"), "Protected range"
        ),
        **{key: given[key] for key in ("range", "namedRangeId", "description") if given.get(key)},
        **({"warningOnly": True} if given.get("warningOnly") else {}),
        **{key: given[key] for key in ("unprotectedRanges",) if given.get(key)},
    }
    editors = {key: value for key, value in given.get("editors", {}).items() if value}
    reply = {**kept, "requestingUserCanEdit": True, "editors": editors}
    kept["editors"] = _with_caller(turn, editors)
    sheet.parts.setdefault("protectedRanges", []).append(kept)
    return {"addProtectedRange": {"protectedRange": shown(reply)}}


def _with_caller(turn: Turn, editors: Json) -> Json:
    """Editors among whom is the one who says so; a mere warning has editors, too, whom nobody asks."""
    users = editors.get("users", [])
    return {**editors, "users": users if turn.email in users else [*users, turn.email]}


def update_protected_range(turn: Turn, body: Json) -> Json:
    """Change a protection; only its editors may."""
    given = located(body.get("protectedRange", {}))
    sheet, place = find_part(
        turn.document, "protectedRanges", "protectedRangeId", given.get("protectedRangeId", 0), "protected range"
    )
    old = sheet.parts["protectedRanges"][place]
    if not turn.may_edit(old):
        raise protected()
    fields = ("range", "namedRangeId", "description", "warningOnly", "unprotectedRanges", "editors", "tableId")
    new = merged(old, given, read_paths(body.get("fields", ""), fields)) or {}
    if "editors" in new:
        new["editors"] = _with_caller(turn, new["editors"])
    sheet.parts["protectedRanges"][place] = new
    protection_json(turn, new)
    return {}


def delete_protected_range(turn: Turn, body: Json) -> Json:
    """Lift a protection; only its editors may."""
    sheet, place = find_part(
        turn.document, "protectedRanges", "protectedRangeId", body.get("protectedRangeId", 0), "protected range"
    )
    if not turn.may_edit(sheet.parts["protectedRanges"][place]):
        raise protected()
    del sheet.parts["protectedRanges"][place]
    return {}


def add_banding(turn: Turn, body: Json) -> Json:
    """Give the rows or columns of a range alternating colours."""
    given = as_kept(body.get("bandedRange", {}))
    sheet, rect = find_grid(turn.document, given.get("range"))
    _not_banded(turn.document, sheet, rect, None)
    banding = {
        "bandedRangeId": _new_id(turn, "bandedRanges", "bandedRangeId", given.get("bandedRangeId"), "Banded range"),
        "range": bounded(turn.document, given.get("range", {})),
        **{key: given[key] for key in ("rowProperties", "columnProperties") if key in given},
    }
    sheet.parts.setdefault("bandedRanges", []).append(banding)
    return {"addBanding": {"bandedRange": shown(banding)}}


def _not_banded(document: Document, sheet: Sheet, rect: Rect, but: Json | None) -> None:
    for one in sheet.parts.get("bandedRanges", []):
        if one is not but and find_grid(document, one["range"])[1].meets(rect):
            raise Refused(
                "You cannot add alternating background colors to a range "
                "that already has alternating background colors."
            )


def update_banding(turn: Turn, body: Json) -> Json:
    """Change the colours or the range of a banding."""
    given = as_kept(body.get("bandedRange", {}))
    sheet, place = find_part(
        turn.document, "bandedRanges", "bandedRangeId", given.get("bandedRangeId", 0), "banded range"
    )
    old = sheet.parts["bandedRanges"][place]
    new = merged(old, given, read_paths(body.get("fields", ""), ("range", "rowProperties", "columnProperties"))) or {}
    new["range"] = bounded(turn.document, new["range"])
    _not_banded(turn.document, sheet, find_grid(turn.document, new["range"])[1], old)
    sheet.parts["bandedRanges"][place] = new
    return {}


def delete_banding(turn: Turn, body: Json) -> Json:
    """Take a banding away."""
    sheet, place = find_part(
        turn.document, "bandedRanges", "bandedRangeId", body.get("bandedRangeId", 0), "banded range"
    )
    del sheet.parts["bandedRanges"][place]
    return {}


KINDS = {
    "addNamedRange": add_named_range,
    "updateNamedRange": update_named_range,
    "deleteNamedRange": delete_named_range,
    "addProtectedRange": add_protected_range,
    "updateProtectedRange": update_protected_range,
    "deleteProtectedRange": delete_protected_range,
    "addBanding": add_banding,
    "updateBanding": update_banding,
    "deleteBanding": delete_banding,
}
