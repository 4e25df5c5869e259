"""The demo: a workbook as a made-up HR team would keep it, and the partner's list of registrations."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sheets_automation.demo_workbook.candidates_tab import draw_candidates
from sheets_automation.demo_workbook.company_tabs import draw_costs, draw_settings
from sheets_automation.demo_workbook.rows import demo_rows
from sheets_automation.demo_workbook.summary_tab import draw_summary
from sheets_automation.demo_workbook.tally import Tally
from sheets_automation.sheet_looks import looks_of, new_book

REGISTRATIONS = 7  # of the ten that earn a credit
BETWEEN_REGISTRATIONS = timedelta(minutes=37)


def build_demo_workbook(path: Path, today: date) -> None:
    """Write the workbook of the made-up 株式会社みなと製作所, its dates set around `today`.

    The same day gives the same bytes. Raises WorkbookNotSaved.
    """
    rows = demo_rows(today)
    with new_book(path) as book:
        book.set_properties(
            {"author": "森本", "company": "株式会社みなと製作所", "created": datetime.combine(today, time.min)}
        )
        looks = looks_of(book)
        draw_candidates(book, looks, rows, today)
        draw_summary(book, looks, Tally(rows=rows), today)
        draw_costs(book, looks, Tally(rows=rows), today)
        draw_settings(book, looks)


def write_registrations(path: Path, codes: Sequence[str], letters_left_at: datetime) -> None:
    """Write the list that a partner would send: seven of `codes` in the hours after the letters, one of them twice."""
    registered = list(codes[:REGISTRATIONS])
    # CP932 is what Excel in Japan makes of "save as CSV".
    with path.open("w", encoding="cp932", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("紹介コード", "登録日時", "種別"))
        for number, code in enumerate([*registered, *registered[-1:]], start=1):
            writer.writerow((code, f"{letters_left_at + number * BETWEEN_REGISTRATIONS:%Y/%m/%d %H:%M}", "登録"))
