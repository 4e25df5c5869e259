"""A file as it was read, and where in it the headings stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile

from sheets_automation.core.cells import text
from sheets_automation.core.csv_text import typed
from sheets_automation.core.headings import ALIASES, heading_key
from sheets_automation.core.importing.systems import System, recognise_system, role_headings, systems
from sheets_automation.core.table import CellValue, Table

_ROWS_TO_SEARCH = 30
_FEWEST_HEADINGS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file: its tables, and how it is written."""

    name: str
    """Without its folder."""
    tables: tuple[Table, ...]
    """One for a text file, the tabs of a workbook. Row numbers are the lines or rows that a person sees."""
    encoding: str = ""
    """As people call it, "UTF-8" or "Shift_JIS (CP932)"; empty for a workbook."""
    delimiter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSheet:
    """The table of a file that holds candidates."""

    file: SourceFile
    table: Table
    heading_row: int
    headings: Mapping[int, str]
    system: System | None

    @property
    def system_name(self) -> str:
        """The system's name, or what stands for an unknown one in the tabs."""
        return self.system.name if self.system else UNKNOWN_SYSTEM


UNKNOWN_SYSTEM = "その他"


def cell_text(value: CellValue) -> str:
    """Return what a cell of a file says: blanks around it, and an apostrophe against formulas, do not belong to it."""
    return typed(text(value))


def locate_headings(file: SourceFile, more_known: Collection[str] = ()) -> SourceSheet | None:
    """Find the headings: the row with most known ones within the first 30, else the first that could be headings.

    `more_known` are further headings, folded: those of the candidates tab and those that HR has mapped. None where no
    row has two cells of text.
    """
    known = {*_known_keys(), *more_known}
    best: tuple[int, Table, int, Mapping[int, str]] | None = None
    for table in file.tables:
        for row in takewhile(lambda one: one.number <= _ROWS_TO_SEARCH, table.rows()):
            headings: Mapping[int, str] = {
                column: shown for column, value in row.cells.items() if (shown := text(value))
            }
            count = len({heading_key(one) for one in headings.values()} & known)
            if (best is None or count > best[0]) and _may_be_headings(row.cells.values()):
                best = count, table, row.number, headings
    if best is None:
        return None
    _, table, number, headings = best
    system = recognise_system({heading_key(one) for one in headings.values()})
    return SourceSheet(file=file, table=table, heading_row=number, headings=headings, system=system)


def _may_be_headings(cells: Iterable[CellValue]) -> bool:
    """Two words at least, and nothing that only stands below headings: addresses, numbers, dates."""
    shown = [value for value in cells if text(value)]
    are_words = all(isinstance(one, str) and "@" not in one and not one.strip().isdecimal() for one in shown)
    return are_words and len(shown) >= _FEWEST_HEADINGS


def _known_keys() -> frozenset[str]:
    of_fields = (heading_key(one) for aliases in ALIASES.values() for one in aliases)
    of_systems = (key for one in systems() for key in (*one.signs, *one.meanings))
    return frozenset((*of_fields, *role_headings(), *of_systems))
