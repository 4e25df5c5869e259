"""Whether the macros of a workbook are ours alone, so that newer ones may take their place."""

from __future__ import annotations

import re
import struct
from typing import Final

from sheets_automation.macros.settings import SHEET
from sheets_automation.macros.sources import button_modules
from sheets_automation.macros.xlwings_modules import xlwings_modules
from sheets_automation.vba.reading import stored_modules, stream_names
from sheets_automation.xlsx.macro_part import project_part
from sheets_automation.xlsx.package import Package

_NOTICES: Final = {
    "RelayButtons": "' The buttons of sheets_automation.",
    "xlwings": "'Changed by sheets_automation:",
    "Dictionary": "' Dictionary v",
}
"""What stands in each module of ours since the first version; Excel leaves comments as they are."""
_PROCEDURE: Final = re.compile(
    r"^[ \t]*(?:(?:Public|Private|Friend|Static)[ \t]+)*(?:Sub|Function|Property[ \t]+[GLS]et)[ \t]+(\w+)",
    re.IGNORECASE | re.MULTILINE,
)
_OURS_OF_ANY_VERSION: Final = re.compile(r"relay\w+")
_NO_CODE: Final = re.compile(r"(?:Attribute VB_.*|Option Explicit)?\s*", re.IGNORECASE)
_PARTS: Final = frozenset({"dir", "_VBA_PROJECT", "PROJECT", "PROJECTwm", "PROJECTlk"})


def has_our_macros_alone(package: Package) -> bool:
    """Whether the workbook has buttons of ours, of whichever version, and no macro, form or signature of anybody else.

    Known by the names of the modules, our notices, and the names of procedures; in doubt it is not ours. A line that
    somebody has changed inside of a procedure of ours is not seen.
    """
    part = project_part(package)
    if part is None or any(package.relationships(part)) or SHEET not in {sheet.name for sheet in package.sheets}:
        return False
    project = package.read(part)
    try:
        sources = {one.name: one.source for one in stored_modules(project)}
        names = stream_names(project)
    except (ValueError, LookupError, struct.error):
        return False
    if any(not name.startswith("__SRP_") for name in names - _PARTS - sources.keys()):
        return False
    return all(notice in sources.get(name, "") for name, notice in _NOTICES.items()) and not any(
        _procedures(source) - _known(name) if name in _NOTICES else _has_code(source)
        for name, source in sources.items()
    )


def _known(name: str) -> set[str]:
    """The procedures that a module of ours may have."""
    source = next(one.source for one in [*button_modules(), *xlwings_modules()] if one.name == name)
    return _procedures(source)


def _procedures(source: str) -> set[str]:
    names = {name.lower() for name in _PROCEDURE.findall(source)}
    return {name for name in names if not _OURS_OF_ANY_VERSION.fullmatch(name)}


def _has_code(source: str) -> bool:
    return not all(_NO_CODE.fullmatch(line) for line in source.splitlines())
