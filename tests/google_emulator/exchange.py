"""One HTTP request and one answer, as the rest of the emulator sees them: no sockets here."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qs

_PRETTY = 200_000
"""Characters from which on an answer stays in one line: Python indents slowly, and nobody reads that much."""


class Ending(StrEnum):
    """How the answer leaves the server."""

    WHOLE = "whole"
    CUT = "cut"
    """Half of the body, after headers that promise all of it."""
    RESET = "reset"
    """No answer; the connection is reset."""
    CLOSED = "closed"
    """No answer; the connection is closed politely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as it arrived."""

    verb: str
    path: str
    """Still percent-encoded: a slash inside a range must not look like one of the path's own."""
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes = b""
    address: str = ""
    """Where this server is reached: "127.0.0.1:port"."""

    def header(self, name: str) -> str:
        """A header's value, or ""."""
        return self.headers.get(name.lower(), "")

    def one(self, name: str, default: str = "") -> str:
        """The last value of a query parameter, which is the one Google reads."""
        return self.query.get(name, [default])[-1]

    def first(self, name: str) -> str:
        """The first value of a query parameter, which is the one Google reads of fields, prettyPrint and alt."""
        return self.query.get(name, [""])[0]

    @property
    def content_type(self) -> str:
        """The media type alone, without its parameters."""
        return self.header("content-type").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is to be sent back."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    ending: Ending = Ending.WHOLE
    hold: float = 0.0
    """Seconds to keep a connection open that gets no answer."""


def query_of(text: str) -> dict[str, list[str]]:
    """Read a query string, blank values included."""
    return parse_qs(text, keep_blank_values=True)


_HIDDEN = re.compile(
    "[<>\x7f-\x9f\xad\u0600-\u0603\u06dd\u070f\u200b-\u200f\u2028-\u202e\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]"
)
"""What Google writes as an escape: brackets that a browser could take for HTML, and characters that can't be seen."""


def json_answer(status: int, data: Any, *, pretty: bool = True, headers: Mapping[str, str] | None = None) -> Answer:
    """Answer with JSON, laid out as Google lays it out."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    if pretty and len(text) < _PRETTY:
        text = json.dumps(data, ensure_ascii=False, indent=2)
    text = _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + ("\n" if pretty else "")
    return Answer(
        status=status,
        body=text.encode(),
        headers={"Content-Type": "application/json; charset=UTF-8", **(headers or {})},
    )


def text_answer(status: int, text: str, content_type: str = "text/html; charset=UTF-8", **headers: str) -> Answer:
    """Answer with plain text or a page."""
    return Answer(status=status, body=text.encode(), headers={"Content-Type": content_type, **headers})
