"""A VBA project in a workbook: one part, one relationship, and the workbook says that it has macros."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from sheets_automation.xlsx.draft import Draft
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.part_list import add_relationship
from sheets_automation.xlsx.tags import attributes, children, prefix_of, put_child, with_attributes

_PROJECT: Final = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_PROJECT_TYPE: Final = "application/vnd.ms-office.vbaProject"
_MACRO_WORKBOOK: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PROPERTIES: Final = re.compile(rb"<(?:[\w.-]+:)?sheetPr\b[^>]*>")
_BEHIND_PROPERTIES: Final = (b"workbookProtection", b"bookViews", b"sheets")


class CodeName(NamedTuple):
    """The name of the module that belongs to a tab."""

    name: str
    is_chart: bool


def has_project(package: Package) -> bool:
    """Whether the workbook carries a VBA project already."""
    return any(rel.kind == "vbaProject" for rel in package.relationships(package.workbook_part))


def project_part(package: Package) -> str | None:
    """The part that holds its VBA project; None where there is none, or not just one."""
    found = [rel for rel in package.relationships(package.workbook_part) if rel.kind == "vbaProject"]
    return package.find(found[0].target) if len(found) == 1 and not found[0].external else None


def code_names(package: Package) -> Iterator[CodeName]:
    """The module names of tabs that have one; Excel gives the others theirs."""
    for rel in package.relationships(package.workbook_part):
        if rel.kind in {"worksheet", "chartsheet"} and not rel.external and package.find(rel.target):
            # The properties of a sheet stand at its very beginning, and it may be large.
            found = _PROPERTIES.search(next(package.stream(rel.target), b""))
            name = attributes(found[0]).get("codeName") if found else None
            if name:
                yield CodeName(name, is_chart=rel.kind == "chartsheet")


def workbook_code_name(package: Package) -> str | None:
    """The name of the workbook's own module, where it has one."""
    properties = children(package.read(package.workbook_part)).get(b"workbookPr")
    return attributes(properties.tag).get("codeName") if properties else None


def put_project(draft: Draft, project: bytes, code_name: str) -> dict[str, str]:
    """Put the project into the workbook, whose own module is called `code_name`; the content types to settle.

    A project that is there is replaced: whoever asks has seen that it may be.
    """
    if (there := project_part(draft.package)) is not None:
        draft.put(there, project)
        return {}
    workbook = draft.package.workbook_part
    part = "xl/vbaProject.bin" if not draft.has("xl/vbaProject.bin") else draft.free_name("xl/vbaProject", ".bin")
    add_relationship(draft, workbook, _PROJECT, part)
    draft.put(part, project)
    draft.put(workbook, _with_code_name(draft.read(workbook), code_name))
    return {part: _PROJECT_TYPE, workbook: _MACRO_WORKBOOK}


def _with_code_name(workbook: bytes, code_name: str) -> bytes:
    properties = children(workbook).get(b"workbookPr")
    if properties is None:
        tag = with_attributes(b"<%bworkbookPr/>" % prefix_of(workbook), {"codeName": code_name})
        return put_child(workbook, tag, before=_BEHIND_PROPERTIES)
    tag = with_attributes(properties.tag, {"codeName": code_name})
    return workbook[: properties.start] + tag + workbook[properties.inner :]
