"""A mail that came back, taken apart: what it says, its machine-readable part, and the headers of what it returns.

Whoever knows our address can send one, so the size, the parts and the charsets are bounded, and nothing in it is
believed here: whether it speaks of a letter of ours is for `returns` to find out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from html import unescape
from typing import Final

Fields = Mapping[str, str]
"""Headers by lower-case name, decoded; of a repeated one the first."""

MOST_BYTES: Final = 512 * 1024
"""What stands behind is the returned letter's own attachments."""
_MOST_PARTS: Final = 60
_MOST_TEXT: Final = 64 * 1024
_MOST_HEADER: Final = 4_000
_CONTAINERS = re.compile(rb"boundary\s*=|message/", re.IGNORECASE)
_CHARSETS: Final = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",  # says who did not look
    "ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-2022-jp-ms": "iso2022_jp_ext",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "cp932": "cp932",
    "euc-jp": "euc_jp",
}
"""Not whatever Python has: some of its codecs take quadratic time."""
_GUESSES: Final = ("utf-8", "cp932", "euc_jp")

# Where a mail in plain text stops speaking itself and quotes the letter that it returns.
_ORIGINAL = re.compile(
    r"^(?:-+\s*(?:below this line is|original message|returned message|message header|the following|this is a copy)"
    r"|-{3,}.{0,40}(?:original|元の?メッセージ|オリジナル|原文).{0,40}$"
    r"|original message headers?:|元のメッセージ.{0,10}ヘッダー"
    r"|(?:received|return-path|message-id|mime-version|dkim-signature|x-relay-letter): )",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_LINE = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]*([^\r\n]{0,2000})", re.MULTILINE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_STYLE = re.compile(r"<(style|script)\b[^<]{0,20000}</\1>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A mail, as far as it may speak of a letter."""

    headers: Fields
    said: str = ""
    """Its own text, without what it returns."""
    recipients: tuple[Fields, ...] = ()
    """The fields of RFC 3464 for each recipient, where the mail has them."""
    original: Fields | None = None
    """The headers of the letter that it returns; None where it returns none."""


def read_report(raw: bytes) -> Report:
    """Take a mail apart. A mail that is too deep, or no mail at all, says nothing."""
    raw = raw[:MOST_BYTES]
    if len(_CONTAINERS.findall(raw)) > _MOST_PARTS:
        return Report(headers={})
    try:
        message = BytesParser(policy=compat32).parsebytes(raw)
        parts = list(_leaves(message))
    except (MessageError, RecursionError, ValueError, LookupError):
        return Report(headers={})
    said = "\n".join(_texts(parts)).replace("\r\n", "\n")[:_MOST_TEXT]
    quoted = _ORIGINAL.search(said)
    inline = said[quoted.start() :] if quoted else ""
    return Report(
        headers=_fields(message),
        said=said[: quoted.start()] if quoted else said,
        recipients=tuple(block for part in parts for block in _blocks(part) if "final-recipient" in block),
        original=next((found for part in parts if (found := _returned(part))), None) or _lines(inline) or None,
    )


def _leaves(message: Message) -> Iterator[Message]:
    """The parts, without looking into what is returned."""
    if message.get_content_maintype() != "multipart":
        yield message
        return
    payload = message.get_payload()
    for part in payload if isinstance(payload, list) else ():
        if isinstance(part, Message):
            yield from _leaves(part)


def _texts(parts: list[Message]) -> Iterator[str]:
    """What the mail says in plain text, or else what remains of its page without the tags."""
    plain = [_text(part) for part in parts if part.get_content_type() == "text/plain"]
    if any(text.strip() for text in plain):
        yield from plain
        return
    for part in parts:
        if part.get_content_type() == "text/html":
            yield unescape(_TAG.sub(" ", _STYLE.sub(" ", _text(part))))


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    content = content[:_MOST_TEXT]
    if b"\x1b$" in content:  # ISO-2022-JP, whatever the mail says of itself
        return content.decode("iso2022_jp_ext", "replace")
    charset = _CHARSETS.get((part.get_content_charset() or "").lower())
    for guess in (charset, *_GUESSES) if charset else _GUESSES:
        try:
            return content.decode(guess)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


def _blocks(part: Message) -> Iterator[Fields]:
    """The groups of fields of a delivery-status part: one of the message, then one of each recipient."""
    if part.get_content_type() == "message/delivery-status":
        payload = part.get_payload()
        yield from (_fields(block) for block in payload if isinstance(block, Message))
    elif part.get_content_type() == "message/global-delivery-status":
        for group in re.split(r"\r?\n\r?\n", _flat(part)):
            yield _lines(group)


def _returned(part: Message) -> Fields:
    """The headers of the returned letter, if this part is one."""
    kind = part.get_content_type()
    if kind in {"text/rfc822-headers", "message/rfc822-headers"}:
        return _lines(_text(part) if part.get_content_maintype() == "text" else _flat(part))
    if kind in {"message/rfc822", "message/global", "message/global-headers"}:
        payload = part.get_payload()
        inner = payload[0] if isinstance(payload, list) and payload else None
        return _fields(inner) if isinstance(inner, Message) else {}
    return {}


def _flat(part: Message) -> str:
    """A part that the parser took for a message, as text again, in UTF-8 whatever it says of itself."""
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if not isinstance(inner, Message):
        return str(payload or "")[:_MOST_TEXT]
    # Not as_string(): it folds each header, in quadratic time, and decodes the body by whatever codec the mail names.
    head = "".join(f"{name}: {value}\n" for name, value in inner.raw_items())
    del inner["content-transfer-encoding"]
    body = inner.get_payload(decode=True)
    text = head.encode("ascii", "surrogateescape") + b"\n" + (body if isinstance(body, bytes) else b"")
    return text[:_MOST_TEXT].decode("utf-8", "replace")


def _lines(text: str) -> Fields:
    """Headers in running text, up to the first line that is none; a mail that quotes may indent or skip lines."""
    found: dict[str, str] = {}
    for name, value in _HEADER_LINE.findall(text[:_MOST_TEXT]):
        found.setdefault(name.lower(), value.strip())
    return found


def _fields(message: Message) -> Fields:
    found: dict[str, str] = {}
    for name, value in message.items():
        found.setdefault(name.lower(), decoded(str(value)))
    return found


def decoded(value: str) -> str:
    """A header's value in plain words: encoded words decoded, line breaks folded."""
    value = value[:_MOST_HEADER]
    if "=?" in value:
        try:
            pieces = decode_header(value)
        except (MessageError, ValueError):
            pieces = [(value, None)]
        value = "".join(
            piece.decode(_CHARSETS.get((charset or "").lower(), "utf-8"), "replace")
            if isinstance(piece, bytes)
            else piece
            for piece, charset in pieces
        )
    return " ".join(value.split())
