"""A whole vbaProject.bin: its modules, the list of them, and the text that the editor shows of the project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sheets_automation.vba.compound_file import compound_file
from sheets_automation.vba.compression import compress
from sheets_automation.vba.directory import directory
from sheets_automation.vba.modules import Module, ModuleKind
from sheets_automation.vba.protection import no_password, not_protected, visible

_NAME: Final = "VBAProject"
_ID: Final = "{6B1A5C6E-2D3F-4B7A-9C41-5E0A7F2D8B13}"
_STALE: Final = bytes.fromhex("CC61FFFF000000")
"""[MS-OVBA] 2.3.4.1: no compiled form of this version is here, so Excel compiles the source."""


def vba_project(modules: Sequence[Module]) -> bytes:
    """The file with these modules; the same modules give the same bytes. Document modules belong in front."""
    names = [module.name.lower() for module in modules]
    if len(set(names)) < len(names):
        raise ValueError("two modules have one name")
    streams = {module.name: compress(module.source.encode("ascii")) for module in modules}
    return compound_file(
        {
            "VBA": {"dir": compress(directory(_NAME, modules)), "_VBA_PROJECT": _STALE, **streams},
            "PROJECT": "".join(f"{line}\r\n" for line in _project(modules)).encode("ascii"),
            "PROJECTwm": b"".join(map(_both_names, modules)) + b"\0\0",
        }
    )


def _project(modules: Sequence[Module]) -> Iterator[str]:
    """[MS-OVBA] 2.3.1: the project as the editor lists it."""
    yield f'ID="{_ID}"'
    for module in modules:
        suffix = "/&H00000000" if module.kind is ModuleKind.DOCUMENT else ""
        yield f"{module.kind.value}={module.name}{suffix}"
    yield f'Name="{_NAME}"'
    yield 'HelpContextID="0"'
    yield 'VersionCompatible32="393222000"'
    yield f'CMG="{not_protected(_ID)}"'
    yield f'DPB="{no_password(_ID)}"'
    yield f'GC="{visible(_ID)}"'
    yield ""
    yield "[Host Extender Info]"
    yield "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"
    yield ""
    yield "[Workspace]"
    yield from (f"{module.name}=0, 0, 0, 0, C" for module in modules)


def _both_names(module: Module) -> bytes:
    """[MS-OVBA] 2.3.3: a module's name in the code page and in Unicode."""
    return module.name.encode("ascii") + b"\0" + module.name.encode("utf-16-le") + b"\0\0"
