"""`relay collect`: take what the public links saw into the workbook."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.ending import error_document
from sheets_automation.commands.listing import Sentence
from sheets_automation.commands.texts import say
from sheets_automation.core.link_records import LinkUse
from sheets_automation.core.registrations import RegistrationState
from sheets_automation.jobs.collect import CollectReport
from sheets_automation.wiring import Office
from sheets_automation.wiring_records import LinksTaken, take_in_links

if TYPE_CHECKING:
    from rich.console import Console


_KINDS = ("clicks", "refusals", "reports", "answers")


def run(arguments: argparse.Namespace) -> Answer:
    """Read all records, tell people from machines, and append what is new."""
    office = Office.open(arguments.config, arguments.workbook)
    with closing(office.open_workbook(arguments.workbook, exclusive=True)) as workbook:
        taken = take_in_links(office, workbook, office.new_run(), map(Path, arguments.records))
    document = _document(taken, arguments)
    hints = list(_hints(taken))
    needs_a_person = hints or taken.report.problems or taken.unreadable or taken.report.not_shown
    return Answer(
        document=document,
        show=lambda console: _show(console, document, hints, taken.report, arguments.lang),
        exit_code=NEEDS_A_PERSON if needs_a_person else DONE,
    )


def _document(taken: LinksTaken, arguments: argparse.Namespace) -> dict[str, Any]:
    report, answers, language = taken.report, taken.answers, arguments.lang
    clicks, reports = report.clicks, report.reports
    document: dict[str, Any] = {
        "workbook": arguments.workbook,
        "records": len(taken.read.records) + len(taken.reported.records),
        "unreadable": taken.unreadable,
        "clicks": {
            "added": clicks[RegistrationState.ADDED],
            "known": clicks[RegistrationState.ALREADY_KNOWN] + clicks[RegistrationState.TAKEN_BACK],
            "unknown": clicks[RegistrationState.UNKNOWN_CODE] + clicks[RegistrationState.UNREADABLE],
            "by_machines": dict(report.machines),
        },
        "refusals": {
            "added": report.refusals_added,
            "known": report.refusals_known,
            "unknown": report.refusals_unknown,
        },
        "reports": {
            "added": reports.get(RegistrationState.ADDED, 0),
            "known": reports.get(RegistrationState.ALREADY_KNOWN, 0),
            "unknown": reports.get(RegistrationState.UNKNOWN_CODE, 0),
        },
        "answers": {"added": len(answers.new), "known": answers.known, "unknown": answers.unknown},
        "problems": [{"place": one.place, "text": one.ja if language == "ja" else one.en} for one in report.problems],
    }
    if report.not_shown is not None:
        document["not_shown"] = error_document(report.not_shown, language)
    return document


def _hints(taken: LinksTaken) -> Iterator[tuple[str, int]]:
    """What hinders taking something in: the key of a sentence, and a number for it."""
    if taken.foreign:
        yield "no_link_key", taken.foreign
    if not taken.has_partner and any(record.use is LinkUse.CLICK for record in taken.read.records):
        yield "no_partner_url", 0


def _show(
    console: Console,
    document: dict[str, Any],
    hints: Iterable[tuple[str, int]],
    report: CollectReport,
    language: str,
) -> None:
    clicks, refusals, reports = document["clicks"], document["refusals"], document["reports"]
    console.print(Sentence(say("clicks_added", language, n=clicks["added"])))
    console.print(Sentence(say("refusals_added", language, n=refusals["added"])))
    if document["answers"]["added"]:
        console.print(Sentence(say("answers_added", language, n=document["answers"]["added"])))
    if any(reports.values()):
        console.print(Sentence(say("reports_added", language, n=reports["added"])))
    further = {
        "records_known": sum(document[kind]["known"] for kind in _KINDS),
        "records_unknown": sum(document[kind]["unknown"] for kind in _KINDS),
        "records_by_machines": sum(clicks["by_machines"].values()),
        "records_unreadable": document["unreadable"],
    }
    said = [say(key, language, n=number) for key, number in further.items() if number]
    if said:
        console.print(Sentence(say("list_comma", language).join(said)))
    for problem in document["problems"]:
        console.print(Sentence(f"- {problem['text']}"))
    for key, number in hints:
        console.print(Sentence(say(key, language, n=number)))
    if report.not_shown is not None:
        console.print(Sentence(f"{say('not_shown', language)} {report.not_shown.text(language)}"))
