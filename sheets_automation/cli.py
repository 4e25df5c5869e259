"""The command `relay`: parse the words, run one command, say how it ended.

Nothing heavy is imported here: `relay --help` has to feel instant, so each command's module is imported when it runs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Container, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Final, NoReturn

from sheets_automation import __version__
from sheets_automation.cli_grammar import GRAMMAR, Options, common
from sheets_automation.cli_texts import COMMANDS, EPILOGS, pick, text
from sheets_automation.folding import fold, for_stream

USAGE_ERROR = 2
INTERRUPTED = 130
BROKEN_PIPE = 141
_PRIMARY: Final = 0x3FF
"""The bits of a language's number in Windows that name no country."""
_JAPANESE: Final = 0x11
_MODULES = {"import": "import_candidates"}  # no module can have the name of a keyword


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
    parser = build_parser(language, as_json="--json" in words, commands_of=words)
    if not words:
        parser.exit(USAGE_ERROR, for_stream(parser.format_short_help(), sys.stderr))
    arguments, unknown = parser.parse_known_args(words)
    if unknown:  # argparse leaves it to the outermost parser, whose help knows nothing of a command's options
        parser.prog = f"{parser.prog} {arguments.command}"
        parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    arguments.lang = language
    ending = import_module("sheets_automation.commands.ending")
    return int(ending.run(import_module(module_of(arguments.command)), arguments))


def module_of(command: str) -> str:
    """The module of a command, by its full name."""
    return f"sheets_automation.commands.{_MODULES.get(command, command.replace('-', '_'))}"


def language_of_windows() -> int:
    """The number of the language in which Windows speaks to its user; 0 on other systems."""
    if sys.platform != "win32":
        return 0
    import ctypes

    return int(ctypes.windll.kernel32.GetUserDefaultUILanguage())


def choose_language(words: Sequence[str], windows: Callable[[], int] = language_of_windows) -> str:
    """Japanese or English, by --lang or else by the locale; needed before parsing, since help speaks it too."""
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word == "--lang" or word.startswith("--lang="):
            asked = word.partition("=")[2] or following
            return "ja" if asked.startswith("ja") else "en"
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    is_japanese = locale.lower().startswith("ja") if locale else windows() & _PRIMARY == _JAPANESE
    return "ja" if is_japanese else "en"


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

    def format_short_help(self) -> str:
        """What it is and a few examples, without the list of everything."""
        more = f"{text('see_help', self.language)} {self.prog} --help"
        return f"{self.description}\n\n{self.epilog}\n\n{more}\n"

    def error(self, message: str) -> NoReturn:
        """End with exit code 2 and a sentence that says what to do."""
        from sheets_automation.cli_mistakes import sentence

        said = f"{sentence(message, self.language)} {text('see_help', self.language)} {self.prog} --help"
        if self.as_json:
            import json

            sys.stdout.write(json.dumps({"error": {"name": "usage", "text": said}}, ensure_ascii=False) + "\n")
            self.exit(USAGE_ERROR)
        self.exit(USAGE_ERROR, f"{for_stream(f'relay: {said}', sys.stderr)}\n")


def build_parser(language: str, *, as_json: bool = False, commands_of: Container[str] = GRAMMAR) -> RelayParser:
    """The grammar of the command line: every command, and the options of those that these words may name."""
    parser = RelayParser(
        prog="relay",
        description=text("description", language),
        epilog=text("epilog", language),
        language=language,
        as_json=as_json,
    )
    parser.add_argument("--version", action="version", version=f"relay {__version__}", help=text("version", language))
    parser.set_defaults(config=None, json=False)
    common(Options(parser, language))
    commands = parser.add_subparsers(
        dest="command", required=True, metavar=text("command", language), prog="relay", parser_class=RelayParser
    )
    for name, add_options in GRAMMAR.items():
        summary = pick(COMMANDS[name], language)
        sub = commands.add_parser(
            name,
            help=summary,
            description=summary,
            epilog=pick(EPILOGS[name], language),
            language=language,
            as_json=as_json,
        )
        if name in commands_of:
            add_options(Options(sub, language))
            common(Options(sub, language))
    return parser


if __name__ == "__main__":
    sys.exit(main())
