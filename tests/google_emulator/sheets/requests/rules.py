"""Requests about conditional formats, filters and tables."""

from __future__ import annotations

from dataclasses import replace

from tests.google_emulator.sheets.conditions import holds
from tests.google_emulator.sheets.field_masks import merged, read_paths
from tests.google_emulator.sheets.looks import as_kept
from tests.google_emulator.sheets.model import ROWS, Document, Json, Rect, Sheet, altered
from tests.google_emulator.sheets.places import bounded, find_grid, grid_of, shown
from tests.google_emulator.sheets.refusals import Refused
from tests.google_emulator.sheets.rendering import shown_as
from tests.google_emulator.sheets.requests.objects import find_part
from tests.google_emulator.sheets.requests.sheets import find_sheet
from tests.google_emulator.sheets.sorting import sort_rows
from tests.google_emulator.sheets.turns import Turn

_FORMAT = {"backgroundColor", "backgroundColorStyle", "textFormat"}
_TEXT = {"bold", "italic", "strikethrough", "foregroundColor", "foregroundColorStyle"}


def _rule(document: Document, given: Json) -> Json:
    rule = as_kept(given)
    if not rule.get("ranges"):
        raise Refused("At least one range must be specified.")  # unverified
    if len({one.get("sheetId", 0) for one in rule["ranges"]}) > 1:
        raise Refused("All ranges of a conditional format rule must be on the same sheet.")  # unverified
    form = rule.get("booleanRule", {}).get("format", {})
    if not form.keys() <= _FORMAT or not form.get("textFormat", {}).keys() <= _TEXT:
        raise Refused(
            "ConditionalFormatRule.format only supports bold, italic, strikethrough, foreground color "
            "and background color."
        )
    if "gradientRule" in rule:
        _check_gradient(rule["gradientRule"])
    return {**rule, "ranges": [bounded(document, one) for one in rule["ranges"]]}


def _check_gradient(gradient: Json) -> None:
    for name in ("minpoint", "midpoint", "maxpoint"):
        point = gradient.get(name)
        if point is None and name == "midpoint":
            continue
        if not (point or {}).get("type"):
            raise Refused("No interpolationPointType specified.")
        if point["type"] in {"NUMBER", "PERCENT", "PERCENTILE"} and not point.get("value"):
            raise Refused("InterpolationPoint.value is required.")


def add_conditional_format_rule(turn: Turn, body: Json) -> Json:
    """Add a rule before the one that has this index now; without one it comes first."""
    rule = _rule(turn.document, body.get("rule", {}))
    rules = grid_of(turn.document, rule["ranges"][0]).parts.setdefault("conditionalFormats", [])
    index = body.get("index", 0)
    if index < 0:
        raise Refused(f"Invalid conditional format index {index}.")  # unverified
    rules.insert(index, rule)
    return {}


def _rule_at(sheet: Sheet, index: int) -> Json:
    rules = sheet.parts.get("conditionalFormats", [])
    if not 0 <= index < len(rules):
        raise Refused(f"No conditional format on sheet: {sheet.sheet_id} at index: {index}")
    return rules[index]


def update_conditional_format_rule(turn: Turn, body: Json) -> Json:
    """Replace a rule, or give it another place."""
    index = body.get("index", 0)
    if "rule" in body:
        rule = _rule(turn.document, body["rule"])
        sheet = grid_of(turn.document, rule["ranges"][0])
        old = _rule_at(sheet, index)
        sheet.parts["conditionalFormats"][index] = rule
        return {"updateConditionalFormatRule": _counted({"newRule": rule, "newIndex": index, "oldRule": old})}
    sheet = find_sheet(turn.document, body.get("sheetId", 0))
    rule, to = _rule_at(sheet, index), body.get("newIndex", 0)
    sheet.parts["conditionalFormats"].remove(rule)
    sheet.parts["conditionalFormats"].insert(to, rule)
    return {"updateConditionalFormatRule": _counted({"newRule": rule, "newIndex": to, "oldIndex": index})}


def _counted(reply: Json) -> Json:
    return {key: value for key, value in shown(reply).items() if value != 0}


def delete_conditional_format_rule(turn: Turn, body: Json) -> Json:
    """Delete a rule; those behind it move up."""
    sheet = find_sheet(turn.document, body.get("sheetId", 0))
    rule = _rule_at(sheet, body.get("index", 0))
    sheet.parts["conditionalFormats"].remove(rule)
    return {"deleteConditionalFormatRule": {"rule": shown(rule)}}


def set_basic_filter(turn: Turn, body: Json) -> Json:
    """Put the one filter of a sheet over a range, sort by it and hide what it hides."""
    given = body.get("filter", {})
    sheet, rect = find_grid(turn.document, given.get("range"))
    _show_filtered(sheet)
    kept = {"range": bounded(turn.document, given.get("range", {})), **_criteria(given)}
    if given.get("sortSpecs"):
        kept["sortSpecs"] = given["sortSpecs"]
        by = [(one.get("dimensionIndex", 0), one.get("sortOrder") == "DESCENDING") for one in given["sortSpecs"]]
        sort_rows(turn.calculator(), sheet, rect._replace(top=rect.top + 1), by, whole=True)
    sheet.basic_filter = kept
    hide_filtered(turn, sheet, rect, kept)
    return {}


def _criteria(given: Json) -> Json:
    """Both spellings of what a filter looks at: by column, and as a list."""
    criteria = {str(key): value for key, value in given.get("criteria", {}).items()}
    for one in given.get("filterSpecs", []):
        criteria[str(one.get("columnIndex", 0))] = one.get("filterCriteria", {})
    if not criteria:
        return {}
    specs = [{"columnIndex": int(key), "filterCriteria": value} for key, value in criteria.items()]
    return {"criteria": criteria, "filterSpecs": specs}


def hide_filtered(turn: Turn, sheet: Sheet, rect: Rect, kept: Json) -> None:
    """Hide the rows below the headings that the filter does not let through."""
    calculator = turn.calculator()
    for spec in kept.get("filterSpecs", []):
        column, criteria = spec.get("columnIndex", 0), spec.get("filterCriteria", {})
        for row in range(rect.top + 1, rect.bottom):
            cell = sheet.cell(row, column)
            outcome = calculator.outcome(sheet, row, column, cell)
            text = shown_as(cell, outcome, turn.locale)
            condition = criteria.get("condition")
            if text in criteria.get("hiddenValues", []) or (condition and not holds(condition, outcome.value, text)):
                sheet.set_line(ROWS, row, replace(sheet.line(ROWS, row), filtered=True))


def _show_filtered(sheet: Sheet) -> None:
    for row, line in list(sheet.lines[ROWS].items()):
        sheet.set_line(ROWS, row, replace(line, filtered=False))


def clear_basic_filter(turn: Turn, body: Json) -> Json:
    """Take the filter of a sheet away; everything it hid is shown again."""
    sheet = find_sheet(turn.document, body.get("sheetId", 0))
    _show_filtered(sheet)
    sheet.basic_filter = None
    return {}


def add_filter_view(turn: Turn, body: Json) -> Json:
    """Keep a filter that hides nothing until somebody looks through it."""
    given = body.get("filter", {})
    sheet = grid_of(turn.document, given.get("range", {}))
    view = {
        "filterViewId": given.get("filterViewId") or turn.new_id(),
        "title": given.get("title") or f"Filter {len(sheet.parts.get('filterViews', [])) + 1}",
        "range": bounded(turn.document, given.get("range", {})),
        **({"sortSpecs": given["sortSpecs"]} if given.get("sortSpecs") else {}),
        **_criteria(given),
    }
    sheet.parts.setdefault("filterViews", []).append(view)
    return {"addFilterView": {"filter": shown(view)}}


def delete_filter_view(turn: Turn, body: Json) -> Json:
    """Delete a filter view."""
    sheet, place = find_part(turn.document, "filterViews", "filterViewId", body.get("filterId", 0), "filter view")
    del sheet.parts["filterViews"][place]
    return {}


def add_table(turn: Turn, body: Json) -> Json:
    """Make a table of a range; its columns are named by the first row."""
    given = body.get("table", {})
    sheet, rect = find_grid(turn.document, given.get("range"))
    table = {
        "tableId": given.get("tableId") or str(turn.new_id()),
        "name": given.get("name") or f"Table{len(sheet.parts.get('tables', [])) + 1}",
        "range": bounded(turn.document, given.get("range", {})),
        **({"rowsProperties": as_kept(given["rowsProperties"])} if "rowsProperties" in given else {}),
    }
    table["columnProperties"] = _columns(turn, sheet, rect, given.get("columnProperties", []))
    sheet.parts.setdefault("tables", []).append(table)
    return {"addTable": {"table": shown(table)}}


def _columns(turn: Turn, sheet: Sheet, rect: Rect, given: list[Json]) -> list[Json]:
    calculator, columns = turn.calculator(), []
    typed = {one.get("columnIndex", 0): one for one in given}
    for number in range(rect.width):
        one, cell = typed.get(number, {}), sheet.cell(rect.top, rect.left + number)
        condition = one.get("dataValidationRule", {}).get("condition")
        if one.get("columnType") == "DROPDOWN" and not condition:
            raise Refused("Condition must be set for dropdown column type.")
        if condition and one.get("columnType") != "DROPDOWN":
            raise Refused("Cannot set condition for non-dropdown column type.")
        heading = shown_as(cell, calculator.outcome(sheet, rect.top, rect.left + number, cell), turn.locale)
        name = one.get("columnName") or heading or f"Column {number + 1}"
        rest = {key: one[key] for key in ("columnType", "dataValidationRule") if key in one}
        columns.append({**({"columnIndex": number} if number else {}), "columnName": name, **rest})
    return columns


def update_table(turn: Turn, body: Json) -> Json:
    """Change a table; its columns, if named, are replaced whole."""
    given = body.get("table", {})
    sheet, place = find_part(turn.document, "tables", "tableId", given.get("tableId", ""), "table")
    old = sheet.parts["tables"][place]
    paths = read_paths(body.get("fields", ""), ("name", "range", "rowsProperties", "columnProperties"))
    new = merged(old, as_kept(given), paths) or {}
    new["range"] = bounded(turn.document, new["range"])
    _, rect = find_grid(turn.document, new["range"])
    new["columnProperties"] = _columns(turn, sheet, rect, new.get("columnProperties", []))
    sheet.parts["tables"][place] = new
    return {}


def delete_table(turn: Turn, body: Json) -> Json:
    """Delete a table with the cells in it."""
    sheet, place = find_part(turn.document, "tables", "tableId", body.get("tableId", ""), "table")
    _, rect = find_grid(turn.document, sheet.parts["tables"][place]["range"])
    turn.guard(sheet, rect)
    for row, column, cell in list(sheet.filled(rect)):
        sheet.put(row, {column: altered(cell, value=None)})
    del sheet.parts["tables"][place]
    return {}


KINDS = {
    "addConditionalFormatRule": add_conditional_format_rule,
    "updateConditionalFormatRule": update_conditional_format_rule,
    "deleteConditionalFormatRule": delete_conditional_format_rule,
    "setBasicFilter": set_basic_filter,
    "clearBasicFilter": clear_basic_filter,
    "addFilterView": add_filter_view,
    "deleteFilterView": delete_filter_view,
    "addTable": add_table,
    "updateTable": update_table,
    "deleteTable": delete_table,
}
