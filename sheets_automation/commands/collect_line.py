"""`relay collect-line`: take what the LINE webhook heard into the workbook."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.ending import error_document
from sheets_automation.commands.listing import Sentence
from sheets_automation.commands.texts import say
from sheets_automation.jobs.line_links import LineReport
from sheets_automation.wiring import Office
from sheets_automation.wiring_records import take_in_chats

if TYPE_CHECKING:
    from rich.console import Console

_FURTHER = ("answered", "refused", "known", "used", "unknown", "unreadable")


def run(arguments: argparse.Namespace) -> Answer:
    """Read all records, and append the links and ends that are new."""
    office = Office.open(arguments.config, arguments.workbook)
    files, run_ = map(Path, arguments.records), office.new_run()
    with closing(office.open_workbook(arguments.workbook, exclusive=True)) as workbook:
        read, report = take_in_chats(office, workbook, run_, files, end=arguments.unlink)
    document = _document(report, read.unreadable, arguments)
    needs_a_person = read.unreadable or report.not_shown
    return Answer(
        document=document,
        show=lambda console: _show(console, document, report, arguments.lang),
        exit_code=NEEDS_A_PERSON if needs_a_person else DONE,
    )


def _document(report: LineReport, unreadable: int, arguments: argparse.Namespace) -> dict[str, Any]:
    document: dict[str, Any] = {
        "workbook": arguments.workbook,
        "linked": report.linked,
        "ended": report.ended,
        "answered": report.answered,
        "refused": report.refused,
        "known": report.known,
        "used": report.used,
        "unknown": report.unknown,
        "unreadable": unreadable,
    }
    if report.not_shown is not None:
        document["not_shown"] = error_document(report.not_shown, arguments.lang)
    return document


def _show(console: Console, document: dict[str, Any], report: LineReport, language: str) -> None:
    console.print(Sentence(say("line_linked", language, n=len(report.linked))))
    console.print(Sentence(say("line_ended", language, n=len(report.ended))))
    counts = {**document, "answered": len(report.answered)}
    said = [say(f"line_{key}", language, n=counts[key]) for key in _FURTHER if counts[key]]
    if said:
        console.print(Sentence(say("list_comma", language).join(said)))
    if report.not_shown is not None:
        console.print(Sentence(f"{say('not_shown', language)} {report.not_shown.text(language)}"))
