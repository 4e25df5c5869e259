"""The lists that hold a package together: content types and relationships. Entries are added and dropped as bytes."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from itertools import count

from sheets_automation.xlsx.archive import part_key
from sheets_automation.xlsx.draft import Draft, relationships_part
from sheets_automation.xlsx.tags import attributes, elements, prefix_of, put_inside, quoted

_CONTENT_TYPES = "[Content_Types].xml"
_RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


def settle_content_types(draft: Draft, added: Mapping[str, str]) -> None:
    """Give each added part its content type, and drop those of parts that are gone; others stay as they are."""
    name = draft.package.find(_CONTENT_TYPES) or _CONTENT_TYPES
    data = draft.read(name)
    if not draft.package.content_type("any.rels"):  # some writers list every .rels by name instead
        new_links = (part for part in draft.names if part.endswith(".rels") and draft.package.find(part) is None)
        added = {**added, **dict.fromkeys(new_links, _RELATIONSHIPS_TYPE)}
    present = {part_key(part) for part in draft.names}
    new = {part_key(part): (part, content_type) for part, content_type in added.items()}
    for entry in reversed([entry for entry in elements(data, 1) if entry.name == b"Override"]):
        override = attributes(entry.tag)
        key = part_key(override.get("PartName", ""))
        stays = new[key][1] == override.get("ContentType") if key in new else key in present
        was_there = draft.package.find(key) is not None
        if stays:
            new.pop(key, None)
        elif was_there or key in new:
            data = data[: entry.start] + data[entry.end :]
    prefix = prefix_of(data)
    fragment = b"".join(
        b"<%bOverride PartName=%b ContentType=%b/>" % (prefix, quoted(f"/{part}"), quoted(content_type))
        for part, content_type in new.values()
    )
    if fragment:
        data = put_inside(data, next(elements(data, 0)), fragment, changes={})
    draft.put(name, data)


def add_relationship(draft: Draft, source: str, kind: str, target: str) -> str:
    """Let one part point to another; the new relationship's id."""
    name, data = _relationships(draft, source)
    taken = {attributes(entry.tag).get("Id") for entry in elements(data, 1)}
    rel_id = next(free for number in count(len(taken) + 1) if (free := f"rId{number}") not in taken)
    fragment = relationship(rel_id, kind, relative(source, target), prefix_of(data))
    draft.put(name, put_inside(data, next(elements(data, 0)), fragment, changes={}))
    return rel_id


def drop_relationship(draft: Draft, source: str, target: str) -> None:
    """Let one part no longer point to another."""
    name, data = _relationships(draft, source)
    gone = {rel.id for rel in draft.package.relationships(source) if rel.target == target}
    for entry in reversed(list(elements(data, 1))):
        if attributes(entry.tag).get("Id") in gone:
            data = data[: entry.start] + data[entry.end :]
    draft.put(name, data)


def relationship(rel_id: str, kind: str, target: str, prefix: bytes = b"", *, external: bool = False) -> bytes:
    """One entry of a relationships part."""
    mode = b' TargetMode="External"' if external else b""
    return b"<%bRelationship Id=%b Type=%b Target=%b%b/>" % (
        prefix, quoted(rel_id), quoted(kind), quoted(target), mode,
    )  # fmt: skip


def _relationships(draft: Draft, source: str) -> tuple[str, bytes]:
    name = relationships_part(source)
    name = draft.package.find(name) or name
    return name, draft.read(name)


def relative(source: str, target: str) -> str:
    """How a part's relationships spell another part."""
    return posixpath.relpath(target, posixpath.dirname(source) or ".")


def only_reached_from(draft: Draft, part: str) -> set[str]:
    """The parts that would be lost if nothing pointed to `part` any more, `part` itself included."""
    package = draft.package

    def reach(start: str, stop: str) -> set[str]:
        found: set[str] = set()
        waiting = [start]
        while waiting:
            source = waiting.pop()
            for rel in package.relationships(source):
                if not rel.external and rel.target not in found and rel.target != stop and package.find(rel.target):
                    found.add(rel.target)
                    waiting.append(rel.target)
        return found

    return (reach(part, "") | {part}) - reach("", part)
