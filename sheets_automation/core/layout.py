"""Where the candidates stand: which tab, which row holds the headings, and what each column means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile

from sheets_automation.core.cells import folded, text
from sheets_automation.core.heading_problems import (
    cell_name,
    doubled_heading,
    missing_headings,
    no_headings,
    no_such_tab,
    several_tabs,
)
from sheets_automation.core.headings import ALIASES, OWN_FIELDS, Field, heading_key
from sheets_automation.core.table import Row, Snapshot, Table
from sheets_automation.core.views import CandidatesPlace

__all__ = ["Field", "HeadingRules", "Layout", "cell_name", "fields_of", "locate_candidates"]

_ROWS_TO_SEARCH = 30
_LIKELY_TABS = ("候補者", "応募者", "candidates", "applicants")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingRules:
    """What the configuration says of headings."""

    aliases: Mapping[Field, Sequence[str]] = field(default_factory=dict)
    """Headings beside the known ones; they win over those."""
    tab: str | None = None
    """The title of the candidates tab; None to find it by its headings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The candidates tab, understood."""

    place: CandidatesPlace
    columns: Mapping[Field, int]
    """0-based; a field whose heading is absent is absent here."""
    more_address_columns: tuple[int, ...] = ()
    """Further address columns, of lower rank: for recognising people, never written to."""
    more_decision_columns: tuple[int, ...] = ()
    """Further columns for decisions, and the stage: read only to see whether they contradict the decision."""
    headings: tuple[tuple[int, str], ...]
    """Every heading as it stands there, with its column."""

    def column_of(self, heading: str) -> int | None:
        """Return the leftmost column under this heading, however it is spelt."""
        key = heading_key(heading)
        return next((column for column, there in self.headings if heading_key(there) == key), None)

    def heading_of(self, wanted: Field) -> str:
        """Return the heading that stands over a field's column, or the one to give to it."""
        column = self.columns.get(wanted)
        return ALIASES[wanted][0] if column is None else dict(self.headings)[column]


def locate_candidates(snapshot: Snapshot, rules: HeadingRules | None = None) -> Layout:
    """Find the candidates tab and its heading row within the first 30 rows.

    Raises HeadingProblem, with what was found and where, when a needed heading is missing or one we use is doubled.
    """
    rules = rules or HeadingRules()
    known = _Known(rules.aliases)
    finds = [found for table in _tables(snapshot, rules.tab) if (found := _heading_row(table, known))]
    if not finds:
        raise no_headings([rules.tab] if rules.tab else snapshot.tables, _ROWS_TO_SEARCH)
    complete = [found for found in finds if not found.missing]
    if not complete:
        best = max(finds, key=lambda found: len(found.columns))
        raise missing_headings(best.tab, best.number, best.missing, best.headings)
    return _layout(_the_one(complete))


def fields_of(headings: Mapping[int, str], aliases: Mapping[Field, Sequence[str]]) -> Mapping[Field, tuple[int, ...]]:
    """Return the columns of each field under these headings, best first. No column means two things."""
    return _Known(aliases).columns(headings)


@cache
def _alias_keys() -> Mapping[Field, Sequence[str]]:
    """The headings that are known without configuration, as they are compared."""
    return {one: [*map(heading_key, aliases)] for one, aliases in ALIASES.items()}


class _Known:
    """Which headings mean which field, and which wins."""

    def __init__(self, configured: Mapping[Field, Sequence[str]]) -> None:
        self.ranks: dict[Field, dict[str, int]] = {}
        for one, known in _alias_keys().items():
            keys = dict.fromkeys((*map(heading_key, configured.get(one, ())), *known))
            self.ranks[one] = {key: rank for rank, key in enumerate(keys)}
        # Further addresses are addresses of lower rank: where only a mobile address exists, it is the address.
        mine, more = self.ranks[Field.ADDRESS], self.ranks.pop(Field.MORE_ADDRESSES)
        for key, rank in more.items():
            if key in map(heading_key, configured.get(Field.MORE_ADDRESSES, ())):
                mine.pop(key, None)
            mine.setdefault(key, len(ALIASES[Field.ADDRESS]) * 10 + rank)
        self._all = frozenset(key for ranks in self.ranks.values() for key in ranks)
        self._key_of: dict[str, str] = {}  # the rows below the headings often say the same

    def _key(self, heading: str) -> str:
        if heading not in self._key_of:
            self._key_of[heading] = heading_key(heading)
        return self._key_of[heading]

    def count(self, texts: Iterable[str]) -> int:
        """Tell how many of these texts are headings that are known."""
        return sum(self._key(one) in self._all for one in texts)

    def columns(self, headings: Mapping[int, str]) -> dict[Field, tuple[int, ...]]:
        """Return the columns of each field, best first. No column means two things."""
        keys = {column: key for column, heading in headings.items() if (key := self._key(heading)) in self._all}
        found: dict[Field, tuple[int, ...]] = {}
        for one, ranks in self.ranks.items() if keys else ():
            mine = sorted((ranks[key], column) for column, key in keys.items() if key in ranks)
            if mine:
                found[one] = tuple(column for _, column in mine)
                keys.pop(found[one][0])
        if Field.DECISION not in found and Field.STAGE in found:
            # A hand-made sheet often has one column for both, 段階 or 選考ステップ.
            found[Field.DECISION] = found.pop(Field.STAGE)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _HeadingRow:
    """The row of a tab that holds the headings."""

    tab: str
    number: int
    headings: Mapping[int, str]
    columns: Mapping[Field, tuple[int, ...]]

    @property
    def missing(self) -> tuple[Field, ...]:
        """The fields that we cannot do without and that have no column here."""
        name_is_there = Field.NAME in self.columns or Field.FAMILY_NAME in self.columns
        absent = [one for one in (Field.ADDRESS, Field.DECISION) if one not in self.columns]
        return (*(() if name_is_there else (Field.NAME,)), *absent)


def _tables(snapshot: Snapshot, wanted: str | None) -> list[Table]:
    if wanted is None:
        return list(snapshot.tables.values())
    found = [table for title, table in snapshot.tables.items() if folded(title) == folded(wanted)]
    if not found:
        raise no_such_tab(wanted, snapshot.tables)
    return found


def _heading_row(table: Table, known: _Known) -> _HeadingRow | None:
    """Return the row with most known headings; None where there are fewer than two, which may be chance."""
    finds = [
        _HeadingRow(tab=table.title, number=number, headings=headings, columns=known.columns(headings))
        for number, headings in _possible_headings(table, known)
    ]
    best = max(finds, key=lambda found: len(found.columns), default=None)
    return best if best and len(best.columns) > 1 else None


def _possible_headings(table: Table, known: _Known) -> Iterator[tuple[int, dict[int, str]]]:
    """Give each of the first rows alone, and filled up from the row above, as headings over merged cells need it.

    A row with fewer than two known headings is none, and most rows are told by that in little time.
    """
    number_above, above, known_above = 0, dict[int, str](), 0
    for row in takewhile(_is_near_top, table.rows()):
        own = {column: shown for column, value in row.cells.items() if (shown := text(value))}
        known_here = known.count(own.values())
        if known_here > 1:
            yield row.number, dict(sorted(own.items()))
        if number_above == row.number - 1 and known_here + known_above > 1:
            yield row.number, dict(sorted({**above, **own}.items()))
        number_above, above, known_above = row.number, own, known_here


def _is_near_top(row: Row) -> bool:
    return row.number <= _ROWS_TO_SEARCH


def _the_one(complete: list[_HeadingRow]) -> _HeadingRow:
    """Choose among tabs that could all be the candidates tab: only a usual title settles it."""
    likely = [found for found in complete if folded(found.tab) in _LIKELY_TABS]
    chosen = likely if len(likely) == 1 else complete
    if len(chosen) > 1:
        raise several_tabs(found.tab for found in complete)
    return chosen[0]


def _layout(found: _HeadingRow) -> Layout:
    for one, places in found.columns.items():
        if one not in OWN_FIELDS:  # of our own, which two runs may have made at once, the first one counts
            _refuse_doubled(found, places)
    columns = {one: places[0] for one, places in found.columns.items()}
    id_column = columns.get(Field.ID)
    name_column = columns.get(Field.NAME, columns.get(Field.FAMILY_NAME, 0))
    place = CandidatesPlace(
        tab=found.tab,
        heading_row=found.number,
        id_column=id_column,
        id_heading=ALIASES[Field.ID][0] if id_column is None else found.headings[id_column],
        name_column=name_column,
        address_column=columns[Field.ADDRESS],
    )
    return Layout(
        place=place,
        columns=columns,
        more_address_columns=found.columns[Field.ADDRESS][1:],
        more_decision_columns=tuple(
            dict.fromkeys((*found.columns[Field.DECISION][1:], *found.columns.get(Field.STAGE, ())))
        ),
        headings=tuple(found.headings.items()),
    )


def _refuse_doubled(found: _HeadingRow, columns: tuple[int, ...]) -> None:
    """Refuse two columns under the heading that would be used; other headings of lower rank are extra columns."""
    key = heading_key(found.headings[columns[0]])
    same = [column for column in columns if heading_key(found.headings[column]) == key]
    if len(same) > 1:
        raise doubled_heading(found.tab, found.number, found.headings[columns[0]], same)
