"""Names: cleaned for people without changing a character, folded for matching, and looked at for damage."""

from __future__ import annotations

import codecs
import re
import unicodedata

from sheets_automation.core.cells import text, words
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

# Each is a sign of damage, or of a cell that holds something else: a number, an address, a formula, an error value.
_NOT_IN_A_NAME = re.compile(
    r"[\d?@#=<>{}|\\^_%$*+;/!\"〓\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff\U000f0000-\U0010ffff]"
    r"|www\.|^・|・・|・$"
)
_NO_NAME = words(
    "不明 同上 匿名 非公開 未定 なし 無し 氏名 名前 お名前 様 さま さん 殿 ー "
    "none null nan undefined unknown name true false"
)
# Mail programs make a link of every domain, and this one would come from us: anybody can apply in a stranger's name.
_DOMAIN = re.compile(r"[^\W\d_][.。](?=[a-z]{2})", re.IGNORECASE)
_LONGEST = 100
_MARKS_ON_ONE_LETTER = 5
# HR's remark in a name, 山田太郎（再応募）, would be printed in the letter; a former name or a reading may be.
_REMARK = re.compile(r"\((?!旧姓|[ぁ-ヿA-Za-z .・]+\))")
# What is left when Japanese is read in another encoding. UTF-8 read as CP932 begins every kana with one of three rare
# kanji; CP932 or UTF-8 read as Western text is full of punctuation that no name holds, or has it after an accented
# letter. Čížek and O’Brien must pass.
_MOJIBAKE = re.compile(r"[縺繧繝\x80-\x9f¡-©«-¶¸¹»-¿×÷€‚ƒ„…†‡ˆ‰‹›•˜™“”]|[–—‘’][À-ÿ]|[Â-ô][–—‘’]|[A-Za-z][｡-ﾟ]")
_Utf8 = codecs.getincrementaldecoder("utf-8")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ .'’-]*")
_JAPANESE = re.compile(r"[ぁ-ヿ一-鿿]")


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


def is_garbled(name: str) -> bool:
    """Tell whether this is no name to write to: damaged by an encoding, with a remark, or not a name at all."""
    folded = unicodedata.normalize("NFKC", name)
    return (
        _NOT_IN_A_NAME.search(name) is not None
        or _NOT_IN_A_NAME.search(folded) is not None
        or _REMARK.search(folded) is not None
        or _MOJIBAKE.search(name) is not None
        or folded.strip().casefold() in _NO_NAME
        or not any(map(str.isalpha, folded))
        or len(name) > _LONGEST
        or _DOMAIN.search(folded) is not None
        or _is_flooded(name)
        or _is_only_put_around(name, folded)
        or _is_utf8_read_as_cp932(name)
    )


def _is_flooded(name: str) -> bool:
    """Tell whether marks are heaped on a letter until they cover the lines around it; no script needs so many."""
    heaped = 0
    for character in name:
        heaped = heaped + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if heaped > _MARKS_ON_ONE_LETTER:
            return True
    return False


def _is_only_put_around(name: str, folded: str) -> bool:
    """Tell whether nothing but signs stands beside 様, 々 or parentheses: no key tells such a name from others."""
    may_be = "々" in folded or _BRACKETS.search(folded) or folded.endswith(_HONORIFICS)
    return bool(may_be) and not name_parts(name)


def _is_utf8_read_as_cp932(name: str) -> bool:
    try:
        # Incremental, since the last character has often lost a byte on the way.
        return _JAPANESE.search(_Utf8().decode(name.encode("cp932"))) is not None
    except UnicodeError:
        return False
