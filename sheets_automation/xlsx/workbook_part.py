"""The workbook part: its list of tabs, its defined names and its calculation settings, edited as bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from sheets_automation.xlsx.columns import column_letters
from sheets_automation.xlsx.references import Area
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.tags import (
    Element,
    attributes,
    children,
    elements,
    prefix_of,
    put_child,
    put_inside,
    quoted,
    with_attributes,
    xml_text,
)

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = b"http://purl.oclc.org/ooxml/"
_BEHIND_CALC = (
    b"oleSize", b"customWorkbookViews", b"pivotCaches", b"smartTagPr", b"smartTagTypes", b"webPublishing",
    b"fileRecoveryPr", b"webPublishObjects", b"extLst",
)  # fmt: skip
_BEHIND_NAMES = (b"calcPr", *_BEHIND_CALC)
_TRUE = frozenset({"1", "true", "on"})


def is_strict(data: bytes) -> bool:
    """Whether the workbook speaks the strict dialect."""
    return _STRICT in next(elements(data, 0)).tag


def tab_entries(data: bytes) -> list[dict[str, str]]:
    """The entries of all tabs, chart sheets included, in order."""
    return [attributes(entry.tag) for entry in _inside(data, b"sheets")]


def tab_index(data: bytes, name: str) -> int:
    """Where a tab stands among all tabs, as local names count them."""
    return [tab.get("name", "") for tab in tab_entries(data)].index(name)


def with_tab(data: bytes, name: str, rel_id: str, state: str) -> bytes:
    """Add a tab behind all others."""
    if any(
        attributes(e.tag).get("lockStructure") in _TRUE for e in elements(data, 1) if e.name == b"workbookProtection"
    ):
        raise CellRefused("protected_structure", tab=name)
    ids = [int(tab["sheetId"]) for tab in tab_entries(data) if tab.get("sheetId", "").isdecimal()]
    hidden = b"" if state == "visible" else b" state=" + quoted(state)
    rel_prefix, declaration = _relationship_prefix(data)
    tag = b'<%bsheet name=%b sheetId="%d"%b%b %b:id=%b/>' % (
        prefix_of(data), quoted(name), max(ids, default=0) + 1, hidden, declaration, rel_prefix, quoted(rel_id),
    )  # fmt: skip
    return put_inside(data, children(data)[b"sheets"], tag, changes={})


def with_local_names(data: bytes, index: int, names: Sequence[tuple[dict[str, str], str]]) -> bytes:
    """Let a tab have exactly these built-in names (print titles, filter), given as attributes and text."""
    old = [e for e in _inside(data, b"definedNames") if _is_built_in(attributes(e.tag), index)]
    wanted = [({**given, "localSheetId": str(index)}, text) for given, text in names]
    if [(attributes(e.tag), _text(data, e)) for e in old] == wanted:
        return data
    for element in reversed(old):
        data = data[: element.start] + data[element.end :]
    prefix = prefix_of(data)
    made = b"".join(
        with_attributes(b"<%bdefinedName>" % prefix, given) + xml_text(text).encode() + b"</%bdefinedName>" % prefix
        for given, text in wanted
    )
    container = children(data).get(b"definedNames")
    if container is not None and (made or list(_inside(data, b"definedNames"))):
        return put_inside(data, container, made, changes={})
    if container is not None:
        return data[: container.start] + data[container.end :]  # the schema wants no empty list
    whole = b"<%bdefinedNames>%b</%bdefinedNames>" % (prefix, made, prefix)
    return put_child(data, whole, before=_BEHIND_NAMES) if made else data


def hidden_name(data: bytes, name: str) -> str | None:
    """The text of a hidden name of ours; None where the workbook has none."""
    found = (e for e in _inside(data, b"definedNames") if attributes(e.tag).get("name") == name)
    return next((_text(data, e).strip('"') for e in found), None)


def with_hidden_name(data: bytes, name: str, text: str | None) -> bytes:
    """Let the workbook have this hidden name with a text that people never see, or no such name."""
    if hidden_name(data, name) == text:
        return data
    for element in reversed([e for e in _inside(data, b"definedNames") if attributes(e.tag).get("name") == name]):
        data = data[: element.start] + data[element.end :]
    container = children(data).get(b"definedNames")
    if text is None:
        if container is not None and not _inside(data, b"definedNames"):
            return data[: container.start] + data[container.end :]  # the schema wants no empty list
        return data
    prefix = prefix_of(data)
    tag = with_attributes(b"<%bdefinedName>" % prefix, {"name": name, "hidden": "1"})
    made = tag + xml_text(f'"{text}"').encode() + b"</%bdefinedName>" % prefix
    if container is not None:
        return put_inside(data, container, made, changes={})
    return put_child(data, b"<%bdefinedNames>%b</%bdefinedNames>" % (prefix, made, prefix), before=_BEHIND_NAMES)


def with_filter_name(data: bytes, index: int, old: Area, new: Area) -> bytes:
    """Let the hidden name that goes with a tab's filter cover what the filter covers now."""
    for element in _inside(data, b"definedNames"):
        given = attributes(element.tag)
        sheet, _, area = data[element.inner : element.inner_end].decode().rpartition("!")
        if _is_built_in(given, index) and given["name"].endswith("_FilterDatabase") and Area.parse(area) == old:
            text = f"{sheet}!{_absolute(new)}".encode()
            return data[: element.inner] + text + data[element.inner_end :]
    return data


def with_full_calculation(data: bytes) -> bytes:
    """Make Excel calculate every formula when it opens the file, as what they refer to has changed."""
    calc = children(data).get(b"calcPr")
    if calc is None:
        return put_child(data, b'<%bcalcPr fullCalcOnLoad="1"/>' % prefix_of(data), before=_BEHIND_CALC)
    return data[: calc.start] + with_attributes(calc.tag, {"fullCalcOnLoad": "1"}) + data[calc.inner :]


def _inside(data: bytes, name: bytes) -> list[Element]:
    container = children(data).get(name)
    if container is None:
        return []
    return [e for e in elements(data, 2) if container.inner <= e.start < container.inner_end]


def _is_built_in(name: dict[str, str], index: int) -> bool:
    return name.get("localSheetId") == str(index) and name.get("name", "").startswith("_xlnm.")


def _text(data: bytes, element: Element) -> str:
    return unescape(data[element.inner : element.inner_end].decode())


def _relationship_prefix(data: bytes) -> tuple[bytes, bytes]:
    """The prefix that the workbook's root gives to relationship ids; else one of our own, with its declaration."""
    pattern = rb"xmlns:([^\s=]+)\s*=\s*[\"']" + re.escape(_RELATIONSHIPS.encode()) + rb"[\"']"
    match = re.search(pattern, next(elements(data, 0)).tag)
    return (match[1], b"") if match else (b"r", b' xmlns:r="%b"' % _RELATIONSHIPS.encode())


def _absolute(area: Area) -> str:
    return f"${column_letters(area.left)}${area.top}:${column_letters(area.right)}${area.bottom}"
