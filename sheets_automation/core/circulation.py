"""循環: candidates who were found with a credit come into the workbook, with its number beside them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from sheets_automation.core.cells import text
from sheets_automation.core.heading_problems import cell_name
from sheets_automation.core.headings import ALIASES, Field
from sheets_automation.core.layout import Layout
from sheets_automation.core.model import Candidate
from sheets_automation.core.referrals import RecordProblem
from sheets_automation.core.table import CellValue

MEDIUM: Final = "キャリアリレー"
"""応募媒体 of whoever was found with a credit."""
HEADING: Final = ALIASES[Field.CREDIT][0]


def number_in(cell: CellValue) -> str:
    """The number in a cell, however it was typed; empty where there is none."""
    return unicodedata.normalize("NFKC", text(cell)).upper().replace(" ", "").replace("ー", "-")


def number_problems(candidates: Sequence[Candidate], uses: Collection[str], layout: Layout) -> Iterator[RecordProblem]:
    """Candidates whose number is that of no use: they are not counted as found with a credit."""
    column = layout.columns.get(Field.CREDIT)
    for one in candidates:
        if one.credit and one.credit not in uses and column is not None:
            place = f"{layout.place.tab}!{cell_name(one.row, column)}"
            yield RecordProblem(
                place=place,
                ja=f"{place}: この{HEADING}の利用は記録にありません。「クレジット」タブの番号を確かめてください。",
                en=f"{place}: no use of a credit has this number. Compare it with those in tab クレジット.",
            )
