"""`relay collect`: take what the public links saw into the workbook."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.ending import error_document
from sheets_automation.commands.listing import Sentence
from sheets_automation.commands.texts import say
from sheets_automation.core.link_records import LinkUse, RecordsRead
from sheets_automation.core.refusal_codes import is_genuine, refusal_code
from sheets_automation.core.registrations import RegistrationState
from sheets_automation.jobs.collect import CollectReport, collect
from sheets_automation.jobs.survey import collect_answers
from sheets_automation.record_files import read_link_files, read_partner_files
from sheets_automation.wiring import Office
from sheets_automation.wiring_links import link_keys, linked_partner, survey_desk

if TYPE_CHECKING:
    from rich.console import Console


_KINDS = ("clicks", "refusals", "reports", "answers")


def run(arguments: argparse.Namespace) -> Answer:
    """Read all records, tell people from machines, and append what is new."""
    office = Office.open(arguments.config, arguments.workbook)
    read, reported = read_link_files(map(Path, arguments.records)), read_partner_files(map(Path, arguments.records))
    unreadable = read.unreadable + reported.unreadable
    keys = link_keys(office.environ)
    partner = linked_partner(office.config)
    run_ = office.new_run()
    with closing(office.open_workbook(arguments.workbook, exclusive=True)) as workbook:
        answers = collect_answers(
            workbook, office.look_at_desk, run_, read.records, survey_desk(office.config, office.environ)
        )
        report = collect(
            workbook,
            office.look_at_desk,  # a letter that is broken stops no refusal
            run_,
            read.records,
            codes_of=lambda address: [refusal_code(address, key) for key in keys],
            partner=partner.id if partner else "",
            reports=reported.records,
        )
    document = _document(report, len(read.records) + len(reported.records), unreadable, arguments)
    document["answers"] = {"added": len(answers.new), "known": answers.known, "unknown": answers.unknown}
    hints = list(_hints(read, keys, has_partner=partner is not None))
    needs_a_person = hints or report.problems or unreadable or report.not_shown
    return Answer(
        document=document,
        show=lambda console: _show(console, document, hints, report, arguments.lang),
        exit_code=NEEDS_A_PERSON if needs_a_person else DONE,
    )


def _document(report: CollectReport, records: int, unreadable: int, arguments: argparse.Namespace) -> dict[str, Any]:
    clicks, reports, language = report.clicks, report.reports, arguments.lang
    document: dict[str, Any] = {
        "workbook": arguments.workbook,
        "records": records,
        "unreadable": unreadable,
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
        "problems": [{"place": one.place, "text": one.ja if language == "ja" else one.en} for one in report.problems],
    }
    if report.not_shown is not None:
        document["not_shown"] = error_document(report.not_shown, language)
    return document


def _hints(read: RecordsRead, keys: Sequence[str], *, has_partner: bool) -> Iterator[tuple[str, int]]:
    """What hinders taking something in: the key of a sentence, and a number for it."""
    codes = {record.code for record in read.records if record.use is LinkUse.REFUSAL}
    if foreign := [code for code in codes if not is_genuine(code, keys)]:
        yield "no_link_key", len(foreign)
    if not has_partner and any(record.use is LinkUse.CLICK for record in read.records):
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
