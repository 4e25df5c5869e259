"""How a cell is to look, and what that means for the bytes of a cell format, a font and a fill."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_automation.xlsx.tags import Element, elements, put_inside, with_attributes

# Built in, and shown in the way of the reader's country: 2026/11/5 in Japan.
DATE = "mm-dd-yy"
DATE_AND_TIME = "m/d/yy h:mm"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellStyle:
    """How a cell is to look, as changes to how it or a neighbour looks; None keeps what is there."""

    like: int | None = None
    """0-based column of the cell in the same row to start from; None: the cell itself, else its row or its column."""
    number_format: str | None = None
    fill: str | None = None
    """RRGGBB, or "" for none."""
    color: str | None = None
    """Of the text: RRGGBB."""
    bold: bool | None = None
    wrap: bool | None = None
    horizontal: str | None = None
    """"left", "center", "right" or "general"."""
    quote_prefix: bool = False
    """Whether Excel shall keep text such as `=1+1` as text when somebody edits the cell."""


def with_format_attributes(xf: bytes, **changes: str) -> bytes:
    """A cell format with some of its attributes set."""
    tag = _root(xf).tag
    return with_attributes(tag, changes) + xf[len(tag) :]


def with_alignment(xf: bytes, style: CellStyle) -> bytes:
    """A cell format that aligns and wraps as `style` says."""
    changes = {"horizontal": style.horizontal, "wrapText": None if style.wrap is None else str(int(style.wrap))}
    changes = {name: value for name, value in changes.items() if value is not None}
    xf = with_format_attributes(xf, applyAlignment="1")
    alignment = _child(xf, b"alignment")
    if alignment is not None:
        return xf[: alignment.start] + with_attributes(alignment.tag, changes) + xf[alignment.inner :]
    fragment = with_attributes(b"<alignment/>", changes)
    root = _root(xf)
    if root.inner_end == root.inner:
        return put_inside(xf, root, fragment, changes={})
    return xf[: root.inner] + fragment + xf[root.inner :]  # the schema wants it before <protection>


def changed_font(font: bytes, style: CellStyle) -> bytes:
    """A font with the weight and colour that `style` asks for; children stay in the order that Excel writes."""
    root = _root(font)
    parts = {child.name: font[child.start : child.end] for child in elements(font, 1)}
    if style.bold is not None:
        parts.pop(b"b", None)
        parts = {b"b": b"<b/>", **parts} if style.bold else parts
    if style.color is not None:
        parts[b"color"] = b'<color rgb="FF%b"/>' % style.color.encode()
    ordered = sorted(parts, key=lambda name: _FONT_ORDER.index(name) if name in _FONT_ORDER else 0)
    return root.tag.replace(b"/>", b">") + b"".join(parts[name] for name in ordered) + b"</font>"


def fill_of(color: str) -> bytes:
    """A solid fill, or none for ""."""
    if not color:
        return b'<fill><patternFill patternType="none"/></fill>'
    return (
        b'<fill><patternFill patternType="solid"><fgColor rgb="FF%b"/><bgColor indexed="64"/></patternFill></fill>'
        % color.encode()
    )


_FONT_ORDER = (
    b"b", b"i", b"strike", b"condense", b"extend", b"outline", b"shadow", b"u", b"vertAlign",
    b"sz", b"color", b"name", b"family", b"charset", b"scheme",
)  # fmt: skip


def _root(fragment: bytes) -> Element:
    return next(elements(fragment, 0))


def _child(fragment: bytes, name: bytes) -> Element | None:
    return next((child for child in elements(fragment, 1) if child.name == name), None)
