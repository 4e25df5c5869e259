"""Requests about charts. They are kept as they were asked for; nothing is drawn."""

from __future__ import annotations

from tests.google_emulator.sheets.field_masks import merged, read_paths
from tests.google_emulator.sheets.looks import as_kept
from tests.google_emulator.sheets.model import Json, Sheet
from tests.google_emulator.sheets.places import grid_of, located, shown
from tests.google_emulator.sheets.refusals import Refused
from tests.google_emulator.sheets.requests.objects import find_part
from tests.google_emulator.sheets.turns import Turn
from tests.google_emulator.wire import ApiError

_KINDS = (
    "basicChart",
    "pieChart",
    "bubbleChart",
    "candlestickChart",
    "orgChart",
    "histogramChart",
    "waterfallChart",
    "treemapChart",
    "scorecardChart",
)
_OVERLAY = ("anchorCell", "offsetXPixels", "offsetYPixels", "widthPixels", "heightPixels")
_WIDTH, _HEIGHT = 600, 371


def _spec(turn: Turn, given: Json) -> Json:
    spec = as_kept(located(given))
    if not any(kind in spec for kind in _KINDS):
        raise Refused(
            "One of basicChart, pieChart, bubbleChart, candelstickChart, histogramChart, or orgChart "
            "must be set on chartSpec."
        )
    basic = spec.get("basicChart")
    if basic is not None and not basic.get("domains") and not basic.get("series"):
        # Observed: a chart of nothing is not refused but breaks the server.
        raise ApiError(500, "INTERNAL", "Internal error encountered.")
    for source in _sources(spec):
        grid_of(turn.document, source)
    given_by_google = {"hiddenDimensionStrategy": "SKIP_HIDDEN_ROWS_AND_COLUMNS", "fontName": "Roboto"}
    return {**spec, **{key: spec.get(key, value) for key, value in given_by_google.items()}}


def _sources(value) -> list[Json]:  # type: ignore[no-untyped-def]
    if isinstance(value, list):
        return [source for element in value for source in _sources(element)]
    if not isinstance(value, dict):
        return []
    own = list(value["sources"]) if isinstance(value.get("sources"), list) else []
    return own + [source for part in value.values() for source in _sources(part)]


def add_chart(turn: Turn, body: Json) -> Json:
    """Draw a chart over the cells, or on a sheet of its own."""
    given = body.get("chart", {})
    spec = _spec(turn, given.get("spec", {}))
    chart_id = given.get("chartId") or turn.new_id()
    if any(one["chartId"] == chart_id for sheet in turn.document.sheets for one in sheet.parts.get("charts", [])):
        raise Refused(f"Chart with id {chart_id} already exists.")  # unverified
    sheet, position = _position(turn, given.get("position", {}))
    chart = {"chartId": chart_id, "spec": spec, "position": position}
    sheet.parts.setdefault("charts", []).append(chart)
    return {"addChart": {"chart": shown(chart)}}


def _position(turn: Turn, given: Json) -> tuple[Sheet, Json]:
    if given.get("newSheet"):
        number = 1
        while turn.document.by_title(f"Chart{number}"):
            number += 1
        sheet = Sheet(sheet_id=turn.new_id(), title=f"Chart{number}", kind="OBJECT", row_count=0, column_count=0)
        turn.document.sheets.append(sheet)
        return sheet, {"sheetId": sheet.sheet_id}
    overlay = located(given.get("overlayPosition", {}))
    anchor = {"sheetId": 0, **overlay.get("anchorCell", {})}
    sheet = grid_of(turn.document, anchor)
    anchor = {"rowIndex": 0, "columnIndex": 0, **anchor}
    size = {"widthPixels": overlay.get("widthPixels", _WIDTH), "heightPixels": overlay.get("heightPixels", _HEIGHT)}
    return sheet, {"overlayPosition": {**overlay, "anchorCell": anchor, **size}}


def update_chart_spec(turn: Turn, body: Json) -> Json:
    """Replace the whole specification of a chart; there is no mask."""
    sheet, place = find_part(turn.document, "charts", "chartId", body.get("chartId", 0), "chart")
    chart = sheet.parts["charts"][place]
    sheet.parts["charts"][place] = {**chart, "spec": _spec(turn, body.get("spec", {}))}
    return {}


def update_embedded_object_position(turn: Turn, body: Json) -> Json:
    """Move or resize a chart."""
    sheet, place = find_part(turn.document, "charts", "chartId", body.get("objectId", 0), "embedded object")
    chart = sheet.parts["charts"][place]
    given = body.get("newPosition", {})
    if given.get("newSheet"):
        target, position = _position(turn, given)
    else:
        paths = read_paths(body.get("fields", ""), _OVERLAY)
        overlay = merged(chart["position"].get("overlayPosition"), located(given.get("overlayPosition", {})), paths)
        target, position = _position(turn, {"overlayPosition": overlay or {}})
    del sheet.parts["charts"][place]
    moved = {**chart, "position": position}
    target.parts.setdefault("charts", []).append(moved)
    return {"updateEmbeddedObjectPosition": {"position": shown(position)}}


def delete_embedded_object(turn: Turn, body: Json) -> Json:
    """Delete a chart, and the sheet that is nothing but this chart."""
    sheet, place = find_part(turn.document, "charts", "chartId", body.get("objectId", 0), "embedded object")
    del sheet.parts["charts"][place]
    if sheet.kind == "OBJECT":
        turn.document.sheets.remove(sheet)
    return {}


KINDS = {
    "addChart": add_chart,
    "updateChartSpec": update_chart_spec,
    "updateEmbeddedObjectPosition": update_embedded_object_position,
    "deleteEmbeddedObject": delete_embedded_object,
}
