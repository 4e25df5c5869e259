"""What `relay tag` and `relay match` say to people, in Japanese and English."""

from __future__ import annotations

from sheets_automation.cli_texts import Texts, pick

_TEXTS: Texts = {
    "proposed": ("タグの提案: {people} 名、{n} 件", "Proposed: {n} tags for {people} people"),
    "none_proposed": ("新しく提案するタグはありません。", "There is no tag to propose."),
    "by_tag": ("  {tag}: {n} 名", "  {tag}: {n}"),
    "row": ("行", "row"),
    "id": ("候補者ID", "id"),
    "tag": ("タグ候補", "tag"),
    "why": ("理由", "why"),
    "more": ("ほか {n} 件。全部は --json で見られます。", "{n} more; see all with --json."),
    "problem": ("- {where}: {text}", "- {where}: {text}"),
    "problems": ("直すところ(その規則は使っていません):", "To put right (these rules are not used):"),
    "resting": ("休んでいる規則:", "Rules at rest:"),
    "tidy": ("書き方をそろえるご提案(書き換えはしません):", "Labels that could be written alike (nothing is changed):"),
    "tidying": ("- 「{label}」({n} 名) → 「{instead}」: {why}", "- “{label}” ({n}) → “{instead}”: {why}"),
    "refused": (
        "消された提案を「見送ったタグ」の列に控えました({n} 名)。もう提案しません。",
        "Proposals that were cleared are noted in column 見送ったタグ ({n}), and not made again.",
    ),
    "accepted": ("{n} 名の「タグ」の列に書き足しました。", "Added to column タグ for {n}."),
    "written": (
        "「タグ候補」の列に書きました。使うものは「タグ」の列へ写すか、--accept を付けて実行してください。",
        "Written into column タグ候補. Copy what you like into タグ, or run with --accept.",
    ),
    "not_written": (
        "書き込みはしていません。--write を付けると「タグ候補」の列に書きます。",
        "Nothing was written. --write puts them into column タグ候補.",
    ),
    "rules_made": (
        "「タグ規則」タブを作りました。規則は自由に直せます。",
        "Made tab タグ規則; change the rules as you like.",
    ),
    "found": (
        "「{opening}」に合いそうな過去の候補者: {n} 名(候補 {pool} 名のうち)",
        "Past candidates for “{opening}”: {n} of {pool}",
    ),
    "none_found": (
        "「{opening}」に合いそうな過去の候補者は見つかりませんでした(候補 {pool} 名)。",
        "No past candidate fits “{opening}” ({pool} looked at).",
    ),
    "profile_missing": (
        "候補者の表に「スキル」「職務経歴」「備考」などの列がありません。加えると、ずっとよく見つかります。",
        "The candidates have no column such as スキル, 職務経歴 or 備考; with one, far more is found.",
    ),
    "person": ("{place}. {name}({id}、{row} 行目)", "{place}. {name} ({id}, row {row})"),
    "for": ("   ○ {text}", "   + {text}"),
    "against": ("   △ {text}", "   - {text}"),
    "contact": ("   ・ 最後の連絡 {day}", "   · last contact {day}"),
    "letter_ready": ("   ご案内の文面: 件名「{subject}」", "   letter ready: “{subject}”"),
    "letter_not_ready": ("   ご案内の文面は作れません: {detail}", "   no letter: {detail}"),
    "left_out": ("挙げなかった方: {counts}", "Left out: {counts}"),
    "left_out_for": ("{text} {people} 名", "{text}: {people}"),
    "sends_nothing": (
        "何も送っていません。文面は --json の letter にあります。",
        "Nothing was sent. The letters are under “letter” with --json.",
    ),
}


def said(key: str, language: str, **facts: object) -> str:
    """A sentence in `language`, facts filled in."""
    return pick(_TEXTS[key], language).format(**facts)
