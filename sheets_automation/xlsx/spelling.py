"""How XML is usually spelt in workbooks: what the scans rely on, and how they find out that a file differs."""

from __future__ import annotations

import re


class UnusualSpelling(Exception):
    """Markup is not written the way that the scans understand; it may be correct all the same."""


_ROOT = (
    rb"(?:\xef\xbb\xbf)?"
    rb"(?:<\?xml version=[\"']1\.[01][\"'](?: encoding=[\"'](?i:utf-8)[\"'])?"
    rb"(?: standalone=[\"'](?:yes|no)[\"'])? ?\?>)?"
    rb"\s*<((?:[A-Za-z0-9]{1,20}:)?)%b[\s>]"
)
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));|&")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_IN_XML = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def root_prefix(head: bytes, root: bytes) -> bytes:
    """The prefix of the root tag, with its colon; empty where there is none. Raises UnusualSpelling."""
    match = re.match(_ROOT % root, head)
    if match is None:
        raise UnusualSpelling
    return match[1]


def has_hidden_text(markup: bytes, start: int = 0, end: int | None = None) -> bool:
    """Whether comments, CDATA or processing instructions could make text look like tags."""
    # One byte is found ten times faster than two, and both are rare.
    return any(sign in markup and markup.find(b"<" + sign, start, end) >= 0 for sign in (b"!", b"?"))


def resolved(text: str) -> str:
    """Text as an XML parser hands it over: line ends made one, references replaced. Raises UnusualSpelling."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    if name:
        return _NAMED[name]
    code = int(decimal or "0") or int(hexadecimal or "0", 16)
    if code > 0x10FFFF or not _IN_XML.fullmatch(chr(code)):  # noqa: PLR2004 - the end of Unicode
        raise UnusualSpelling
    return chr(code)
