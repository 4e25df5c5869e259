"""The command `relay`: parse the words, run one command, say how it ended.

Nothing heavy is imported here: `relay --help` has to feel instant, so each command's module is imported when it runs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import NoReturn

from sheets_automation import __version__
from sheets_automation.cli_numbers import MOST_DAYS, count, days, port
from sheets_automation.cli_texts import COMMANDS, EPILOGS, OPTIONS, pick, text
from sheets_automation.folding import fold, for_stream

USAGE_ERROR = 2
INTERRUPTED = 130
BROKEN_PIPE = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run `relay` with these words (those of the command line by default); returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that is not UTF-8 must not stop a run
    try:
        try:
            return _run(words, choose_language(words))
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:  # before the command began, or while its answer was printed
        _print_nothing_more()
        sys.stderr.write(f"relay: {text('interrupted', choose_language(words))}\n")
        return INTERRUPTED
    except OSError as error:  # nobody reads us any more, as `head` does, or the disk is full
        _print_nothing_more()
        if isinstance(error, BrokenPipeError):
            return BROKEN_PIPE
        sys.stderr.write(f"relay: {text('not_printed', choose_language(words))} ({error.strerror})\n")
        return 1


def _print_nothing_more() -> None:
    # https://docs.python.org/3/library/signal.html#note-on-sigpipe: else Python complains when it ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(words: Sequence[str], language: str) -> int:
    arguments = build_parser(language, as_json="--json" in words).parse_args(words)
    arguments.lang = language
    ending = import_module("sheets_automation.commands.ending")
    command = import_module(f"sheets_automation.commands.{arguments.command.replace('-', '_')}")
    return int(ending.run(command, arguments))


def choose_language(words: Sequence[str]) -> str:
    """Japanese or English, by --lang or else by the locale; needed before parsing, since help speaks it too."""
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word == "--lang" or word.startswith("--lang="):
            asked = word.partition("=")[2] or following
            return "ja" if asked.startswith("ja") else "en"
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ja" if locale.lower().startswith("ja") else "en"


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help that is folded by what a terminal shows: argparse counts a 漢字 as one cell, and never cuts between two."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return list(fold(text, width))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + piece for line in text.splitlines() for piece in fold(line, width))


class RelayParser(argparse.ArgumentParser):
    """An argument parser that speaks the user's language, and JSON where JSON was asked for."""

    def __init__(self, *, language: str, as_json: bool, **settings: object) -> None:
        super().__init__(
            formatter_class=_Help,
            add_help=False,
            allow_abbrev=False,  # --se must not turn into --send
            **settings,  # type: ignore[arg-type]
        )
        self.language = language
        self.as_json = as_json
        self._optionals.title = text("options", language)
        self._positionals.title = text("positional", language)
        self.add_argument("-h", "--help", action="help", help=text("help", language))

    def format_help(self) -> str:
        """Say argparse's own word in the user's language too."""
        return super().format_help().replace("usage: ", text("usage", self.language), 1)

    def error(self, message: str) -> NoReturn:
        """End with exit code 2 and a sentence that says what to do."""
        from sheets_automation.cli_mistakes import sentence

        said = f"{sentence(message, self.language)} {text('see_help', self.language)} {self.prog} --help"
        if self.as_json:
            import json

            sys.stdout.write(json.dumps({"error": {"name": "usage", "text": said}}, ensure_ascii=False) + "\n")
            self.exit(USAGE_ERROR)
        self.exit(USAGE_ERROR, f"{for_stream(f'relay: {said}', sys.stderr)}\n")


def build_parser(language: str, *, as_json: bool = False) -> RelayParser:
    """The whole grammar of the command line."""
    parser = RelayParser(
        prog="relay",
        description=text("description", language),
        epilog=text("epilog", language),
        language=language,
        as_json=as_json,
    )
    parser.add_argument("--version", action="version", version=f"relay {__version__}", help=text("version", language))
    parser.set_defaults(config=None, json=False)
    _common(_Options(parser, language))
    commands = parser.add_subparsers(
        dest="command", required=True, metavar=text("command", language), prog="relay", parser_class=RelayParser
    )
    for name, add_options in _GRAMMAR.items():
        summary = pick(COMMANDS[name], language)
        sub = commands.add_parser(
            name,
            help=summary,
            description=summary,
            epilog=pick(EPILOGS[name], language),
            language=language,
            as_json=as_json,
        )
        add_options(_Options(sub, language))
        _common(_Options(sub, language))
    return parser


class _Options:
    """Adds options whose help stands in cli_texts."""

    def __init__(self, parser: argparse.ArgumentParser, language: str) -> None:
        self._parser = parser
        self._language = language

    def __call__(self, *names: str, key: str = "", **settings: object) -> None:
        key = key or names[-1].lstrip("-").replace("-", "_")
        self._parser.add_argument(*names, help=pick(OPTIONS[key], self._language), **settings)  # type: ignore[arg-type]


def _common(add: _Options) -> None:
    """What may stand before the command or behind it: where it is absent, nothing overwrites the other place."""
    add("--config", metavar="FILE", default=argparse.SUPPRESS)
    add("--lang", choices=["ja", "en"], default=argparse.SUPPRESS)
    add("--json", action="store_true", default=argparse.SUPPRESS)


def _init(add: _Options) -> None:
    add("workbook")
    add("--demo", action="store_true")
    add("--force", action="store_true")


def _check(add: _Options) -> None:
    add("workbook")


def _preview(add: _Options) -> None:
    add("workbook")
    add("--out", metavar="FILE")


def _send(add: _Options) -> None:
    add("workbook")
    add("--carrier", metavar="ADDRESS")
    add("--send", action="store_true")
    add("--expect", type=count, metavar="N")
    add("--limit", type=count, metavar="N")
    add("--only", action="append", default=[], metavar="ID")
    add("--test-to", metavar="ADDRESS")


def _sync(add: _Options) -> None:
    add("workbook")
    add("--carrier", metavar="ADDRESS", key="mailbox")
    add("--days", type=days, default=30, metavar="N")


def _rebuild_log(add: _Options) -> None:
    add("workbook")
    add("--carrier", metavar="ADDRESS", key="sent_mail")
    add("--without-mailbox", action="store_true")
    add("--days", type=days, default=MOST_DAYS, metavar="N", key="days_sent")
    add("--write", action="store_true")


def _settle(add: _Options) -> None:
    add("workbook")
    add("ids", nargs="*", metavar="ID")
    add("--sent", action="store_const", const="sent", dest="word")
    add("--again", action="store_const", const="again", dest="word")
    add("--reopen", action="store_const", const="reopen", dest="word")
    add("--journal-lost", action="store_true")
    add("--note", default="")


def _register(add: _Options) -> None:
    add("workbook")
    add("codes", nargs="*", metavar="CODE")
    add("--csv", metavar="FILE")
    add("--hired", action="store_true")
    add("--partner", default="", metavar="ID")


def _serve_links(add: _Options) -> None:
    add("--host", default="127.0.0.1", metavar="ADDRESS")
    add("--port", type=port, default=8080, metavar="N", key="links_port")
    add("--spool", default="link-records", metavar="DIR")


def _collect(add: _Options) -> None:
    add("workbook")
    add("records", nargs="+", metavar="FILE")


def _credits(add: _Options) -> None:
    add("workbook")
    add("--redeem", type=count, metavar="N")
    add("--partner", default="", metavar="ID")
    add("--note", default="")


def _status(add: _Options) -> None:
    add("workbook")


def _open(add: _Options) -> None:
    add("workbook")
    add("--port", type=port, default=0, metavar="N")
    add("--no-browser", action="store_true")
    add("--carrier", metavar="ADDRESS")


def _serve(add: _Options) -> None:
    add("--port", type=port, metavar="N", key="service_port")
    add("--carrier", metavar="ADDRESS")


def _doctor(add: _Options) -> None:
    add("workbook", nargs="?")
    add("--carrier", metavar="ADDRESS")
    add("--live", action="store_true")


def _login(add: _Options) -> None:
    add("mailbox", nargs="?", metavar="MAILBOX", key="login_mailbox")
    add("--out", metavar="FILE", key="login_out")
    add("--no-browser", action="store_true")
    add("--forget", action="store_true")


_GRAMMAR: dict[str, Callable[[_Options], None]] = {
    "init": _init,
    "check": _check,
    "preview": _preview,
    "open": _open,
    "send": _send,
    "sync": _sync,
    "settle": _settle,
    "rebuild-log": _rebuild_log,
    "register": _register,
    "collect": _collect,
    "credits": _credits,
    "status": _status,
    "doctor": _doctor,
    "login": _login,
    "serve": _serve,
    "serve-links": _serve_links,
}


if __name__ == "__main__":
    sys.exit(main())
