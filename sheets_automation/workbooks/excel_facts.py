"""Facts that a workbook file does not show yet: where each would stand in its tab."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheets_automation.core.errors import WriteRefused
from sheets_automation.core.table import CellValue, Row, Table

FACT_ID = "記録ID"
Fact = Mapping[str, CellValue]
Cells = Mapping[int, CellValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """Cells to add to a fact tab: headings that it lacks, and a row for each fact that it does not hold yet."""

    tab: str
    heading_row: int
    headings: Cells
    rows: Mapping[int, Cells]

    def __bool__(self) -> bool:
        """Whether there is anything to add."""
        return bool(self.headings or self.rows)


def additions(tab: str, table: Table | None, facts: Sequence[Fact]) -> Additions:
    """Where the facts go that the tab lacks. WriteRefused where a tab of this name is not a fact tab of ours."""
    present = list(table.rows()) if table is not None else []
    if not present:
        return _new_tab(tab, facts)
    wanted = set().union(*facts) if facts else {FACT_ID}
    head = next((row for row in present if wanted & set(map(str, row.cells.values()))), None)
    if head is None:
        raise not_ours(tab)
    columns = {str(value): column for column, value in head.cells.items()}
    known = {str(row.cells.get(columns[FACT_ID])) for row in present} if FACT_ID in columns else set()
    missing = [fact for fact in facts if str(fact.get(FACT_ID)) not in known]
    width = max(column + 1 for row in present for column in row.cells)
    headings = _missing_headings(missing, columns, width)
    columns |= {str(heading): column for column, heading in headings.items()}
    return Additions(
        tab=tab, heading_row=head.number, headings=headings, rows=_rows(missing, columns, present[-1].number + 1)
    )


def with_additions(table: Table | None, added: Additions) -> Table:
    """The tab as it will be once the additions are written."""

    def rows(columns: Collection[int] | None) -> Iterator[Row]:
        last = 0
        for row in table.rows(None) if table is not None else ():
            cells = {**row.cells, **added.headings} if row.number == added.heading_row else row.cells
            yield from _projected(row.number, cells, columns, hidden=row.hidden)
            last = row.number
        if added.heading_row > last:
            yield from _projected(added.heading_row, added.headings, columns)
        for number, cells in added.rows.items():
            yield from _projected(number, cells, columns)

    return Table(title=added.tab, source=rows)


def not_ours(tab: str) -> WriteRefused:
    """The refusal for a tab that has the name of ours and was made by somebody else."""
    return WriteRefused(
        f"「{tab}」タブはこのプログラムが作ったものではないので、書き込みませんでした。"
        "タブの名前を変えるか、設定ファイルの [workbook] でほかの名前にしてください。",
        f"Tab {tab} was not made by this program, so nothing was written. "
        "Rename the tab, or choose another name under [workbook] in the configuration.",
    )


def _new_tab(tab: str, facts: Sequence[Fact]) -> Additions:
    headings = _missing_headings(facts, {}, 0)
    columns = {str(heading): column for column, heading in headings.items()}
    return Additions(tab=tab, heading_row=1, headings=headings, rows=_rows(facts, columns, 2))


def _missing_headings(facts: Sequence[Fact], columns: Mapping[str, int], width: int) -> dict[int, CellValue]:
    wanted = dict.fromkeys(heading for fact in facts for heading in fact if heading not in columns)
    return {width + number: heading for number, heading in enumerate(wanted)}


def _rows(facts: Sequence[Fact], columns: Mapping[str, int], first: int) -> dict[int, Cells]:
    return {
        number: {columns[heading]: value for heading, value in fact.items() if value not in {None, ""}}
        for number, fact in enumerate(facts, start=first)
    }


def _projected(number: int, cells: Cells, columns: Collection[int] | None, *, hidden: bool = False) -> Iterator[Row]:
    wanted = {c: v for c, v in cells.items() if columns is None or c in columns}
    if wanted:
        yield Row(number, wanted, hidden)
