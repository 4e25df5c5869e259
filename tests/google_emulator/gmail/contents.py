"""What is inside a letter: its MIME parts, its text, its attachments."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message as Mime
from email.parser import BytesHeaderParser
from email.utils import collapse_rfc2231_value

from tests.google_emulator.gmail.letter import Field, decoded

_SNIPPET = 200
# Gmail reads a report's status as a letter: the fields about the report are its header, those about the recipients its
# text. Who looks for them in the part itself finds nothing (oneshot-agent/oneshot-gtm#30).
_MESSAGES = frozenset({"message/rfc822", "message/delivery-status"})
# Mailers write half-width kana into what they call ISO-2022-JP, ① into Shift_JIS, and UTF-8 into what they call ASCII.
_WIDER = {"iso-2022-jp": "iso2022_jp_ext", "shift_jis": "cp932", "us-ascii": "utf-8"}
_INVISIBLE = re.compile(r"(?is)<(style|script|head|title)\b.*?</\1\s*>|<!--.*?-->")
_LINE_END = re.compile(rb"\A\r?\n")
_TAG = re.compile(r"<[^>]*>")
_FOLD = re.compile(r"\r?\n")


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
    return _part(raw, "")


def plain_text(part: Part) -> str:
    """The text that people read: of the plain parts, or of the HTML parts where there are no plain ones."""
    texts = _texts(part, "text/plain")
    return "\n".join(texts) if texts else _page_text(part)


def snippet(part: Part) -> str:
    """The first words that a reader sees: of the HTML, if there is any. Up to 200 characters, escaped as for HTML."""
    read = _page_text(part) or "\n".join(_texts(part, "text/plain"))
    words = html.escape(" ".join(read.replace("\u200b", "").split())).replace("&#x27;", "&#39;")
    if len(words) <= _SNIPPET:
        return words
    head, cut, _ = words[: _SNIPPET + 1].rpartition(" ")
    return head if cut else words[:_SNIPPET]


def _texts(part: Part, mime_type: str) -> list[str]:
    found = [one for one in part.walk() if one.mime_type == mime_type and not one.is_attachment]
    return [one.data.decode("utf-8", "replace") for one in found]


def _page_text(part: Part) -> str:
    return "\n".join(_without_tags(page) for page in _texts(part, "text/html"))


def attachment_names(part: Part) -> list[str]:
    """The file names of what is attached."""
    return [one.filename for one in part.walk() if one.filename]


def _part(raw: bytes, part_id: str) -> Part:
    """A part from its bytes. The standard parser reads its header only: it would write what is inside anew."""
    mime = BytesHeaderParser().parsebytes(raw)
    mime_type = mime.get_content_type()
    disposition = str(mime.get("Content-Disposition", "")).split(";")[0].strip().lower()
    filename = _filename(mime)
    payload = mime.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    parts = _children(mime, content, part_id)
    # A report's status has nothing of its own either; a letter within a letter is a file, and open all the same.
    is_whole = bool(parts) and mime_type != "message/rfc822"
    is_text = mime_type.startswith("text/")
    return Part(
        id=part_id,
        mime_type=mime_type,
        filename=filename,
        fields=tuple(_fields(mime)),
        data=b"" if is_whole else _in_utf8(content, mime),
        is_attachment=bool(filename) or disposition == "attachment" or not (is_whole or is_text),
        parts=parts,
    )


def _children(mime: Mime, content: bytes, part_id: str) -> tuple[Part, ...]:
    prefix = f"{part_id}." if part_id else ""
    if mime.get_content_type() in _MESSAGES:
        return (_part(content, f"{prefix}0"),)
    boundary = mime.get_boundary() if mime.get_content_maintype() == "multipart" else None
    pieces = _split(content, boundary.encode("utf-8", "surrogateescape")) if boundary else []
    return tuple(_part(piece, f"{prefix}{number}") for number, piece in enumerate(pieces))


def _split(content: bytes, boundary: bytes) -> list[bytes]:
    """What stands between the lines of a boundary; without the last of them all that is left is the last part."""
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(?P<last>--)?[ \t]*(?=\r?\n|\Z)")
    pieces: list[bytes] = []
    start = None
    for found in line.finditer(content):
        if start is not None:
            pieces.append(_LINE_END.sub(b"", content[start : found.start()], count=1))
        if found["last"]:
            return pieces
        start = found.end()
    return pieces if start is None else [*pieces, _LINE_END.sub(b"", content[start:], count=1)]


def _fields(mime: Mime) -> Iterator[Field]:
    for name, value in mime.raw_items():
        text = str(value).encode("ascii", "surrogateescape").decode("utf-8", "surrogateescape")
        # Only the line ends go: recorded trace fields keep the eight spaces that their next lines begin with.
        yield Field(name, decoded(_FOLD.sub("", text).strip()))


def _filename(mime: Mime) -> str:
    for header, parameter in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        value = mime.get_param(parameter, header=header)
        if value:
            return decoded(collapse_rfc2231_value(value))
    return ""


def _in_utf8(data: bytes, mime: Mime) -> bytes:
    if mime.get_content_maintype() != "text":
        return data
    charset = mime.get_content_charset() or "utf-8"
    try:
        return data.decode(_WIDER.get(charset, charset), "replace").encode()
    except LookupError:
        return data.decode("utf-8", "replace").encode()


def _without_tags(page: str) -> str:
    return html.unescape(_TAG.sub(" ", _INVISIBLE.sub(" ", page)))
