"""What help says of `relay run`."""

from __future__ import annotations

from collections.abc import Mapping

Texts = Mapping[str, tuple[str, str]]

_JOBS = "sync, collect, collect-line, send, follow-up, credits, tags, retention, analysis"

COMMANDS: Texts = {
    "run": (
        "定期実行のジョブを、名簿のブックすべてで行う(Cloud Run、cron)",
        "do the scheduled jobs for every workbook of a roster (Cloud Run, cron)",
    ),
    "deploy": (
        "Google Cloud で定期実行するためのコマンドと設定ファイルを書き出す(何も実行しません)",
        "write out the commands and manifests for Google Cloud (does nothing to any project)",
    ),
}
EPILOGS: Texts = {
    "deploy": (
        (
            "例:\n  relay deploy --print --project minato-relay > deploy.sh\n"
            "  relay deploy --project minato-relay --out deployed\n\n手順: docs/cloud-run.ja.md"
        ),
        (
            "examples:\n  relay deploy --print --project minato-relay > deploy.sh\n"
            "  relay deploy --project minato-relay --out deployed\n\nstep by step: docs/cloud-run.md"
        ),
    ),
    "run": (
        (
            "例:\n"
            "  relay run nightly                            すべてのブックで、すべて\n"
            "  relay run send --workbooks clients.toml      送信だけ\n"
            "  relay run nightly --plan                     このタスクの受け持ちを見るだけ\n"
            "  relay run send 候補者.xlsx --carrier outbox:outbox   一つのブックだけ\n\n"
            "普段と違う数の通知は送りません。人が relay send --expect か画面で、\n"
            "数を確かめてから送ります。\n"
            "ログは 1 行に 1 つの JSON で、氏名・アドレス・文面は書きません。"
        ),
        (
            "examples:\n"
            "  relay run nightly                           all jobs, for all workbooks\n"
            "  relay run send --workbooks clients.toml     sending alone\n"
            "  relay run nightly --plan                    what this task looks after\n"
            "  relay run send candidates.xlsx --carrier outbox:o  one workbook\n\n"
            "An unusual number of letters is not sent: a person names it first\n"
            "(relay send --expect, or the page).\n"
            "The log is one JSON object a line, without names, addresses or texts."
        ),
    ),
}
OPTIONS: Texts = {
    "project": ("Google Cloud のプロジェクト ID", "id of the Google Cloud project"),
    "region": ("リージョン(既定 asia-northeast1)", "the region (asia-northeast1)"),
    "mail_project": (
        "メール用アカウントのプロジェクト(既定 プロジェクト-mail)",
        "project of the mailer (PROJECT-mail)",
    ),
    "image": ("コンテナイメージの名前", "name of the image"),
    "tasks": ("タスクの数(既定 1)", "how many tasks (1)"),
    "schedule": ("cron の形の予定(既定は平日 9:30)", "when, as cron says it (weekdays at 9:30)"),
    "script_client": ("Apps Script の OAuth クライアント ID", "OAuth client id of the Apps Script"),
    "group": ("画面を使う人たちの Google グループ", "Google group of those who use the page"),
    "operator": ("運用担当のメールアドレス", "address of the operator"),
    "channel": ("通知チャンネルの名前", "name of the notification channel"),
    "deploy_out": ("設定ファイルを書き出すフォルダ", "write the manifests into this folder"),
    "print": (
        "コマンドを表示する(--out がなければ、付けなくても同じ)",
        "print the commands (also without it, but for --out)",
    ),
    "job": (
        f"{_JOBS} のどれか。nightly は名簿に書いたもの全部、digest は一日のまとめ",
        f"{_JOBS}; nightly is all that the roster names for a workbook; digest tells the operator",
    ),
    "addresses": ("名簿の代わりに、このブックだけ", "these workbooks, instead of a roster"),
    "workbooks": (
        "ブックの名簿(TOML)。既定は config/workbooks.toml",
        "the roster, a TOML file (config/workbooks.toml)",
    ),
    "doctor_workbooks": (
        "この名簿のブックを一つずつ調べる(読み書き、見出し、鍵)",
        "look at each workbook of this roster: access, headings, secrets",
    ),
    "run_carrier": ("名指ししたブックの送信手段", "what takes the letters of workbooks that are named here"),
    "stretch": (
        "一つのブックに続けて使う秒数。残りは一巡した後(既定 60)",
        "seconds for one workbook at a time; the rest after all others (60)",
    ),
    "seconds": (
        "この秒数を過ぎたら新しく始めない。タスクの制限時間より少し短く",
        "begin nothing after so many seconds: a little less than the task's time-out",
    ),
    "plan": ("受け持ちを見せるだけ", "only show what this task looks after"),
}
