"""A workbook in memory: for tests, and the shortest true account of what every other backend must do."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from sheets_automation.core.errors import TabNotOurs, WorkbookError
from sheets_automation.core.headings import heading_key
from sheets_automation.core.table import CellValue, Row, RowSource, Snapshot, Table
from sheets_automation.core.views import CandidatesPlace, TabView, Views
from sheets_automation.ports import NO_FACTS, FactChanges, Facts
from sheets_automation.workbooks.placing import changed, place_views

Cells = dict[int, CellValue]
_FACT_ID = "記録ID"


@dataclass(slots=True)
class MemorySheet:
    """One tab: rows by number from 1, cells by column from 0, empty cells absent."""

    rows: dict[int, Cells] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)

    def copy(self) -> MemorySheet:
        """The same cells in a tab of its own."""
        return MemorySheet({number: dict(cells) for number, cells in self.rows.items()}, set(self.hidden))

    def grid(self) -> list[list[CellValue]]:
        """The tab as people see it: every row from the first to the last, every cell from column A."""
        width = self.width()
        return [[self.rows.get(n, {}).get(c) for c in range(width)] for n in range(1, self.last_row() + 1)]

    def last_row(self) -> int:
        """Number of the last row that holds anything; 0 for an empty tab."""
        return max((number for number, cells in self.rows.items() if cells), default=0)

    def width(self) -> int:
        """How many columns hold anything, up to the last one."""
        return max((column + 1 for cells in self.rows.values() for column in cells), default=0)

    def put(self, row: int, column: int, value: CellValue) -> None:
        """Set a cell; an empty value clears it."""
        cells = self.rows.setdefault(row, {})
        cells.pop(column, None)
        if value is not None and value != "":
            cells[column] = value


def sheet_of(grid: Sequence[Sequence[CellValue]], hidden: Collection[int] = ()) -> MemorySheet:
    """A tab with these cells, row by row from row 1; None is an empty cell."""
    sheet = MemorySheet(hidden=set(hidden))
    for number, cells in enumerate(grid, start=1):
        for column, value in enumerate(cells):
            sheet.put(number, column, value)
    return sheet


@dataclass(slots=True)
class MemoryFile:
    """What outlives a process: the tabs as people see them, and the facts that they do not show yet."""

    sheets: dict[str, MemorySheet] = field(default_factory=dict)
    journal: list[tuple[str, Mapping[str, CellValue]]] = field(default_factory=list)
    run_open: str | None = None


class MemoryWorkbook:
    """A Workbook over a MemoryFile; opening another one over the same file is what a second process would do."""

    def __init__(self, file: MemoryFile) -> None:
        self._file = file

    @property
    def title(self) -> str:
        """What people call it."""
        return "memory"

    @property
    def single_run(self) -> bool:
        """Anybody may open another one over the same file."""
        return False

    def link_to(self, _tab: str) -> str:
        """No address leads into a file."""
        return ""

    def read(self) -> Snapshot:
        """Everything at one moment, facts appended a moment ago included."""
        sheets = _with_facts(self._file)
        tables = {title: Table(title=title, source=_source(sheet)) for title, sheet in sheets.items()}
        shown = repr([(title, sorted(sheet.rows.items())) for title, sheet in self._file.sheets.items()])
        return Snapshot(tables=tables, revision=hashlib.sha256(shown.encode()).hexdigest())

    def append(self, facts: Facts) -> None:
        """Append rows to fact tabs, all or none."""
        additions = [(tab, dict(row)) for tab, rows in facts.items() for row in rows]
        _with_facts(MemoryFile(sheets=self._file.sheets, journal=[*self._file.journal, *additions]))
        self._file.journal.extend(additions)

    def show(self, views: Views, facts: Facts = NO_FACTS) -> None:
        """Write identities, our own columns, our own tabs and new facts in one pass, or nothing."""
        sheets = _with_facts(self._file)
        for title, rows in facts.items():
            for row in rows:
                _add_fact(title, sheets.setdefault(title, MemorySheet()), row)
        for tab in views.tabs:
            sheets[tab.tab] = _drawn(tab, sheets.get(tab.tab))
        if views.place is not None:
            _show_candidates(sheets.get(views.place.tab), views.place, views)
        self._file.sheets, self._file.journal, self._file.run_open = sheets, [], views.run_open

    def lost_facts(self) -> Collection[str]:
        """Nobody notes what this one holds."""
        return ()

    def replace_facts(self, tab: str, rows: Sequence[Mapping[str, CellValue]], aside: str) -> None:
        """Make a fact tab anew, and put the old one aside."""
        sheets = _with_facts(self._file)
        if tab in sheets:
            sheets[aside] = sheets.pop(tab)
        for row in rows:
            _add_fact(tab, sheets.setdefault(tab, MemorySheet()), row)
        self._file.sheets = sheets
        self._file.journal = []

    def rewrite(self, changes: FactChanges, views: Views, facts: Facts) -> None:
        """Change facts, write views and append facts in one pass, or nothing."""
        before = deepcopy(self._file)
        try:
            self._file.sheets, self._file.journal = _with_facts(self._file), []
            for title, by_id in changes.items():
                _change_facts(self._file.sheets.get(title, MemorySheet()), by_id)
            self.show(views, facts)
        except WorkbookError:
            self._file.sheets, self._file.journal = before.sheets, before.journal
            raise

    def forget_copies(self) -> Mapping[str, int]:
        """Memory keeps none."""
        return {}

    def beneath(self, _words: Collection[str]) -> Mapping[str, int]:
        """Nothing is beneath the cells."""
        return {}

    def close(self) -> None:
        """Let go of nothing: memory needs no lock."""


def _source(sheet: MemorySheet) -> RowSource:
    def rows(columns: Collection[int] | None) -> Iterator[Row]:
        for number in sorted(sheet.rows):
            cells = {c: v for c, v in sheet.rows[number].items() if columns is None or c in columns}
            if cells:
                yield Row(number, cells, number in sheet.hidden)

    return rows


def _with_facts(file: MemoryFile) -> dict[str, MemorySheet]:
    """A copy of the tabs in which every appended fact has its row."""
    sheets = {title: sheet.copy() for title, sheet in file.sheets.items()}
    for tab, fact in file.journal:
        _add_fact(tab, sheets.setdefault(tab, MemorySheet()), fact)
    return sheets


def _add_fact(tab: str, sheet: MemorySheet, fact: Mapping[str, CellValue]) -> None:
    """Put a fact below the last row, under its headings; headings that the tab lacks go to the right end."""
    if not sheet.width():
        sheet.rows[1] = dict(enumerate(fact))
    heading_row = next((n for n in sorted(sheet.rows) if set(fact) & set(sheet.rows[n].values())), None)
    if heading_row is None:
        raise TabNotOurs(tab)
    headings = {value: column for column, value in sheet.rows[heading_row].items()}
    row = sheet.last_row() + 1
    for heading, value in fact.items():
        if heading not in headings:
            headings[heading] = sheet.width()
            sheet.put(heading_row, headings[heading], heading)
        sheet.put(row, headings[heading], value)


def _change_facts(sheet: MemorySheet, changes: Mapping[str, Mapping[str, CellValue]]) -> None:
    """Change cells of facts by id, under the headings that are there."""
    headings: dict[CellValue, int] = {}
    for number in sorted(sheet.rows):
        cells = sheet.rows[number]
        if not headings and _FACT_ID in cells.values():
            headings = {value: column for column, value in cells.items()}
        elif headings and (change := changes.get(str(cells.get(headings[_FACT_ID])))) is not None:
            for heading, value in change.items():
                if heading in headings:
                    sheet.put(number, headings[heading], value)


def _drawn(view: TabView, present: MemorySheet | None) -> MemorySheet:
    """The tab as the view says it; what stood there is replaced, if it was ours."""
    if present is not None and present.width() and present.rows.get(1, {}).get(0) != view.title:
        raise TabNotOurs(view.tab)
    return sheet_of([[cell.value if cell else None for cell in cells] for cells in view.rows])


def _show_candidates(sheet: MemorySheet | None, place: CandidatesPlace, views: Views) -> None:
    if sheet is None:
        raise changed(place.tab)
    placement = place_views(Table(title=place.tab, source=_source(sheet)), place, views)
    columns = placement.columns_with(sheet.width())
    for column in placement.new_columns:
        sheet.put(place.heading_row, columns[heading_key(column.heading)], column.heading)
    for one in (*placement.identities, *placement.cells):
        sheet.put(one.row, columns[one.heading], one.cell.value)
    for number, row in enumerate(placement.new_rows, start=sheet.last_row() + 1):
        for heading, value in row.items():
            sheet.put(number, columns[heading], value)
