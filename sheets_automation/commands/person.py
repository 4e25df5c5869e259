"""`relay person`: write out everything that is held about one person, for that person."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.erase import certificate_path
from sheets_automation.commands.listing import Sentence
from sheets_automation.commands.retention_texts import said
from sheets_automation.jobs.person import export_person
from sheets_automation.wiring import Office
from sheets_automation.wiring_retention import letter_shelves, read_letter

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
