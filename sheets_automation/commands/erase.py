"""`relay erase`: erase one person who asks for it."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.listing import Sentence
from sheets_automation.commands.retention_texts import said
from sheets_automation.core.erasure_certificate import Certificate, certificate_document
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.retention import OBSTACLES, PersonClock
from sheets_automation.jobs.erase import Tools
from sheets_automation.jobs.retention import erase_person, find_person
from sheets_automation.jobs.situation import understand
from sheets_automation.wiring import Office
from sheets_automation.wiring_retention import open_eraser, tools_to_erase

if TYPE_CHECKING:
    from rich.console import Console


def run(arguments: argparse.Namespace) -> Answer:
    """Show what would go, or erase it."""
    office = Office.open(arguments.config, arguments.workbook)
    path = certificate_path(arguments.certificate)
    if not arguments.write:
        return _look(office, arguments)
    with closing(open_eraser(office, arguments.workbook)) as workbook:
        tools = tools_of(office, arguments)
        certificate = erase_person(workbook, office.look_at_desk, office.new_run(), tools, arguments.person)
    shown = shown_certificate(certificate, office, path, arguments.lang)
    return Answer(
        document={"workbook": arguments.workbook, "erased": True, "certificate": shown},
        show=lambda console: print_certificate(console, certificate, shown, arguments.lang),
        exit_code=NEEDS_A_PERSON if certificate.needs_a_person else DONE,
    )


def _look(office: Office, arguments: argparse.Namespace) -> Answer:
    with closing(office.open_workbook(arguments.workbook, exclusive=False)) as workbook:
        snapshot = workbook.read()
        desk = office.look_at_desk(snapshot)
        clock = find_person(understand(snapshot, desk.rules), desk, office.new_run(), arguments.person)
    barrier = OBSTACLES[clock.barrier][arguments.lang != "ja"] if clock.barrier else ""
    return Answer(
        document={
            "workbook": arguments.workbook,
            "erased": False,
            "candidate_ids": list(clock.ids),
            "rows": [one.row for one in clock.candidates],
            "obstacle": clock.barrier.value if clock.barrier else None,
            "text": barrier,
        },
        show=lambda console: _show(console, clock, barrier, arguments.lang),
        exit_code=NEEDS_A_PERSON if barrier else DONE,
    )


def _show(console: Console, clock: PersonClock, barrier: str, language: str) -> None:
    rows = ", ".join(str(one.row) for one in clock.candidates)
    _print(console, "person_found", language, n=len(clock.candidates), rows=rows)
    if barrier:
        _print(console, "person_stopped", language, why=barrier)
        return
    _print(console, "goes", language)
    _print(console, "stays", language)
    _print(console, "person_next", language)


def tools_of(office: Office, arguments: argparse.Namespace) -> Tools:
    """What an erasure needs from outside the workbook."""
    return tools_to_erase(
        office,
        arguments.workbook,
        carrier=arguments.carrier or "",
        line_records=arguments.line_records or "",
    )


def certificate_path(asked: str | None) -> Path | None:
    """Where the certificate goes. Raises ConfigurationError for what is no name of a page."""
    if asked is None:
        return None
    path = Path(asked)
    if path.suffix.lower() not in {".html", ".htm"}:  # a page replaces what is there: never a workbook
        raise ConfigurationError(
            f"ファイル名を .html で終わらせてください(いまは「{path.name}」)。",
            f"Name a file that ends in .html, not {path.name}.",
        )
    return path


def shown_certificate(
    certificate: Certificate | None, office: Office, path: Path | None, language: str
) -> dict[str, Any] | None:
    """The certificate as data, written to its files if somebody asked for them."""
    if certificate is None:
        return None
    document = certificate_document(certificate, language)
    document["company"] = office.reading.config.company.name
    if path is not None:
        from sheets_automation.paper import save_both

        save_both(path, "certificate", document, language)
        document["page"] = str(path.with_suffix(".html"))
    return document


def print_certificate(
    console: Console, certificate: Certificate, document: dict[str, Any] | None, language: str
) -> None:
    """Print the same for people."""
    if document is None:
        return
    _print(console, "was_erased", language, n=certificate.people)
    for line in document["erased"]:
        _print(console, "counted", language, text=line["text"], n=line["count"])
    for line in document["left"]:
        _print(console, "left", language, tab=line["tab"], n=line["cells"])
    if certificate.cells_kept is not None:
        console.print(Sentence(certificate.cells_kept.text(language)))
    if document["waiting"]:
        console.print(Sentence(document["waiting"]))
    _print(console, "beyond", language)
    for line in document["beyond"]:
        _print(console, "place", language, text=line["text"])
    if "page" in document:
        _print(console, "certificate", language, path=document["page"])


def _print(console: Console, key: str, language: str, **facts: object) -> None:
    console.print(Sentence(said(key, language, **facts)))
