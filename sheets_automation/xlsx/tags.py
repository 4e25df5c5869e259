"""Edit XML as bytes: change what is meant and keep every other byte, which no parse-and-serialise round trip does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape, unescape
from typing import NamedTuple

_ATTRIBUTES = rb"[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*"
# A `>` may stand in an attribute value, so tags end where the quotes say; a `<` may not.
ANY_TAG = re.compile(rb"<(/?)([^\s/>!?]+)" + _ATTRIBUTES + rb">")
_ATTRIBUTE = re.compile(rb"\s([^\s=/>\"']+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_OPAQUE = re.compile(rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)

_BLANKS = {ord("\n"): "&#10;", ord("\r"): "&#13;", ord("\t"): "&#9;"}


class Splice(NamedTuple):
    """Bytes `start` to `end` of a part become `new`."""

    start: int
    end: int
    new: bytes


class Element(NamedTuple):
    """Where an element stands."""

    name: bytes
    """Without its prefix."""
    start: int
    inner: int
    """Where its content starts: right behind its start tag."""
    inner_end: int
    end: int
    tag: bytes


def masked(data: bytes) -> bytes:
    """Blank out comments, CDATA sections and processing instructions, keeping every offset."""
    # One byte is sought many times faster than two, and most sheets have neither of these.
    if not (b"!" in data and b"<!" in data) and not (b"?" in data and b"<?" in data):
        return data
    return _OPAQUE.sub(lambda match: b" " * len(match[0]), data)


@lru_cache(maxsize=256)
def tag_pattern(name: bytes) -> re.Pattern[bytes]:
    """The start tags of elements with this name, prefix included."""
    return re.compile(rb"<" + re.escape(name) + rb"(?=[\s/>])" + _ATTRIBUTES + rb">")


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a start tag, names as written, values resolved."""
    return {m[1].decode(): _value(m) for m in _ATTRIBUTE.finditer(tag)}


def _value(match: re.Match[bytes]) -> str:
    raw = match[2] if match[2] is not None else match[3]
    return unescape(raw.decode("utf-8", "replace")) if b"&" in raw else raw.decode("utf-8", "replace")


def quoted(value: str) -> bytes:
    """An attribute value, quotes included."""
    return b'"%b"' % xml_text(value).replace('"', "&quot;").translate(_BLANKS).encode()


def xml_text(text: str) -> str:
    """Text as it stands between tags. The standard library's function for this brings http, ssl and email along."""
    return escape(text, quote=False)


def with_attributes(tag: bytes, changes: Mapping[str, str | None]) -> bytes:
    """The same start tag with some attributes set, or removed where the value is None; all others byte for byte."""
    missing = dict(changes)

    def change(match: re.Match[bytes]) -> bytes:
        name = match[1].decode()
        if name not in changes:
            return match[0]
        value = missing.pop(name, None)
        return b"" if value is None else b" " + match[1] + b"=" + quoted(value)

    tag = _ATTRIBUTE.sub(change, tag)
    added = b"".join(
        b" " + name.encode() + b"=" + quoted(value) for name, value in missing.items() if value is not None
    )
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip() + added + tag[end:] if added else tag


def elements(data: bytes, depth: int) -> Iterator[Element]:
    """The elements at one depth of a document (0 is its root), in order."""
    level = 0
    opened: tuple[int, bytes] = (0, b"")
    for match in ANY_TAG.finditer(masked(data)):
        if match[1]:
            level -= 1
            if level == depth:
                start, tag = opened
                yield Element(local(match[2]), start, start + len(tag), match.start(), match.end(), tag)
        elif match[0].endswith(b"/>"):
            if level == depth:
                yield Element(local(match[2]), match.start(), match.end(), match.end(), match.end(), match[0])
        else:
            if level == depth:
                opened = (match.start(), match[0])
            level += 1


def local(name: bytes) -> bytes:
    """A name without its prefix."""
    return name.rpartition(b":")[2]


def children(data: bytes) -> dict[bytes, Element]:
    """The children of a document's root by name; of several with one name, the first."""
    found: dict[bytes, Element] = {}
    for element in elements(data, 1):
        found.setdefault(element.name, element)
    return found


def prefix_of(data: bytes) -> bytes:
    """The prefix of the root element, colon included: b"" or, say, b"x:"."""
    root = next((m for m in ANY_TAG.finditer(masked(data[:65_536])) if not m[1]), None)
    return b"" if root is None else root[2][: -len(local(root[2]))]


def prefixed(fragment: bytes, prefix: bytes) -> bytes:
    """A fragment written without prefixes, with `prefix` before every element name."""
    return re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1" + prefix, fragment) if prefix else fragment


def put_inside(data: bytes, element: Element, fragment: bytes, *, changes: Mapping[str, str | None]) -> bytes:
    """Put a fragment at the end of an element, changing attributes of its start tag too."""
    tag = with_attributes(element.tag, changes)
    if element.tag.endswith(b"/>"):
        name = ANY_TAG.match(element.tag)
        assert name is not None  # noqa: S101 - an Element's tag is what ANY_TAG matched
        body = tag[:-2] + b">" + fragment + b"</" + name[2] + b">"
    else:
        body = tag + data[element.inner : element.inner_end] + fragment + data[element.inner_end : element.end]
    return data[: element.start] + body + data[element.end :]


def put_child(data: bytes, fragment: bytes, *, before: Iterable[bytes]) -> bytes:
    """Put a fragment into the root, before the first child that has one of these names, or at the end."""
    followers = set(before)
    children_ = list(elements(data, 1))
    place = next((child.start for child in children_ if child.name in followers), None)
    if place is None:
        root = next(elements(data, 0))
        if root.tag.endswith(b"/>"):
            return put_inside(data, root, fragment, changes={})
        place = root.inner_end
    return data[:place] + fragment + data[place:]


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """Carry out splices on bytes."""
    return b"".join(spliced_stream([data], splices))


def spliced_stream(chunks: Iterable[bytes], splices: Iterable[Splice]) -> Iterator[bytes]:
    """Carry out splices, sorted by place and apart from each other, on a stream."""
    queue = iter(splices)
    splice = next(queue, None)
    place = 0
    for chunk in chunks:
        at, end = 0, place + len(chunk)
        while splice is not None and splice.start < end:
            if splice.start >= place + at:
                yield chunk[at : splice.start - place]
                yield splice.new
            at = min(splice.end, end) - place
            if splice.end > end:
                break
            splice = next(queue, None)
        yield chunk[at:] if at else chunk
        place = end
    while splice is not None:
        yield splice.new
        splice = next(queue, None)
