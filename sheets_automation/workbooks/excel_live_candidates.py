"""Our columns beside the candidates of an open workbook: each cell in the row of its candidate, as it stands now.

People sort while we write. So what was written is read again: an id that came to stand beside somebody else is taken
back, and the pass begins anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sheets_automation.core.cells import text
from sheets_automation.core.errors import CellsKept, WriteRefused
from sheets_automation.core.headings import heading_key
from sheets_automation.core.table import CellValue
from sheets_automation.core.views import CandidatesPlace, Look, OwnColumn, Views, same_value
from sheets_automation.workbooks.excel_live_book import OpenBook
from sheets_automation.workbooks.excel_live_facts import protected
from sheets_automation.workbooks.excel_live_moves import HrsCells, Written, give_back, look_at, refuse_moved
from sheets_automation.workbooks.excel_live_reading import Cells, OpenTab
from sheets_automation.workbooks.excel_live_rows import add_rows
from sheets_automation.workbooks.excel_live_writing import MOMENT, TEXT, Pen
from sheets_automation.workbooks.looks import PROPERTIES
from sheets_automation.workbooks.placing import Placed, Placement, changed, place_views
from sheets_automation.xlsx.references import cell_name

if TYPE_CHECKING:
    from xlwings import Range
    from xlwings.main import Table

_STATUS_LOOKS: Final = frozenset({Look.GOOD, Look.WAIT, Look.ATTENTION, Look.BAD})


@dataclass(frozen=True, slots=True)
class ColumnsPlan:
    """What one pass writes beside the candidates; nothing is written yet."""

    tab: OpenTab
    place: CandidatesPlace
    placement: Placement
    columns: Mapping[str, int]
    """All columns by heading, the new ones included."""
    cells: tuple[Placed, ...]
    """What differs from what stands there, and may be written."""
    untouchable: frozenset[tuple[int, int]]
    """Cells in our columns that hold what no program may overwrite: row from 1, column from 0."""
    kept: CellsKept | None
    """What to tell of the first of them that was to be written."""
    hrs: frozenset[int]
    """The columns that are HR's, and stand there: in these, nothing but `cells` is written."""

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.cells or self.placement.new_columns or self.placement.new_rows)


def plan_columns(book: OpenBook, tab: OpenTab | None, views: Views) -> ColumnsPlan | None:
    """Find the place of each cell, and refuse before anything is written. WorkbookChanged when rows have moved."""
    place = views.place
    if place is None:
        return None
    if tab is None:
        raise changed(place.tab)
    placement = place_views(tab.table(), place, views)
    columns = placement.columns_with(tab.width())
    wanted = [*placement.identities, *(one for one in placement.cells if not _stands(one, tab, columns))]
    untouchable = _untouchable(book, tab, [(one.row, columns[one.heading]) for one in wanted])
    kept = [one for one in wanted if (one.row, columns[one.heading]) in untouchable]
    if any(one in placement.identities for one in kept):
        raise _formula_in_id(kept[0], place)
    plan = ColumnsPlan(
        tab=tab,
        place=place,
        placement=placement,
        columns=columns,
        cells=tuple(one for one in wanted if one not in kept),
        untouchable=untouchable,
        kept=_kept(kept[0], columns[kept[0].heading], place) if kept else None,
        hrs=_hrs(tab, place, views, columns),
    )
    if plan:
        _refuse_protected(book, plan)
    return plan


def write_columns(book: OpenBook, plan: ColumnsPlan, hidden: frozenset[int], written: dict[int, Cells]) -> None:
    """Write the columns that are missing, then the cells, each column in as few calls as there are runs.

    Whatever is about to be written is added to `written`, so that it can be taken back however this ends.
    """
    pen = Pen(book, plan.tab.sheet, hidden)
    if plan.placement.new_columns:
        refuse_moved(book, pen, plan.tab, plan.place, plan.tab.width(), len(plan.placement.new_columns))
    _add_columns(book, pen, plan)
    by_column: dict[int, dict[int, CellValue]] = defaultdict(dict)
    for one in plan.cells:
        by_column[plan.columns[one.heading]][one.row] = one.cell.value
    for column, cells in by_column.items():
        if column < plan.tab.width():
            refuse_moved(book, pen, plan.tab, plan.place, column)
        for row, value in cells.items():
            written.setdefault(row, {})[column] = value
        if column in plan.hrs:
            pen.put_column(column, cells, look=look_at(pen, plan.tab, plan.place, column, written))
        else:
            pen.put_column(column, cells, _column(plan, column, cells))
    if plan.placement.new_rows:
        add_rows(book, pen, plan.tab, plan.place, [_by_column(row, plan.columns) for row in plan.placement.new_rows])


def _by_column(row: Mapping[str, CellValue], columns: Mapping[str, int]) -> dict[int, CellValue]:
    return {columns[heading]: value for heading, value in row.items()}


def take_back(
    book: OpenBook, plan: ColumnsPlan, written: Written, read: Callable[[], OpenTab | None], views: Views
) -> OpenTab:
    """Take back what stands beside somebody else. The tab as it is now; WorkbookChanged if anything had to be."""
    place = plan.place
    if (now := read()) is None:
        raise changed(place.tab)
    give_back(book, plan.tab, place, now, written)
    HrsCells.of(plan.tab, place, written, plan.hrs).give_back(book, now, read)
    astray = [one for one in plan.placement.identities if not _is_beside_its_person(one, now, plan, views)]
    if astray:
        pen, id_column = Pen(book, now.sheet), plan.columns[heading_key(place.id_heading)]
        for one in astray:
            if text(now.rows.get(one.row, {}).get(id_column)) == one.candidate_id:
                pen.put_block(one.row, id_column, [[None]])
        raise changed(place.tab)
    return now


def check_columns(plan: ColumnsPlan, now: OpenTab) -> None:
    """Look at what was written. WorkbookChanged if anybody moved rows meanwhile."""
    place = plan.place
    id_column = plan.columns[heading_key(place.id_heading)]
    there = {text(cells.get(id_column)) for cells in now.rows.values()} if plan.placement.new_rows else set()
    if not {text(row[heading_key(place.id_heading)]) for row in plan.placement.new_rows} <= there:
        raise changed(place.tab)
    emptied = {one.candidate_id for one in plan.cells if plan.columns[one.heading] == id_column and not one.cell.value}
    for one in plan.cells:
        cells = now.rows.get(one.row, {})
        moved = text(cells.get(id_column)) != ("" if one.candidate_id in emptied else one.candidate_id)
        if moved or not same_value(one.cell.value, cells.get(plan.columns[one.heading])):
            raise changed(place.tab)


def _stands(one: Placed, tab: OpenTab, columns: Mapping[str, int]) -> bool:
    return same_value(one.cell.value, tab.rows.get(one.row, {}).get(columns[one.heading]))


def _is_beside_its_person(one: Placed, now: OpenTab, plan: ColumnsPlan, views: Views) -> bool:
    cells = now.rows.get(one.row, {})
    identity = next(i for i in views.identities if i.candidate_id == one.candidate_id and i.row == one.row)
    held = cells.get(plan.place.name_column), cells.get(plan.place.address_column)
    return held == (identity.name_text, identity.address_text)


def _hrs(tab: OpenTab, place: CandidatesPlace, views: Views, columns: Mapping[str, int]) -> frozenset[int]:
    """The columns of HR's that are written. That of ids may be theirs as well."""
    headings = {heading_key(one) for held in views.only_over.values() for one in held} | {heading_key(place.id_heading)}
    return frozenset(columns[one] for one in headings if columns[one] < tab.width())


def _column(plan: ColumnsPlan, column: int, cells: Mapping[int, CellValue]) -> Mapping[int, CellValue]:
    """What stands between these cells of a column of ours, but for what nobody may overwrite."""
    between = range(max(plan.place.heading_row + 1, min(cells)), max(cells) + 1)
    rows = plan.tab.rows
    return {row: rows.get(row, {}).get(column) for row in between if (row, column) not in plan.untouchable}


def _untouchable(book: OpenBook, tab: OpenTab, wanted: Collection[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Cells among and between these that hold a formula or are part of a merged cell; two calls for each column."""
    found: set[tuple[int, int]] = set()
    pen = Pen(book, tab.sheet)
    for column in sorted({column for _, column in wanted if column < tab.extent[1]}):
        rows = [row for row, at in wanted if at == column]
        first, last = min(rows), max(rows)
        cells = pen.range(first, column, last - first + 1)
        formulas = _listed(book.calls.ask(lambda cells=cells: cells.formula))  # type: ignore[misc]
        for row, one in enumerate(formulas, start=first):
            shown = one[0] if isinstance(one, list | tuple) else one
            # Text that begins with = is the same in both; a formula shows what it comes to.
            if isinstance(shown, str) and shown.startswith("=") and shown != tab.rows.get(row, {}).get(column):
                found.add((row, column))
        if book.calls.ask(lambda cells=cells: book.native.has_merged(cells)):  # type: ignore[misc]
            for row in range(first, last + 1):
                one_cell = pen.range(row, column)
                if book.calls.ask(lambda one_cell=one_cell: book.native.has_merged(one_cell)):  # type: ignore[misc]
                    found.add((row, column))
    return frozenset(found)


def _listed(shown: object) -> list[object]:
    return list(shown) if isinstance(shown, list | tuple) else [shown]


def _refuse_protected(book: OpenBook, plan: ColumnsPlan) -> None:
    """A protected tab is written only where its cells are open."""
    sheet = plan.tab.sheet
    if not book.calls.ask(lambda: book.native.is_protected(sheet)):
        return
    if plan.placement.new_columns or plan.placement.new_rows:
        raise protected(plan.tab.title)
    pen = Pen(book, sheet)
    rows = [one.row for one in plan.cells]
    for column in sorted({plan.columns[one.heading] for one in plan.cells}):
        block = pen.range(min(rows), column, max(rows) - min(rows) + 1)
        if book.calls.ask(lambda block=block: book.native.is_locked(block)):  # type: ignore[misc]
            raise protected(plan.tab.title)


def _add_columns(book: OpenBook, pen: Pen, plan: ColumnsPlan) -> None:
    """Headings of our missing columns, side by side, in the look of the heading of the names."""
    new = plan.placement.new_columns
    if not new:
        return
    row, first = plan.place.heading_row, plan.tab.width()
    head = pen.range(row, first, 1, len(new))
    beside = pen.range(row, plan.place.name_column)
    pen.put_block(row, first, [[one.heading for one in new]])
    for look in ("color", "wrap_text", "horizontal_alignment"):
        value = book.calls.ask(lambda look=look: getattr(beside, look))  # type: ignore[misc]
        if value is not None:
            book.calls.ask(lambda look=look, value=value: setattr(head, look, value))  # type: ignore[misc]
    bold = book.calls.ask(lambda: beside.font.bold)
    book.calls.ask(lambda: setattr(head.font, "bold", bold))
    last = max(plan.tab.rows)
    for number, one in enumerate(new):
        cells = pen.range(row, first + number)
        book.calls.ask(lambda cells=cells, one=one: setattr(cells, "column_width", one.width))  # type: ignore[misc]
        if last > row:
            below = pen.range(row + 1, first + number, last - row)
            wanted = MOMENT if one.look in {Look.DATE, Look.DATETIME} else TEXT
            book.calls.ask(lambda below=below, wanted=wanted: setattr(below, "number_format", wanted))  # type: ignore[misc]
            _colour_words(book, below, one)
    with suppress(WriteRefused):  # what cannot be stretched stays as it is: a torn sort is noticed by the fingerprints
        _stretch(book, pen, plan, len(new))


def _colour_words(book: OpenBook, cells: Range, column: OwnColumn) -> None:
    """A rule for each word, so that a status has its colour wherever it is sorted to."""
    for word, look in column.words.items():
        if look in _STATUS_LOOKS:
            fill, ink = (str(PROPERTIES[look][name]) for name in ("bg_color", "font_color"))
            book.calls.ask_once(
                lambda word=word, fill=fill, ink=ink: cells.conditional_formats.add_cell_value(  # type: ignore[misc]
                    "equal_to", f'="{word}"', fill_color=fill, font_color=ink
                )
            )


def _stretch(book: OpenBook, pen: Pen, plan: ColumnsPlan, count: int) -> None:
    """Let a table or a filter that ends where our columns begin cover them, so that a sort takes them along."""
    sheet, row, first = plan.tab.sheet, plan.place.heading_row, plan.tab.width()
    for table in book.calls.ask(lambda: list(sheet.tables)):
        area = book.calls.ask(lambda table=table: _area(table))  # type: ignore[misc]
        if area[0] == row and area[1] + area[3] - 1 == first:
            wider = pen.range(area[0], area[1] - 1, area[2], area[3] + count)
            book.calls.ask(lambda table=table, wider=wider: table.resize(wider))  # type: ignore[misc]
            return
    filtered = book.calls.ask(lambda: book.native.filter_area(sheet))
    if filtered is None or filtered[0] != row or filtered[1] + filtered[3] - 1 != first:
        return
    if not book.calls.ask(lambda: book.native.is_filtered(sheet)):
        wider = pen.range(filtered[0], filtered[1] - 1, filtered[2], filtered[3] + count)
        book.calls.ask(lambda: book.native.put_filter(wider))


def _area(table: Table) -> tuple[int, int, int, int]:
    covered = table.range
    return covered.row, covered.column, *covered.shape


def _formula_in_id(one: Placed, place: CandidatesPlace) -> WriteRefused:
    return WriteRefused(
        f"「{place.tab}」シート {one.row} 行目の「{place.id_heading}」に数式があるので、書き込みませんでした。"
        "値に直してください。",
        f'Sheet {place.tab}, row {one.row}: there is a formula under "{place.id_heading}"; make it a value.',
    )


def _kept(one: Placed, column: int, place: CandidatesPlace) -> CellsKept:
    where = cell_name(one.row, column)
    return CellsKept(
        f"「{place.tab}」{where}: 数式か結合されたセルがあります"
        "(このセルはそのままにして、ほかはすべて書き込みました)。",
        f'"{place.tab}" {where}: there is a formula, or a merged cell. '
        "This cell was left as it is; all else was written.",
    )
