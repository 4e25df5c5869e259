"""A package with changes that are not written yet: parts put, spliced, added and removed, all others as they are."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from itertools import count, pairwise

from sheets_automation.core.errors import WorkbookUnreadable
from sheets_automation.xlsx.archive import CHUNK_BYTES, part_key
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.tags import Splice, spliced_stream


class Draft:
    """What a package is going to be."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._put: dict[str, bytes] = {}
        self._splices: dict[str, list[Splice]] = {}
        self._removed: set[str] = set()

    @property
    def is_unchanged(self) -> bool:
        """Whether the result would be the package as it is."""
        return not (self._put or self._splices or self._removed)

    @property
    def names(self) -> tuple[str, ...]:
        """The members of the result: the old ones in their order, then the added ones."""
        old = self.package.names
        kept = [name for name in old if name not in self._removed]
        return (*kept, *(name for name in self._put if name not in set(old)))

    @property
    def spliced_parts(self) -> tuple[str, ...]:
        """The parts that are patched in place."""
        return tuple(self._splices)

    def is_untouched(self, name: str) -> bool:
        """Whether a member of the result is copied as it lies in the old file."""
        return name not in self._put and name not in self._splices

    def read(self, name: str) -> bytes:
        """A part as it is by now."""
        return self._put[name] if name in self._put else self.package.read(name)

    def stream(self, name: str) -> Iterator[bytes]:
        """A part as it is by now, in pieces."""
        if name in self._put:
            data = self._put[name]
            return (data[start : start + CHUNK_BYTES] for start in range(0, len(data), CHUNK_BYTES))
        return spliced_stream(self.package.stream(name), self._splices.get(name, ()))

    def size(self, name: str) -> int:
        """About how many bytes a part has."""
        return len(self._put[name]) if name in self._put else self.package.size(name)

    def has(self, name: str) -> bool:
        """Whether the result has a part of this name, in any spelling."""
        key = part_key(name)
        return any(part_key(known) == key for known in self.names)

    def put(self, name: str, data: bytes) -> None:
        """Give a part new content; the very same content is no change."""
        self._removed.discard(name)
        if name in self.package.names and data == self.package.read(name):
            self._put.pop(name, None)
        else:
            self._put[name] = data

    def splice(self, name: str, splices: Iterable[Splice]) -> None:
        """Patch a part of the old file in place; it may be large."""
        # What is inserted at a place comes before what replaces the bytes from there on.
        found = sorted(splices, key=lambda splice: (splice.start, splice.end))
        if any(after.start < before.end for before, after in pairwise(found)):
            raise CellRefused("unverified", what=name)
        if found:
            self._splices[name] = found

    def remove(self, name: str) -> None:
        """Drop a part, with its relationships; its content type goes with `drop_content_types`."""
        for gone in (name, relationships_part(name)):
            known = self.package.find(gone)
            self._put.pop(gone, None)
            if known is not None:
                self._removed.add(known)

    def free_name(self, stem: str, suffix: str) -> str:
        """The first of stem1.suffix, stem2.suffix, … that no part has, and that no relationship speaks of.

        Files exist whose relationships point to parts that are not there; a part put there would show up in their tab.
        """
        names = (f"{stem}{number}{suffix}" for number in count(1))
        return next(name for name in names if not self.has(name) and part_key(name) not in self._missed)

    @cached_property
    def _missed(self) -> frozenset[str]:
        """What relationships of the old file point to, and the file does not have."""
        missed: set[str] = set()
        for name in self.package.names:
            with suppress(WorkbookUnreadable):  # such as the broken links that macOS adds in a folder of its own
                links = self.package.relationships(name)
                missed |= {part_key(link.target) for link in links if not link.external}
        return frozenset(key for key in missed if self.package.find(key) is None)


def relationships_part(part: str) -> str:
    """Where the relationships of a part are kept."""
    folder, _, base = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{base}.rels")
