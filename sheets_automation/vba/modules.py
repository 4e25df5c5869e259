"""The modules of a VBA project, as source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")
_HEAD_OF_A_FILE: Final = re.compile(
    r"\A(?:VERSION [^\r\n]*\r\nBEGIN\r\n.*?\r\nEND\r\n)?(?:Attribute VB_[^\r\n]*\r\n)*", re.DOTALL
)
_CLASS_BASE: Final = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"


class DocumentKind(StrEnum):
    """What of a workbook a module belongs to, with its class in Excel."""

    WORKBOOK = "0{00020819-0000-0000-C000-000000000046}"
    WORKSHEET = "0{00020820-0000-0000-C000-000000000046}"
    CHART = "0{00020821-0000-0000-C000-000000000046}"


class ModuleKind(StrEnum):
    """How the project lists a module."""

    STANDARD = "Module"
    CLASS = "Class"
    DOCUMENT = "Document"


@dataclass(frozen=True, slots=True)
class Module:
    """A module: its kind, its name and its whole source, attributes included, with line ends of Windows."""

    kind: ModuleKind
    name: str
    source: str

    def __post_init__(self) -> None:
        """Refuse what Excel could not load on every machine."""
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"“{self.name}” is no name of a module")
        if not self.source.isascii():
            # Source is stored in the code page of one machine and read in that of another.
            raise ValueError(f"the source of {self.name} is not ASCII")


def standard_module(name: str, code: str) -> Module:
    """A module of procedures."""
    return Module(ModuleKind.STANDARD, name, f'Attribute VB_Name = "{name}"\r\n{_body(code)}')


def class_module(name: str, code: str) -> Module:
    """A class that code of this project makes objects of."""
    head = _head(name, _CLASS_BASE, predeclared=False, exposed=True, customizable=False)
    return Module(ModuleKind.CLASS, name, head + _body(code))


def document_module(name: str, kind: DocumentKind) -> Module:
    """The empty module that belongs to the workbook or to one of its sheets; `name` is the sheet's codeName."""
    return Module(ModuleKind.DOCUMENT, name, _head(name, kind.value, predeclared=True, exposed=True, customizable=True))


def is_module_name(name: str) -> bool:
    """Whether a module can have this name on every machine."""
    return bool(_NAME.fullmatch(name))


def _head(name: str, base: str, *, predeclared: bool, exposed: bool, customizable: bool) -> str:
    lines = (
        f'VB_Name = "{name}"',
        f'VB_Base = "{base}"',
        "VB_GlobalNameSpace = False",
        "VB_Creatable = False",
        f"VB_PredeclaredId = {predeclared}",
        f"VB_Exposed = {exposed}",
        "VB_TemplateDerived = False",
        f"VB_Customizable = {customizable}",
    )
    return "".join(f"Attribute {line}\r\n" for line in lines)


def _body(code: str) -> str:
    """The code of an exported .bas or .cls file, without the head that only such files have."""
    code = re.sub(r"\r?\n", "\r\n", code)
    body = _HEAD_OF_A_FILE.sub("", code, count=1)
    return body if body.endswith("\r\n") else f"{body}\r\n"
