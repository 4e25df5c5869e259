"""What commands say to people, in Japanese and English."""

from __future__ import annotations

from sheets_automation.cli_texts import Texts, pick

_TEXTS: Texts = {
    "planned": ("送る予定 {n} 通", "{n} letters to send"),
    "sent": ("{n} 通送りました", "{n} letters sent"),
    "left_out": ("送らない {n} 名", "{n} candidates left out"),
    "dry": ("まだ何も送っていません。送るには --send を付けてください。", "Nothing was sent. To send, add --send."),
    "dry_expect": (
        "まだ何も送っていません。送るには --send --expect {n} を付けてください。",
        "Nothing was sent. To send, add --send --expect {n}.",
    ),
    "nothing": ("いま送る通知はありません。", "No letter is due now."),
    "id": ("候補者ID", "candidate"),
    "row": ("行", "row"),
    "to": ("宛先", "to"),
    "letter": ("文面", "letter"),
    "subject": ("件名", "subject"),
    "state": ("状態", "state"),
    "people": ("人数", "people"),
    "why": ("理由と対応", "why, and what to do"),
    "rows": ("行", "rows"),
    "more": (
        "ほか {n} 通。全部は relay preview か --json で見られます。",
        "{n} more; see all with `relay preview` or --json.",
    ),
    "act": ("対応が必要", "needs you"),
    "wait": ("待機中", "waiting"),
    "none": ("対応不要", "nothing to do"),
    "waiting": (
        "お待たせ中: {n} 名が {days} 日以上、結果の連絡を待っています(行 {rows})。",
        "Waiting too long: {n} people, over {days} days without an answer (rows {rows}).",
    ),
    "uncertain": (
        "{n} 通は届いたか分かりません。確かめて relay settle で決めてください。",
        "{n} letters may or may not have left. Check, then settle them with `relay settle`.",
    ),
    "failed": ("{n} 通は送れませんでした。", "{n} letters could not be sent."),
    "credits": (
        "クレジット: 残り {left}、次まで {progress}",
        "Credits: {left} left, {progress} towards the next",
    ),
    "resolved": (
        "前回途中で止まった {n} 通の結果を確かめました。",
        "Found out what became of {n} letters of a run that had stopped.",
    ),
    "not_shown": (
        "送信の記録は残っていますが、ブックの表示は更新できませんでした。",
        "Everything is recorded, but the workbook's columns could not be updated.",
    ),
    "sample_sent": ("試し送り {n} 通: {address}", "{n} sample letters to {address}"),
    "problems": ("直すところ {n} 件", "{n} problems"),
    "no_problems": ("問題は見つかりませんでした。", "No problems found."),
    "workbook": ("ブック", "workbook"),
    "run": ("実行", "run"),
    "carrier": ("送信手段", "carrier"),
}


def say(key: str, language: str, **facts: object) -> str:
    """A sentence in `language`, facts filled in."""
    return pick(_TEXTS[key], language).format(**facts)
