"""What `relay --help` says of LINE, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    "serve-line": (
        "LINE 公式アカウントの Webhook を受けるサーバーを動かす",
        "serve the webhook of a LINE account",
    ),
    "collect-line": (
        "LINE の連携と解除、お知らせへの返事を、ブックに取り込む",
        "take links, their ends and answers by LINE into the workbook",
    ),
}

EPILOGS: Mapping[str, tuple[str, str]] = {
    "serve-line": (
        "例: relay serve-line --config relay.toml --spool line-records",
        "example: relay serve-line --config relay.toml --spool line-records",
    ),
    "collect-line": (
        (
            "例:\n  relay collect-line 候補者.xlsx line-records    フォルダの記録をすべて\n"
            "  relay collect-line 候補者.xlsx --unlink C-0042  本人の希望で連携を解く"
        ),
        (
            "examples:\n  relay collect-line candidates.xlsx line-records     all in the folder\n"
            "  relay collect-line candidates.xlsx --unlink C-0042  end a link, as asked"
        ),
    ),
}

OPTIONS: Mapping[str, tuple[str, str]] = {
    "line_spool": (
        "記録を残すフォルダ(既定 line-records)。個人情報を含みます",
        "the folder that keeps the records (line-records); they are personal data",
    ),
    "unlink": ("この候補者IDの LINE 連携を解く(何度でも書けます)", "end this candidate's link by LINE (repeatable)"),
}
