"""`relay retention`: show whom the clock reaches, announce it to HR, erase after the notice."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.erase import certificate_path, print_certificate, shown_certificate, tools_of
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.retention_texts import said
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.retention import OBSTACLES, PersonClock, Standing
from sheets_automation.jobs.retention import RetentionLook, announce, erase_due, look_at_retention
from sheets_automation.wiring import Office
from sheets_automation.wiring_retention import open_eraser

if TYPE_CHECKING:
    from rich.console import Console

_MOST_SHOWN = 30
_LISTED = (Standing.DUE, Standing.ANNOUNCED, Standing.REACHED)


def run(arguments: argparse.Namespace) -> Answer:
    """Look, announce or erase."""
    if arguments.erase and arguments.announce:
        raise ConfigurationError(
            "--announce と --erase は一緒に使えません。予告してから、期間をおいて消去します。",
            "--announce and --erase do not go together: the notice lies between them.",
        )
    office = Office.open(arguments.config, arguments.workbook)
    path = certificate_path(arguments.certificate)
    if arguments.erase:
        with closing(open_eraser(office, arguments.workbook)) as eraser:
            tools = tools_of(office, arguments)
            look = erase_due(eraser, office.look_at_desk, office.new_run(), tools, expect=arguments.expect)
    else:
        with closing(office.open_workbook(arguments.workbook, exclusive=arguments.announce)) as workbook:
            act = announce if arguments.announce else look_at_retention
            look = act(workbook, office.look_at_desk, office.new_run())
    certificate = shown_certificate(look.certificate, office, path, arguments.lang)
    needs = look.certificate is not None and look.certificate.needs_a_person
    return Answer(
        document={**_document(look, arguments), "certificate": certificate},
        show=lambda console: _show(console, look, arguments, certificate),
        exit_code=NEEDS_A_PERSON if needs else DONE,
    )


def _document(look: RetentionLook, arguments: argparse.Namespace) -> dict[str, Any]:
    counts = look.plan.counts
    return {
        "workbook": arguments.workbook,
        "months": look.months,
        "notice_days": look.notice_days,
        **{standing.value: counts[standing] for standing in Standing},
        "erased": look.plan.erased,
        "unfinished": look.unfinished,
        "announced_now": bool(arguments.announce),
        "people": [*_people(look, arguments.lang)],
    }


def _people(look: RetentionLook, language: str) -> Iterator[dict[str, Any]]:
    for clock in look.plan.of(*_LISTED, Standing.KEPT):
        due = clock.due or look.dues.get(clock.ids[0])
        yield {
            "candidate_ids": list(clock.ids),
            "rows": [one.row for one in clock.candidates],
            "standing": clock.standing.value,
            "since": clock.since.isoformat() if clock.since else None,
            "due": due.isoformat() if due else None,
            "untold": clock.is_untold,
            "obstacle": clock.obstacle.value if clock.obstacle else None,
            "text": OBSTACLES[clock.obstacle][language != "ja"] if clock.obstacle else "",
        }


def _show(console: Console, look: RetentionLook, arguments: argparse.Namespace, certificate: Any) -> None:  # noqa: ANN401
    language = arguments.lang
    _print(console, "clock", language, months=look.months, days=look.notice_days)
    counts = look.plan.counts
    for standing in Standing:
        _print(console, standing.value, language, n=counts[standing])
    if look.plan.erased:
        _print(console, "erased", language, n=look.plan.erased)
    if look.certificate is not None:
        print_certificate(console, look.certificate, certificate, language)
        return
    _show_people(console, look, language)
    if look.unfinished:
        _print(console, "unfinished", language, n=look.unfinished)
    _show_next(console, look, arguments)


def _show_people(console: Console, look: RetentionLook, language: str) -> None:
    found = look.plan.of(*_LISTED)
    if not found:
        return
    headings = (said(key, language) for key in ("row", "who", "id", "since", "when", "why"))
    table = listing(*headings, right=(0,), fixed=(0, 2, 3, 4))
    for clock in found[:_MOST_SHOWN]:
        table.add_row(*_line(clock, look, language))
    console.print(table)
    if len(found) > _MOST_SHOWN:
        _print(console, "more", language, n=len(found) - _MOST_SHOWN)


def _line(clock: PersonClock, look: RetentionLook, language: str) -> Iterator[Sentence]:
    first = clock.candidates[0]
    due = clock.due or look.dues.get(first.id)
    yield Sentence(str(first.row))
    yield Sentence(first.name)
    yield Sentence(first.id)
    yield Sentence(f"{clock.since:%Y/%m/%d}" if clock.since else said("no_date", language))
    yield Sentence(f"{due:%Y/%m/%d}" if due else "")
    untold = f" {said('untold', language)}" if clock.is_untold else ""
    yield Sentence(said(f"state_{clock.standing.value}", language) + untold)


def _show_next(console: Console, look: RetentionLook, arguments: argparse.Namespace) -> None:
    counts, language = look.plan.counts, arguments.lang
    if arguments.announce:
        _print(console, "was_announced", language, n=counts[Standing.REACHED])
        return
    if counts[Standing.REACHED] or counts[Standing.DUE]:
        _print(console, "goes", language)
        _print(console, "stays", language)
    if counts[Standing.REACHED]:
        _print(console, "next_announce", language)
    if counts[Standing.DUE]:
        _print(console, "next_erase", language, n=counts[Standing.DUE])


def _print(console: Console, key: str, language: str, **facts: object) -> None:
    console.print(Sentence(said(key, language, **facts)))
