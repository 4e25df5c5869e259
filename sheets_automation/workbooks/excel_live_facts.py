"""Fact tabs of an open workbook: rows are appended below what stands there, and a tab that is missing is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sheets_automation.core.errors import WriteRefused
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import Look
from sheets_automation.workbooks.excel_facts import Additions
from sheets_automation.workbooks.excel_live_book import OpenBook
from sheets_automation.workbooks.excel_live_drawing import add_tab
from sheets_automation.workbooks.excel_live_reading import OpenTab
from sheets_automation.workbooks.excel_live_writing import Pen
from sheets_automation.workbooks.looks import PROPERTIES

if TYPE_CHECKING:
    from xlwings import Sheet


def add_facts(book: OpenBook, added: Additions, present: OpenTab | None, hidden: frozenset[int]) -> None:
    """Write what the tab lacks, or all of it anew. A protection of ours is lifted meanwhile."""
    if not added:
        return
    is_new = present is None
    sheet = add_tab(book, added.tab) if present is None else present.sheet
    with _unprotected(book, sheet, added.tab, is_new=is_new):
        if added.is_whole_tab:
            _write_whole(book, sheet, added, is_new=is_new)
            return
        pen = Pen(book, sheet, hidden)
        if added.headings:
            pen.put_block(added.heading_row, min(added.headings), [_dense(added.headings)])
        for first, rows in _blocks(added):
            pen.put_block(first, 0, rows)


def _write_whole(book: OpenBook, sheet: Sheet, added: Additions, *, is_new: bool) -> None:
    if not is_new:
        book.calls.ask(lambda: book.native.drop_filter(sheet))
        book.calls.ask(lambda: sheet.used_range.clear())  # noqa: PLW0108 - asking for the range is a call, too
    pen = Pen(book, sheet)
    width = max(added.headings) + 1
    rows = [_dense(added.headings), *(_dense(cells, width) for cells in added.rows.values())]
    pen.put_block(1, 0, rows)
    head = pen.range(1, 0, 1, width)
    book.calls.ask(lambda: setattr(head.font, "bold", True))
    book.calls.ask(lambda: setattr(head, "color", str(PROPERTIES[Look.HEADING]["bg_color"])))


def _blocks(added: Additions) -> Iterator[tuple[int, list[list[CellValue]]]]:
    """Rows below each other, as wide as the widest. What they leave out is empty: nothing stands below the last row."""
    width = max(column for cells in added.rows.values() for column in cells) + 1 if added.rows else 0
    if added.rows:
        yield min(added.rows), [_dense(added.rows[row], width) for row in sorted(added.rows)]


def _dense(cells: Mapping[int, CellValue], width: int = 0) -> list[CellValue]:
    """Cells with the gaps between them: from column A to `width`, or else from the first to the last."""
    first = 0 if width else min(cells)
    return [cells.get(column) for column in range(first, width or max(cells) + 1)]


@contextmanager
def _unprotected(book: OpenBook, sheet: Sheet, title: str, *, is_new: bool) -> Iterator[None]:
    """Lift the protection of a tab of ours while we write, and put it back, or put it on one that is new."""
    was_protected = not is_new and book.calls.ask(lambda: book.native.is_protected(sheet))
    if was_protected:
        try:
            book.calls.ask(lambda: book.native.unprotect(sheet))
            still = book.calls.ask(lambda: book.native.is_protected(sheet))
        except WriteRefused:
            still = True
        if still:
            raise protected(title)
    try:
        yield
    finally:
        if is_new or was_protected:
            book.calls.ask(lambda: book.native.protect(sheet))


def protected(title: str) -> WriteRefused:
    """The refusal for a tab whose protection keeps us from writing."""
    return WriteRefused(
        f"「{title}」シートが保護されているので、書き込めません。"
        "「校閲」の「シート保護の解除」で保護を外してから、もう一度実行してください。",
        f"Sheet {title} is protected, so nothing was written. Unprotect it (Review, Unprotect Sheet), and run again.",
    )
