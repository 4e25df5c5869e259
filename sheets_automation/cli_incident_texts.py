"""What `relay --help` says of freezing, thawing and incidents, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    "freeze": (
        "このブックからの送信を、動いている実行も含めてすべて止める",
        "stop all sending from a workbook, runs that are under way included",
    ),
    "thaw": ("止めた送信を再開できるようにする", "let sending from a workbook go on"),
    "incident": (
        "誰に何が届いたかを調べ、報告の下書きとお詫びを用意する",
        "see who got what since a moment; draft the report, and apologise",
    ),
}

EPILOGS: Mapping[str, tuple[str, str]] = {
    "freeze": (
        (
            "例: relay freeze 候補者.xlsx --because '別の方に届いたとの連絡'\n\n"
            "動いている送信は、送信中のひとまとまりを終えて止まります。\n"
            "ブックが Excel で開かれていても止められます。"
        ),
        (
            "example: relay freeze candidates.xlsx --because 'letter to the wrong person'\n\n"
            "A run that is under way ends with the batch that it is at.\n"
            "It works while the workbook is open in Excel."
        ),
    ),
    "thaw": (
        (
            "例:\n  relay thaw 候補者.xlsx --expect 12             待っている通知の数を確かめて\n"
            "  relay thaw 候補者.xlsx --because 原因を直した  理由を書いて\n\n"
            "これだけでは何も送りません。"
        ),
        (
            "examples:\n  relay thaw candidates.xlsx --expect 12\n"
            "  relay thaw candidates.xlsx --because 'the column was put right'\n\n"
            "This alone sends nothing."
        ),
    ),
    "incident": (
        (
            "例:\n  relay incident 候補者.xlsx --since 9:30 --csv list.csv\n"
            "  relay incident 候補者.xlsx --since '2026/11/24 9:30' --report report.html\n"
            "  relay incident 候補者.xlsx --since 9:30 --explain '…のため'\n"
            "  (続けて --carrier … --send --expect 12 で、お詫びを送ります)\n\n"
            "--send がなければ何も送りません。手順: docs/incident.ja.md"
        ),
        (
            "examples:\n  relay incident candidates.xlsx --since 9:30 --csv list.csv\n"
            "  relay incident candidates.xlsx --since 9:30 --report report.html\n"
            "  relay incident candidates.xlsx --since 9:30 --explain 'Because …'\n"
            "  (and then --carrier … --send --expect 12 to apologise)\n\n"
            "Without --send nothing is sent. What to do when: docs/incident.md"
        ),
    ),
}

OPTIONS: Mapping[str, tuple[str, str]] = {
    "because_frozen": ("止める理由(記録に残ります)", "why, for the record"),
    "because_thawed": ("再開してよい理由(記録に残ります)", "why letters may go again, for the record"),
    "since": ("いつからの送信を見るか(例: 9:30、2026/11/24 9:30)", "letters from this moment on, such as 9:30"),
    "until": ("いつまでの送信を見るか(省けば、いままで)", "letters up to this moment (without it: now)"),
    "only_incident": ("この候補者IDの送信だけ(何度でも)", "only letters to this candidate id (may be repeated)"),
    "incident_csv": ("一覧を書き出す CSV ファイル", "write the list to this CSV file"),
    "incident_report": ("報告の下書きを書き出すファイル(.html か .md)", "write a draft of the report (.html or .md)"),
    "aware": ("発覚した日時(報告の期限を数える。省けば、いま)", "when it became known, for the deadlines (now)"),
    "explain": (
        "お詫びに書く経緯。書くと、お詫びの予定を見せる",
        "what happened; shows the apologies",
    ),
    "apology_letter": ("お詫びの文面のファイル(例: apology.ja.md)", "a letter of your own, such as apology.en.md"),
    "apology_carrier": (
        "お詫びの送信手段 outbox:フォルダ、smtp://ユーザー@ホスト:587、gmail:メールボックス",
        "what carries apologies: outbox:DIR, smtp://user@host:587 or gmail:user@host",
    ),
    "send_apologies": ("お詫びを実際に送る", "really send the apologies"),
    "expect_apologies": ("送るお詫びの正確な数", "the exact number of apologies"),
    "although_frozen": ("送信を止めていても、お詫びだけは送る", "send the apologies although sending is stopped"),
    "settle_apology": ("選考結果ではなく事故のお詫びについて", "about apologies, not about results"),
    "expect_waiting": (
        "待っている通知とフォローの正確な数",
        "the exact number of letters that wait, follow-ups included",
    ),
}
