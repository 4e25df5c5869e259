"""The large workbooks that the benchmarks read, written once and kept under build/."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter import Workbook

HEADINGS = ("氏名", "メールアドレス", "応募職種", "選考結果", "選考結果日")
COLUMNS = 25


def large_book(path: Path, rows: int) -> Path:
    """So many candidates with 25 columns, nine of ten rejected two weeks ago."""
    return path if path.exists() else _write(path, rows, with_our_columns=False)


def book_with_our_columns(path: Path, rows: int) -> Path:
    """The same after a first run: with ids, and a status for every candidate."""
    return path if path.exists() else _write(path, rows, with_our_columns=True)


def candidate_id(row: int) -> str:
    """The id of the candidate in the 0-based row of a book with our columns."""
    return f"C-{row:010d}"


def _write(path: Path, rows: int, *, with_our_columns: bool) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with Workbook(unfinished, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("候補者")
        sheet.write_row(0, 0, [*HEADINGS, *(f"列{n}" for n in range(len(HEADINGS), COLUMNS))])
        if with_our_columns:
            sheet.write_row(0, COLUMNS, ["候補者ID", "通知状況"])
        for row in range(1, rows + 1):
            sheet.write_row(row, 0, _candidate(row))
            sheet.write_row(row, 5, [f"値{row % 97}-{n}" if n % 2 else row * n for n in range(5, COLUMNS)])
            if with_our_columns:
                sheet.write_row(row, COLUMNS, [candidate_id(row), "送信予定"])
    unfinished.rename(path)
    return path


def _candidate(row: int) -> list[str]:
    name = f"山田 {chr(0x4E00 + row % 3000)}{chr(0x4E00 + row // 3000)}"
    decision = "不採用" if row % 10 else "選考中"
    return [name, f"user{row}@example.com", "営業職", decision, "2026/11/10"]
