"""What `relay freeze`, `relay thaw` and `relay incident` say to people, in Japanese and English."""

from __future__ import annotations

from sheets_automation.cli_texts import Texts

INCIDENT: Texts = {
    "frozen_now": ("このブックからの送信を、すべて止めました。", "All sending from this workbook is stopped."),
    "frozen_waiting": (
        "待っている通知とフォローは、合わせて {n} 通です。",
        "{n} letter{s} wait{v}, follow-ups included.",
    ),
    "frozen_by_flag": (
        (
            "ブックをほかの人か実行が使っているので、停止の目印だけを置きました。停止はいま効いています。"
            "送信記録には、次の実行のときに書きます。"
        ),
        (
            "The workbook is in use, so only the flag beside it was set. The stop holds from now on; "
            "the next run writes it into the log."
        ),
    ),
    "incident_letters": ("送ったメール {n} 通", "{n} letter{s} left"),
    "incident_more": (
        "ほか {n} 通。全部は --csv か --json で見られます。",
        "{n} more; see all with --csv or --json.",
    ),
    "incident_not_frozen": (
        "送信は止まっていません。止めるには: relay freeze {workbook} --because 理由",
        "Sending is not stopped. To stop it: `relay freeze {workbook} --because REASON`",
    ),
    "incident_written": ("書き出しました: {path}", "Written: {path}"),
    "next_apology": (
        "お詫びの予定を見るには、--explain に経緯を書いてください。これだけでは何も送りません。",
        "To see the apologies, say with --explain what happened. This alone sends nothing.",
    ),
    "apologies": ("お詫び", "Apologies"),
    "next_send_apology": (
        "お詫びを送るには、--send --expect {n} を付けてください(送信を止めているあいだは --although-frozen も)。",
        "To send them, add --send --expect {n} (and --although-frozen while sending is stopped).",
    ),
    "next_incident": (
        "誰に何が届いたか: relay incident {workbook} --since 日時",
        "Who got what: `relay incident {workbook} --since MOMENT`",
    ),
    "next_thaw": ("再開するとき: relay thaw {workbook}", "To go on: `relay thaw {workbook}`"),
    "not_frozen": ("このブックの送信は止められていません。", "Sending from this workbook is not stopped."),
    "still_frozen": ("まだ止まっています。", "Still stopped."),
    "thawed": ("送信を再開できます。まだ何も送っていません。", "Letters may go again. Nothing was sent yet."),
    "thawed_waiting": (
        (
            "待っている通知とフォローは、合わせて {n} 通です。"
            "送る前に relay send {workbook} と relay follow-up {workbook} で見てください。"
        ),
        (
            "{n} letter{s} wait{v}, follow-ups included. "
            "Look at them with `relay send {workbook}` and `relay follow-up {workbook}` before they go."
        ),
    ),
}
