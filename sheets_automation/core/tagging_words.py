"""Whether a text mentions a word: width, case, kana and 異体字 do not matter, and 「Python 未経験」 is no mention."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sheets_automation.core.cells import seen
from sheets_automation.core.kanji import FOLDED
from sheets_automation.core.table import CellValue

_KEY = FOLDED | {code: code + 0x60 for code in range(0x3041, 0x3097)}  # hiragana to katakana
# What stands right behind a word and denies it; the words between may be a particle, 経験 or 使用, and no more.
_DENIED = re.compile(
    r"[\s、,:(（]*(?:ノ|ハ|ガ|モ|ヲ)?[\s]*(?:ノ|業務|実務|使用|利用|開発)*(?:経験|スキル|資格|知識)?(?:ハ|ガ|モ)?[\s:(（]*"
    r"(?:未経験|経験無|未取得|未使用|ナシ|無シ|無イ|ナイ|不可|不問|デキナイ|デキマセン|アリマセン|アリナセン|×)"
)
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
    return bool(word) and any(_DENIED.match(text, found.end()) is None for found in _pattern(word).finditer(text))
