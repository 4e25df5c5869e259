"""A workbook that XlsxWriter has just made for us, as the source of tabs. Trusted: it is never a stranger's file."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from zipfile import ZipFile

from sheets_automation.xlsx.draft import relationships_part
from sheets_automation.xlsx.more_rows import Rows
from sheets_automation.xlsx.styles import Styles
from sheets_automation.xlsx.tags import attributes, elements, local

_WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class DonorLink:
    """A relationship between two parts of the donor, or to something outside."""

    id: str
    type: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DonorTab:
    """One tab of the donor."""

    name: str
    index: int
    state: str
    part: str


class Donor:
    """The parts of a workbook that was made by XlsxWriter, and rows by tab that are to stand below its own."""

    def __init__(self, made: bytes, more_rows: Mapping[str, Rows]) -> None:
        with ZipFile(io.BytesIO(made)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.more_rows = more_rows
        self.styles = Styles(self.parts["xl/styles.xml"])

    @cached_property
    def tabs(self) -> tuple[DonorTab, ...]:
        """The tabs in order."""
        targets = {link.id: link.target for link in self.links(_WORKBOOK)}
        tags = [attributes(e.tag) for e in elements(self.parts[_WORKBOOK], 2) if e.name == b"sheet"]
        return tuple(
            DonorTab(name=tag["name"], index=i, state=tag.get("state", "visible"), part=targets[tag["r:id"]])
            for i, tag in enumerate(tags)
        )

    def local_names(self, index: int) -> list[tuple[dict[str, str], str]]:
        """The defined names that belong to one tab, as attributes and text."""
        data = self.parts[_WORKBOOK]
        names = [e for e in elements(data, 2) if e.name == b"definedName"]
        found = [(attributes(e.tag), unescape(data[e.inner : e.inner_end].decode())) for e in names]
        return [(given, text) for given, text in found if given.get("localSheetId") == str(index)]

    def links(self, part: str) -> list[DonorLink]:
        """What a part points to."""
        tags = [attributes(e.tag) for e in elements(self.parts.get(relationships_part(part), b""), 1)]
        folder = posixpath.dirname(part)
        return [
            DonorLink(
                id=tag["Id"],
                type=tag["Type"],
                target=tag["Target"]
                if (outside := tag.get("TargetMode") == "External")
                else _join(folder, tag["Target"]),
                external=outside,
            )
            for tag in tags
        ]

    def content_type(self, part: str) -> str:
        """What a part is."""
        tags = [attributes(e.tag) for e in elements(self.parts["[Content_Types].xml"], 1)]
        overrides = {tag["PartName"]: tag["ContentType"] for tag in tags if "PartName" in tag}
        defaults = {tag["Extension"]: tag["ContentType"] for tag in tags if "Extension" in tag}
        return overrides.get(f"/{part}") or defaults[part.rpartition(".")[2]]

    @cached_property
    def texts(self) -> tuple[bytes, ...]:
        """The inside of each shared string."""
        data = self.parts.get("xl/sharedStrings.xml", b"")
        return tuple(data[e.inner : e.inner_end] for e in elements(data, 1) if local(e.name) == b"si")


def _join(folder: str, target: str) -> str:
    return re.sub("^/", "", posixpath.normpath(posixpath.join("/", folder, target)))
