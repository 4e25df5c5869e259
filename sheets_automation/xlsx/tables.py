"""Tables (ListObjects): where they are, and the one change that we make to them.

A column of ours that stands right of a table, but outside, would stay behind when somebody sorts the table; so a table
that ends where our columns begin is made to include them. It is the only part of HR's own that we ever change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from sheets_automation.xlsx.references import Area
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.tags import attributes, children, elements, prefix_of, put_inside, quoted, with_attributes

_FED_FROM_OUTSIDE = frozenset({"queryTable", "xml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """One table of a sheet."""

    part: str
    name: str
    area: Area
    heading_rows: int
    total_rows: int
    is_fed_from_outside: bool
    """By a query or an XML map, which decides on the columns."""

    @classmethod
    def read(cls, part: str, data: bytes) -> Self | None:
        """The table that a part describes; None where it says no area."""
        table = attributes(next(elements(data, 0)).tag)
        area = Area.parse(table.get("ref", ""))
        if area is None:
            return None
        return cls(
            part=part,
            name=table.get("displayName", table.get("name", "")),
            area=area,
            heading_rows=_count(table.get("headerRowCount", "1")),
            total_rows=_count(table.get("totalsRowCount", "0")),
            is_fed_from_outside=table.get("tableType") in _FED_FROM_OUTSIDE,
        )

    @property
    def guarded(self) -> list[Area]:
        """The heading and total rows: their cells must say what the table part says."""
        top, left, bottom, right = self.area
        rows = [(top, top + self.heading_rows - 1), (bottom - self.total_rows + 1, bottom)]
        return [Area(first, left, last, right) for first, last in rows if first <= last]


def extended(data: bytes, table: SheetTable, area: Area, headings: Sequence[str]) -> bytes:
    """The table part with a larger area, its filter too, and columns of these headings at its right end."""
    root = next(elements(data, 0))
    data = data[: root.start] + with_attributes(root.tag, {"ref": str(area)}) + data[root.inner :]
    old_filter = children(data).get(b"autoFilter")
    if old_filter is not None:
        wider = area._replace(bottom=area.bottom - table.total_rows)
        tag = with_attributes(old_filter.tag, {"ref": str(wider)})
        data = data[: old_filter.start] + tag + data[old_filter.inner :]
    return _with_columns(data, table, headings) if headings else data


def _with_columns(data: bytes, table: SheetTable, headings: Sequence[str]) -> bytes:
    columns = children(data)[b"tableColumns"]
    known = [attributes(column.tag) for column in elements(data[columns.inner : columns.inner_end], 0)]
    names = {column.get("name", "").casefold() for column in known}
    last_id = max((_count(column.get("id", "0")) for column in known), default=0)
    added = b""
    for number, heading in enumerate(headings, start=last_id + 1):
        if heading.casefold() in names:
            raise CellRefused("table_name", what=f"{table.name}: {heading}")
        names.add(heading.casefold())
        added += b'<%btableColumn id="%d" name=%b/>' % (prefix_of(data), number, quoted(_table_text(heading)))
    return put_inside(data, columns, added, changes={"count": str(len(known) + len(headings))})


def _table_text(heading: str) -> str:
    return re.sub(r"[\r\n\t]", lambda match: f"_x{ord(match[0]):04x}_", heading)


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else 0
