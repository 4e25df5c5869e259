"""What we show in a workbook, said without any vendor's words; every backend draws it with its own means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import isclose

from sheets_automation.core.table import CellValue, Table


class Look(StrEnum):
    """How a cell looks: each backend knows one style for each of these."""

    TITLE = "title"
    SECTION = "section"  # a title within a tab
    LABEL = "label"  # says what the key figure beside it is
    NOTE = "note"  # small and grey, may be long: wraps over the width of the tab
    HEADING = "heading"
    TEXT = "text"
    WRAPPED = "wrapped"
    NUMBER = "number"
    BIG_NUMBER = "big_number"  # a key figure
    DATE = "date"
    DATETIME = "datetime"
    DECIMAL = "decimal"
    PERCENT = "percent"
    YEN = "yen"
    QUIET = "quiet"  # grey: nothing to do
    GOOD = "good"  # green: sent, earned
    WAIT = "wait"  # blue: will go by itself
    ATTENTION = "attention"  # amber: a person has to act
    BAD = "bad"  # red: uncertain, refused


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewCell:
    """One cell of a view."""

    value: CellValue
    look: Look = Look.TEXT
    is_passing: bool = False
    """A moment such as "as of 10:03": it alone is no reason to write the tab again."""
    formula: str = ""
    """Of our own making, such as "=SUM(B3:B9)": lets people check, and `value` is what it comes to. Never of text that
    somebody else wrote. As it counts anew by itself, what it shows is no reason to write the tab again."""


class ChartKind(StrEnum):
    """The charts that we draw."""

    COLUMN = "column"
    STACKED_COLUMN = "stacked_column"
    BAR = "bar"
    LINE = "line"
    DOUGHNUT = "doughnut"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSeries:
    """One series of a chart; ranges are columns of the view between two rows, both included, 0-based."""

    name: str
    category_column: int
    value_column: int
    first_row: int
    last_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """A native chart, anchored at a cell."""

    kind: ChartKind
    title: str
    series: tuple[ChartSeries, ...]
    row: int
    column: int
    width: int = 560
    height: int = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class TabView:
    """A whole tab of ours, rebuilt each time. A1 holds `title`, which is also how a tab is known to be ours."""

    tab: str
    title: str
    rows: tuple[tuple[ViewCell | None, ...], ...]
    """From row 1 down (the first holds the title); None is an empty cell."""
    widths: tuple[int, ...] = ()
    """Column widths in half-width characters."""
    frozen_rows: int = 0
    charts: tuple[ChartView, ...] = ()
    page_starts: tuple[int, ...] = ()
    """0-based rows with which a printed page begins, where the backend knows pages: no chart is to be cut in two."""
    is_protected: bool = False
    """Whether people are kept from editing it by accident; there is no password."""
    filter_row: int | None = None
    """0-based row of the headings of a list that people filter; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """An id for a row that has none yet. The row is found by what it held when it was read."""

    row: int
    candidate_id: str
    name_text: CellValue
    address_text: CellValue


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRow:
    """A candidate who is to be added below the last row."""

    candidate_id: str
    cells: Mapping[str, CellValue]
    """By heading of the candidates tab; the id is written of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnColumn:
    """A column beside the candidates that is ours; made at the right end when it is missing."""

    heading: str
    width: int
    look: Look = Look.TEXT
    words: Mapping[str, Look] = field(default_factory=dict)
    """The words that it may hold, with the look of each, for backends that colour cells by rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatesPlace:
    """Where the candidates stand, as found when they were read."""

    tab: str
    heading_row: int
    """1-based."""
    id_column: int | None
    """0-based; None when the workbook has no id column yet."""
    id_heading: str
    name_column: int
    address_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """One pass of writing: identities first, then what we say of each candidate, then whole tabs."""

    place: CandidatesPlace | None = None
    identities: tuple[Identity, ...] = ()
    columns: tuple[OwnColumn, ...] = ()
    cells: Mapping[str, Mapping[str, ViewCell]] = field(default_factory=dict)
    """By candidate id, then by own heading. Ids that are gone or doubled in the workbook are passed over."""
    new_rows: tuple[NewRow, ...] = ()
    """Candidates to add; one whose id stands in the workbook already is passed over, so it may be said again."""
    only_over: Mapping[str, Mapping[str, CellValue]] = field(default_factory=dict)
    """By candidate id, then by heading: what cells of HR's must still hold, or nothing is written (WorkbookChanged)."""
    tabs: tuple[TabView, ...] = ()
    run_open: str | None = None
    """Run id while letters may be under way (stamped before the first one), None when nothing is outstanding."""


def unheaded(column: int) -> str:
    """The name, in place of a heading, of a 0-based column that has none, or one that stands further left already."""
    return f"#{column}#"


def unheaded_column(name: str) -> int | None:
    """The column that `unheaded` has named so; None for every heading."""
    number = name[1:-1]
    return int(number) if name == f"#{number}#" and number.isdecimal() else None


def is_free(view: TabView, table: Table | None) -> bool:
    """Whether this view may take the place of its tab: there is none, nothing stands in it, or it is ours."""
    if table is None:
        return True
    title = next((row.cells.get(0) for row in table.rows() if row.number == 1), None)
    return title == view.title or not any(table.rows())


def is_shown(view: TabView, table: Table | None) -> bool:
    """Whether the tab shows this view already, apart from cells that are passing."""
    if table is None:
        return False
    wanted = {
        (row, column): cell
        for row, cells in enumerate(view.rows)
        for column, cell in enumerate(cells)
        if cell is not None and cell.value not in {None, ""}
    }
    for row in table.rows():
        for column, value in row.cells.items():
            cell = wanted.pop((row.number - 1, column), None)
            if cell is None or not (cell.is_passing or cell.formula or same_value(cell.value, value)):
                return False
    return not wanted


def same_value(wanted: CellValue, shown: CellValue) -> bool:
    """Whether a cell shows a value; dates to the second, since a serial date has no exact ones."""
    if isinstance(wanted, datetime) and isinstance(shown, datetime):
        return abs((wanted - shown).total_seconds()) < 1
    if isinstance(wanted, float) and isinstance(shown, int | float):
        return isclose(wanted, shown, rel_tol=1e-9)
    return (wanted or None) == (shown or None) or wanted == shown
