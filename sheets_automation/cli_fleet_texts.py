"""What help says of `relay run`."""

from __future__ import annotations

from collections.abc import Mapping

Texts = Mapping[str, tuple[str, str]]

COMMANDS: Texts = {
    "run": (
        "定期実行のジョブを、名簿のブックすべてで行う(Cloud Run、cron)",
        "do the scheduled jobs for every workbook of a roster (Cloud Run, cron)",
    ),
}
EPILOGS: Texts = {
    "run": (
        (
            "例:\n"
            "  relay run nightly                            config/workbooks.toml のすべてのブックで、すべてのジョブ\n"
            "  relay run send --workbooks clients.toml      送信だけ\n"
            "  relay run nightly --plan                     このタスクの受け持ちを見る(何も開きません)\n"
            "  relay run send 候補者.xlsx --carrier outbox:outbox   一つのブックだけ\n\n"
            "普段と違う数の通知は送りません。人が relay send --expect か画面で数を確かめてから送ります。\n"
            "ログは 1 行に 1 つの JSON で、氏名・アドレス・文面は書きません。"
        ),
        (
            "examples:\n"
            "  relay run nightly                            all jobs, for all workbooks of config/workbooks.toml\n"
            "  relay run send --workbooks clients.toml      sending alone\n"
            "  relay run nightly --plan                     see what this task looks after (opens nothing)\n"
            "  relay run send candidates.xlsx --carrier outbox:outbox   one workbook\n\n"
            "An unusual number of letters is not sent: a person names it first (relay send --expect, or the page).\n"
            "The log is one JSON object a line, without names, addresses and texts of people."
        ),
    ),
}
OPTIONS: Texts = {
    "job": ("行うジョブ。nightly はすべてを順に", "what to do; nightly does all of it, in order"),
    "addresses": ("名簿の代わりに、このブックだけ", "these workbooks, instead of a roster"),
    "workbooks": (
        "ブックの名簿(TOML)。既定は config/workbooks.toml",
        "the roster, a TOML file (config/workbooks.toml)",
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
