"""The fact tabs of a workbook file, with the facts of the journal that they do not show yet.

The journal is the better witness of what this machine did: a log that holds nothing but facts of the journal, and not
as the journal tells them, was deleted from, sorted or edited by somebody, and is written anew. One with rows that the
journal does not know (the workbook was elsewhere) is left as it is, and whoever reads the facts judges it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from sheets_automation.core.errors import TabNotOurs
from sheets_automation.core.table import CellValue, Row, Table
from sheets_automation.core.views import TabView, ViewCell

FACT_ID = "記録ID"
Fact = Mapping[str, CellValue]
Cells = Mapping[int, CellValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """What to write into a fact tab: headings that it lacks and rows that it does not hold, or all of it anew."""

    tab: str
    heading_row: int
    headings: Cells
    rows: Mapping[int, Cells]
    is_whole_tab: bool = False
    """The tab is new, or not as the journal tells it, and is written as a whole."""

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.headings or self.rows)


class FactTab:
    """One fact tab of one file: what it shows, read once, and the facts that came since."""

    def __init__(self, tab: str, table: Table | None) -> None:
        self.tab = tab
        self._shown = list(table.rows()) if table is not None else []
        self._is_new = not self._shown
        self._head: Row | None = None
        self._begin()

    def _begin(self) -> None:
        """Stand where the file stands: no fact has come yet."""
        self._columns: dict[str, int] = {}
        self._new_headings: dict[int, CellValue] = {}
        self._rows: dict[int, Cells] = {}
        self._changed: dict[int, Cells] = {}
        self._known: set[CellValue] = set()
        self._width = max((column + 1 for row in self._shown for column in row.cells), default=0)
        self._last = self._shown[-1].number if self._shown else 1

    def add(self, facts: Collection[Fact]) -> None:
        """Take facts; those that the tab shows already stay where they are. WriteRefused for a tab that is not ours."""
        if facts:
            self._find_headings(facts)
        for fact in facts:
            if fact.get(FACT_ID) in self._known:
                continue
            self._known.add(fact.get(FACT_ID))
            self._add_headings(fact)
            self._last += 1
            self._rows[self._last] = {
                self._columns[heading]: value for heading, value in fact.items() if value not in {None, ""}
            }

    def restore(self, facts: Collection[Fact]) -> None:
        """Write the tab anew if it holds nothing but these facts, and holds them otherwise than they happened."""
        if self._is_new or self._head is None or FACT_ID not in self._columns:
            return
        told = {fact.get(FACT_ID): fact for fact in facts}
        body = [row for row in self._shown if row.number > self._head.number]
        ids = [row.cells.get(self._columns[FACT_ID]) for row in body]
        if any(one not in told for one in ids):
            return
        in_order = list(told)[: len(ids)] == ids
        if in_order and all(self._tells(row, told[one]) for row, one in zip(body, ids, strict=True)):
            return
        self._shown, self._head, self._is_new = [], None, True
        self._begin()
        self.add(facts)

    def change(self, changes: Mapping[str, Fact]) -> None:
        """Change cells of facts that the file shows, each found by its id; what lacks a heading gets none."""
        self._find_headings([{FACT_ID: ""}])
        at = self._columns.get(FACT_ID, -1)
        for place, row in enumerate(self._shown):
            if (change := changes.get(str(row.cells.get(at)))) is not None:
                wanted = {
                    self._columns[heading]: value for heading, value in change.items() if heading in self._columns
                }
                cells = {
                    column: value for column, value in wanted.items() if (value or "") != row.cells.get(column, "")
                }
                before = self._changed.get(row.number, {})
                self._changed[row.number] = {**before, **{column: value or None for column, value in cells.items()}}
                kept = {column: value for column, value in {**row.cells, **cells}.items() if value not in {None, ""}}
                self._shown[place] = row._replace(cells=kept)

    def additions(self) -> Additions:
        """What the file lacks, and what it shows otherwise than it is by now."""
        changed = {number: cells for number, cells in self._changed.items() if cells}
        return self._added({**changed, **self._rows})

    def _added(self, rows: Mapping[int, Cells]) -> Additions:
        return Additions(
            tab=self.tab,
            heading_row=self._head.number if self._head else 1,
            headings=dict(self._new_headings),
            rows=rows,
            is_whole_tab=self._is_new,
        )

    def table(self) -> Table:
        """The tab as it will be once everything is written. Later facts do not change a table that was given out."""
        # Nothing is copied, since a run asks after each letter: rows only come, and this table knows how many it has.
        return Table(title=self.tab, source=partial(_merged, self._shown, self._added(self._rows), len(self._rows)))

    def _find_headings(self, facts: Collection[Fact]) -> None:
        if self._columns or self._is_new:
            return
        wanted = {heading for fact in facts for heading in fact}
        self._head = next((row for row in self._shown if wanted & set(map(str, row.cells.values()))), None)
        if self._head is None:
            raise TabNotOurs(self.tab)
        self._columns = {str(value): column for column, value in self._head.cells.items()}
        id_column = self._columns.get(FACT_ID, -1)
        self._known = {row.cells[id_column] for row in self._shown if id_column in row.cells}

    def _add_headings(self, fact: Fact) -> None:
        for heading in fact:
            if heading not in self._columns:
                self._columns[heading] = self._width
                self._new_headings[self._width] = heading
                self._width += 1

    def _tells(self, row: Row, fact: Fact) -> bool:
        return all(
            row.cells.get(self._columns.get(heading, -1), "") == (value or "") for heading, value in fact.items()
        )


def copy_of(table: Table, title: str) -> TabView:
    """A tab as it stands, under another title: what a person may have changed in it is kept to be looked at."""
    rows = list(table.rows())
    width = max((column + 1 for row in rows for column in row.cells), default=0)
    by_number = {row.number: row.cells for row in rows}
    grid = tuple(
        tuple(ViewCell(value=cells[c]) if c in cells else None for c in range(width))
        for cells in (by_number.get(number, {}) for number in range(1, max(by_number, default=0) + 1))
    )
    return TabView(tab=title, title=str(by_number.get(1, {}).get(0, "")), rows=grid)


def _merged(shown: Sequence[Row], added: Additions, count: int, columns: Collection[int] | None) -> Iterator[Row]:
    if added.is_whole_tab:
        yield from _projected(Row(added.heading_row, added.headings), columns)
    for row in shown:
        is_head = row.number == added.heading_row
        yield from _projected(row._replace(cells={**row.cells, **added.headings}) if is_head else row, columns)
    for number, cells in islice(list(added.rows.items()), count):
        yield from _projected(Row(number, cells), columns)


def _projected(row: Row, columns: Collection[int] | None) -> Iterator[Row]:
    cells = {c: v for c, v in row.cells.items() if columns is None or c in columns}
    if cells:
        yield row._replace(cells=cells)
