"""COUNTIFS over the candidates tab, with the value each formula has today.

A reader that does not calculate shows the stored value, so it must be there and right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from sheets_automation.demo_workbook.candidates_tab import FIRST_ROW, LEFT, SPARE_ROWS, TAB, column_of
from sheets_automation.demo_workbook.rows import DemoRow

OUTCOMES: Mapping[str, tuple[str, ...]] = {
    "選考中": ("選考中",),
    "内定・採用": ("内定", "採用"),
    "不採用": ("不採用",),
    "辞退・対象外": LEFT,
}
TAKEN = OUTCOMES["内定・採用"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts rows by one heading's word and, where given, by their decisions."""

    rows: Sequence[DemoRow]

    def count(self, heading: str, word: str, decisions: Sequence[str] = ()) -> int:
        """The value of `formula` today."""
        found = (row for row in self.rows if row.text(heading) == word)
        return sum(not decisions or row.text("選考結果") in decisions for row in found)

    def formula(self, heading: str, cell: str, decisions: Sequence[str] = ()) -> str:
        """The same count as a formula, for the word that `cell` holds."""
        first = f"{self._range(heading)},{cell}"
        second = self._range("選考結果")
        counts = [f'COUNTIFS({first},{second},"{decision}")' for decision in decisions] or [f"COUNTIFS({first})"]
        return "=" + "+".join(counts)

    def _range(self, heading: str) -> str:
        column = xl_col_to_name(column_of(heading), col_abs=True)
        last_row = FIRST_ROW + len(self.rows) + SPARE_ROWS
        return f"'{TAB}'!{column}${FIRST_ROW + 1}:{column}${last_row}"


def write_sums(sheet: Worksheet, look: Format, place: tuple[int, int], columns: Mapping[int, int]) -> None:
    """Write a row of totals at row `place[0]` over the rows from `place[1]` on; `columns` gives today's values."""
    row, first_row = place
    sheet.write_string(row, 0, "合計", look)
    for column, value in columns.items():
        name = xl_col_to_name(column)
        sheet.write_formula(row, column, f"=SUM({name}{first_row + 1}:{name}{row})", look, value)
