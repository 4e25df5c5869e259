"""The calculation chain: Excel's list of formula cells. An entry for a cell without a formula makes Excel repair."""

from __future__ import annotations

from sheets_automation.xlsx.draft import Draft
from sheets_automation.xlsx.part_list import drop_relationship
from sheets_automation.xlsx.tags import attributes, elements


def drop_from_calc_chain(draft: Draft, sheet_id: int) -> None:
    """Drop the entries of one sheet; formulas that are not listed are no problem, Excel adds them."""
    rels = draft.package.relationships(draft.package.workbook_part)
    part = next((rel.target for rel in rels if rel.kind == "calcChain" and draft.has(rel.target)), None)
    if part is None:
        return
    data = draft.read(part)
    entries = list(elements(data, 1))
    kept = []
    sheet = ""
    for entry in entries:
        sheet = attributes(entry.tag).get("i", sheet)  # an entry without a sheet is of the same one as that before it
        if sheet != str(sheet_id):
            kept.append(data[entry.start : entry.end])
    if not kept:  # the schema wants at least one entry
        draft.remove(part)
        drop_relationship(draft, draft.package.workbook_part, part)
    elif len(kept) < len(entries):
        draft.put(part, data[: entries[0].start] + b"".join(kept) + data[entries[-1].end :])
