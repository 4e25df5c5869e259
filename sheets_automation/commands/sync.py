"""`relay sync`: read from the mailbox which letters came back and which were answered."""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.ending import error_document
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.texts import moment, say
from sheets_automation.core.bounce_causes import in_words
from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.returns import Return
from sheets_automation.jobs.sync import SyncReport, sync
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from rich.console import Console

_STATES = {EventKind.BOUNCED: "bounced", EventKind.REPLIED: "replied"}


def run(arguments: argparse.Namespace) -> Answer:
    """Look into the mailbox, record what is new, show it in the workbook."""
    office = Office.open(arguments.config, arguments.workbook)
    arguments.carrier = arguments.carrier or office.config.sender.carrier
    if not arguments.carrier:
        raise ConfigurationError(
            "どのメールボックスを読むか分かりません。--carrier gmail:アドレス を付けるか、"
            "設定ファイルの [sender] carrier に書いてください。",
            "No mailbox is given; add --carrier gmail:ADDRESS, or set [sender] carrier in the configuration.",
        )
    with (
        closing(office.open_inbox(arguments.carrier)) as inbox,
        closing(office.open_workbook(arguments.workbook, exclusive=True)) as workbook,
    ):
        look_back = timedelta(days=arguments.days)
        return _answer(sync(workbook, inbox, office.open_desk, office.new_run(), look_back), arguments)


def blank_document(arguments: argparse.Namespace) -> dict[str, Any]:
    """What --json prints around an error that came before anything was read."""
    return {
        "run_id": None,
        "workbook": arguments.workbook,
        "carrier": arguments.carrier,
        "since": None,
        **dict.fromkeys(("looked_at", "bounced", "replied", "delayed", "automatic", "unrelated"), 0),
        "complete": False,
        "returns": [],
    }


def _answer(report: SyncReport, arguments: argparse.Namespace) -> Answer:
    language, judged = arguments.lang, report.judged
    states = [_STATES[found.kind] for found in judged.returns]
    document = {
        **blank_document(arguments),
        "run_id": report.run_id,
        "since": report.since.isoformat(timespec="seconds"),
        "looked_at": report.looked_at,
        "bounced": states.count("bounced"),
        "replied": states.count("replied"),
        "delayed": judged.delayed,
        "automatic": judged.automatic,
        "unrelated": judged.unrelated,
        "complete": report.is_whole,
        "returns": [_document(found, language) for found in judged.returns],
    }
    if report.not_shown is not None:
        document["not_shown"] = error_document(report.not_shown, language)
    needs_a_person = document["bounced"] or not report.is_whole or report.not_shown is not None
    return Answer(
        document=document,
        show=lambda console: _show(console, report, document, arguments),
        exit_code=NEEDS_A_PERSON if needs_a_person else DONE,
    )


def _document(found: Return, language: str) -> dict[str, object]:
    return {
        "candidate_id": found.letter.key.candidate_id,
        "state": _STATES[found.kind],
        "to": found.letter.to_address,
        "at": found.at.isoformat(timespec="seconds"),
        "detail": found.detail,
        "text": in_words(found.detail, language),
    }


def _show(console: Console, report: SyncReport, document: dict[str, Any], arguments: argparse.Namespace) -> None:
    language = arguments.lang
    console.print(Sentence(say("looked_at", language, n=report.looked_at, since=moment(report.since))))
    if report.judged.returns:
        table = listing("", "", "", "", "", fixed=(0, 1, 3))
        for found in report.judged.returns:
            state = say(f"state_{_STATES[found.kind]}", language)
            why = in_words(found.detail, language)
            table.add_row(
                Sentence(f"  {found.letter.key.candidate_id}"),
                state,
                Sentence(found.letter.to_address),
                moment(found.at),
                Sentence(why),
            )
        console.print(table)
    counts = ("bounced", "replied", "delayed", "automatic")
    said = [say(f"{key}_mails", language, n=document[key]) for key in counts if document[key]]
    console.print(Sentence(say("list_comma", language).join(said) or say("nothing_back", language)))
    if not report.is_whole:
        console.print(Sentence(say("not_whole", language)))
    if report.not_shown is not None:
        console.print(Sentence(f"{say('not_shown', language)} {report.not_shown.text(language)}"))
    if document["bounced"]:
        console.print()
        console.print(Sentence(say("next_bounced", language, workbook=arguments.workbook)))
