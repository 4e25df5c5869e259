"""Put whole tabs that XlsxWriter made into a workbook that somebody else made, and leave that as it is.

A tab comes with all it reaches: drawings, charts, images. Parts get names that are free, style numbers are those of
the target (which grows only by styles it does not have yet), and texts stand in the cells themselves. The tab keeps its
name, so that what charts and formulas say of it stays true.

docProps/app.xml also lists the titles of tabs. It is left as it is: Excel rewrites the list when it saves and never
compares it with the tabs, as every workbook from the many writers that ignore it shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sheets_automation.xlsx.calc_chain import drop_from_calc_chain
from sheets_automation.xlsx.donor import Donor, DonorLink, DonorTab
from sheets_automation.xlsx.draft import Draft, relationships_part
from sheets_automation.xlsx.more_rows import with_more_rows
from sheets_automation.xlsx.package import SheetRef
from sheets_automation.xlsx.part_list import add_relationship, only_reached_from, relationship, relative
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.styles import Styles
from sheets_automation.xlsx.tags import attributes, children, elements, with_attributes
from sheets_automation.xlsx.workbook_part import is_strict, tab_index, with_local_names, with_tab

_HEADER = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIPS = b"http://schemas.openxmlformats.org/package/2006/relationships"
_WORKSHEET = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_NUMBERED = re.compile(r"\d*(\.[A-Za-z]+)$")
_STYLED = re.compile(rb"<(?:c|row|col|cfRule)\s[^>]*>")
_SHARED = re.compile(rb'(<c\s[^>]*) t="s"([^>]*)><v>(\d+)</v></c>')


def put_tabs(draft: Draft, styles: Styles, donor: Donor) -> dict[str, str]:
    """Put each tab of the donor at the end, or in the place of the tab that has its name.

    Gives the content types of the parts that were put. Drops what only a replaced tab reached.
    """
    numbers = StyleNumbers(
        formats=styles.adopt_formats(donor.styles), differences=styles.adopt_differences(donor.styles)
    )
    content_types: dict[str, str] = {}
    for tab in donor.tabs:
        rows = donor.more_rows.get(tab.name, {})
        sheet = sheet_part(donor, tab, numbers)
        sheet = with_more_rows(sheet, rows, styles, tab=tab.name, date1904=draft.package.date1904)
        content_types |= _put_tab(draft, donor, tab, sheet)
    return content_types


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleNumbers:
    """What the donor's style numbers become in the target."""

    formats: tuple[int, ...]
    differences: tuple[int, ...]

    def restyle(self, tag: bytes) -> bytes:
        """A tag of the sheet that speaks of styles, in the target's numbers."""
        numbers = self.differences if tag.startswith(b"<cfRule") else self.formats
        given = attributes(tag)
        return with_attributes(
            tag, {name: str(numbers[int(given[name])]) for name in ("s", "style", "dxfId") if name in given}
        )


def sheet_part(donor: Donor, tab: DonorTab, numbers: StyleNumbers) -> bytes:
    """The donor's sheet in the target's style numbers, with its texts in the cells."""

    def inline(match: re.Match[bytes]) -> bytes:
        return b'%b t="inlineStr"%b><is>%b</is></c>' % (match[1], match[2], donor.texts[int(match[3])])

    data = _STYLED.sub(lambda match: numbers.restyle(match[0]), donor.parts[tab.part])
    data = _SHARED.sub(inline, data)
    # Two selected tabs are a group: what people type into one goes into both.
    return data.replace(b' tabSelected="1"', b"", 1)


def _put_tab(draft: Draft, donor: Donor, tab: DonorTab, sheet: bytes) -> dict[str, str]:
    package = draft.package
    workbook = draft.read(package.workbook_part)
    if is_strict(workbook):
        raise CellRefused("strict", tab=tab.name)
    if tab.name in package.chart_sheets:
        raise CellRefused("not_a_worksheet", tab=tab.name)
    old = next((known for known in package.sheets if known.name == tab.name), None)
    if old is not None:
        part, sheet = old.part, _with_identity(sheet, package.read(old.part))
        _clear(draft, old)
    else:
        part = draft.free_name("xl/worksheets/sheet", ".xml")
        rel_id = add_relationship(draft, package.workbook_part, _WORKSHEET, part)
        workbook = with_tab(workbook, tab.name, rel_id, tab.state)
    names = with_local_names(workbook, tab_index(workbook, tab.name), donor.local_names(tab.index))
    draft.put(package.workbook_part, names)
    draft.put(part, sheet)
    return {part: donor.content_type(tab.part), **_put_what_it_reaches(draft, donor, tab.part, part)}


def _put_what_it_reaches(draft: Draft, donor: Donor, root: str, part: str) -> dict[str, str]:
    names = {root: part}
    waiting = [root]
    while waiting:
        source = waiting.pop(0)
        links = donor.links(source)
        for link in links:
            if not link.external and link.target not in names:
                stem, suffix = _NUMBERED.split(link.target)[0], _NUMBERED.search(link.target)
                names[link.target] = draft.free_name(stem, suffix[1] if suffix else "")
                draft.put(names[link.target], donor.parts[link.target])
                waiting.append(link.target)
        if links:
            draft.put(relationships_part(names[source]), _relationships(links, names, names[source]))
    return {name: donor.content_type(made) for made, name in names.items() if made != root}


def _relationships(links: list[DonorLink], names: Mapping[str, str], source: str) -> bytes:
    entries = b"".join(
        relationship(
            link.id,
            link.type,
            link.target if link.external else relative(source, names[link.target]),
            external=link.external,
        )
        for link in links
    )
    return b'%b<Relationships xmlns="%b">%b</Relationships>' % (_HEADER, _RELATIONSHIPS, entries)


def _clear(draft: Draft, old: SheetRef) -> None:
    for part in only_reached_from(draft, old.part):
        draft.remove(part)
    drop_from_calc_chain(draft, old.sheet_id)


def _with_identity(sheet: bytes, old: bytes) -> bytes:
    """Keep what ties the tab to the rest: the name of its VBA module, and whether it is the one people look at."""
    code_name = next((attributes(e.tag).get("codeName") for e in elements(old, 1) if e.name == b"sheetPr"), None)
    if code_name:
        properties = children(sheet).get(b"sheetPr")
        if properties is None:
            root = next(elements(sheet, 0))
            sheet = sheet[: root.inner] + b"<sheetPr/>" + sheet[root.inner :]
            properties = children(sheet)[b"sheetPr"]
        tag = with_attributes(properties.tag, {"codeName": code_name})
        sheet = sheet[: properties.start] + tag + sheet[properties.inner :]
    if any(attributes(e.tag).get("tabSelected") in {"1", "true"} for e in elements(old, 2) if e.name == b"sheetView"):
        sheet = sheet.replace(b"<sheetView ", b'<sheetView tabSelected="1" ', 1)
    return sheet
