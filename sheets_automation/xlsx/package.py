"""The parts of a workbook file and how they hang together (Open Packaging Conventions)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote
from zipfile import ZipInfo

from sheets_automation.core.errors import WorkbookUnreadable
from sheets_automation.xlsx.archive import Archive, open_file, part_key, reading
from sheets_automation.xlsx.limits import DEFAULT_LIMITS, Limits
from sheets_automation.xlsx.markup import Attributes, MarkupError, local_name, start_tags

_TRUE = frozenset({"1", "true", "on"})
_KINDS_OF_TABS = frozenset({"worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """One part's pointer to another part, or to something outside."""

    id: str
    type: str
    target: str
    """A member name as it stands in the zip where that member exists; as written where `external`."""
    external: bool = False

    @property
    def kind(self) -> str:
        """The last word of the type ("worksheet"), the same in the transitional and the strict dialect."""
        return self.type.rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRef:
    """One worksheet tab, as the workbook part lists it."""

    name: str
    sheet_id: int
    rel_id: str
    part: str
    state: str = "visible"
    """"visible", "hidden" or "veryHidden"."""


class Package:
    """A workbook file that is open for reading; a context manager.

    Everything is read through one file handle, so all readings are of one file even if somebody replaces it.
    Raises WorkbookNotFound or WorkbookUnreadable, and nothing else, whatever the file holds.
    """

    def __init__(self, path: Path, archive: Archive, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        self._archive = archive
        self._by_key = {part_key(name): name for name in archive.members}
        self.workbook_part = self._find_workbook_part()
        self._workbook_tags = self.tags(self.workbook_part)
        self._check_tabs()

    @classmethod
    def open(cls, path: Path, limits: Limits = DEFAULT_LIMITS) -> Self:
        """Open a workbook file and check everything that can be checked without reading its sheets."""
        handle = open_file(path)
        try:
            with reading(path):
                return cls(path, Archive(path, handle, limits), limits)
        except BaseException:
            handle.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be read of it any more."""
        return self._archive.is_closed

    def __enter__(self) -> Self:
        """Give the package itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the file."""
        self.close()

    @property
    def fingerprint(self) -> str:
        """What the file was when it was opened; another string means another file or other bytes."""
        return self._archive.fingerprint

    @property
    def names(self) -> tuple[str, ...]:
        """Member names in zip order."""
        return tuple(self._archive.members)

    def find(self, name: str) -> str | None:
        """The member that a part name means, however it is spelt; None when there is none."""
        key = part_key(name)
        return self._by_key.get(key) or self._by_key.get(part_key(unquote(name)))

    def read(self, name: str) -> bytes:
        """Inflate a part whole."""
        return self._archive.read(self._existing(name))

    def stream(self, name: str) -> Iterator[bytes]:
        """Inflate a part chunk by chunk."""
        return self._archive.stream(self._existing(name))

    def size(self, name: str) -> int:
        """How many bytes a part has, inflated; reading never gives more."""
        return self._archive.members[self._existing(name)].file_size

    def raw(self, name: str) -> tuple[ZipInfo, bytes]:
        """A part's directory entry and compressed bytes, to copy it as it is."""
        return self._archive.raw(self._existing(name))

    def tags(self, name: str) -> list[tuple[str, Attributes]]:
        """All start tags of a small XML part, as (local name, attributes as written)."""
        if self.size(name) > self.limits.max_small_part_bytes:
            raise self.too_large(name)
        try:
            return start_tags(self.stream(name), replace(self.limits, max_elements=self.limits.max_small_part_tags))
        except MarkupError as error:
            raise self.damaged(f"{name}: {error}") from error

    def damaged(self, detail: str) -> WorkbookUnreadable:
        """The error for a file whose parts are broken or contradict each other."""
        return self._archive.damaged(detail)

    def too_large(self, detail: str) -> WorkbookUnreadable:
        """The error for a file that is over a limit."""
        return self._archive.too_large(detail)

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """What a part points to ("" for the package itself); nothing where it has no relationships."""
        folder, _, base = part.rpartition("/")
        name = self.find(f"{folder}/_rels/{base}.rels")
        if name is None:
            return ()
        return tuple(self._relationship(folder, tag) for kind, tag in self.tags(name) if kind == "Relationship")

    def content_type(self, part: str) -> str:
        """What [Content_Types].xml says a part is, in lower case; "" when it says nothing."""
        defaults, overrides = self._content_types
        return overrides.get(part_key(part)) or defaults.get(part_key(part).rpartition(".")[2], "")

    @cached_property
    def sheets(self) -> tuple[SheetRef, ...]:
        """The worksheets in the order of their tabs, hidden ones included; chart sheets are not among them."""
        parts = {rel.id: rel for rel in self._workbook_relationships if rel.kind == "worksheet"}
        return tuple(
            self._sheet(tag, parts[rel_id])
            for kind, tag in self._workbook_tags
            if kind == "sheet" and (rel_id := _relationship_id(tag)) in parts
        )

    @cached_property
    def chart_sheets(self) -> tuple[str, ...]:
        """Names of the tabs that are no worksheets: charts, dialogs, Excel 4 macros."""
        worksheets = {sheet.rel_id for sheet in self.sheets}
        return tuple(
            tag.get("name", "")
            for kind, tag in self._workbook_tags
            if kind == "sheet" and _relationship_id(tag) not in worksheets
        )

    @cached_property
    def styles_part(self) -> str | None:
        """The part with the number formats, where there is one."""
        return self._workbook_target("styles")

    @cached_property
    def shared_strings_part(self) -> str | None:
        """The part with the shared strings, where there is one."""
        return self._workbook_target("sharedStrings")

    @cached_property
    def date1904(self) -> bool:
        """Whether serial dates count from 1904, as in workbooks from old Macs."""
        return any(kind == "workbookPr" and tag.get("date1904") in _TRUE for kind, tag in self._workbook_tags)

    @cached_property
    def is_macro_enabled(self) -> bool:
        """Whether this is an .xlsm, whatever its name says."""
        return "macroenabled" in self.content_type(self.workbook_part)

    @cached_property
    def is_signed(self) -> bool:
        """Whether a digital signature covers the file; any change would break it."""
        return any(rel.type.endswith("/digital-signature/origin") for rel in self.relationships(""))

    @cached_property
    def _content_types(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        defaults: dict[str, str] = {}
        overrides: dict[str, str] = {}
        for kind, tag in self.tags("[Content_Types].xml"):
            content_type = tag.get("ContentType", "").lower()
            if kind == "Default":
                defaults[tag.get("Extension", "").lower()] = content_type
            elif kind == "Override":
                overrides[part_key(tag.get("PartName", ""))] = content_type
        return defaults, overrides

    @cached_property
    def _workbook_relationships(self) -> tuple[Relationship, ...]:
        return self.relationships(self.workbook_part)

    def _existing(self, name: str) -> str:
        if name in self._archive.members:
            return name
        found = self.find(name)
        if found is None:
            raise self.damaged(f"{name} is missing")
        return found

    def _relationship(self, folder: str, tag: Attributes) -> Relationship:
        target = tag.get("Target", "")
        external = tag.get("TargetMode", "").lower() == "external"
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
            target = self.find(target) or target
        return Relationship(id=tag.get("Id", ""), type=tag.get("Type", ""), target=target, external=external)

    def _find_workbook_part(self) -> str:
        if self.find("mimetype") and not self.find("[Content_Types].xml"):
            raise self._archive.not_a_workbook("OpenDocument 形式（.ods など）", "an OpenDocument file (.ods)")
        for rel in self.relationships(""):
            if rel.kind == "officeDocument" and not rel.external and self.find(rel.target):
                self._check_workbook_type(self.content_type(rel.target))
                return rel.target
        raise self._archive.not_a_workbook("ブックではない zip ファイル", "a zip file without a workbook in it")

    def _check_workbook_type(self, content_type: str) -> None:
        if "sheet.binary" in content_type:
            raise self._archive.not_a_workbook("バイナリ形式（.xlsb）のブック", "a binary workbook (.xlsb)")
        if "spreadsheetml" not in content_type and "ms-excel" not in content_type:
            raise self._archive.not_a_workbook("Excel 以外の文書", "a document of another program")

    def _check_tabs(self) -> None:
        """Refuse a file that lists a tab and does not say where it is: it may be the log of what was sent."""
        kinds = {rel.id: rel.kind for rel in self._workbook_relationships}
        for kind, tag in self._workbook_tags:
            if kind == "sheet" and kinds.get(_relationship_id(tag)) not in _KINDS_OF_TABS:
                raise self.damaged(f'tab "{tag.get("name", "")}" without a sheet')
        if not self.sheets:
            raise self.damaged("no worksheet")

    def _sheet(self, tag: Attributes, rel: Relationship) -> SheetRef:
        number = re.fullmatch(r"\d{1,9}", tag.get("sheetId", ""))
        return SheetRef(
            name=tag.get("name", ""),
            sheet_id=int(number[0]) if number else 0,
            rel_id=rel.id,
            part=self._existing(rel.target),
            state=tag.get("state", "visible"),
        )

    def _workbook_target(self, kind: str) -> str | None:
        targets = (rel.target for rel in self._workbook_relationships if rel.kind == kind and not rel.external)
        return next((found for target in targets if (found := self.find(target))), None)


def _relationship_id(tag: Attributes) -> str:
    return next((value for name, value in tag.items() if ":" in name and local_name(name) == "id"), "")
