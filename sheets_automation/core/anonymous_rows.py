"""What is left of the rows of people who were erased: all that is counted, and nothing that says who they were.

An analysis counts by medium, opening, tags, skills and credit, each alone, over the month of the application and the
result. So these five are dealt anew among the rows with the same month and result: every figure stays what it was, and
no row says any more that this opening, this medium and these tags belonged together.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Final

from sheets_automation.core.analysis_forbidden import is_forbidden_heading, is_forbidden_label
from sheets_automation.core.analysis_groups import SKILL_HEADINGS
from sheets_automation.core.cells import folded, split_tags
from sheets_automation.core.erased import erased_person, keyed_mark
from sheets_automation.core.headings import Field, heading_key
from sheets_automation.core.importing.reapplication import APART
from sheets_automation.core.layout import Layout
from sheets_automation.core.model import Candidate
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import ViewCell, unheaded

OPTED_OUT: Final = "停止"
_AS_IT_IS: Final = (Field.ID, Field.DECISION, Field.DECIDED_AT, Field.STAGE, Field.LETTER_STATUS, Field.LETTER_AT)
_DEALT: Final = (Field.MEDIUM, Field.OPENING, Field.TAGS, Field.CREDIT)
_LONGEST_LABEL: Final = 60
"""Bytes, so that twenty 漢字 are as much as sixty letters: whatever is longer is no label but a note about somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRows:
    """The candidates tab, with all that an anonymous row depends on."""

    layout: Layout
    cells: Mapping[int, Mapping[int, CellValue]]
    """What stands in the row of headings and in each row below it, by row and column."""
    told: Mapping[int, bool]
    """By row, the rejected who are to be told, and whether they were."""
    zone: tzinfo


@dataclass(slots=True, kw_only=True)
class AnonymousRows:
    """What to write, by candidate id and heading."""

    cells: dict[str, dict[str, ViewCell]] = field(default_factory=dict)
    held: dict[str, dict[str, CellValue]] = field(default_factory=dict)
    """What stands there now."""
    persons: dict[str, str] = field(default_factory=dict)
    """By candidate id: what stands for the person."""
    alone: int = 0
    """Rows with whose month and result no other anonymous row stands: they say as much as the figures do."""


def anonymise(
    families: Sequence[Sequence[Candidate]],
    past: Sequence[Candidate],
    sheet: SheetRows,
    *,
    key: str,
    seed: str,
    smallest_group: int = 1,
) -> AnonymousRows:
    """Say what becomes of the rows of these people. `past` are rows that are anonymous already: they are dealt in.

    In groups smaller than `smallest_group`, nothing is left to be counted by. `seed` is drawn anew each time: nobody
    can find out afterwards how the cells were dealt.
    """
    if not any(families):
        return AnonymousRows()
    work = _Work(sheet, key)
    for family in families:
        work.erase(family)
    work.deal([*(one for family in families for one in family), *past], seed, smallest_group)
    return work.differing()


class _Work:
    def __init__(self, sheet: SheetRows, key: str) -> None:
        self._sheet = sheet
        self._key = key
        self._columns = sheet.layout.columns
        self._names = _names_of_columns(sheet)
        self._dealt = _dealt_columns(sheet.layout)
        self._wanted: dict[str, dict[int, CellValue]] = {}
        self._row_of: dict[str, int] = {}
        self._persons: dict[str, str] = {}
        self._alone = 0

    def erase(self, family: Sequence[Candidate]) -> None:
        person = erased_person([one.id for one in family], self._key)
        has_days = not _months_tell_the_same(family)
        for one in family:
            shown = self._sheet.cells.get(one.row, {})
            wanted: dict[int, CellValue] = dict.fromkeys(shown)
            wanted |= {at: shown.get(at) for field in _AS_IT_IS if (at := self._columns.get(field)) is not None}
            wanted[self._columns[Field.ADDRESS]] = person
            wanted |= self._opt_out(one)
            wanted |= self._moments(one, shown, has_days=has_days)
            wanted |= {at: _kept_labels(shown.get(at), is_list=is_list) for at, is_list in self._dealt.items()}
            self._wanted[one.id], self._row_of[one.id], self._persons[one.id] = wanted, one.row, person

    def deal(self, rows: Sequence[Candidate], seed: str, smallest_group: int) -> None:
        """Shuffle each of the dealt columns within the rows that no figure tells apart."""
        groups: dict[object, list[Candidate]] = defaultdict(list)
        for one in rows:
            groups[self._group(one)].append(one)
        for group in groups.values():
            self._alone += len(group) == 1
            for at in self._dealt:
                self._deal_column(group, at, seed, is_left=len(group) >= smallest_group)

    def _deal_column(self, group: Sequence[Candidate], at: int, seed: str, *, is_left: bool) -> None:
        def order(purpose: str) -> list[str]:
            return sorted((one.id for one in group), key=lambda one: keyed_mark(seed, purpose, str(at), one))

        for one in group:
            self._row_of[one.id] = one.row
        cells = [self._cell(candidate_id, at) for candidate_id in order("from")]
        for candidate_id, value in zip(order("to"), cells, strict=True):
            self._wanted.setdefault(candidate_id, {})[at] = value if is_left else None

    def _cell(self, candidate_id: str, at: int) -> CellValue:
        wanted = self._wanted.get(candidate_id, {})
        return wanted[at] if at in wanted else self._shown(candidate_id).get(at)

    def _shown(self, candidate_id: str) -> Mapping[int, CellValue]:
        return self._sheet.cells.get(self._row_of[candidate_id], {})

    def _group(self, one: Candidate) -> object:
        applied = one.applied_at.astimezone(self._sheet.zone) if one.applied_at else None
        month = (applied.year, applied.month) if applied else None
        return folded(one.stage), one.decision, month, self._sheet.told.get(one.row), one.from_agency

    def _opt_out(self, one: Candidate) -> dict[int, CellValue]:
        at = self._columns.get(Field.OPT_OUT)
        return {} if at is None else {at: OPTED_OUT if one.opted_out else None}

    def _moments(self, one: Candidate, shown: Mapping[int, CellValue], *, has_days: bool) -> dict[int, CellValue]:
        found: dict[int, CellValue] = {}
        if (at := self._columns.get(Field.APPLIED_AT)) is not None:
            found[at] = shown.get(at) if has_days and one.applied_at else self._month(one.applied_at, shown.get(at))
        if (at := self._columns.get(Field.FIRST_SEEN)) is not None:
            found[at] = self._month(one.first_seen_at, shown.get(at))
        if (at := self._columns.get(Field.DECIDED_AT)) is not None and one.decided_at is None:
            found[at] = None  # whatever stands there is no date
        return found

    def _month(self, moment: datetime | None, cell: CellValue) -> CellValue:
        """The first day of the month, in the form in which the cell held its day."""
        if moment is None:
            return None
        first = moment.astimezone(self._sheet.zone).replace(
            day=1, hour=0, minute=0, second=0, microsecond=0, tzinfo=None
        )
        return first if isinstance(cell, datetime) else f"{first:%Y/%m/%d}"

    def differing(self) -> AnonymousRows:
        """Only the cells that are to change."""
        found = AnonymousRows(persons=self._persons, alone=self._alone)
        for candidate_id, wanted in self._wanted.items():
            shown = self._shown(candidate_id)
            changed = {at: value for at, value in wanted.items() if (value or None) != (shown.get(at) or None)}
            if changed:
                found.cells[candidate_id] = {self._names[at]: ViewCell(value=value) for at, value in changed.items()}
                found.held[candidate_id] = {self._names[at]: shown.get(at) for at in changed}
        return found


def _names_of_columns(sheet: SheetRows) -> Mapping[int, str]:
    """By which name each column is written to: its heading, where that names it alone, or else its place."""
    taken: set[str] = set()
    names: dict[int, str] = {}
    for column, heading in sorted(sheet.cells.get(sheet.layout.place.heading_row, {}).items()):
        if (key := heading_key(heading)) and key not in taken:
            taken.add(key)
            names[column] = str(heading)
    columns = {column for cells in sheet.cells.values() for column in cells} | set(sheet.layout.columns.values())
    return {column: names.get(column) or unheaded(column) for column in columns}


def _dealt_columns(layout: Layout) -> Mapping[int, bool]:
    """The columns that are counted by, and whether their cells are lists. What may not be counted by is not kept."""
    found = {at: one is Field.TAGS for one in _DEALT if (at := layout.columns.get(one)) is not None}
    found |= {at: True for heading in SKILL_HEADINGS if (at := layout.column_of(heading)) is not None}
    headings = dict(layout.headings)
    return {at: is_list for at, is_list in found.items() if not is_forbidden_heading(headings.get(at, ""))}


def _kept_labels(cell: CellValue, *, is_list: bool) -> CellValue:
    if not is_list:
        return cell
    return "、".join(label for label in split_tags(cell) if _may_stay(label)) or None


def _may_stay(label: str) -> bool:
    return (
        len(label.encode("utf-8", "replace")) <= _LONGEST_LABEL and "@" not in label and not is_forbidden_label(label)
    )


def _months_tell_the_same(family: Iterable[Candidate]) -> bool:
    """Whether the months alone say who came back after how long, as the days do."""
    moments = sorted(one.applied_at for one in family if one.applied_at)
    months = [moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0) for moment in moments]
    days = [later - earlier >= APART for earlier, later in itertools.pairwise(moments)]
    return days == [later - earlier >= APART for earlier, later in itertools.pairwise(months)]
