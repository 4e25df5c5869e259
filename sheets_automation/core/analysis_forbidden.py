"""What is never a dimension of an analysis: attributes by which nobody may be judged (職業安定法 5条の5, 均等法)."""

from __future__ import annotations

import re

from sheets_automation.core.cells import folded, words
from sheets_automation.core.headings import heading_key

_HEADINGS = words(
    "年齢 生年月日 誕生日 性別 男女 国籍 本籍 出身地 出生地 人種 民族 家族 配偶者 婚姻 扶養 妊娠 子供 宗教 信条 "
    "思想 支持政党 労働組合 組合加入 障害 障がい 病歴 健康状態 既往歴 血液型 容姿 顔写真 age sex gender birth "
    "nationality race ethnicity religion marital pregnan disab"
)
_SHORT = frozenset({"age", "sex", "race"})
"""Parts of innocent words (stage, Essex, trace): only as whole headings."""
_TAG = re.compile(
    r"(?:男|女|男性|女性|既婚|未婚|独身|主婦|主夫|外国人|外国籍|日本人|妊娠中|妊婦|子持ち|"
    r"(?:[1-9]0|十|二十|三十|四十|五十|六十)(?:代|歳代|才代)(?:前半|半ば|中盤|後半|以上|以下|まで)?|\d{1,2}(?:歳|才).*|若手|若年|中高年|高齢.*|"
    r"male|female|man|woman|married|single|pregnant|foreigner|\d{1,2} ?s|over ?\d{2}|under ?\d{2})"
)


def is_forbidden_heading(heading: str) -> bool:
    """Whether a column of this heading may not be counted by."""
    key = heading_key(heading)
    return any(word == key if word in _SHORT else word in key for word in _HEADINGS)


def is_forbidden_label(label: str) -> bool:
    """Whether a tag or skill says something by which nobody may be judged."""
    return _TAG.fullmatch(folded(label)) is not None or is_forbidden_heading(label)
