"""Shared strings: those that are needed, held as compact markup, since millions of Python strings would not fit."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from itertools import accumulate, compress, islice

from sheets_automation.xlsx.cell_values import unescaped
from sheets_automation.xlsx.limits import DEFAULT_LIMITS, Limits
from sheets_automation.xlsx.markup import Attributes, Markup, MarkupError
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.spelling import UnusualSpelling, has_hidden_text, resolved, root_prefix
from sheets_automation.xlsx.tags import xml_text

_PLACES = {"sst": ("",), "si": ("sst",), "r": ("si",), "t": ("si", "r")}  # no t in rPh: pronunciation is not text
_ONE_TEXT = re.compile(rb'<t(?: xml:space="preserve")?>([^<]*)</t></si>\s*')
_PLAIN = re.compile(rb"<t>([^<&\r_]*)</t></si>")
_PRONUNCIATION = re.compile(rb"<rPh .*?</rPh>|<phoneticPr [^<>]*/>", re.DOTALL)
_SMALLEST_TEXT = len("<si/>")


class NeededTexts:
    """Stands in for the shared strings to find out which of them are needed."""

    def __init__(self, package: Package) -> None:
        part = package.shared_strings_part
        most = package.size(part) // _SMALLEST_TEXT if part else 0
        self.flags = bytearray(min(most, package.limits.max_texts) + 1)

    def __getitem__(self, number: int) -> str:
        """Note that this text is needed."""
        self.flags[number] = 1
        return ""


class SharedTexts:
    """The shared strings by number."""

    def __init__(self, package: Package, needed: NeededTexts | None = None) -> None:
        """Read all texts, or only those that are needed. Raises MarkupError."""
        self._flags = needed.flags[: needed.flags.rfind(1) + 1] if needed else None
        self._ordinals = array("I", accumulate(self._flags or ()))
        self._limits = package.limits
        self._markup = bytearray()
        self._ends = array("I", [0])
        if package.shared_strings_part:
            self._load(package, package.shared_strings_part)

    def __getitem__(self, number: int) -> str:
        """The text with this number. Raises LookupError when there is none."""
        # A text that is not among the needed ones is asked for only if the file changes while it is read.
        if number < 0 or (self._flags is not None and not self._flags[number]):
            raise IndexError(number)
        ordinal = number if self._flags is None else self._ordinals[number] - 1
        start, end = self._ends[ordinal], self._ends[ordinal + 1]
        if match := _PLAIN.fullmatch(self._markup, start, end):
            return match[1].decode()
        return _text_of(bytes(self._markup[start:end]))

    def _load(self, package: Package, part: str) -> None:
        try:
            self._keep(_scanned(package, part))
        except UnusualSpelling:
            del self._markup[:], self._ends[1:]
            self._keep(_parsed(package, part))

    def _keep(self, batches: Iterator[list[bytes]]) -> None:
        seen = 0
        for batch in batches:
            kept = batch if self._flags is None else list(compress(batch, self._flags[seen : seen + len(batch)]))
            self._ends.extend(islice(accumulate(map(len, kept), initial=self._ends[-1]), 1, None))
            self._markup += b"".join(kept)
            seen += len(batch)
            if seen > self._limits.max_texts or len(self._markup) > self._limits.max_texts_bytes:
                raise MarkupError("too much text")
            if self._flags is not None and seen >= len(self._flags):
                return


def _text_of(markup: bytes) -> str:
    """The text of a shared string, of which `markup` is what follows the opening tag. Raises MarkupError."""
    if match := _ONE_TEXT.fullmatch(_PRONUNCIATION.sub(b"", markup)):
        try:
            return unescaped(resolved(match[1].decode()))
        except (UnicodeDecodeError, UnusualSpelling):
            pass  # the parser knows what to make of it
    reader = _TextReader(DEFAULT_LIMITS)
    reader.markup.feed(b"<sst><si>" + markup + b"</sst>", last=True)
    return unescaped(reader.finished()[0])


def _scanned(package: Package, part: str) -> Iterator[list[bytes]]:
    """The markup of all texts, in batches, by cutting at each opening tag. Raises UnusualSpelling or MarkupError."""
    chunks = package.stream(part)
    rest = next(chunks, b"")
    if root_prefix(rest, b"sst"):
        raise UnusualSpelling
    rest = rest[rest.index(b"<sst") :]
    for chunk in chunks:
        cut = max(rest.rfind(b"<si>"), 0)
        yield _cut(rest[:cut])
        rest = rest[cut:] + chunk
        if len(rest) > package.limits.max_text_bytes:
            raise MarkupError("a text is too long")
    if not rest.rstrip().endswith((b"</sst>", b"/>")):
        raise UnusualSpelling
    yield _cut(rest[: rest.rfind(b"</si>") + len(b"</si>")])


def _cut(block: bytes) -> list[bytes]:
    markups = block.split(b"<si>")[1:]
    if has_hidden_text(block) or not len(markups) == block.count(b"<si") == block.count(b"</si>"):
        raise UnusualSpelling
    return markups


def _parsed(package: Package, part: str) -> Iterator[list[bytes]]:
    """The same by way of the XML parser. Raises MarkupError."""
    reader = _TextReader(package.limits)
    for chunk in package.stream(part):
        reader.markup.feed(chunk)
        yield [_markup_of(text) for text in reader.finished()]
    reader.markup.feed(b"", last=True)


def _markup_of(text: str) -> bytes:
    return f"<t>{xml_text(text).replace(chr(13), '&#13;')}</t></si>".encode()


class _TextReader:
    def __init__(self, limits: Limits) -> None:
        self.markup = Markup(limits, self._start, self._end, self._text, places=_PLACES)
        self._longest = limits.max_text_bytes
        self._texts: list[str] = []
        self._pieces: list[str] = []
        self._length = 0

    def finished(self) -> list[str]:
        """The texts that were completed since the last call."""
        texts, self._texts = self._texts, []
        return texts

    def _start(self, name: str, _: Attributes) -> None:
        if name == "si":
            self._pieces = []
            self._length = 0

    def _text(self, data: str) -> None:
        if self.markup.inside == "t":
            self._pieces.append(data)
            self._length += len(data)
            if self._length > self._longest:
                raise MarkupError("a text is too long")

    def _end(self, name: str) -> None:
        if name == "si":
            self._texts.append("".join(self._pieces))
