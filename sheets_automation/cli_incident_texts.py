"""What `relay --help` says of freezing, thawing and incidents, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    "freeze": (
        "このブックからの送信を、動いている実行も含めてすべて止める",
        "stop all sending from a workbook, runs that are under way included",
    ),
    "thaw": ("止めた送信を再開できるようにする", "let sending from a workbook go on"),
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
}

OPTIONS: Mapping[str, tuple[str, str]] = {
    "because_frozen": ("止める理由(記録に残ります)", "why, for the record"),
    "because_thawed": ("再開してよい理由(記録に残ります)", "why letters may go again, for the record"),
    "expect_waiting": (
        "待っている通知の正確な数",
        "the exact number of letters that wait",
    ),
}
