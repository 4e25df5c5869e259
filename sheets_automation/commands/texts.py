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
    "made": ("作りました: {path}", "Made {path}"),
    "page": ("{n} 通の文面を書き出しました: {path}", "Wrote {n} letters to {path}"),
    "settled": ("{n} 件を決めました。", "Settled {n}."),
    "not_settled": (
        "{id}: この通知は決め直せる状態ではありません({state})。",
        "{id}: this letter cannot be settled so; its state is {state}.",
    ),
    "open": ("確かめていただきたい通知 {n} 件", "{n} letters wait for your word"),
    "none_open": ("確かめていただく通知はありません。", "No letter waits for your word."),
    "say_word": (
        "--sent(届いていた)、--again(送り直す)、--reopen(改めて通知)のどれかを付けてください。",
        "Add --sent, --again or --reopen.",
    ),
    "when": ("時刻", "when"),
    "what": ("内容", "what"),
    "where": ("場所", "where"),
    "added": ("{n} 件を記録しました。", "{n} recorded."),
    "redeemed": ("クレジット {n} 件の利用を記録しました。", "Recorded the use of {n} credits."),
    "earned": ("獲得", "earned"),
    "redeemed_column": ("利用", "redeemed"),
    "expired": ("失効", "expired"),
    "left": ("残り", "left"),
    "progress": ("次まで", "next"),
    "partner": ("紹介先", "partner"),
    "candidates": ("候補者", "candidates"),
    "due": ("いま送る通知", "letters due now"),
    "sent_total": ("送信済み", "letters sent"),
    "budget": ("24 時間の残り枠", "budget left in 24 h"),
    "window": ("送信時間帯", "send window"),
    "window_open": ("開いています", "open"),
    "window_until": ("{when} から", "opens {when}"),
    "uncertain_total": ("届いたか不明", "uncertain"),
    "waiting_total": ("お待たせ中", "waiting too long"),
    "act_total": ("対応が必要", "need you"),
    "ok": ("よし", "ok"),
    "missing": ("不足", "missing"),
    "workbook": ("ブック", "workbook"),
    "run": ("実行", "run"),
    "carrier": ("送信手段", "carrier"),
}


def say(key: str, language: str, **facts: object) -> str:
    """A sentence in `language`, facts filled in."""
    return pick(_TEXTS[key], language).format(**facts)


def plain(value: object) -> str:
    """Text from a cell, for a terminal: no markup of rich, no control characters."""
    from rich.markup import escape

    return escape("".join(character if character.isprintable() else "\ufffd" for character in str(value)))
