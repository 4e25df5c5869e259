"""The ribbon add-in (.xlam): the same buttons for whatever workbook is in front, which itself stays as it is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sheets_automation.macros.buttons import BUTTONS
from sheets_automation.macros.settings import settings
from sheets_automation.macros.sources import ribbon_modules
from sheets_automation.macros.tabs import SETTINGS_MODULE, draw_settings
from sheets_automation.macros.xlwings_modules import xlwings_modules, xlwings_version
from sheets_automation.vba.modules import DocumentKind, document_module
from sheets_automation.vba.project import vba_project
from sheets_automation.xlsx.new_file import write_new_file
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.tags import elements, put_inside, quoted

_RIBBON_PART: Final = "customUI/customUI14.xml"
_RIBBON: Final = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_MACRO_WORKBOOK: Final = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN: Final = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
_CREATED: Final = datetime(2020, 1, 1)  # noqa: DTZ001 - any fixed moment: the same program makes the same add-in
_ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def build_addin(path: Path, *, replace: bool = False) -> None:
    """Write the add-in. WorkbookNotSaved where a file has this name, unless `replace` says that it may go."""
    made = _zipped(dict(_parts()))

    def write(out: BinaryIO) -> None:
        out.write(made)

    write_new_file(path, write, _check, replace=replace)


def ribbon() -> bytes:
    """The tab that Excel shows in its ribbon."""
    buttons = b"".join(
        b'<button id=%b label=%b size="large" imageMso=%b screentip=%b supertip=%b onAction="RelayPressed"/>'
        % tuple(map(quoted, (one.macro, one.caption, one.picture, one.caption, one.explanation)))
        for one in BUTTONS
    )
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"><ribbon><tabs>'
        b'<tab id="RelayTab" label=%b><group id="RelayGroup" label=%b>%b</group></tab>'
        b"</tabs></ribbon></customUI>"
    ) % (quoted("採用連絡"), quoted("お祈りメール"), buttons)


def _parts() -> Iterator[tuple[str, bytes]]:
    """What XlsxWriter makes of a macro workbook, with the ribbon, and declared to be an add-in."""
    with ZipFile(io.BytesIO(_workbook())) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(_MACRO_WORKBOOK, _ADDIN)
            elif name == "_rels/.rels":
                link = b'<Relationship Id="rIdRibbon" Type=%b Target=%b/>' % (quoted(_RIBBON), quoted(_RIBBON_PART))
                data = put_inside(data, next(elements(data, 0)), link, changes={})
            yield name, data
    yield _RIBBON_PART, ribbon()


def _workbook() -> bytes:
    from xlsxwriter import Workbook

    project = vba_project(
        [
            document_module("ThisWorkbook", DocumentKind.WORKBOOK),
            document_module(SETTINGS_MODULE, DocumentKind.WORKSHEET),
            *ribbon_modules(),
            *xlwings_modules(on_active_workbook=True),
        ]
    )
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _CREATED, "title": "relay", "comments": "採用連絡のボタン"})
        book.set_vba_name("ThisWorkbook")
        book.add_vba_project(io.BytesIO(project), is_stream=True)
        draw_settings(book, settings(xlwings_version()))  # an add-in shows no sheets, but one must not be hidden
    return buffer.getvalue()


def _zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(ZipInfo(name, _ZIP_EPOCH), data, compress_type=ZIP_DEFLATED)
    return buffer.getvalue()


def _check(path: Path) -> None:
    with Package.open(path):
        pass
