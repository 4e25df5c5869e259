"""Change a workbook file and look at the result."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Collection
from pathlib import Path

from sheets_automation.xlsx.edit import Edit
from sheets_automation.xlsx.package import Package
from tests.xlsx.raw_workbook import MAIN, SHEET, sheet_of

TAB = "候補者"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="游ゴシック"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"><protection locked="0"/></xf></cellXfs></styleSheet>'
)
"""Format 0 is general, 1 a date, 2 unlocked."""


def edited(path: Path, change: Callable[[Edit], object], *, own_tabs: Collection[str] = ()) -> Path:
    """Write a changed copy, verified, beside the file."""
    result = path.with_name(f"new-{path.name}")
    with Package.open(path) as package:
        edit = Edit(package, own_tabs=own_tabs)
        change(edit)
        with result.open("wb") as out:
            edit.write(out)
        edit.verify(result)
    return result


def changes_nothing(path: Path, change: Callable[[Edit], object]) -> bool:
    """Whether a change would leave the file as it is."""
    with Package.open(path) as package:
        edit = Edit(package)
        change(edit)
        return edit.is_empty


def part(path: Path, name: str = SHEET) -> str:
    """A part as text."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def rows_in(path: Path) -> str:
    """What stands between the tags of the sheet data."""
    return part(path).partition("sheetData>")[2].rpartition("</")[0].rpartition("</")[0]


def framed(rows: str, *, before: str = "", after: str = "") -> str:
    """A sheet part with something before and behind its rows."""
    sheet = sheet_of(rows)
    return sheet.replace("<cols>", f"{before}<cols>").replace("</sheetData>", f"</sheetData>{after}")
