"""Running a command and saying how it ended, to people or to programs, without a traceback."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from io import TextIOWrapper
from typing import Protocol

from sheets_automation.cli_texts import text
from sheets_automation.commands.answer import Answer, write_document
from sheets_automation.core.errors import SheetsAutomationError

INTERRUPTED = 130
_BROKEN_PIPE = 141


class Command(Protocol):
    """A module of this folder."""

    def run(self, arguments: argparse.Namespace) -> Answer:
        """Do it."""
        ...


def run(command: Command, arguments: argparse.Namespace) -> int:
    """Run a command, print its answer, return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that is not UTF-8 must not stop a run
    try:
        answer = _guarded(command, arguments)
        _print(answer, arguments)
    except SheetsAutomationError as error:
        _print_error(error, arguments, getattr(command, "blank_document", None))
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write(text("interrupted", arguments.lang) + "\n")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        sys.stderr.close()
        return _BROKEN_PIPE
    return answer.exit_code


def _guarded(command: Command, arguments: argparse.Namespace) -> Answer:
    """Run it; what nobody foresaw becomes one sentence. RELAY_DEBUG=1 shows where it happened."""
    try:
        return command.run(arguments)
    except (SheetsAutomationError, KeyboardInterrupt, BrokenPipeError):
        raise
    except Exception as error:
        if os.environ.get("RELAY_DEBUG"):
            raise
        kind = type(error).__name__
        raise SheetsAutomationError(
            f"予期しない問題が起きました({kind})。送信済みの記録は残っています。"
            "RELAY_DEBUG=1 を付けて実行した結果を、開発者にお知らせください。",
            f"Something unexpected happened ({kind}). What was sent is recorded. "
            "Please report what RELAY_DEBUG=1 shows.",
        ) from error


def _print(answer: Answer, arguments: argparse.Namespace) -> None:
    if arguments.json:
        write_document(answer.document, sys.stdout)
        return
    from rich.console import Console

    answer.show(Console(highlight=False, soft_wrap=False))
    sys.stdout.flush()


def _print_error(error: SheetsAutomationError, arguments: argparse.Namespace, blank: object) -> None:
    if arguments.json:
        known: Mapping[str, object] = blank(arguments) if callable(blank) else {}
        write_document({**known, "error": error_document(error, arguments.lang)}, sys.stdout)
    else:
        sys.stderr.write(f"relay: {error.text(arguments.lang)}\n")


def error_document(error: SheetsAutomationError, language: str) -> dict[str, str]:
    """An error as programs read it."""
    return {"name": error.name, "text": error.text(language)}
