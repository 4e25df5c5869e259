"""`relay register`: record what a partner reports of the codes in our letters."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.listing import Sentence
from sheets_automation.commands.send_report import credits_document
from sheets_automation.commands.texts import say
from sheets_automation.core.credits import CreditSummary
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.referrals import RecordProblem, ReferralKind
from sheets_automation.core.registrations import Registration, RegistrationOutcome, RegistrationState
from sheets_automation.jobs.credits import partner_named, show_credits
from sheets_automation.jobs.register import RegistrationReport, register, register_typed
from sheets_automation.jobs.situation import sit_down
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from rich.console import Console

_FINE = {RegistrationState.ADDED, RegistrationState.ALREADY_KNOWN}


def run(arguments: argparse.Namespace) -> Answer:
    """Record the codes of the command line and those of the CSV file, and show the credits."""
    office = Office.open(arguments.config, arguments.workbook)
    reports, unclear = _reports(arguments, office)
    source = f"csv:{Path(arguments.csv).name}" if arguments.csv else "cli"
    with closing(office.open_workbook(arguments.workbook, exclusive=True)) as workbook:
        desk, _ = sit_down(workbook, office.open_desk)
        rules, the_run = desk.rules, office.new_run()
        report = RegistrationReport(outcomes=())
        if reports or arguments.csv:
            partner = partner_named(arguments.partner, rules.partners)
            report = register(workbook, reports, the_run, partner=partner, source=source, tabs=rules.tabs)
        if arguments.tab:
            report = report.followed_by(register_typed(workbook, rules.partners, the_run, tabs=rules.tabs))
        summary = show_credits(workbook, rules.partners, the_run, tabs=rules.tabs)
    problems = (*unclear, *report.problems)
    return Answer(
        document={
            "workbook": arguments.workbook,
            **{state.value: report.counts[state] for state in RegistrationState},
            "reports": [_document(outcome, arguments.lang) for outcome in report.outcomes],
            "problems": [{"place": p.place, "text": p.ja if arguments.lang == "ja" else p.en} for p in problems],
            "credits": credits_document(summary),
        },
        show=lambda console: _show(
            console, _lines(report.outcomes, problems, summary, rules.tabs.credits, arguments.lang)
        ),
        exit_code=NEEDS_A_PERSON if problems or any(o.state not in _FINE for o in report.outcomes) else DONE,
    )


def _reports(arguments: argparse.Namespace, office: Office) -> tuple[list[Registration], tuple[RecordProblem, ...]]:
    kind = ReferralKind.HIRED if arguments.hired else ReferralKind.REGISTERED
    reports = [Registration(text=code, kind=kind) for code in arguments.codes]
    if not arguments.csv:
        if not reports and not arguments.tab:
            raise ConfigurationError(
                "紹介コードか --csv、--tab を指定してください。", "Give referral codes, a --csv file, or --tab."
            )
        return reports, ()
    from sheets_automation.registrations_csv import read_registrations

    file = read_registrations(Path(arguments.csv), office.timezone)
    return [*reports, *file.registrations], file.problems


def _document(outcome: RegistrationOutcome, language: str) -> dict[str, object]:
    return {
        "code": outcome.code or outcome.registration.text,
        "candidate_id": outcome.candidate_id or None,
        "state": outcome.state.value,
        "text": outcome.ja if language == "ja" else outcome.en,
    }


def _show(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        console.print(Sentence(line))


def _lines(
    outcomes: Sequence[RegistrationOutcome],
    problems: Sequence[RecordProblem],
    summary: CreditSummary,
    tab: str,
    language: str,
) -> Iterator[str]:
    added = sum(outcome.state is RegistrationState.ADDED for outcome in outcomes)
    yield say("added", language, n=added)
    for outcome in outcomes:
        if outcome.state is not RegistrationState.ADDED:
            # What was read as a code is named in the sentence itself.
            where = (outcome.registration.place, "" if outcome.code else outcome.registration.text)
            why = outcome.ja if language == "ja" else outcome.en
            yield f"- {': '.join(filter(None, (*where, why)))}"
    for problem in problems:
        yield f"- {problem.ja if language == 'ja' else problem.en}"
    yield say("credits", language, left=summary.left, progress=summary.progress)
    yield say("next_credits", language, tab=tab)
