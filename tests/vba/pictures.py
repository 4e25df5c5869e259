"""Draw the pictures of docs/excel.md again, with LibreOffice: `python -m tests.vba.pictures docs/images`."""

import contextlib
import io
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sheets_automation.cli import main
from sheets_automation.xlsx.edit import Edit
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.saving import replace_file
from tests.vba.books import parts, with_parts
from tests.vba.libreoffice import to_pdf

# Picture → what stands on its page, its dots per inch, and where it lies there, in dots: left, top, width, height.
PICTURES = {
    "excel_buttons.png": ("お祈りメールの操作", 110, (100, 85, 1120, 500)),
    "excel_candidates.png": ("佐藤 花子", 200, (130, 145, 1300, 110)),
    "excel_guide.png": ("このブックの使い方", 110, (65, 80, 1160, 450)),
}
COLUMNS = (1, 3, 5, 6, 7, 8, 9, 10, 11)
CANDIDATES = """\
佐藤 花子|hanako@example.com|2026-11-02|営業|自社サイト|一次面接|不採用|2026-11-20|再応募候補
鈴木 一郎|ichiro@example.com|2026-11-04|経理|求人サイト|書類選考|選考中||
高橋 美咲|misaki@example.com|2026-11-05|営業|自社サイト|最終面接|内定|2026-11-19|スキル強
田中 健|ken@example.com|2026-11-06|設計|求人サイト|一次面接|不採用||
伊藤 さくら|sakura@example.com|2026-11-09|設計|求人サイト|二次面接|辞退|2026-11-18|
"""


def draw(folder, pictures):
    """Make the workbook, print it, and cut the pictures out of its pages."""
    book = folder / "候補者.xlsm"
    with contextlib.redirect_stdout(io.StringIO()):
        assert main(["init", str(book)]) == 0
    fill(book)
    # Buttons are not printed; for a picture they are.
    drawings = {
        name: data.replace(b"<x:PrintObject>False</x:PrintObject>", b"")
        for name, data in parts(book).items()
        if name.endswith(".vml")
    }
    pages = to_pdf(with_parts(book, folder / "printed.xlsm", drawings), folder)
    for name, (words_there, dots, (left, top, width, height)) in PICTURES.items():
        page = page_with(words_there, pages)
        place = ["-x", left, "-y", top, "-W", width, "-H", height, "-f", page, "-l", page]
        words = ["pdftoppm", "-png", "-singlefile", "-r", dots, *place, pages, pictures / Path(name).stem]
        subprocess.run(list(map(str, words)), check=True)


def page_with(words, pages):
    """The number of the first page on which these words stand."""
    texts = subprocess.run(["pdftotext", pages, "-"], capture_output=True, text=True, check=True).stdout.split("\f")
    return next(number for number, text in enumerate(texts, start=1) if words in text)


def fill(book):
    """Put a few made-up candidates into it."""
    rows = [dict(zip(COLUMNS, map(cell, line.split("|")), strict=True)) for line in CANDIDATES.splitlines()]
    with Package.open(book) as package:
        edit = Edit(package)
        edit.append_rows("候補者", [{column: value for column, value in row.items() if value} for row in rows])
        seen = package.fingerprint
        replace_file(book, edit.write, edit.verify, expected_fingerprint=seen, backup_dir=book.parent, keep_backups=0)


def cell(text):
    """A date where it is one."""
    return datetime.fromisoformat(text) if text.startswith("20") else text


if __name__ == "__main__":
    os.environ["RELAY_NOW"] = "2026-11-24T10:00:00+09:00"
    with TemporaryDirectory() as scratch:
        draw(Path(scratch), Path(sys.argv[1]))
