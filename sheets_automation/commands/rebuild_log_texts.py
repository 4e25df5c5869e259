"""What `relay rebuild-log` says to people, in Japanese and English."""

from __future__ import annotations

from sheets_automation.cli_texts import Texts

REBUILD_LOG: Texts = {
    "log_is_whole": (
        "送信記録に失われたところはありません。何も書き換えませんでした。",
        "Nothing of the log is missing. Nothing was changed.",
    ),
    "sent_looked_at": (
        "{since} 以降の送信済み {n} 通を見ました。",
        "Looked at {n} sent mail{s} since {since}.",
    ),
    "sent_foreign": ("ほかのブックの通知 {n} 通は使いません。", "{n} letter{s} of other workbooks are not used."),
    "sent_unknown": (
        "このブックの誰のものか分からない通知が {n} 通あります。使いません。",
        "{n} letter{s} belong{v} to nobody in this workbook and are not used.",
    ),
    "sent_not_whole": (
        "送信済みが多いため、古いほうは見きれませんでした。",
        "There was too much sent mail to see all of it; the oldest was left.",
    ),
    "facts_kept": ("そのまま残る記録 {n} 件", "{n} fact{s} of the log stay{v}"),
    "facts_dropped": ("使えない行 {n} 件", "{n} row{s} cannot be used"),
    "letters_restored": ("送信済みから見つかった通知 {n} 通", "{n} letter{s} found among sent mail"),
    "candidates_held": (
        "記録の見つからない方 {n} 名(relay settle で決めるまで送りません)",
        "{n} {people} without a record, not written to before you settle it with `relay settle`",
    ),
    "rebuilt": ("送信記録を作り直しました。", "The log was rebuilt."),
    "old_log_kept": ("古いタブは「{tab}」という名前で残っています。", "The old tab is kept as {tab}."),
    "rebuild_dry": (
        "まだ何も書き換えていません。作り直すには、同じコマンドに --write を付けてください。",
        "Nothing was changed. To rebuild the log, repeat the command with --write.",
    ),
    "next_held": (
        (
            "送信元の記録を確かめて、届いていた方は relay settle {workbook} 候補者ID --sent、"
            "届いていない方は --again を付けてください。"
        ),
        "Look at the mailbox. Whoever has the letter: `relay settle {workbook} ID --sent`; whoever has not: --again.",
    ),
    "next_sync": (
        "届かずに戻った通知と返信は、relay sync {workbook} でもう一度読み取れます。",
        "Bounces and answers are read again with `relay sync {workbook}`.",
    ),
}
