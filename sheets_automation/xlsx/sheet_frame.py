"""What stands around the rows of a sheet: its size, column widths, filter, merged cells and protection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from sheets_automation.xlsx.column_widths import column_ranges, with_widths
from sheets_automation.xlsx.references import Area
from sheets_automation.xlsx.row_scan import SheetScan
from sheets_automation.xlsx.tags import Element, Splice, attributes, children, masked, tag_pattern, with_attributes

_TRUE = frozenset({"1", "true", "on"})


class SheetFrame:
    """The part without its rows, once they were scanned. Splices are in the offsets of the whole part."""

    def __init__(self, scan: SheetScan) -> None:
        self._head = scan.head
        self._tail = scan.tail
        self._shift = scan.tail_start - len(scan.head)
        self._prefix = scan.prefix

    @cached_property
    def _children(self) -> dict[bytes, Element]:
        return children(self._head + self._tail)

    @property
    def is_protected(self) -> bool:
        """Whether the sheet's protection is on."""
        protection = self._children.get(b"sheetProtection")
        return protection is not None and attributes(protection.tag).get("sheet") in _TRUE

    def merged(self) -> Iterator[Area]:
        """The merged areas."""
        for tag in tag_pattern(self._prefix + b"mergeCell").findall(masked(self._tail)):
            area = Area.parse(attributes(tag).get("ref", ""))
            if area is not None:
                yield area

    @cached_property
    def filter_area(self) -> Area | None:
        """What the sheet's own filter covers; None where it has none."""
        return self._area(b"autoFilter")

    def with_filter(self, area: Area) -> list[Splice]:
        """Let the filter cover another area."""
        return self._with_area(b"autoFilter", area)

    def with_rules_down_to(self, last: int, new_last: int) -> Iterator[Splice]:
        """Let what is ruled for cells down to the row `last` (lists to choose from, colours) reach to `new_last`."""
        for name in (b"dataValidation", b"conditionalFormatting"):
            for found in tag_pattern(self._prefix + name).finditer(masked(self._tail)):
                tag = self._tail[found.start() : found.end()]
                areas = attributes(tag).get("sqref", "").split()
                grown = [_grown(area, last, new_last) for area in areas]
                if grown != areas:
                    start = found.start() + len(self._head) + self._shift
                    yield Splice(start, start + len(tag), with_attributes(tag, {"sqref": " ".join(grown)}))

    def with_dimension(self, written: Area) -> list[Splice]:
        """Let the sheet's stated size hold what was written; a sheet that states none keeps that."""
        old = self._area(b"dimension")
        if old is None:
            return []
        wider = old.grown_to(written.top, written.left).grown_to(written.bottom, written.right)
        return self._with_area(b"dimension", wider)

    def with_widths(self, widths: Mapping[int, float]) -> list[Splice]:
        """Set the width of single columns."""
        old = column_ranges(self._head, self._prefix)
        new = with_widths(old, widths, self._prefix)
        if new == old:
            return []
        cols = self._children.get(b"cols")
        body = b"".join(known.tag for known in new)
        fragment = b"<%bcols>%b</%bcols>" % (self._prefix, body, self._prefix)
        start, end = (cols.start, cols.end) if cols else (self._children[b"sheetData"].start,) * 2
        return [Splice(start, end, fragment)]

    def _area(self, name: bytes) -> Area | None:
        element = self._children.get(name)
        return Area.parse(attributes(element.tag).get("ref", "")) if element else None

    def _with_area(self, name: bytes, area: Area) -> list[Splice]:
        element = self._children[name]
        start = element.start + (self._shift if element.start >= len(self._head) else 0)
        return [Splice(start, start + len(element.tag), with_attributes(element.tag, {"ref": str(area)}))]


def _grown(reference: str, last: int, new_last: int) -> str:
    area = Area.parse(reference)
    return str(area._replace(bottom=new_last)) if area is not None and area.bottom == last else reference
