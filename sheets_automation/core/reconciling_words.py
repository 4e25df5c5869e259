"""The sentences about differences between a statement and our facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Final

from sheets_automation.core.credit_rules import Counting, CreditRules
from sheets_automation.core.reconciling import Difference, DifferenceKind
from sheets_automation.core.referrals import ReferralKind

KINDS: Final[Mapping[DifferenceKind, tuple[str, str]]] = {
    DifferenceKind.THEY_HAVE: ("先方のみ", "only they have it"),
    DifferenceKind.WE_HAVE: ("当社のみ", "only we have it"),
    DifferenceKind.OTHER_MONTH: ("別の月", "another month"),
    DifferenceKind.DOUBLED: ("二重", "twice"),
    DifferenceKind.COUNT_RULE: ("数え方", "how it counts"),
    DifferenceKind.TAKEN_BACK: ("取消済み", "taken back"),
    DifferenceKind.UNKNOWN_CODE: ("不明なコード", "unknown code"),
    DifferenceKind.OTHER_PARTNER: ("別の紹介先", "another partner"),
}
_SENTENCES: Final[Mapping[DifferenceKind, tuple[str, str]]] = {
    DifferenceKind.THEY_HAVE: (
        "先方の{what}({theirs})が、当社の記録にありません。正しければ --accept {code} で記録できます。",
        "Their {name} ({theirs}) is not in our records. If it is right, --accept {code} records it.",
    ),
    DifferenceKind.WE_HAVE: (
        "当社が数えている{what}({ours}、{sources})が、明細にありません。先方に確かめてください。",
        "We count a {name} ({ours}, {sources}) that the statement lacks. Ask the partner.",
    ),
    DifferenceKind.OTHER_MONTH: (
        "当社の記録では{what}は {ours} で、この明細の月ではありません(先方 {theirs}、当社 {sources})。",
        "By our records the {name} was on {ours}, in another month (theirs: {theirs}; ours: {sources}).",
    ),
    DifferenceKind.DOUBLED: (
        "同じコードの{what}が、明細に二度あります({cells})。一度だけ数えます。",
        "The statement has this {name} twice ({cells}). It counts once.",
    ),
    DifferenceKind.COUNT_RULE: (
        "数え方が違います。取り決めは「{rule}」で、当社の記録は {sources} です。",
        "It is counted differently. What was agreed: {rule}. Our records: {sources}.",
    ),
    DifferenceKind.TAKEN_BACK: (
        "当社の記録では取り消されています({sources})。取消が誤りかどうか、先方に確かめてください。",
        "By our records this was taken back ({sources}). Ask the partner whether that was wrong.",
    ),
    DifferenceKind.UNKNOWN_CODE: (
        "当社のどの通知にもないコードです。先方に正しいコードを確かめてください。",
        "This code is in no letter that we sent. Ask the partner for the right one.",
    ),
    DifferenceKind.OTHER_PARTNER: (
        "当社の記録では別の紹介先のコードです({sources})。",
        "By our records this code belongs to another partner ({sources}).",
    ),
}
_NAMES: Final = {ReferralKind.REGISTERED: "registration", ReferralKind.HIRED: "hire"}
_RULES: Final = {
    Counting.REGISTERED: ("登録か採用決定の早いほうを一度", "a registration or a hire, whichever is first, once"),
    Counting.HIRED: ("採用決定だけ", "hires alone"),
}


def difference_text(one: Difference, rules: CreditRules, zone: tzinfo | None, language: str) -> str:
    """What differs, with the evidence, and what to do about it."""
    at = 0 if language == "ja" else 1

    def day(moment: datetime | None) -> str:
        return f"{moment.astimezone(zone):%Y-%m-%d}" if moment else ("日付なし", "no date")[at]

    return _SENTENCES[one.kind][at].format(
        code=one.code,
        what=one.what.value,
        name=_NAMES.get(one.what, one.what.name.lower()),
        theirs=day(one.theirs),
        ours=day(one.ours),
        cells=" / ".join(one.cells),
        rule=_RULES[rules.counts][at],
        sources=evidence_text(one, zone) or ("なし", "none")[at],
    )


def evidence_text(one: Difference, zone: tzinfo | None) -> str:
    """Our records of the code: what, when, where from, and the ids under which they stand in 紹介実績."""
    told = (
        f"{fact.kind.value} {fact.at.astimezone(zone):%Y-%m-%d} {fact.source} {fact.event_id}".replace("  ", " ")
        for fact in one.facts
    )
    return "; ".join(told)
