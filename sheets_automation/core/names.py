"""Names: cleaned for people without changing a character, and folded for matching."""

from __future__ import annotations

import re
import unicodedata

from sheets_automation.core.cells import text
from sheets_automation.core.kanji import FOLDED
from sheets_automation.core.table import CellValue

_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp"})
# Letters to Unicode, and a blank to whoever reads them: a name of these alone is no name.
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_PARENTHESES = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?|〔[^〔〕]*〕?")
_HONORIFICS = ("様", "さま", "さん", "殿", "氏")
_BRACKETS = re.compile(r"[(\[〔]")
_REPEATED = re.compile(r"(.)々")
_MARKS = re.compile(r"[\W_]+")
_KEY = FOLDED | {c: c + 0x60 for c in range(0x3041, 0x3097)}  # hiragana to katakana

_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ .'’-]*")


def display_name(value: CellValue) -> str:
    """Return the name for people: blanks folded to one, invisible characters out, no visible character changed.

    様 or さん at the end stays: the letter's lint sees it doubled, and a person mends the cell.
    """
    name = text(value)
    if not (name.isprintable() and _FILLERS.isdisjoint(name)):
        name = "".join(map(_visible, name))
    return " ".join(name.split())


def _visible(character: str) -> str:
    if character.isspace() or character in _FILLERS:
        return " "
    category = unicodedata.category(character)
    # A lone surrogate can't be written anywhere; the replacement character says that something was here.
    return "\ufffd" if category == "Cs" else "" if category in _INVISIBLE else character


def join_names(family: str, given: str) -> str:
    """Join two cells to one name: 姓 名 in Japanese, the given name first where both are Latin."""
    if _LATIN.fullmatch(family) and _LATIN.fullmatch(given):
        family, given = given, family
    return f"{family} {given}".strip()


def name_parts(name: str) -> tuple[str, ...]:
    """Return the words of a name, folded for matching; most Japanese names have two, or one written together."""
    plain = unicodedata.normalize("NFKC", name)
    if _BRACKETS.search(plain):
        plain = _PARENTHESES.sub(" ", plain).strip() or plain
    if plain.endswith(_HONORIFICS):
        plain = _without_honorific(plain)
    plain = plain.casefold().translate(_KEY)
    if "々" in plain:
        plain = _REPEATED.sub(r"\1\1", plain)
    return tuple(part for word in plain.split() if (part := word if word.isalnum() else _MARKS.sub("", word)))


def _without_honorific(plain: str) -> str:
    for honorific in _HONORIFICS:
        if shorter := plain.removesuffix(honorific).rstrip():
            plain = shorter
    return plain


def name_key(name: str) -> str:
    """Return the name for matching: width, case, kana, 異体字, blanks, 中黒, 様 and (旧姓 …) do not matter."""
    return "".join(name_parts(name))
