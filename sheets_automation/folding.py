"""Text for a terminal, folded where Japanese may be folded; light enough for `relay --help`."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from typing import TextIO

_USUAL_WIDTH = 80

# An ASCII word, or one other character; closing marks never begin a line, opening ones never end it.
_PIECES = r"[「“(（【]*(?:[!-'*-~]+|.)[。、」”)）】.,;:!?]*| +"  # compiled by the first text: most commands fold none


def cells(text: str) -> int:
    """How many cells of a terminal a text takes; a full-width character takes two."""
    if text.isascii():
        return len(text)
    return sum(map(_cells_of, text))


def _cells_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fold(text: str, width: int) -> Iterator[str]:
    """Cut a text into lines of at most `width` cells."""
    line = ""
    for piece in re.findall(_PIECES, text):
        if line and cells(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    yield line.rstrip()


def for_stream(text: str, stream: TextIO) -> str:
    """Fold a text where a person reads the stream; programs get it in one line."""
    if not stream.isatty():
        return text
    width = _width(stream)
    return "\n".join(piece for line in text.splitlines() for piece in fold(line, width))


def _width(stream: TextIO) -> int:
    """The width of this terminal; `shutil.get_terminal_size` asks that of stdout, which may be a file."""
    try:
        return int(os.environ.get("COLUMNS") or 0) or os.get_terminal_size(stream.fileno()).columns or _USUAL_WIDTH
    except (OSError, ValueError):
        return _USUAL_WIDTH
