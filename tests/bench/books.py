"""The large workbooks that the benchmarks read, written once and kept under build/."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter import Workbook

HEADINGS = ("氏名", "メールアドレス", "応募職種", "選考結果", "選考結果日")
COLUMNS = 25


def large_book(path: Path, rows: int) -> Path:
    """So many candidates with 25 columns, nine of ten rejected two weeks ago."""
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with Workbook(unfinished, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("候補者")
        sheet.write_row(0, 0, [*HEADINGS, *(f"列{n}" for n in range(len(HEADINGS), COLUMNS))])
        for row in range(1, rows + 1):
            name = f"山田 {chr(0x4E00 + row % 3000)}{chr(0x4E00 + row // 3000)}"
            decision = "不採用" if row % 10 else "選考中"
            sheet.write_row(row, 0, [name, f"user{row}@example.com", "営業職", decision, "2026/11/10"])
            sheet.write_row(row, 5, [f"値{row % 97}-{n}" if n % 2 else row * n for n in range(5, COLUMNS)])
    unfinished.rename(path)
    return path
