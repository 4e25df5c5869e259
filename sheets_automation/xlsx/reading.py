"""Read the tabs of a workbook file: any number of rows, only the columns that are needed, in little memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, partial
from itertools import dropwhile, islice, takewhile

from sheets_automation.core.table import Row, Table
from sheets_automation.xlsx.cell_values import CellReader, Texts
from sheets_automation.xlsx.markup import MarkupError
from sheets_automation.xlsx.number_formats import date_styles
from sheets_automation.xlsx.package import Package, SheetRef
from sheets_automation.xlsx.parsed_rows import parsed_rows
from sheets_automation.xlsx.scanned_rows import scanned_rows
from sheets_automation.xlsx.shared_texts import NeededTexts, SharedTexts
from sheets_automation.xlsx.spelling import UnusualSpelling

_LAST_ROW_OF_A_GLANCE = 1000


def tables(package: Package) -> Mapping[str, Table]:
    """Every worksheet by its title, in the order of the tabs; rows are read when they are asked for.

    The package must stay open as long as rows are read.
    """
    reader = _Reader(package)
    return {sheet.name: Table(title=sheet.name, source=partial(reader.rows, sheet)) for sheet in package.sheets}


def iter_rows(package: Package, sheet: SheetRef, columns: Collection[int] | None = None) -> Iterator[Row]:
    """The rows of one worksheet that have a value in one of `columns` (0-based; None = every column)."""
    return _Reader(package).rows(sheet, columns)


class _Reader:
    """What all worksheets of a workbook have in common, read once and only when it is needed."""

    def __init__(self, package: Package) -> None:
        self._package = package

    def rows(self, sheet: SheetRef, columns: Collection[int] | None) -> Iterator[Row]:
        try:
            if self._keeps_all_texts:
                yield from self._rows(sheet, columns, self._all_texts)
            else:
                yield from self._rows_in_two_passes(sheet, columns)
        except MarkupError as error:
            raise self._package.damaged(f"{sheet.part}: {error}") from error

    def _rows_in_two_passes(self, sheet: SheetRef, columns: Collection[int] | None) -> Iterator[Row]:
        # Whoever looks for the headings stops after some rows and should not have to wait for a pass over all of them.
        for first, last in ((1, _LAST_ROW_OF_A_GLANCE), (_LAST_ROW_OF_A_GLANCE + 1, self._package.limits.max_rows)):
            needed = NeededTexts(self._package)
            for _ in _between(first, last, self._rows(sheet, columns, needed)):
                pass
            texts = self._texts(needed)
            yield from _between(first, last, self._rows(sheet, columns, texts))

    def _rows(self, sheet: SheetRef, columns: Collection[int] | None, texts: Texts) -> Iterator[Row]:
        cells = CellReader(texts=texts, date_styles=self._date_styles, date1904=self._package.date1904)
        given = 0
        try:
            for row in scanned_rows(self._package, sheet.part, columns, cells):
                yield row
                given += 1
        except UnusualSpelling:
            yield from islice(parsed_rows(self._package, sheet.part, columns, cells), given, None)

    @property
    def _keeps_all_texts(self) -> bool:
        part = self._package.shared_strings_part
        return part is None or self._package.size(part) <= self._package.limits.whole_texts_bytes

    @cached_property
    def _all_texts(self) -> SharedTexts:
        return self._texts()

    def _texts(self, needed: NeededTexts | None = None) -> SharedTexts:
        try:
            return SharedTexts(self._package, needed)
        except MarkupError as error:
            raise self._package.damaged(f"{self._package.shared_strings_part}: {error}") from error

    @cached_property
    def _date_styles(self) -> frozenset[str]:
        return date_styles(self._package)


def _between(first: int, last: int, rows: Iterator[Row]) -> Iterator[Row]:
    return takewhile(lambda row: row.number <= last, dropwhile(lambda row: row.number < first, rows))
