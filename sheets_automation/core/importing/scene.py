"""The workbook as an import sees it: who is there, what their rows say, and what earlier imports have done."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property

from sheets_automation.core.cells import text
from sheets_automation.core.headings import OWN_FIELDS, Field
from sheets_automation.core.importing.history import History
from sheets_automation.core.layout import Layout
from sheets_automation.core.model import Candidate
from sheets_automation.core.persons import find_persons
from sheets_automation.core.table import CellValue, Table


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One moment of the workbook."""

    layout: Layout
    table: Table
    """The candidates tab."""
    candidates: Sequence[Candidate]
    history: History
    zone: tzinfo

    @cached_property
    def by_id(self) -> Mapping[str, Candidate]:
        """Candidates by id; of a doubled one the first."""
        return {one.id: one for one in reversed(self.candidates)}

    @cached_property
    def ids_alone(self) -> frozenset[str]:
        """Ids beside nobody: what an undoing that died has left of a row."""
        column = self.layout.place.id_column
        if column is None:
            return frozenset()
        rows = (row for row in self.table.rows({column}) if row.number > self.layout.place.heading_row)
        return frozenset(text(row.cells.get(column)) for row in rows) - self.by_id.keys()

    @cached_property
    def doubled_ids(self) -> frozenset[str]:
        """Ids that stand in two rows, so that nothing can be written to either."""
        return frozenset(one for one, times in Counter(c.id for c in self.candidates).items() if times > 1)

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """What the headings of the tab mean, ours left out."""
        headings = dict(self.layout.headings)
        found = {headings[at]: one for one, at in self.layout.columns.items() if one not in OWN_FIELDS}
        return found | {headings[at]: Field.MORE_ADDRESSES for at in self.layout.more_address_columns}

    @cached_property
    def _families(self) -> Mapping[int, tuple[Candidate, ...]]:
        return find_persons(self.candidates).siblings

    def family_of(self, rows: Iterable[Candidate]) -> tuple[Candidate, ...]:
        """All rows of the person to whom these belong."""
        found: dict[str, Candidate] = {}
        for row in rows:
            found[row.id] = row
            if row.row in self._families:
                found |= {other.id: other for other in self._families[row.row]}
        return tuple(found.values())

    def cells_of(self, ids: Collection[str], headings: Collection[str]) -> Mapping[str, Mapping[str, CellValue]]:
        """What the rows of these candidates show under these headings, in one pass."""
        rows = {self.by_id[one].row: one for one in ids if one in self.by_id}
        columns = {at: heading for at, heading in self.layout.headings if heading in headings}
        found: dict[str, dict[str, CellValue]] = defaultdict(dict)
        for row in self.table.rows(columns.keys()) if rows and columns else ():
            if row.number in rows:
                found[rows[row.number]] = {columns[at]: value for at, value in row.cells.items()}
        return found
