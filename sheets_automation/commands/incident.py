"""`relay incident`: who got what since a moment; a draft of the report; and the apology, to those on the list alone."""

from __future__ import annotations

import argparse
import os
import re
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from sheets_automation.commands import incident_list, send_report
from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.ending import error_document
from sheets_automation.commands.progress import progress_bar
from sheets_automation.commands.texts import say
from sheets_automation.core.dates import date_time
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.incident_report import IncidentFacts, incident_report
from sheets_automation.core.model import DeliveryState
from sheets_automation.core.table import Snapshot
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.incident import LookBack, Span, apology_desk, look_back
from sheets_automation.jobs.send import Order, RunReport, plan_run, send_letters
from sheets_automation.private_files import must_end_in, write_private
from sheets_automation.stopping import heeding_stop
from sheets_automation.wiring import Office
from sheets_automation.wiring_incident import apology_composer
from sheets_automation.wiring_records import heed_records

_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?", re.ASCII)
_UNSETTLED = {DeliveryState.FAILED, DeliveryState.REFUSED, DeliveryState.UNCERTAIN}


def run(arguments: argparse.Namespace) -> Answer:
    """List; with --explain write the apologies, and with --send send them."""
    office = Office.open(arguments.config, arguments.workbook)
    span = Span(
        since=_moment(office, "--since", arguments.since),
        until=_moment(office, "--until", arguments.until) if arguments.until else None,
        only=frozenset(arguments.only),
    )
    _check(arguments)
    with closing(office.open_workbook(arguments.workbook, exclusive=False)) as workbook:
        seen = look_back(workbook, office.look_at_desk, span)
        title = workbook.title
    written = [*_write_csv(seen, arguments), *_write_report(seen, span, office, title, arguments)]
    apologies = _apologies(office, span, arguments) if arguments.explain or arguments.send else None
    return _answer(seen, span, written, apologies, arguments)


def _moment(office: Office, option: str, text: str) -> datetime:
    """A moment as people type it; a clock alone is one of today."""
    now = office.clock()
    found = date_time(f"{now:%Y/%m/%d} {text}" if _CLOCK.fullmatch(text.strip()) else text, office.timezone)
    if found is None:
        raise ConfigurationError(
            f"{option} の「{text}」は日時として読めません。2026/11/24 9:30 のように書いてください。",
            f"{option} {text} is no moment; write it like 2026-11-24 09:30.",
        )
    return found.at


def _check(arguments: argparse.Namespace) -> None:
    if arguments.send and arguments.expect is None:
        raise ConfigurationError(
            "お詫びを送るには、--expect で正確な数を書いてください。数は --send を付けずに実行すると分かります。",
            "To send apologies, name their exact number with --expect; run without --send to see it.",
        )


def _write_csv(seen: LookBack, arguments: argparse.Namespace) -> list[str]:
    if not arguments.csv:
        return []
    path = Path(arguments.csv)
    must_end_in("--csv", path, (".csv",))
    write_private(path, incident_list.as_csv(seen, arguments.lang))
    return [str(path)]


def _write_report(seen: LookBack, span: Span, office: Office, title: str, arguments: argparse.Namespace) -> list[str]:
    if not arguments.report:
        return []
    path = Path(arguments.report)
    must_end_in("--report", path, (".html", ".md"))
    now = office.clock()
    facts = IncidentFacts(
        workbook=title,
        letters=seen.letters,
        events=seen.situation.events,
        rows=seen.rows,
        since=span.since,
        until=span.until,
        aware=_moment(office, "--aware", arguments.aware) if arguments.aware else now,
        now=now,
    )
    report = incident_report(facts, arguments.lang)
    write_private(path, (report.as_markdown() if path.suffix.lower() == ".md" else report.as_html()).encode())
    return [str(path)]


def _apologies(office: Office, span: Span, arguments: argparse.Namespace) -> RunReport:
    """The plan of the apologies, or what became of them."""

    def open_desk(snapshot: Snapshot) -> Desk:
        desk = office.look_at_desk(snapshot)  # a rejection letter that is broken stops no apology
        return apology_desk(desk, apology_composer(office, arguments.letter, arguments.explain), span)

    order = Order(expect=arguments.expect, although_frozen=arguments.although_frozen)
    arguments.carrier = arguments.carrier or office.config.sender.carrier
    with closing(office.open_workbook(arguments.workbook, exclusive=arguments.send)) as workbook:
        if not arguments.send:
            return plan_run(workbook, open_desk, office.new_run(), order)
        if not arguments.carrier:
            raise ConfigurationError(
                "送信手段がありません。--carrier を付けるか、設定ファイルの [sender] carrier に書いてください。",
                "No carrier is given; add --carrier, or set [sender] carrier in the configuration.",
            )
        if arguments.carrier.startswith("line:"):
            raise ConfigurationError(
                "お詫びはメールで送ります。LINE では送れません。--carrier にメールの送信手段を付けてください。",
                "Apologies go by mail, not by LINE. Name a way of mail with --carrier.",
            )
        with (
            closing(office.open_carrier(arguments.carrier, arguments.workbook)) as carrier,
            progress_bar(arguments) as progress,
            heeding_stop(lambda: _say_stopping(arguments.lang)) as was_stopped,
        ):
            the_run = office.new_run(should_stop=was_stopped)
            heed_records(office, workbook)
            return send_letters(workbook, carrier, open_desk, the_run, order, progress)


def _say_stopping(language: str) -> None:
    os.write(sys.stderr.fileno(), f"{say('stopping', language)}\n".encode(errors="replace"))


def _answer(
    seen: LookBack, span: Span, written: list[str], apologies: RunReport | None, arguments: argparse.Namespace
) -> Answer:
    language = arguments.lang
    document: dict[str, object] = {
        "workbook": arguments.workbook,
        "since": span.since.isoformat(),
        "until": span.until.isoformat() if span.until else None,
        "letters": [incident_list.line(seen, one) for one in seen.letters],
        "files": written,
    }
    error = apologies.error if apologies else None
    if apologies is not None:
        document["apologies"] = {
            **send_report.counts(apologies),
            "dry_run": not arguments.send,
            "letters": list(send_report.letters(apologies)),
            "skipped": list(send_report.skipped(apologies, language)),
        }
    stops = error if error is not None and (arguments.send or error.name != "blast_radius") else None
    if stops is not None:
        document["error"] = error_document(stops, language)
    return Answer(
        document=document,
        show=lambda console: incident_list.show(console, seen, written, apologies, arguments),
        exit_code=_exit_code(apologies) if stops is None else stops.exit_code,
        error=stops,
    )


def _exit_code(apologies: RunReport | None) -> int:
    unsettled = apologies is not None and any(one.state in _UNSETTLED for one in apologies.outcomes)
    return NEEDS_A_PERSON if unsettled else DONE
