"""Texts that no cell shows any more: a workbook keeps them in its list of texts, for whoever looks into the file.

Numbers of texts must not change, since every other cell counts by them; so an unused text becomes an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from sheets_automation.xlsx.draft import Draft
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.reading import tables
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.spelling import has_hidden_text
from sheets_automation.xlsx.tags import xml_text
from sheets_automation.xlsx.verifying import verify_package

_TEXT = re.compile(rb"<((?:\w+:)?)si\b[^<>]*(?:/>|>.*?</(?:\w+:)?si\s*>)", re.DOTALL)
_CELL = re.compile(rb"<(?:\w+:)?c\b[^<>]*\bt\s*=\s*[\"']s[\"'][^<>]*>(.*?)</(?:\w+:)?c\s*>", re.DOTALL)
_NUMBER = re.compile(rb"<(?:\w+:)?v\b[^<>]*>\s*(\d+)\s*</")
_OLD_MACROS: Final = ("/macrosheets/", "/dialogsheets/")
_BENEATH: Final = (
    ("comments", "コメント"),
    ("pivotcache", "ピボットテーブルの控え"),
    ("charts/", "グラフの控え"),
    ("drawings/", "図形"),
    ("", "そのほかの部分"),
)


def without_unused_texts(package: Package) -> Draft | None:
    """The file with empty texts where no cell shows them; None where there are none.

    Raises CellRefused where nobody can tell which those are.
    """
    part = package.shared_strings_part
    if part is None:
        return None
    if any(folder in name.lower() for name in package.names for folder in _OLD_MACROS):
        raise CellRefused("unverified", what=part)
    texts = package.read(part)
    sheets = [package.read(sheet.part) for sheet in package.sheets if sheet.part]
    if any(has_hidden_text(data, data.find(b"?>") + 1) for data in (texts, *sheets)):
        raise CellRefused("unverified", what=part)
    used = {int(number[1]) for sheet in sheets for cell in _CELL.finditer(sheet) if (number := _NUMBER.search(cell[1]))}
    new = b"".join(_without(texts, used))
    if new == texts:
        return None
    draft = Draft(package)
    draft.put(part, new)
    return draft


def _without(texts: bytes, used: Collection[int]) -> Iterator[bytes]:
    end = 0
    for number, found in enumerate(_TEXT.finditer(texts)):
        yield texts[end : found.start()]
        prefix = found[1]
        yield found[0] if number in used else b"<%bsi><%bt></%bt></%bsi>" % (prefix, prefix, prefix, prefix)
        end = found.end()
    yield texts[end:]


def verify_shown(path: Path, draft: Draft) -> None:
    """Raise CellRefused unless the file at `path` is the old one but for its texts, and shows the same cells."""
    verify_package(path, draft, {})
    with Package.open(path) as result:
        before, after = tables(draft.package), tables(result)
        for title, table in before.items():
            if list(table.rows()) != list(after[title].rows()):
                raise CellRefused("unverified", what=title)


def words_beneath(package: Package, words: Collection[str], *, has_old_texts: bool) -> Mapping[str, int]:
    """How often these words stand beneath the cells: in comments, in what pivot tables and charts have kept.

    With `has_old_texts` also in the list of texts, which then holds some that no cell shows.
    """
    spelt = [xml_text(word).encode() for word in words if word]
    shown = {sheet.part for sheet in package.sheets} | (set() if has_old_texts else {package.shared_strings_part})
    found: dict[str, int] = {}
    for name in package.names:
        if name in shown or not name.lower().endswith((".xml", ".vml")):
            continue
        data = package.read(name)
        if times := sum(data.count(word) for word in spelt):
            place = next(label for sign, label in _BENEATH if sign in name.lower())
            found[place] = found.get(place, 0) + times
    return found
