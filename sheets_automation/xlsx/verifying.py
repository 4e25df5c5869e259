"""The last look before a workbook is replaced: open the result as a stranger would and compare it with the old file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sheets_automation.core.errors import WorkbookUnreadable
from sheets_automation.xlsx.draft import Draft, relationships_part
from sheets_automation.xlsx.markup import MarkupError, check_well_formed
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.verified_sheet import Written, check_sheet

_XML = (".xml", ".rels", ".vml")


def verify_package(path: Path, draft: Draft, written: Mapping[str, Written]) -> None:
    """Raise CellRefused unless the file at `path` is the old one with exactly the changes of the draft.

    `written` says for each sheet part that was patched what it must hold.
    """
    try:
        with Package.open(path, draft.package.limits) as result:
            _check_members(result, draft)
            _check_links(result, draft)
            for part, cells in written.items():
                check_sheet(result, part, cells)
    except (WorkbookUnreadable, MarkupError) as error:
        if isinstance(error.__cause__, OSError):  # the drive is gone, and nothing is wrong with what was written
            raise
        raise CellRefused("unverified", what=str(error)) from error


def _expect(holds: bool, what: str) -> None:  # noqa: FBT001 - reads like an assert
    if not holds:
        raise CellRefused("unverified", what=what)


def _check_members(result: Package, draft: Draft) -> None:
    """No member is lost or added; what was not meant to change is the same bytes, the others are what was meant."""
    _expect(result.names == draft.names, "members")
    for name in draft.names:
        if draft.is_untouched(name):
            old_info, old = draft.package.raw(name)
            new_info, new = result.raw(name)
            _expect((old_info.CRC, old) == (new_info.CRC, new), name)
        elif name not in draft.spliced_parts:
            data = result.read(name)
            _expect(data == draft.read(name), name)
            if name.lower().endswith(_XML):
                check_well_formed(data)


def _check_links(result: Package, draft: Draft) -> None:
    """Every part that was added has a content type, and no relationship that we wrote lacks its target.

    What others left dangling or broken, such as the folders that macOS puts into zip files, is none of our business.
    """
    old = draft.package
    for name in result.names:
        links = result.find(relationships_part(name))
        if links is not None and not draft.is_untouched(links):
            known = {rel.target for rel in old.relationships(name)}
            for rel in result.relationships(name):
                _expect(rel.external or result.find(rel.target) is not None or rel.target in known, rel.target)
        if old.find(name) is None:
            _expect(bool(result.content_type(name)), name)
