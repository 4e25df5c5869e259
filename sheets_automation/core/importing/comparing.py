"""What a line of a file changes in the row of somebody whom the workbook knows: what HR typed stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from sheets_automation.core.addresses import match_key, read_address
from sheets_automation.core.cells import folded, split_tags, text
from sheets_automation.core.dates import Moment, date_time
from sheets_automation.core.headings import Field, heading_key
from sheets_automation.core.importing.history import UNKNOWN, Mark, mark_of
from sheets_automation.core.names import display_name, name_key
from sheets_automation.core.phones import phone_key
from sheets_automation.core.table import CellValue

_DATES = {Field.APPLIED_AT, Field.DECIDED_AT}


@dataclass(slots=True)
class Comparison:
    """One line beside one row, by heading of the candidates tab."""

    fills: dict[str, CellValue] = field(default_factory=dict)
    """For cells that are blank."""
    updates: dict[str, CellValue] = field(default_factory=dict)
    """For cells that still hold what an import wrote, where the same line of the file says something else by now."""
    differences: dict[str, CellValue] = field(default_factory=dict)
    """For cells that hold what a person typed: never written unless a person says so."""

    @property
    def changes(self) -> Mapping[str, CellValue]:
        """All that may be written."""
        return {**self.fills, **self.updates}


def compare(
    candidate_id: str,
    said: Mapping[str, CellValue],
    shown: Mapping[str, CellValue],
    marks: Mapping[str, Mark],
    fields: Mapping[str, Field],
    zone: tzinfo,
) -> Comparison:
    """Compare what a file says with what the row shows; `fields` says what headings mean."""
    found = Comparison()
    for heading, value in said.items():
        mark = marks.get(heading_key(heading), UNKNOWN)
        current = shown.get(heading)
        if is_same(value, current, fields.get(heading), zone) or mark.seen == mark_of(candidate_id, heading, value):
            continue  # said before: whatever HR has made of it since stays
        if not text(current):
            found.fills[heading] = value
        elif mark.seen and mark_of(candidate_id, heading, current) in mark.written:
            found.updates[heading] = value
        else:
            found.differences[heading] = value
    return found


def is_same(one: CellValue, other: CellValue, meaning: Field | None, zone: tzinfo) -> bool:
    """Tell whether two cells say the same, however they are written."""
    if folded(one) == folded(other):
        return True
    if not text(other) or not text(one):
        return False
    if meaning in _DATES:
        return _same_moment(date_time(one, zone), date_time(other, zone))
    if meaning is Field.TAGS:
        return set(split_tags(one)) <= set(split_tags(other))
    key = _KEYS.get(meaning, _no_key) if meaning is not None else _no_key
    return key(one) != "" and key(one) == key(other)


def _no_key(_value: CellValue) -> str:
    return ""


def _name_key(value: CellValue) -> str:
    return name_key(display_name(value))


def _address_key(value: CellValue) -> str:
    address = read_address(value).value
    return match_key(address) if address else ""


_KEYS: Mapping[Field, Callable[[CellValue], str]] = {
    Field.PHONE: phone_key,
    **dict.fromkeys((Field.ADDRESS, Field.MORE_ADDRESSES), _address_key),
    **dict.fromkeys((Field.NAME, Field.FAMILY_NAME, Field.GIVEN_NAME), _name_key),
}


def _same_moment(one: Moment | None, other: Moment | None) -> bool:
    if one is None or other is None:
        return False
    if one.has_time and other.has_time:
        return one.at.replace(second=0) == other.at.replace(second=0)
    return one.at.date() == other.at.date()
