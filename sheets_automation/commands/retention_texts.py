"""What `relay retention`, `relay erase` and `relay person` say to people, in Japanese and English."""

from __future__ import annotations

from sheets_automation.cli_texts import Texts, pick

_TEXTS: Texts = {
    "clock": (
        "保存期間は、最後のできごと(応募・結果・通知)から {months} か月。予告は {days} 日です。",
        "Kept for {months} months after the last application, result or letter; notice: {days} days.",
    ),
    "running": ("保存期間中: {n} 名", "within the period: {n}"),
    "reached": ("期間が過ぎ、まだ予告していない: {n} 名", "over, not announced yet: {n}"),
    "announced": ("予告中: {n} 名", "announced: {n}"),
    "due": ("予告の期間も過ぎた(消去の対象): {n} 名", "notice over, to be erased: {n}"),
    "kept": ("期間は過ぎたが残す: {n} 名", "over, but kept: {n}"),
    "erased": ("消去済みの行: {n}", "rows erased already: {n}"),
    "row": ("行", "row"),
    "who": ("氏名", "name"),
    "id": ("候補者ID", "id"),
    "since": ("最後のできごと", "last event"),
    "when": ("消去予定日", "erased from"),
    "why": ("状態", "state"),
    "no_date": ("日付なし", "no date"),
    "state_reached": ("予告していません", "not announced"),
    "state_announced": ("予告中", "announced"),
    "state_due": ("消去の対象", "to be erased"),
    "untold": ("(結果の通知を送っていません)", "(was never told the result)"),
    "more": ("ほか {n} 名。全部は --json で見られます。", "{n} more; see all with --json."),
    "goes": (
        "消えるもの: 氏名・連絡先・備考など。送信記録の宛先と件名、送信箱の通知、控えのファイルも消えます。",
        "What goes: name, contact, notes; addresses and subjects in the log; letters in the outbox; earlier copies.",
    ),
    "stays": (
        "残るもの: 応募の月・媒体・職種・段階・結果・タグ(集計のため)と、二度送らないための印。",
        "What stays: month, medium, opening, stage, result and tags, to be counted; a mark against second letters.",
    ),
    "unfinished": (
        "途中で止まった消去が {n} 件あります。次の消去が続きを行います。",
        "{n} interrupted; the next erasure finishes what was begun.",
    ),
    "next_announce": (
        "まだ何も書いていません。予告するには --announce を付けてください。",
        "Nothing was written. To announce, repeat the command with --announce.",
    ),
    "next_erase": (
        "まだ何も消していません。消去するには --erase --expect {n} を付けてください。",
        "Nothing was erased. To erase, repeat the command with --erase --expect {n}.",
    ),
    "was_announced": (
        "{n} 名を予告しました。「消去予定日」の列を見て、残す方は「保持期限」に日付か「保留」と書いてください。",
        "Announced {n}. Look at the column 消去予定日; to keep somebody, write a day or 保留 into 保持期限.",
    ),
    "was_erased": ("{n} 名の個人情報を消去しました。元には戻せません。", "Erased {n}. It cannot be undone."),
    "counted": ("  {text}: {n}", "  {text}: {n}"),
    "left": (
        "「{tab}」シートの {n} セルに、消去した方を示すものが残っています。手で消してください。",
        "{n} cells of tab {tab} still name somebody who was erased. Remove them by hand.",
    ),
    "beyond": ("手の届かないところ:", "Where the program cannot reach:"),
    "place": ("- {text}", "- {text}"),
    "certificate": ("消去証明を {path} に書き出しました。", "Wrote the certificate to {path}."),
    "person_found": ("この方の応募: {n} 件(行 {rows})", "Applications of this person: {n} (rows {rows})"),
    "person_stopped": ("いまは消去できません。{why}", "Cannot be erased now: {why}"),
    "person_next": (
        "まだ何も消していません。消去するには --write を付けてください。元には戻せません。",
        "Nothing was erased. To erase, repeat the command with --write. It cannot be undone.",
    ),
    "exported": (
        "{path} に書き出しました(応募 {n} 件、記録 {records} 件、通知の控え {letters} 通)。",
        "Wrote {path}: {n} applications, {records} records, {letters} letters.",
    ),
    "exported_elsewhere": (
        "ほかのシートの {n} セルにも、この方を示すものがあります。お渡しする前に確かめてください。",
        "{n} cells of other tabs name this person, too. Look at them before you hand it out.",
    ),
    "exported_next": (
        "個人情報です。評価のメモなど、お渡ししてよいかを確かめ、お渡ししたら消してください。",
        "It is personal data: check that notes of assessors may be handed out, and delete the files afterwards.",
    ),
}


def said(key: str, language: str, **facts: object) -> str:
    """A sentence in `language`, facts filled in."""
    return pick(_TEXTS[key], language).format(**facts)
