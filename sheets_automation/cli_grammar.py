"""The grammar of the command line: which options each command has. Their help stands in cli_texts."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from sheets_automation.cli_incident_grammar import INCIDENT
from sheets_automation.cli_numbers import MOST_DAYS, count, days, one_or_more, port, seconds, tasks
from sheets_automation.cli_partners_grammar import PARTNERS
from sheets_automation.cli_retention_grammar import RETENTION
from sheets_automation.cli_texts import OPTIONS, pick


class Options:
    """Adds options whose help stands in cli_texts."""

    def __init__(self, parser: argparse._ActionsContainer, language: str) -> None:
        self._parser = parser
        self._language = language

    def __call__(self, *names: str, key: str = "", **settings: object) -> None:
        """Add one; `key` is that of its help, where it is not its name."""
        key = key or names[-1].lstrip("-").replace("-", "_")
        self._parser.add_argument(*names, help=pick(OPTIONS[key], self._language), **settings)  # type: ignore[arg-type]


class OneOf(argparse.Action):
    """One of several words for the same; a group of argparse would be one line of the help that nobody can fold."""

    def __init__(self, option_strings: Sequence[str], dest: str, const: str, help: str) -> None:  # noqa: A002 - its name
        super().__init__(option_strings, dest, nargs=0, const=const, help=help)

    def __call__(
        self, _parser: argparse.ArgumentParser, namespace: argparse.Namespace, _values: object, _name: str | None = None
    ) -> None:
        """Take the word; argparse asks."""
        before = getattr(namespace, self.dest, None)
        if before not in {None, self.const}:
            raise argparse.ArgumentError(self, f"not allowed with argument --{before}")
        setattr(namespace, self.dest, self.const)


def common(add: Options) -> None:
    """What may stand before the command or behind it: where it is absent, nothing overwrites the other place."""
    add("--config", metavar="FILE", default=argparse.SUPPRESS)
    add("--lang", choices=["ja", "en"], default=argparse.SUPPRESS)
    add("--json", action="store_true", default=argparse.SUPPRESS)


def _init(add: Options) -> None:
    add("workbook", nargs="?", key="new_workbook")
    add("--demo", action="store_true")
    add("--force", action="store_true")
    add("--add-buttons", metavar="FILE")
    add("--out", metavar="FILE", key="init_out")
    add("--addin", metavar="FILE")


def _check(add: Options) -> None:
    add("workbook")


def _preview(add: Options) -> None:
    add("workbook")
    add("--out", metavar="FILE")


def _send(add: Options) -> None:
    add("workbook")
    add("--carrier", metavar="ADDRESS")
    add("--send", action="store_true")
    add("--expect", type=count, metavar="N")
    add("--limit", type=count, metavar="N")
    add("--only", action="append", default=[], metavar="ID")
    add("--test-to", metavar="ADDRESS")


def _follow_up(add: Options) -> None:
    _send(add)
    add("--init", action="store_true", key="init_campaigns")
    add("--history", action="store_true")


def _consent(add: Options) -> None:
    add("workbook")
    add("ids", nargs="*", metavar="ID")
    add("--yes", action="store_const", const=True, dest="agrees")
    add("--no", action="store_const", const=False, dest="agrees")
    add("--source", default="", metavar="TEXT")
    add("--wording", default="", metavar="VERSION")
    add("--on", default="", metavar="DATE", key="said_on")


def _sync(add: Options) -> None:
    add("workbook")
    add("--carrier", metavar="ADDRESS", key="mailbox")
    add("--days", type=days, default=30, metavar="N")


def _run_jobs(add: Options) -> None:
    jobs = ["nightly", "sync", "collect", "collect-line", "send", "follow-up"]
    jobs += ["credits", "tags", "retention", "analysis"]
    jobs.append("digest")
    add("job", choices=jobs, metavar="JOB")
    add("addresses", nargs="*", metavar="WORKBOOK")
    add("--workbooks", default="config/workbooks.toml", metavar="FILE")
    add("--carrier", metavar="ADDRESS", key="run_carrier")
    add("--stretch", type=seconds, default=60, metavar="SECONDS")
    add("--seconds", type=count, metavar="SECONDS")
    add("--plan", action="store_true")


def _deploy(add: Options) -> None:
    add("--print", action="store_true")
    add("--project", required=True, metavar="ID")
    add("--region", default="asia-northeast1", metavar="NAME")
    add("--mail-project", default="", metavar="ID")
    add("--image", default="", metavar="NAME")
    add("--tasks", type=tasks, default=1, metavar="N")
    add("--schedule", default="30 9 * * 1-5", metavar="CRON")
    add("--script-client", default="CLIENT.apps.googleusercontent.com", metavar="ID")
    add("--group", default="hr@example.com", metavar="ADDRESS")
    add("--operator", default="ops@example.com", metavar="ADDRESS")
    add("--channel", default="", metavar="NAME")
    add("--bigquery", action="store_true")
    add("--out", metavar="DIR", key="deploy_out")


def _rebuild_log(add: Options) -> None:
    add("workbook")
    add("--carrier", metavar="ADDRESS", key="sent_mail")
    add("--without-mailbox", action="store_true")
    add("--days", type=days, default=MOST_DAYS, metavar="N", key="days_sent")
    add("--write", action="store_true")


def _settle(add: Options) -> None:
    add("workbook")
    add("ids", nargs="*", metavar="ID")
    for word in ("sent", "again", "reopen", "hold", "release"):
        add(f"--{word}", action=OneOf, const=word, dest="word")
    add("--follow-up", action="store_const", const="follow_up", dest="kind", key="settle_follow_up")
    add("--apology", action="store_const", const="apology", dest="kind", key="settle_apology")
    add("--journal-lost", action="store_true")
    add("--note", default="")


def _serve_links(add: Options) -> None:
    add("--host", default="127.0.0.1", metavar="ADDRESS")
    add("--port", type=port, default=8080, metavar="N", key="links_port")
    add("--spool", default="link-records", metavar="DIR")


def _collect(add: Options) -> None:
    add("workbook")
    add("records", nargs="+", metavar="FILE")


def _serve_line(add: Options) -> None:
    add("--host", default="127.0.0.1", metavar="ADDRESS")
    add("--port", type=port, default=8080, metavar="N", key="links_port")
    add("--spool", default="line-records", metavar="DIR", key="line_spool")


def _collect_line(add: Options) -> None:
    add("workbook")
    add("records", nargs="*", metavar="FILE")
    add("--unlink", action="append", default=[], metavar="ID")


def _import(add: Options) -> None:
    add("workbook")
    add("files", nargs="*", metavar="FILE", key="import_files")
    add("--credit", default="", metavar="NUMBER", key="import_credit")
    add("--preview", action="store_true")
    add("--resolve", action="store_true")
    add("--undo", nargs="?", const="last", metavar="IMPORT_ID")


def _tag(add: Options) -> None:
    add("workbook")
    add("--write", action="store_true", key="write_tags")
    add("--accept", action="store_true")
    add("--only", action="append", default=[], metavar="ID", key="only_tags")


def _match(add: Options) -> None:
    add("workbook")
    add("--opening", required=True, metavar="OPENING")
    add("--top", type=one_or_more, default=10, metavar="N")


def _analyse(add: Options) -> None:
    add("workbook", nargs="?")
    add("--period", metavar="MONTHS")
    add("--exported", metavar="DIR")


def _export(add: Options) -> None:
    add("addresses", nargs="*", metavar="WORKBOOK", key="export_addresses")
    add("--to", required=True, metavar="DIR")
    add("--workbooks", metavar="FILE", key="export_workbooks")
    add("--with-personal-data", action="store_true")


def _status(add: Options) -> None:
    add("workbook")


def _open(add: Options) -> None:
    add("workbook")
    add("--port", type=port, default=0, metavar="N")
    add("--no-browser", action="store_true")
    add("--carrier", metavar="ADDRESS")


def _serve(add: Options) -> None:
    add("--port", type=port, metavar="N", key="service_port")
    add("--workbooks", metavar="FILE", key="service_workbooks")
    add("--carrier", metavar="ADDRESS")


def _doctor(add: Options) -> None:
    add("workbook", nargs="?")
    add("--carrier", metavar="ADDRESS")
    add("--live", action="store_true")
    add("--workbooks", metavar="FILE", key="doctor_workbooks")


def _excel(add: Options) -> None:
    add("task", choices=["doctor"], key="excel_task")
    add("workbook", nargs="?")
    add("--carrier", metavar="ADDRESS")


def _login(add: Options) -> None:
    add("mailbox", nargs="?", metavar="MAILBOX", key="login_mailbox")
    add("--out", metavar="FILE", key="login_out")
    add("--no-browser", action="store_true")
    add("--forget", action="store_true")


GRAMMAR: dict[str, Callable[[Options], None]] = {
    "init": _init,
    "check": _check,
    "preview": _preview,
    "open": _open,
    "send": _send,
    "follow-up": _follow_up,
    "consent": _consent,
    "sync": _sync,
    "settle": _settle,
    **INCIDENT,
    "rebuild-log": _rebuild_log,
    "register": PARTNERS["register"],
    "reconcile": PARTNERS["reconcile"],
    "collect": _collect,
    "import": _import,
    "tag": _tag,
    "match": _match,
    **RETENTION,
    "credits": PARTNERS["credits"],
    "analyse": _analyse,
    "export": _export,
    "status": _status,
    "doctor": _doctor,
    "excel": _excel,
    "login": _login,
    "run": _run_jobs,
    "deploy": _deploy,
    "serve": _serve,
    "serve-links": _serve_links,
    "serve-line": _serve_line,
    "collect-line": _collect_line,
}
