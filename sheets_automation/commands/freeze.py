"""`relay freeze`: stop all sending from a workbook, everywhere, with the batch that is under way."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.ending import error_document
from sheets_automation.commands.listing import Sentence
from sheets_automation.commands.texts import say
from sheets_automation.core.errors import WorkbookError
from sheets_automation.core.stops import Stop
from sheets_automation.jobs.freeze import StopReport, flagged, freeze
from sheets_automation.jobs.run import Run
from sheets_automation.wiring import Office
from sheets_automation.wiring_follow_up import open_news
from sheets_automation.wiring_freeze import stop_flag

if TYPE_CHECKING:
    from rich.console import Console


def run(arguments: argparse.Namespace) -> Answer:
    """Set the flag first, which needs nobody's leave; then record it, as soon as the workbook lets us."""
    office = Office.open(arguments.config, arguments.workbook)
    the_run = office.new_run()
    stop = flagged(the_run, arguments.because)
    if (flag := stop_flag(arguments.workbook)) is None:
        report = _recorded(office, arguments, the_run, stop)
        return _answer(report.stops, arguments, report=report)
    flag.put(stop)
    try:
        report = _recorded(office, arguments, the_run, stop)
    except WorkbookError as error:  # open in Excel, or a run is at work: the flag has stopped it
        return _answer((stop,), arguments, later=error)
    return _answer(report.stops, arguments, report=report)


def _recorded(office: Office, arguments: argparse.Namespace, the_run: Run, stop: Stop) -> StopReport:
    with closing(office.open_workbook(arguments.workbook, exclusive=True)) as workbook:
        # a letter that is broken stops no stop
        return freeze(workbook, office.look_at_desk, open_news(office), the_run, stop)


def stops_document(stops: Sequence[Stop], language: str) -> list[dict[str, object]]:
    """What stops the sending, for programs."""
    return [
        {
            "source": stop.source.value,
            "at": stop.at.isoformat(timespec="seconds") if stop.at else None,
            "by": stop.by,
            "because": stop.because,
            "cell": stop.cell,
            "text": stop.text(language),
        }
        for stop in stops
    ]


def _answer(
    stops: Sequence[Stop],
    arguments: argparse.Namespace,
    *,
    report: StopReport | None = None,
    later: WorkbookError | None = None,
) -> Answer:
    language = arguments.lang
    document: dict[str, object] = {
        "workbook": arguments.workbook,
        "frozen": True,
        "recorded": report is not None,
        "waiting": report.waiting if report else None,
        "stops": stops_document(stops, language),
    }
    if later is not None:
        document["not_recorded"] = error_document(later, language)
    if report is not None and report.not_shown is not None:
        document["not_shown"] = error_document(report.not_shown, language)

    def show(console: Console) -> None:
        console.print(Sentence(say("frozen_now", language)), style="bold")
        if report is not None:
            console.print(Sentence(say("frozen_waiting", language, n=report.waiting)))
            if report.not_shown is not None:
                console.print(Sentence(f"{say('not_shown', language)} {report.not_shown.text(language)}"))
        if later is not None:
            console.print(Sentence(f"{say('frozen_by_flag', language)} ({later.text(language)})"))
        for key in ("next_incident", "next_thaw"):
            console.print(Sentence(say(key, language, workbook=arguments.workbook)))

    return Answer(document=document, show=show, exit_code=DONE if later is None else NEEDS_A_PERSON)
