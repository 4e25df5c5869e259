"""A letter as bytes: its header fields in their order and just as written, and its body."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from email.errors import HeaderParseError
from email.header import Header, decode_header

_FIELD = re.compile(rb"(?m)^(?P<name>[!-9;-~]+)[ \t]*:(?P<value>[^\n]*(?:\n[ \t][^\n]*)*)")
_WORD = r"=\?[^?\s]+\?[bBqQ]\?[^?]*\?="
_WORDS = re.compile(rf"{_WORD}(?:\s*{_WORD})*")
_BEYOND = re.compile(r'[^\s"<>(),;:@]*[^\x00-\x7f][^\s"<>(),;:@]*(?:[ \t]+[^\s"<>(),;:@]*[^\x00-\x7f][^\s"<>(),;:@]*)*')
_HEAD_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Field:
    """One header field."""

    name: str
    value: str
    """As written: encoded and folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter. Nothing in it is changed but by these methods, so that what is signed or counted stays as it was."""

    fields: tuple[Field, ...]
    newline: str
    body: bytes

    def first(self, name: str) -> str | None:
        """The first field of this name, unfolded, not decoded; None if there is none."""
        return next(iter(self.every(name)), None)

    def every(self, name: str) -> list[str]:
        """All fields of this name, unfolded, not decoded."""
        wanted = name.lower()
        return [unfolded(field.value) for field in self.fields if field.name.lower() == wanted]

    def text(self, name: str) -> str:
        """The first field of this name as people read it; empty if there is none."""
        return decoded(self.first(name) or "")

    def without(self, *names: str) -> Letter:
        """The same without any field of these names."""
        gone = {name.lower() for name in names}
        return replace(self, fields=tuple(field for field in self.fields if field.name.lower() not in gone))

    def above(self, fields: Iterable[Field]) -> Letter:
        """The same with these fields on top, where each mail server writes its own."""
        return replace(self, fields=(*fields, *self.fields))

    def below(self, fields: Iterable[Field]) -> Letter:
        """The same with these fields after all others."""
        return replace(self, fields=(*self.fields, *fields))

    def in_ascii(self) -> Letter:
        """The same with a header in ASCII. Bytes beyond it are taken for Latin-1, as Gmail takes them: UTF-8 spoils."""
        return replace(self, fields=tuple(Field(field.name, _as_latin1(field.value)) for field in self.fields))

    def changed(self, name: str, value: str) -> Letter:
        """The same with another value of a field, where it stood."""
        wanted = name.lower()
        return replace(
            self,
            fields=tuple(Field(one.name, value) if one.name.lower() == wanted else one for one in self.fields),
        )

    def raw(self) -> bytes:
        """The whole letter, with the line ends it came with."""
        head = "".join(f"{field.name}: {field.value}{self.newline}" for field in self.fields)
        return head.encode("utf-8", "surrogateescape") + self.newline.encode() + self.body


def read_letter(raw: bytes) -> Letter:
    """Take a letter apart. Lines of the head that are no fields are dropped, as Gmail does."""
    end = _HEAD_END.search(raw)
    if raw[:1] in {b"\n", b"\r"}:
        head, body = b"", raw.lstrip(b"\r\n")
    elif end:
        head, body = raw[: end.start()], raw[end.end() :]
    else:
        head, body = raw.rstrip(b"\r\n"), b""
    newline = "\r\n" if b"\r\n" in raw or b"\n" not in raw else "\n"
    fields = tuple(
        Field(found["name"].decode("ascii"), found["value"].decode("utf-8", "surrogateescape").strip())
        for found in _FIELD.finditer(head.replace(b"\r\n", b"\n"))
    )
    if newline == "\r\n":
        fields = tuple(Field(field.name, field.value.replace("\n", "\r\n")) for field in fields)
    return Letter(fields=fields, newline=newline, body=body)


def unfolded(value: str) -> str:
    """A field's value on one line."""
    return re.sub(r"\r?\n[ \t]*", " ", value).strip()


def decoded(value: str) -> str:
    """An unfolded value as people read it: encoded words decoded, whatever cannot be read replaced."""
    text = _WORDS.sub(_decoded_words, value) if "=?" in value else value
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _decoded_words(run: re.Match[str]) -> str:
    """Encoded words side by side, which may share a character between them; nothing around them is touched."""
    try:
        return "".join(_in_charset(data, charset) for data, charset in decode_header(run[0]))
    except (HeaderParseError, LookupError, ValueError):
        return run[0]


def _in_charset(data: bytes | str, charset: str | None) -> str:
    return data if isinstance(data, str) else data.decode(charset or "ascii", "replace")


def encoded(text: str) -> str:
    """A value as a header field has it; an address keeps its brackets outside the encoded words."""
    if text.isascii():
        return text
    name, bracket, rest = text.rpartition(" <")
    if bracket:
        return f"{encoded(name)} <{rest}"
    return Header(text, "utf-8", maxlinelen=75).encode(linesep="\r\n")


def _as_latin1(value: str) -> str:
    return value if value.isascii() else _BEYOND.sub(_spoilt, value)


def _spoilt(found: re.Match[str]) -> str:
    """Encoded words of what UTF-8 looks like in Latin-1. Addresses are left alone."""
    around = found.string[max(found.start() - 1, 0) : found.start()] + found.string[found.end() : found.end() + 1]
    if "@" in around:
        return found[0]
    return encoded(found[0].encode("utf-8", "surrogateescape").decode("latin-1"))
