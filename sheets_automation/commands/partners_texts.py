"""What the commands about partners and credits say to people, in Japanese and English."""

from __future__ import annotations

from sheets_automation.cli_texts import Texts

PARTNERS: Texts = {
    "reconciled": (
        "{name} の {month} の明細({rows} 行)を、当社の記録と突き合わせました。",
        "Compared the statement of {name} for {month} ({rows} rows) with our records.",
    ),
    "reconciled_counts": (
        "先方の件数 {theirs}、当社の件数 {ours}、一致 {agreed} 行",
        "They count {theirs}, we count {ours}; {agreed} rows agree.",
    ),
    "accepted": ("差異のうち {n} 件を、指定どおり記録しました。", "Recorded {n} that you accepted."),
    "redeemed_number": (
        "クレジット番号 {number}。このクレジットで来た方の「クレジット番号」の列に入れてください。",
        "Its number is {number}: write it under クレジット番号 beside those who come by it.",
    ),
    "untaken": (
        "「{tab}」に、まだ取り込んでいない報告が {n} 行あります。relay register --tab で取り込みます。",
        "Tab {tab} holds {n} report{s} that nobody has taken in: `relay register --tab` does.",
    ),
    "difference": ("差異", "difference"),
    "referral_code": ("紹介コード", "code"),
    "difference_text": ("内容と根拠", "what, and the evidence"),
    "reconcile_next": (
        "記録は何も変えていません(--accept で指定したコードを除く)。",
        "Nothing was changed, but for codes given to --accept.",
    ),
}
