"""The Jinja constructs of a letter, taken out of its Markdown: one private-use character stands for each.

So Markdown never sees them, and what they print is never read as Markdown: a candidate's cell stays what it is, text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from unicodedata import category

from sheets_automation.core.letter_syntax import TEXT, Place

# Plane 15 is for private use; each kind of construct has a range of its own, so that a pattern can tell them apart.
_FIRST: Final = {"": 0xF0000, "if": 0xF4000, "elif": 0xF8000, "else": 0xF8000, "endif": 0xFC000}
_IF: Final = "\U000f4000-\U000f7fff"
_ENDIF: Final = "\U000fc000-\U000ffffd"
_TAG: Final = "\U000f4000-\U000ffffd"
_LINE_OF_TAGS: Final = re.compile(f"^[ \t]*([{_TAG}][{_TAG} \t]*)$", re.MULTILINE)
_CONDITIONAL_LINE: Final = re.compile(f"(?<=[^\n])\n([{_IF}])([^{_IF}{_ENDIF}\n]*[{_ENDIF}])$", re.MULTILINE)

SIGN: Final = "[\U000f0000-\U000ffffd]"
"""A pattern for any of the characters that stand for constructs."""


class Construct(NamedTuple):
    """One field, or one tag of a condition."""

    source: str
    line: int
    tag: str
    """"if", "elif", "else", "endif"; empty for a field."""


Constructs = Mapping[str, Construct]
"""By the character that stands for each."""


def protect(source: str, place: Place) -> tuple[str, Constructs]:
    """Put a character in place of each construct; `source` must have been checked before."""
    if any(category(character) == "Co" for character in source):
        raise place.problem(
            1,
            "外字（私用領域の文字）は届いた先で読めません。別の字に替えてください。",
            "it holds a private-use character, which nobody else can read; replace it.",
        )
    constructs: dict[str, Construct] = {}
    text = ""
    for piece in _pieces(TEXT.lex(source), place):
        if isinstance(piece, Construct):
            sign = chr(_FIRST[piece.tag] + len(constructs))
            constructs[sign] = piece
            text += sign
        else:
            text += piece
    return _tags_apart(text), constructs


def _pieces(tokens: Iterator[tuple[int, str, str]], place: Place) -> Iterator[str | Construct]:
    """Plain text and constructs in turn; comments vanish."""
    inside: list[str] = []
    for line, kind, value in tokens:
        if kind == "data":
            yield value
        elif kind.startswith("raw"):
            raise place.problem(line, "{% raw %} は使えません。取り除いてください。", "take {% raw %} out.")
        elif not kind.startswith("comment"):
            inside.append(value)
            if kind in {"variable_end", "block_end"}:
                tag = "".join(inside[1:-1]).split()[0] if kind == "block_end" else ""
                yield Construct("".join(inside), line, tag)
                inside = []


def _tags_apart(text: str) -> str:
    """Make a line of tags a paragraph of its own, and let a line that is one condition own its line break.

    So a signature's line "{% if 担当 %}担当: {{ 担当 }}{% endif %}" leaves no empty line behind when it is left out.
    """
    return _CONDITIONAL_LINE.sub(r"\1\n\2", _LINE_OF_TAGS.sub(r"\n\1\n", text))
