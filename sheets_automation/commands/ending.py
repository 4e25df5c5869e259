"""Running a command and saying how it ended, to people or to programs, without a traceback."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import traceback
from collections.abc import Mapping
from io import StringIO
from typing import Protocol

from sheets_automation.cli_texts import text
from sheets_automation.commands.answer import Answer, said_already, write_document
from sheets_automation.commands.listing import plain
from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.folding import for_stream
from sheets_automation.wiring_live import settled


class Command(Protocol):
    """A module of this folder."""

    def run(self, arguments: argparse.Namespace) -> Answer:
        """Do it."""
        ...


class Interrupted(SheetsAutomationError):
    """A person or the system asked the command to stop."""

    name = "interrupted"
    exit_code = 130

    def __init__(self) -> None:
        super().__init__(text("interrupted", "ja"), text("interrupted", "en"))


def run(command: Command, arguments: argparse.Namespace) -> int:
    """Run a command, print its answer, return the exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a scheduler's stop ends like Ctrl-C: in good order
    try:
        answer, written = _guarded(command, arguments)
    except SheetsAutomationError as error:
        _print_error(error, arguments, getattr(command, "blank_document", None))
        return error.exit_code
    if written is None:
        write_document(answer.document, sys.stdout)
    else:
        sys.stdout.write(written)
        if answer.error is not None:
            sys.stdout.flush()
            _print_error(answer.error, arguments, None)
    return answer.exit_code


def _guarded(command: Command, arguments: argparse.Namespace) -> tuple[Answer, str | None]:
    """Run it; the answer, and its lines for people. What nobody foresaw becomes one sentence.

    RELAY_DEBUG=1 shows where it happened.
    """
    try:
        if isinstance(address := getattr(arguments, "workbook", None), str):
            arguments.workbook = settled(address)
        answer = command.run(arguments)
        return answer, None if arguments.json else _for_people(answer)
    except SheetsAutomationError:
        raise
    except KeyboardInterrupt as error:
        raise Interrupted from error
    except Exception as error:
        if os.environ.get("RELAY_DEBUG"):
            traceback.print_exc()
        kind = type(error).__name__
        raise SheetsAutomationError(
            f"予期しない問題が起きました({kind})。送信済みの記録は残っています。"
            "RELAY_DEBUG=1 を付けて実行した結果を、開発者にお知らせください。",
            f"Something unexpected happened ({kind}). What was sent is recorded. "
            "Please report what RELAY_DEBUG=1 shows.",
        ) from error


def _for_people(answer: Answer) -> str:
    if answer.show is said_already:
        return ""
    from rich.console import Console

    lines = StringIO()  # written at once when all is well
    answer.show(Console(file=lines, force_terminal=sys.stdout.isatty(), highlight=False))
    if sys.stdout.isatty():
        return lines.getvalue()
    # A list pads its last column: nothing to see on a terminal, and a nuisance in a file.
    return "".join(f"{line.rstrip()}\n" for line in lines.getvalue().splitlines())


def _print_error(error: SheetsAutomationError, arguments: argparse.Namespace, blank: object) -> None:
    if arguments.json:
        known: Mapping[str, object] = blank(arguments) if callable(blank) else {}
        write_document({**known, "error": error_document(error, arguments.lang)}, sys.stdout)
    else:
        said = "\n".join(map(plain, error.text(arguments.lang).split("\n")))
        sys.stderr.write(for_stream(f"relay: {said}", sys.stderr) + "\n")


def error_document(error: SheetsAutomationError, language: str) -> dict[str, str]:
    """An error as programs read it."""
    return {"name": error.name, "text": error.text(language)}
