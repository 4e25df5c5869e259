"""Whether two names can belong to one person: 旧姓, 異体字, kana and Latin spellings are no proof of two people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations, takewhile

from sheets_automation.core.names import name_parts

_KANJI, _KANA = r"[\u4e00-\u9fff]", r"[\u30a1-\u30ff]+"  # compiled by the first two people of one address
_GIVEN_LENGTH = 2
_MOST_SPELLINGS = 8


def are_two_people(names: Iterable[str]) -> bool:
    """Tell whether at least two of the names clearly belong to different people."""
    distinct = {parts for name in names if (parts := name_parts(name))}
    # Nobody spells their name in nine ways; this also bounds the comparisons below.
    return len(distinct) > _MOST_SPELLINGS or any(_differ(a, b) for a, b in combinations(sorted(distinct), 2))


def _differ(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    one, other = "".join(a), "".join(b)
    if _script(one) != _script(other):
        return False  # 山田太郎 and ヤマダタロウ, or Taro Yamada: nothing to compare
    if one.startswith(other) or other.startswith(one) or sorted(a) == sorted(b):
        return False
    return not _same_given_name(a, b)


def _script(key: str) -> str:
    if re.search(_KANJI, key):
        return "kanji"
    return "kana" if re.fullmatch(_KANA, key) else "other"


def _same_given_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether the given names, which stand last in Japanese, are equal: 佐藤 花子 may have been 山田 花子."""
    one, other = "".join(a), "".join(b)
    if _script(one) == "other":
        return False
    if len(a) > 1 and len(b) > 1:
        return a[-1] == b[-1]
    # Written together: a common ending counts, unless the family name is common too (山田健太郎 and 山田太郎).
    family_alike = _common(one, other) >= _GIVEN_LENGTH
    ending = _common(one[::-1], other[::-1])
    given_length = max((len(parts[-1]) for parts in (a, b) if len(parts) > 1), default=_GIVEN_LENGTH)
    return not family_alike and ending >= given_length


def _common(one: str, other: str) -> int:
    """Return how many characters the two begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
