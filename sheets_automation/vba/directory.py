"""The dir stream of a VBA project, [MS-OVBA] 2.3.4.2: what it refers to, and its modules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sheets_automation.vba.modules import Module, ModuleKind

_WIN64: Final = 3
_ENGLISH: Final = 0x0409
_CODE_PAGE: Final = 1252  # all source is ASCII, so any would do
_VERSION: Final = (0x5F3C_A2D5).to_bytes(4, "little") + (1).to_bytes(2, "little")
_OFFICE: Final = r"C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library"
_REFERENCES: Final = (
    ("stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"),
    ("Office", rf"*\G{{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}}#2.0#0#{_OFFICE}"),
)
"""What Excel gives to every new project; Excel and VBA themselves are always there."""


def directory(name: str, modules: Sequence[Module]) -> bytes:
    """The stream, not compressed yet."""
    return b"".join(
        (
            _number(0x01, _WIN64),
            _number(0x02, _ENGLISH),
            _number(0x14, _ENGLISH),
            _number(0x03, _CODE_PAGE, size=2),
            _record(0x04, name.encode()),
            _twice(0x05, 0x40, ""),  # description
            _record(0x06, b"") + _record(0x3D, b""),  # help file
            _number(0x07, 0),
            _number(0x08, 0),
            (0x09).to_bytes(2, "little") + (4).to_bytes(4, "little") + _VERSION,  # its size is not the real one
            _twice(0x0C, 0x3C, ""),  # constants
            *(_reference(*reference) for reference in _REFERENCES),
            _number(0x0F, len(modules), size=2),
            _number(0x13, 0xFFFF, size=2),
            *map(_module, modules),
            _record(0x10, b""),
        )
    )


def _reference(name: str, library: str) -> bytes:
    registered = len(library).to_bytes(4, "little") + library.encode() + bytes(6)
    return _twice(0x16, 0x3E, name) + _record(0x0D, registered)


def _module(module: Module) -> bytes:
    is_procedural = module.kind is ModuleKind.STANDARD
    return b"".join(
        (
            _twice(0x19, 0x47, module.name),
            _twice(0x1A, 0x32, module.name),  # its stream
            _twice(0x1C, 0x48, ""),  # description
            _number(0x31, 0),  # where the source begins: nothing compiled stands before it
            _number(0x1E, 0),
            _number(0x2C, 0xFFFF, size=2),
            _record(0x21 if is_procedural else 0x22, b""),
            _record(0x2B, b""),
        )
    )


def _record(kind: int, content: bytes) -> bytes:
    return kind.to_bytes(2, "little") + len(content).to_bytes(4, "little") + content


def _number(kind: int, value: int, *, size: int = 4) -> bytes:
    return _record(kind, value.to_bytes(size, "little"))


def _twice(kind: int, unicode_kind: int, text: str) -> bytes:
    """A text in the code page, then in Unicode."""
    return _record(kind, text.encode("ascii")) + _record(unicode_kind, text.encode("utf-16-le"))
