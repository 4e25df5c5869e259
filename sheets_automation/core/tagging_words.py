"""Whether a text mentions a word: width, case, kana and 異体字 do not matter, and 「Python 未経験」 is no mention."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sheets_automation.core.cells import seen
from sheets_automation.core.kanji import FOLDED
from sheets_automation.core.table import CellValue

_KEY = FOLDED | {code: code + 0x60 for code in range(0x3041, 0x3097)}  # hiragana to katakana
# What stands behind a word, in its clause, and denies it. 「Java 3年 Python未経験」 denies only what stands beside it.
_DENIAL = (
    r"(?:未経験|経験(?:ハ|ガ|モ)?(?:ナシ|無|ナイ|アリマセン)|(?:資格|知識|スキル)(?:ハ|ガ|モ)?(?:ナシ|無)|"
    r"未取得|未使用|不可|不問|デキナイ|デキマセン|×)"
)
_DENIED = re.compile(r"[\s:(]*[^\s、。,;/()\d]{0,24}?[\s:(]*" + _DENIAL)
_WHOLE_DENIAL = re.compile(r"[^\s、。,;/()\d]{0,40}[\s:(]{0,3}" + _DENIAL + r"[^\s、。,;/()]*")
_LATIN = re.compile(r"[a-z0-9]")


@lru_cache(maxsize=8192)
def _folded(shown: str) -> str:
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", shown).casefold())
    return plain.translate(_KEY)


def folded_text(value: CellValue) -> str:
    """Return a text for comparing: width, case, kana and 異体字 do not matter."""
    return _folded(seen(value))


@lru_cache(maxsize=2048)
def _pattern(word: str) -> re.Pattern[str]:
    """Japanese is found anywhere; a Latin word as a whole: Java is not in JavaScript, nor C in C++."""
    before = r"(?<![a-z0-9])" if _LATIN.match(word) else ""
    after = r"(?![a-z0-9+#])" if _LATIN.match(word[-1:]) else ""
    return re.compile(before + re.escape(word) + after)


def mentions(text: str, word: str) -> bool:
    """Tell whether a folded text speaks of a folded word without denying it."""
    return bool(word) and any(not is_denied(text, found.end()) for found in _pattern(word).finditer(text))


def is_denied(text: str, end: int) -> bool:
    """Tell whether what stands right behind a word that ends here denies it."""
    return _DENIED.match(text, end) is not None


def without_denials(text: str) -> str:
    """Return a folded text without what it denies, for comparing by all of its words."""
    return _WHOLE_DENIAL.sub("", text)
