"""What is inside a letter: its MIME parts, its text, its attachments."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Mime
from email.utils import collapse_rfc2231_value

from tests.google_emulator.gmail.letter import Field, decoded, unfolded

_SNIPPET = 200
_INVISIBLE = re.compile(r"(?is)<(style|script|head|title)\b.*?</\1\s*>|<!--.*?-->")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One MIME part."""

    id: str
    """ "" for the whole, then "0", "0.1" …"""
    mime_type: str
    filename: str
    fields: tuple[Field, ...]
    """Its header fields, unfolded and decoded."""
    data: bytes
    """Decoded; of text in UTF-8, whatever it was sent in."""
    is_attachment: bool
    parts: tuple[Part, ...] = ()

    def walk(self) -> Iterator[Part]:
        """Itself and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


def read_parts(raw: bytes) -> Part:
    """The tree of parts."""
    return _part(message_from_bytes(raw), "")


def plain_text(part: Part) -> str:
    """The text that people read: of the plain parts, or of the HTML parts where there are no plain ones."""
    texts = [one for one in part.walk() if one.mime_type == "text/plain" and not one.is_attachment]
    if texts:
        return "\n".join(one.data.decode("utf-8", "replace") for one in texts)
    pages = [one for one in part.walk() if one.mime_type == "text/html" and not one.is_attachment]
    return "\n".join(_without_tags(one.data.decode("utf-8", "replace")) for one in pages)


def snippet(part: Part) -> str:
    """The first words, up to 200 characters, escaped as for HTML."""
    words = " ".join(plain_text(part).replace("\u200b", "").split())
    if len(words) > _SNIPPET:
        head, cut, _ = words[: _SNIPPET + 1].rpartition(" ")
        words = head if cut else words[:_SNIPPET]
    return html.escape(words).replace("&#x27;", "&#39;")


def attachment_names(part: Part) -> list[str]:
    """The file names of what is attached."""
    return [one.filename for one in part.walk() if one.filename]


def _part(mime: Mime, part_id: str) -> Part:
    disposition = str(mime.get("Content-Disposition", "")).split(";")[0].strip().lower()
    filename = _filename(mime)
    mime_type = mime.get_content_type()
    # A report's status is text to Gmail, though the standard parser makes a list of messages of it.
    children = () if mime_type == "message/delivery-status" else _children(mime, part_id)
    is_text = mime_type.startswith("text/") or mime_type == "message/delivery-status"
    is_file = bool(filename) or (not mime.is_multipart() and not is_text) or mime_type == "message/rfc822"
    return Part(
        id=part_id,
        mime_type=mime_type,
        filename=filename,
        fields=tuple(_fields(mime)),
        data=_data(mime, mime_type),
        is_attachment=is_file or disposition == "attachment",
        parts=children,
    )


def _children(mime: Mime, part_id: str) -> tuple[Part, ...]:
    payload = mime.get_payload()
    if not isinstance(payload, list):
        return ()
    prefix = f"{part_id}." if part_id else ""
    return tuple(_part(child, f"{prefix}{number}") for number, child in enumerate(payload) if isinstance(child, Mime))


def _fields(mime: Mime) -> Iterator[Field]:
    for name, value in mime.raw_items():
        text = str(value).encode("ascii", "surrogateescape").decode("utf-8", "surrogateescape")
        yield Field(name, decoded(unfolded(text)))


def _filename(mime: Mime) -> str:
    for header, parameter in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        value = mime.get_param(parameter, header=header)
        if value:
            return decoded(collapse_rfc2231_value(value))
    return ""


def _data(mime: Mime, mime_type: str) -> bytes:
    if mime_type in {"message/rfc822", "message/delivery-status"}:
        inner = mime.get_payload()
        return b"".join(child.as_bytes() for child in inner if isinstance(child, Mime)) if inner else b""
    if mime.is_multipart():
        return b""
    data = mime.get_payload(decode=True)
    raw = data if isinstance(data, bytes) else b""
    return _in_utf8(raw, mime.get_content_charset()) if mime_type.startswith("text/") else raw


def _in_utf8(data: bytes, charset: str | None) -> bytes:
    try:
        return data.decode(charset or "utf-8").encode()
    except (LookupError, UnicodeError):
        return data


def _without_tags(page: str) -> str:
    return html.unescape(_TAG.sub(" ", _INVISIBLE.sub(" ", page)))
