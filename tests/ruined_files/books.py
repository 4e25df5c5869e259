"""The workbooks that are ruined: a plain one, one that has been used for a while, and one that somebody else made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook
from xlsxwriter import Workbook

from sheets_automation.workbooks.excel_file import FOLDER
from sheets_automation.xlsx.edit import Edit
from sheets_automation.xlsx.package import Package
from tests.kill.world import DUE, tab
from tests.ruined_files.nursery import CONFIG, Nursery, Order
from tests.workbooks.xlsx_people import XlsxFile
from tests.xlsx.raw_workbook import zipped

SOMEBODY_ELSES = Path(__file__).parents[1] / "xlsx" / "corpus" / "xlcalculator-use_case_01.xlsm"
OUR_TABS = {"送信記録", "紹介実績", "クレジット", "要確認"}
_CARRIED_LAST_WEEK = {"tanaka@example.com": "田中 実", "ito@example.com": "伊藤 翼"}
_DECISION_COLUMN = 3
_MOST_FOR_A_STRANGER = 64 * 2**20
"""Bytes, inflated. The independent reader has no guard against bombs."""

Cells = Mapping[tuple[str, str], object]
"""Values by tab and address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A whole workbook, and who is due in it."""

    name: str
    content: bytes
    due: Mapping[str, str]
    """Names by address."""
    journal: bytes = b""
    """What lies beside it, where it was used before."""

    def put_into(self, folder: Path) -> Path:
        """Lay it there as people have it."""
        path = folder / self.name
        path.write_bytes(self.content)
        if self.journal:
            journal = folder / FOLDER / f"{self.name}.journal"
            journal.parent.mkdir(exist_ok=True)
            journal.write_bytes(self.journal)
        return path

    def without_link_to(self, tab: str) -> bytes:
        """The file listing a tab, and not saying any more which part it is."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        link = re.search(rf'name="{tab}"[^>]* r:id="(\w+)"', parts["xl/workbook.xml"].decode())[1]
        links = "xl/_rels/workbook.xml.rels"
        parts[links] = parts[links].replace(f'Id="{link}"'.encode(), b'Id="lost"')
        out = io.BytesIO()
        zipped(out, parts)
        return out.getvalue()


def plain_book() -> Book:
    """A small tab that was never used with us."""
    with TemporaryDirectory() as folder:
        path = XlsxFile(Path(folder) / "candidates.xlsx", {"候補者": tab()}).path
        return Book(name="candidates.xlsx", content=path.read_bytes(), due=DUE)


def used_book(nursery: Nursery) -> Book:
    """One with styles, drop-downs, a chart and a filter, that we have written into, and with two more to write to."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "used.xlsx"
        _make_rich(path)
        words = ["send", path.name, "--config", str(CONFIG), "--carrier", "outbox:outbox", "--send"]
        done = nursery.run(Order(words=words, folder=folder))
        assert done.code == 0, done.err
        journal = Path(folder) / FOLDER / f"{path.name}.journal"
        return Book(name=path.name, content=_with_decisions(path), due=DUE, journal=journal.read_bytes())


def somebody_elses_book() -> Book:
    """One with macros and calculations that none of us made, and a tab of candidates put into it."""
    out = io.BytesIO()
    with Package.open(SOMEBODY_ELSES) as package:
        edit = Edit(package)
        with TemporaryDirectory() as folder:
            edit.put_tabs(XlsxFile(Path(folder) / "tab.xlsx", {"候補者": tab()}).path.read_bytes())
        edit.write(out)
    return Book(name="macros.xlsm", content=out.getvalue(), due=DUE)


def _make_rich(path: Path) -> None:
    head, *rows = tab()[1:]
    rows += [[name, address, "営業職", "不採用", "2026/11/16"] for address, name in _CARRIED_LAST_WEEK.items()]
    with Workbook(path) as book:
        sheet = book.add_worksheet("候補者")
        sheet.merge_range(0, 0, 0, 4, "採用管理表", book.add_format({"bold": True, "bg_color": "#DDEBF7"}))
        sheet.write_row(1, 0, head, book.add_format({"bold": True, "border": 1}))
        for number, row in enumerate(rows, start=2):
            undecided = row[1] in DUE
            sheet.write_row(number, 0, [*row[:_DECISION_COLUMN], "選考中" if undecided else row[3], row[4]])
        last = len(rows) + 1
        sheet.data_validation(2, 3, last, 3, {"validate": "list", "source": ["不採用", "選考中", "内定"]})
        sheet.conditional_format(2, 3, last, 3, {"type": "duplicate", "format": book.add_format({"italic": True})})
        sheet.autofilter(1, 0, last, 4)
        sheet.write_comment(2, 0, "電話で連絡済み")
        sheet.freeze_panes(2, 1)
        counts = book.add_worksheet("集計")
        counts.write_formula(0, 0, '=COUNTIF(候補者!D3:D9,"不採用")', None, 2)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=集計!$A$1:$A$1"})
        counts.insert_chart("C1", chart)


def _with_decisions(path: Path) -> bytes:
    """The file after HR has turned down whoever is due, without a loss of anything else."""
    out = io.BytesIO()
    with Package.open(path) as package:
        edit = Edit(package)
        for row, _ in enumerate(DUE, start=3):
            edit.set_cell("候補者", row, _DECISION_COLUMN, "不採用")
        edit.write(out)
    return out.getvalue()


@lru_cache(maxsize=50)
def innocent_cells(content: bytes) -> Cells | None:
    """What stands in HR's own cells, by an independent reader; None where that cannot read the file."""
    with suppress(Exception):  # it promises nothing about ruined files
        if _inflated(content) > _MOST_FOR_A_STRANGER:
            return None
        book = load_workbook(io.BytesIO(content), rich_text=True)
        return {
            (sheet.title, cell.coordinate): getattr(cell.value, "text", cell.value)  # of an array formula
            for sheet in book.worksheets
            if sheet.title not in OUR_TABS
            for row in sheet.iter_rows(max_col=5)
            for cell in row
            if cell.value is not None
        }
    return None


def _inflated(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(member.file_size for member in archive.infolist())
