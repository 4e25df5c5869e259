"""A file of applicants for the large workbook: nine of ten stand there already, the tenth is new."""

from __future__ import annotations

import csv
from pathlib import Path

HEADINGS = ("名前", "メールアドレス", "電話番号", "募集職種", "応募経路", "選考ステップ")


def applicants(path: Path, rows: int) -> Path:
    """So many lines, with addresses, numbers and names written otherwise than in the workbook."""
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADINGS)
        out.writerows(_applicant(row if row % 10 else row + rows) for row in range(1, rows + 1))
    unfinished.rename(path)
    return path


def _applicant(row: int) -> list[str]:
    name = f"山田{chr(0x4E00 + row % 3000)}{chr(0x4E00 + row // 3000)}"
    number = f"+81 90-{row // 10_000 % 10_000:04d}-{row % 10_000:04d}"
    return [name, f"User{row}+job@example.com", number, "営業職", "求人媒体", "書類選考"]
