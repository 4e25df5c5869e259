"""The words with which partners report: headings and kinds, as they really write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sheets_automation.core.cells import folded, words
from sheets_automation.core.referrals import ReferralKind

CODE, DATE, KIND, PARTNER, COUNTED = "code", "date", "kind", "partner", "counted"
HEADINGS: Final[Mapping[str, frozenset[str]]] = {
    CODE: words("紹介コード コード 紹介url url code referral_code referral_url ref"),
    DATE: words("登録日 登録日時 日時 日付 発生日 registered_at date datetime created_at occurred_at"),
    KIND: words("種別 状態 ステータス kind status type event"),
    PARTNER: words("紹介先 提携先 紹介先id partner"),
    COUNTED: words("対象 カウント カウント対象 件数対象 counted counts billable"),
}
KINDS: Final[Mapping[str, ReferralKind]] = {
    **dict.fromkeys(words("クリック click clicked"), ReferralKind.CLICKED),
    **dict.fromkeys(words("登録 登録済 登録済み 会員登録 registered registration"), ReferralKind.REGISTERED),
    **dict.fromkeys(words("採用 採用決定 入社 入社決定 内定承諾 hired hire"), ReferralKind.HIRED),
    **dict.fromkeys(words("取消 取り消し キャンセル 無効 voided cancelled canceled"), ReferralKind.VOIDED),
}


def kind_named(text: str) -> ReferralKind | None:
    """What a word says; a blank one is a registration, and None is a word that nobody listed."""
    return KINDS.get(folded(text)) if text else ReferralKind.REGISTERED
