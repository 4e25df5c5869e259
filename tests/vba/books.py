"""Workbooks with other macros than they were made with."""

import zipfile

from sheets_automation.vba.project import vba_project


def parts(path):
    """The parts of a workbook by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(path, copy, changes):
    """A copy of a workbook in which some parts are others."""
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts(path), **changes}.items():
            archive.writestr(name, data)
    return copy


def with_modules(path, copy, modules):
    """A copy of a workbook that holds these modules."""
    return with_parts(path, copy, {"xl/vbaProject.bin": vba_project(modules)})
