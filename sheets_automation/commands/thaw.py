"""`relay thaw`: let sending from a workbook go on."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.ending import error_document
from sheets_automation.commands.freeze import stops_document
from sheets_automation.commands.listing import Sentence
from sheets_automation.commands.texts import say
from sheets_automation.jobs.freeze import StopReport, Thaw, thaw
from sheets_automation.wiring import Office
from sheets_automation.wiring_follow_up import open_news
from sheets_automation.wiring_freeze import stop_flag

if TYPE_CHECKING:
    from rich.console import Console


def run(arguments: argparse.Namespace) -> Answer:
    """Record it, then take the flag away. Sends nothing."""
    office = Office.open(arguments.config, arguments.workbook)
    flag = stop_flag(arguments.workbook)
    word = Thaw(expect=arguments.expect, because=arguments.because)
    with closing(office.open_workbook(arguments.workbook, exclusive=True)) as workbook:
        report = thaw(workbook, office.look_at_desk, open_news(office), office.new_run(), word, flag)
    document: dict[str, object] = {
        "workbook": arguments.workbook,
        "frozen": bool(report.stops),
        "waiting": report.waiting,
        "was": stops_document(report.was, arguments.lang),
        "stops": stops_document(report.stops, arguments.lang),
    }
    if report.not_shown is not None:
        document["not_shown"] = error_document(report.not_shown, arguments.lang)
    return Answer(
        document=document,
        show=lambda console: _show(console, report, arguments),
        exit_code=NEEDS_A_PERSON if report.stops or report.not_shown else DONE,
    )


def _show(console: Console, report: StopReport, arguments: argparse.Namespace) -> None:
    language = arguments.lang
    if not report.was:
        console.print(Sentence(say("not_frozen", language)))
        return
    for stop in report.stops:
        console.print(Sentence(f"{say('still_frozen', language)} {stop.text(language)}"))
    if not report.stops:
        console.print(Sentence(say("thawed", language)), style="bold")
        console.print(Sentence(say("thawed_waiting", language, n=report.waiting, workbook=arguments.workbook)))
    if report.not_shown is not None:
        console.print(Sentence(f"{say('not_shown', language)} {report.not_shown.text(language)}"))
