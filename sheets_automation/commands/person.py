"""`relay person`: write out everything that is held about one person, for that person."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from contextlib import closing
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.erase import certificate_path
from sheets_automation.commands.listing import Sentence
from sheets_automation.commands.retention_texts import said
from sheets_automation.jobs.person import export_person
from sheets_automation.wiring import Office
from sheets_automation.wiring_retention import letter_shelves

if TYPE_CHECKING:
    from rich.console import Console


def run(arguments: argparse.Namespace) -> Answer:
    """Gather it, and write it as a page and as JSON; without a file, JSON alone goes to stdout."""
    office = Office.open(arguments.config, arguments.workbook)
    path = certificate_path(arguments.out)
    with closing(office.open_workbook(arguments.workbook, exclusive=False)) as workbook:
        document = export_person(
            workbook,
            office.look_at_desk,
            office.new_run(),
            arguments.person,
            shelves=letter_shelves(office, arguments.carrier or ""),
            read_letter=read_letter,
            language=arguments.lang,
        )
    document["company"] = office.reading.config.company.name
    if path is not None:
        from sheets_automation.paper import save_both

        save_both(path, "person", document, arguments.lang)
        document["page"] = str(path.with_suffix(".html"))
    return Answer(
        document=document,
        show=lambda console: _show(console, document, arguments.lang),
        exit_code=NEEDS_A_PERSON if document["elsewhere"] else DONE,
    )


def read_letter(name: str, content: bytes) -> Mapping[str, str]:
    """What a file of an outbox says; one that is damaged says as much as can be read."""
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what the default policy makes
    body = message.get_body(preferencelist=("plain",))
    return {
        "name": name,
        "subject": str(message.get("Subject", "")),
        "date": str(message.get("Date", "")),
        "text": str(body.get_content()).strip() if body is not None else "",
    }


def _show(console: Console, document: Mapping[str, Any], language: str) -> None:
    facts = {
        "path": document.get("page", "-"),
        "n": len(document["rows"]),
        "records": sum(len(one["rows"]) for one in document["records"]),
        "letters": len(document["letters"]),
    }
    console.print(Sentence(said("exported", language, **facts)))
    if document["elsewhere"]:
        console.print(Sentence(said("exported_elsewhere", language, n=len(document["elsewhere"]))))
    console.print(Sentence(said("exported_next", language)))
