"""What the people who own a workbook do to it between two calls of ours, for every backend alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from sheets_automation.core.table import CellValue
from sheets_automation.ports import Workbook

Grid = list[list[CellValue]]
"""One tab, row by row from row 1 and column by column from A; None is an empty cell."""


class Store(Protocol):
    """One workbook of the backend under test, in the hands of the people who own it."""

    def open(self) -> Workbook:
        """A fresh connection to it, as a new process would make one."""
        ...

    def crash(self, workbook: Workbook) -> None:
        """The process that holds this connection dies: the system takes back its locks, and nothing is closed."""
        ...

    def look(self) -> dict[str, Grid]:
        """What stands in each tab now. Rows and the ends of rows that are empty may be missing or None."""
        ...

    def save(self, tabs: Mapping[str, Grid]) -> None:
        """Save these tabs as a person's work; what is not given is no longer there."""
        ...

    def formulas(self) -> Sequence[str]:
        """The addresses of all cells that are stored as formulas, e.g. "候補者!B2"."""
        ...


class MakeStore(Protocol):
    """The fixture `make_store` of a backend."""

    def __call__(self, tabs: Mapping[str, Grid], hidden: Mapping[str, Collection[int]] | None = None) -> Store:
        """A workbook with these tabs; `hidden` names hidden rows, from 1, by tab."""
        ...


def recruiter_sorts_the_sheet(store: Store, tab: str, column: int, heading_row: int = 1) -> None:
    """Sort all rows below the headings by a column, last first."""
    tabs = store.look()
    head, body = tabs[tab][:heading_row], tabs[tab][heading_row:]
    tabs[tab] = head + sorted(body, key=lambda row: str(_cell(row, column)), reverse=True)
    store.save(tabs)


def recruiter_sorts_one_column_only(store: Store, tab: str, column: int, heading_row: int = 1) -> None:
    """Sort a single column and leave the others, as the button in the ribbon offers."""
    tabs = store.look()
    body = tabs[tab][heading_row:]
    for row, value in zip(body, sorted((_cell(row, column) for row in body), key=str, reverse=True), strict=True):
        _set(row, column, value)
    store.save(tabs)


def recruiter_writes(store: Store, tab: str, row: int, column: int, value: CellValue) -> None:
    """Type a value into a cell: rows from 1, columns from 0."""
    tabs = store.look()
    grid = tabs[tab]
    grid.extend([] for _ in range(row - len(grid)))
    _set(grid[row - 1], column, value)
    store.save(tabs)


def recruiter_inserts_a_row(store: Store, tab: str, row: int, cells: Sequence[CellValue] = ()) -> None:
    """Insert a row above `row`."""
    tabs = store.look()
    tabs[tab].insert(row - 1, list(cells))
    store.save(tabs)


def recruiter_deletes_a_row(store: Store, tab: str, row: int) -> None:
    """Delete a row; those below move up."""
    tabs = store.look()
    del tabs[tab][row - 1]
    store.save(tabs)


def recruiter_copies_a_row(store: Store, tab: str, row: int) -> None:
    """Copy a row, its id included, below the last one."""
    tabs = store.look()
    tabs[tab].append(list(tabs[tab][row - 1]))
    store.save(tabs)


def recruiter_inserts_a_column(store: Store, tab: str, column: int, heading: str, heading_row: int = 1) -> None:
    """Insert a column; those to its right move on."""
    tabs = store.look()
    for number, row in enumerate(tabs[tab], start=1):
        row.extend([None] * (column - len(row)))
        row.insert(column, heading if number == heading_row else None)
    store.save(tabs)


def recruiter_deletes_a_tab(store: Store, tab: str) -> None:
    """Delete a whole tab."""
    tabs = store.look()
    del tabs[tab]
    store.save(tabs)


def _cell(row: Sequence[CellValue], column: int) -> CellValue:
    return row[column] if column < len(row) else None


def _set(row: list[CellValue], column: int, value: CellValue) -> None:
    row.extend([None] * (column + 1 - len(row)))
    row[column] = value
