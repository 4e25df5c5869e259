"""What `relay --help` says of the public links, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    "serve-links": (
        "通知のリンクを受ける公開サーバー(紹介先への転送、配信停止)を動かす",
        "serve the links in letters to everybody: on to the partner, and refusing letters",
    ),
    "collect": (
        "公開リンクのクリックと配信停止を、ブックに取り込む",
        "take clicks and refusals from the public links into the workbook",
    ),
}

EPILOGS: Mapping[str, tuple[str, str]] = {
    "serve-links": (
        "例: relay serve-links --config relay.toml --spool link-records",
        "example: relay serve-links --config relay.toml --spool link-records",
    ),
    "collect": (
        (
            "例:\n  relay collect 候補者.xlsx link-records    フォルダの記録をすべて\n"
            "  relay collect 候補者.xlsx exported.json   Cloud Logging から書き出した記録"
        ),
        (
            "examples:\n  relay collect candidates.xlsx link-records     all records in the folder\n"
            "  relay collect candidates.xlsx exported.json    what Cloud Logging exported"
        ),
    ),
}

OPTIONS: Mapping[str, tuple[str, str]] = {
    "host": ("待ち受けるアドレス(既定 127.0.0.1)", "the address to listen on (127.0.0.1)"),
    "links_port": ("待ち受けるポート(既定 8080)", "the port to listen on (8080)"),
    "spool": (
        "記録を残すフォルダ。- なら標準出力(既定 link-records)",
        "the folder that keeps the records, or - for standard output (link-records)",
    ),
    "records": ("記録のフォルダかファイル", "folders or files of records"),
}
