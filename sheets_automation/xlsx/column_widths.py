"""The `<cols>` of a sheet: ranges of columns with their width and format, split where one column shall differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Self

from sheets_automation.xlsx.tags import attributes, masked, tag_pattern, with_attributes

# What must not fall on a column of ours because HR hid or grouped all the unused ones.
_NOT_FOR_OURS = {"hidden": None, "collapsed": None, "outlineLevel": None, "bestFit": None}


class ColumnRange(NamedTuple):
    """One `<col>`; columns count from 0, both ends included."""

    first: int
    last: int
    tag: bytes

    def cut(self, first: int, last: int) -> Self:
        """A part of this range, looking the same."""
        return self._replace(
            first=first, last=last, tag=with_attributes(self.tag, {"min": str(first + 1), "max": str(last + 1)})
        )

    def set_width(self, width: float) -> Self:
        """The same range, visible and with another width."""
        changes = {"width": f"{width:g}", "customWidth": "1", **_NOT_FOR_OURS}
        return self._replace(tag=with_attributes(self.tag, changes))


def column_ranges(data: bytes, prefix: bytes) -> list[ColumnRange]:
    """The ranges that the head of a sheet part gives."""
    ranges = []
    for tag in tag_pattern(prefix + b"col").findall(masked(data)):
        column = attributes(tag)
        if column.get("min", "").isdecimal() and column.get("max", "").isdecimal():
            ranges.append(ColumnRange(int(column["min"]) - 1, int(column["max"]) - 1, _alone(tag)))
    return ranges


def _alone(tag: bytes) -> bytes:
    """A start tag as an empty tag: some writers say `<col …></col>`, and only the start tag is kept."""
    return tag if tag.endswith(b"/>") else tag[:-1] + b"/>"


def style_of_column(ranges: list[ColumnRange], column: int) -> int:
    """The format of the cells of a column that are not there."""
    tag = next((known.tag for known in ranges if known.first <= column <= known.last), b"")
    style = attributes(tag).get("style", "")
    return int(style) if style.isdecimal() else 0


def with_widths(ranges: list[ColumnRange], widths: Mapping[int, float], prefix: bytes) -> list[ColumnRange]:
    """The ranges with the width of single columns set, and every attribute of all others as it is."""
    for column, width in widths.items():
        ranges = [piece for known in ranges for piece in _split(known, column)]
        alone = next((known for known in ranges if known.first == column), None)
        if alone is None:
            alone = ColumnRange(0, 0, b"<%bcol/>" % prefix).cut(column, column)
        ranges = sorted([*(known for known in ranges if known.first != column), alone.set_width(width)])
    return ranges


def _split(known: ColumnRange, column: int) -> list[ColumnRange]:
    if not known.first <= column <= known.last or known.first == known.last:
        return [known]
    pieces = [(known.first, column - 1), (column, column), (column + 1, known.last)]
    return [known.cut(first, last) for first, last in pieces if first <= last]
