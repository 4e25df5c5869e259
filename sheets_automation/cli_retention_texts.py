"""What `relay --help` says of erasing and of telling people what is held about them, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    "retention": (
        "保存期間が過ぎた方を見る。予告し、予告の期間のあとに消去する",
        "show whose retention period is over; announce it, and erase after the notice",
    ),
    "erase": (
        "ご本人の求めで、お一人の個人情報を消去する。--write がなければ見せるだけ",
        "erase one person who asks for it; without --write only show what would go",
    ),
    "person": (
        "お一人についてお預かりしている情報のすべてを書き出す",
        "write out everything that is held about one person",
    ),
}

EPILOGS: Mapping[str, tuple[str, str]] = {
    "retention": (
        (
            "例:\n  relay retention 候補者.xlsx                      誰が対象か見るだけ\n"
            "  relay retention 候補者.xlsx --announce           「消去予定日」を書く\n"
            "  relay retention 候補者.xlsx --erase --expect 12  予告の過ぎた 12 名を消去\n\n"
            "残したい方は、「保持期限」の列に日付か「保留」と書いてください。\n"
            "選考中・内定・採用の方、届いたか分からない通知のある方は消去しません。\n"
            "分析の数字は、消去の前と後で変わりません。"
        ),
        (
            "examples:\n  relay retention candidates.xlsx                      only look\n"
            "  relay retention candidates.xlsx --announce           write 消去予定日\n"
            "  relay retention candidates.xlsx --erase --expect 12  erase 12 people\n\n"
            "To keep somebody, write a day or 保留 into the column 保持期限.\n"
            "Nobody is erased who is in selection, has an offer, was hired, or has a\n"
            "letter in doubt. The figures of the analysis stay as they are."
        ),
    ),
    "erase": (
        (
            "例:\n  relay erase 候補者.xlsx --person C-7K3QX9M2PA            見るだけ\n"
            "  relay erase 候補者.xlsx --person taro@example.jp --write  消去する\n\n"
            "同じ方のほかの応募も、一緒に消去します。元には戻せません。"
        ),
        (
            "examples:\n  relay erase candidates.xlsx --person C-7K3QX9M2PA            only look\n"
            "  relay erase candidates.xlsx --person taro@example.com --write  erase\n\n"
            "All applications of the person go together. It cannot be undone."
        ),
    ),
    "person": (
        "例:\n  relay person 候補者.xlsx --person C-7K3QX9M2PA --out 開示.html",
        "examples:\n  relay person candidates.xlsx --person C-7K3QX9M2PA --out all.html",
    ),
}

OPTIONS: Mapping[str, tuple[str, str]] = {
    "announce": (
        "期間の過ぎた方を消去記録に予告し、「消去予定日」の列に書く",
        "announce whose time is over, and write the day into the column 消去予定日",
    ),
    "erase_due": ("予告の期間が過ぎた方を消去する", "erase those whose notice is over"),
    "expect_people": ("消去する正確な人数", "the exact number of people to erase"),
    "certificate": (
        "消去証明を書き出すファイル(.html。同じ名前の .json も作る)",
        "write the certificate to this .html, and the same as .json beside it",
    ),
    "person": ("候補者ID、またはメールアドレス", "a candidate id, or an address"),
    "erase_write": ("実際に消去する(なければ見るだけ)", "really erase (without it: only show)"),
    "person_out": (
        "書き出すファイル(.html。同じ名前の .json も作る)",
        "write to this .html, and the same as .json beside it",
    ),
    "outbox": ("通知の控えがある送信箱 outbox:フォルダ", "the outbox with copies of letters: outbox:DIR"),
    "line_records": (
        "LINE の記録(relay serve-line の --spool のフォルダ)からも消す",
        "also clear the records of `relay serve-line` in this folder",
    ),
}
