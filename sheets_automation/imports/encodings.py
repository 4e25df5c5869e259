"""In which encoding a text file is written: by its mark where it has one, else by what can be read without an error."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_SAMPLE = 262_144
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 (BOM)"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_JAPANESE = {"cp932": "Shift_JIS (CP932)", "euc_jp": "EUC-JP", "cp1252": "Windows-1252"}
_NAMED = {
    "UTF-8": "utf-8-sig",
    "UTF-16": "utf-16",
    "ISO-2022-JP": "iso2022_jp",
    **{name: codec for codec, name in _JAPANESE.items()},
}
CHOICES = tuple(_NAMED)
"""The encodings that a person may name where the one that was found is not the right one."""
_ESCAPES = (b"\x1b$B", b"\x1b$@", b"\x1b(J")


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding."""

    codec: str
    """For Python."""
    name: str
    """For people."""


def find_encoding(data: bytes) -> Encoding | None:
    """Find the encoding in which the whole file can be read; None where there is none."""
    for mark, codec, name in _MARKED:
        if data.startswith(mark):
            return _if_readable(data, codec, name)
    if wide := _without_mark(data):
        return _if_readable(data, wide, "UTF-16")
    if any(escape in data for escape in _ESCAPES):
        return _if_readable(data, "iso2022_jp", "ISO-2022-JP")
    return _if_readable(data, "utf-8", "UTF-8") or _by_likelihood(data)


def named_encoding(data: bytes, name: str) -> Encoding | None:
    """The encoding of this name, one of `CHOICES`; None where the file cannot be read in it."""
    return _if_readable(data, _NAMED[name], name)


def _if_readable(data: bytes, codec: str, name: str) -> Encoding | None:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for start in range(0, len(data), _SAMPLE):  # in pieces: a large file must not stand in memory twice
            decoder.decode(data[start : start + _SAMPLE])
        decoder.decode(b"", final=True)
    except (UnicodeDecodeError, LookupError):
        return None
    return Encoding(codec, name)


def _without_mark(data: bytes) -> str:
    """UTF-16 shows by its zeros: line ends, commas and digits are half of them."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 20 < len(sample):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _by_likelihood(data: bytes) -> Encoding | None:
    """Of the old encodings in which it can be read, the one whose text looks most like text."""
    readable = [found for codec, name in _JAPANESE.items() if (found := _if_readable(data, codec, name))]
    if len(readable) < 2:  # noqa: PLR2004 - nothing to choose from
        return readable[0] if readable else None
    from charset_normalizer import from_bytes

    # CP932, not Shift_JIS: Windows' ①, ㈱, 髙 and 﨑 (NEC and IBM extensions) stand in every other export.
    best = from_bytes(data[:_SAMPLE], cp_isolation=[one.codec for one in readable]).best()
    return next((one for one in readable if best is not None and one.codec == best.encoding), readable[0])
