"""Workbooks made part by part, honest and hostile ones."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from sheets_automation.core.table import Row
from sheets_automation.xlsx.limits import DEFAULT_LIMITS, Limits
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.reading import iter_rows

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
SHEET = "xl/worksheets/sheet1.xml"
PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def sheet_of(rows: str, prefix: str = "") -> str:
    """A worksheet part around the markup of its rows."""
    xmlns = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    return (
        f'{PROLOG}<{prefix}worksheet {xmlns}="{MAIN}"><{prefix}cols><{prefix}col min="1" max="3" width="9"/>'
        f"</{prefix}cols><{prefix}sheetData>{rows}</{prefix}sheetData></{prefix}worksheet>"
    )


def texts_of(items: str) -> str:
    """A shared strings part around the markup of its items."""
    return f'{PROLOG}<sst xmlns="{MAIN}" count="1" uniqueCount="1">{items}</sst>'


def styles_of(*codes: str) -> str:
    """A styles part: style 0 is general, style n has the n-th number format code, or a built-in number."""
    formats = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>' for i, code in enumerate(codes))
    numbers = [code if code.isdecimal() else str(200 + i) for i, code in enumerate(codes)]
    xfs = "".join(f'<xf numFmtId="{number}"/>' for number in ("0", *numbers))
    return (
        f'{PROLOG}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{xfs}</cellXfs></styleSheet>'
    )


def parts_of(sheet: str | bytes, *, workbook: str = "", rels: str = RELS, main: str = MAIN) -> dict[str, str | bytes]:
    """The parts of the smallest workbook that Excel would open."""
    return {
        "[Content_Types].xml": (
            f'{PROLOG}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
        ),
        "_rels/.rels": relationships(("rId1", f"{rels}/officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook
        or f'{PROLOG}<workbook xmlns="{main}" xmlns:r="{rels}"><sheets><sheet name="候補者" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relationships(
            ("rId1", f"{rels}/worksheet", "worksheets/sheet1.xml"),
            ("rId2", f"{rels}/styles", "/xl/styles.xml"),
            ("rId3", f"{rels}/sharedStrings", "sharedStrings.xml"),
        ),
        SHEET: sheet,
    }


def relationships(*entries: tuple[str, str, str]) -> str:
    """A relationships part of (id, type, target)."""
    inside = "".join(f'<Relationship Id="{id_}" Type="{type_}" Target="{target}"/>' for id_, type_, target in entries)
    return f'{PROLOG}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


def zipped(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """A zip file of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def workbook_with(
    folder: Path,
    rows: str = "",
    *,
    sheet: str | bytes = "",
    texts: str | bytes = "",
    styles: str = "",
    workbook: str = "",
) -> Path:
    """A workbook with one tab: `rows` is the markup of its rows, or `sheet` the whole part."""
    parts = parts_of(sheet or sheet_of(rows), workbook=workbook)
    if texts:
        parts["xl/sharedStrings.xml"] = texts
    if styles:
        parts["xl/styles.xml"] = styles
    return zipped(folder / "book.xlsx", parts)


def rows_of(path: Path, columns: Iterable[int] | None = None, limits: Limits = DEFAULT_LIMITS) -> list[Row]:
    """All rows of the first tab."""
    with Package.open(path, limits) as package:
        return list(iter_rows(package, package.sheets[0], None if columns is None else set(columns)))


def cells_of(path: Path, limits: Limits = DEFAULT_LIMITS) -> dict[int, dict[int, object]]:
    """Values by row number and column index."""
    return {row.number: dict(row.cells) for row in rows_of(path, limits=limits)}
