"""What `relay --help` says of the service on Cloud Run, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    "serve": (
        "Google スプレッドシートのサイドバーやブラウザのために、サービスを動かす(Cloud Run)",
        "serve the page to Google Sheets and to browsers, for many people (Cloud Run)",
    ),
}

EPILOGS: Mapping[str, tuple[str, str]] = {
    "serve": (
        (
            "例: relay serve --config relay.toml\n\n"
            "誰がどのスプレッドシートを使えるかは、設定の [service] と各シートの「共有」で\n"
            "決まります。設定の手順: docs/service.md"
        ),
        (
            "example: relay serve --config relay.toml\n\n"
            "Who may use which spreadsheet is decided by [service] of the configuration\n"
            "and by the share dialog of each. How to set it up: docs/service.md"
        ),
    ),
}

OPTIONS: Mapping[str, tuple[str, str]] = {
    "service_workbooks": (
        "relay run と同じブックの一覧。載っているスプレッドシートを、それぞれの設定で使えるようにする",
        "a roster as of `relay run`: its spreadsheets can be used too, each by its own configuration",
    ),
    "service_port": (
        "待ち受けるポート(既定は環境変数 PORT、なければ 8080)",
        "the port to listen on (PORT of the environment, or 8080)",
    ),
}
