"""One list of the styles part (fonts, fills, …): what is in it, found again by meaning, and what is added to it."""

from __future__ import annotations

import re

from sheets_automation.xlsx.tags import ANY_TAG, Element, attributes, elements, local, prefixed, put_child, put_inside

Meaning = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

# The order that the schema asks of the children of `<styleSheet>`.
_ORDER = (
    b"numFmts", b"fonts", b"fills", b"borders", b"cellStyleXfs", b"cellXfs", b"cellStyles",
    b"dxfs", b"tableStyles", b"colors", b"extLst",
)  # fmt: skip

# Excel adds these to fonts when it saves: they follow from the font's name and say nothing new.
_IMPLIED = frozenset({"font/charset", "font/family", "dxf/font/charset", "dxf/font/family"})
_OFF = frozenset({"0", "false"})


def meaning_of(fragment: bytes) -> Meaning:
    """What a style fragment says, however it is written: with any prefix, order, spacing or explicit defaults."""
    path: list[str] = []
    said = []
    for match in ANY_TAG.finditer(fragment):
        if match[1]:
            path.pop()
            continue
        path.append(local(match[2]).decode())
        where = "/".join(path)
        if where not in _IMPLIED:
            said.append((where, _said(match[0])))
        if match[0].endswith(b"/>"):
            path.pop()
    return tuple(sorted(said))


def _said(tag: bytes) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted(
            (name, value)
            for name, value in attributes(tag).items()
            if ":" not in name and not name.startswith("xmlns") and not (value in _OFF and _is_switch(name))
        )
    )


def _is_switch(name: str) -> bool:
    return name.startswith("apply") or name in {"quotePrefix", "pivotButton"}


class StyleTable:
    """One list of a styles part, such as `<fonts>`: items by number, additions at its end."""

    def __init__(self, data: bytes, name: bytes, container: Element | None, prefix: bytes) -> None:
        self._name = name
        self._prefix = prefix
        self.items = _items(data, container)
        """Every item's bytes, additions included."""
        self._at_first = len(self.items)
        self._numbers: dict[Meaning, int] = {}
        for number, item in enumerate(self.items):
            self._numbers.setdefault(meaning_of(item), number)

    def __len__(self) -> int:
        """How many items there are by now."""
        return len(self.items)

    def add(self, fragment: bytes) -> int:
        """The number of an item that means the same as `fragment`, which is added where there is none."""
        meaning = meaning_of(fragment)
        if meaning not in self._numbers:
            self._numbers[meaning] = len(self.items)
            self.items.append(prefixed(unprefixed(fragment), self._prefix))
        return self._numbers[meaning]

    def write_into(self, data: bytes) -> bytes:
        """The styles part with the additions put into this list, and nothing else changed."""
        added = b"".join(self.items[self._at_first :])
        if not added:
            return data
        container = next((child for child in elements(data, 1) if child.name == self._name), None)
        if container is not None:
            return put_inside(data, container, added, changes={"count": str(len(self.items))})
        name = self._prefix + self._name
        whole = b'<%b count="%d">%b</%b>' % (name, len(self.items), added, name)
        return put_child(data, whole, before=_ORDER[_ORDER.index(self._name) + 1 :])


def _items(data: bytes, container: Element | None) -> list[bytes]:
    if container is None:
        return []
    inside = data[container.inner : container.inner_end]
    return [inside[item.start : item.end] for item in elements(inside, 0)]


def unprefixed(fragment: bytes) -> bytes:
    """A style fragment without namespace prefixes, as we edit it."""
    return re.sub(rb"<(/?)[A-Za-z_][\w.-]*:", rb"<\1", fragment)
