"""What `relay settle` says to people."""

from __future__ import annotations

from sheets_automation.cli_texts import Texts

SETTLE: Texts = {
    "settled": ("{n} 名の通知を決めました。", "Settled {n}."),
    "not_settled": (
        "{id}: いまは「{state}」なので、この指定では変えられません。",
        "{id} is “{state}”, which cannot be changed so.",
    ),
    "open": ("届いたか確かめていただきたい通知 {n} 通", "{n} letter{s} wait{v} for your word"),
    "none_open": ("確かめていただく通知はありません。", "No letter waits for your word."),
    "next_settle": (
        "届いていれば relay settle {workbook} 候補者ID --sent、届いていなければ --again を付けてください。",
        "If it was sent: `relay settle {workbook} ID --sent`; if not: --again.",
    ),
    "say_word": (
        "候補者ID に続けて --sent(届いていた)、--again(送り直す)、--reopen(改めて通知)のどれかを付けてください。",
        "After the ids, add --sent (it was sent), --again (send again) or --reopen (a new letter).",
    ),
    "journal_given_up": (
        (
            "前回の実行が最後の保存のあとに送った通知は、このブックに残っていません。送信元(送信済みメール、送信箱)と見比べて、"
            "届いていた方は relay settle {workbook} 候補者ID --sent と記録してください。そのあとで送信できます。"
        ),
        (
            "What the last run sent after its last save is not in this workbook. Compare it with the mailbox or "
            "outbox, and record whoever got a letter with `relay settle {workbook} ID --sent`. Then you can send again."
        ),
    ),
    "say_whom": ("{word} の前に候補者ID を書いてください。", "Name the candidate ids before {word}."),
}
