"""The list of an incident: for programs, as a table file, and for people."""

from __future__ import annotations

import argparse
import csv
import io
from typing import TYPE_CHECKING, Final

from sheets_automation.commands import send_report
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.texts import moment, say
from sheets_automation.core.csv_text import as_text
from sheets_automation.core.incident import LetterThatLeft
from sheets_automation.jobs.incident import LookBack
from sheets_automation.jobs.send import RunReport

if TYPE_CHECKING:
    from rich.console import Console

_SHOWN: Final = 40
_HEADINGS: Final = {
    "candidate_id": ("候補者ID", "candidate id"),
    "at": ("送信日時", "sent at"),
    "to": ("宛先", "to"),
    "subject": ("件名", "subject"),
    "letter": ("文面", "letter"),
    "kind": ("種類", "kind"),
    "state": ("状態", "state"),
    "replied_at": ("返信", "answered at"),
    "row": ("いまの行", "row now"),
    "name_now": ("いまの行の氏名", "name in that row"),
    "address_now": ("いまの行のアドレス", "address in that row"),
    "apology": ("お詫び", "apology"),
    "run_id": ("実行", "run"),
    "actor": ("操作した人", "actor"),
    "carrier": ("送信手段", "carrier"),
}


def line(seen: LookBack, letter: LetterThatLeft) -> dict[str, object]:
    """One letter: what went where, how it ended, and what the row says now, which may be another person."""
    claim = letter.claim
    row = seen.rows.get(claim.key.candidate_id)
    apology = seen.apology(letter)
    return {
        "candidate_id": claim.key.candidate_id,
        "at": letter.at.isoformat(timespec="seconds"),
        "to": claim.to_address,
        "subject": claim.subject,
        "letter": claim.template,
        "kind": claim.key.kind.value,
        "state": letter.state.value,
        "replied_at": letter.replied_at.isoformat(timespec="seconds") if letter.replied_at else None,
        "row": row.row if row else None,
        "name_now": row.name if row else "",
        "address_now": (row.address.value or "") if row else "",
        "apology": apology.state.value if apology.state else None,
        "run_id": claim.run_id,
        "actor": claim.actor,
        "carrier": claim.carrier,
    }


def as_csv(seen: LookBack, language: str) -> bytes:
    """The list for a spreadsheet program: UTF-8 with its mark, and no cell that such a program takes for a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heading[0 if language == "ja" else 1] for heading in _HEADINGS.values())
    for letter in seen.letters:
        cells = line(seen, letter)
        writer.writerow(as_text(str(cells[key])) if cells[key] is not None else "" for key in _HEADINGS)
    return text.getvalue().encode("utf-8-sig", "replace")


def show(
    console: Console, seen: LookBack, written: list[str], apologies: RunReport | None, arguments: argparse.Namespace
) -> None:
    """Print the list, what was written, and how the apologies stand."""
    language = arguments.lang
    for stop in seen.situation.stops:
        console.print(Sentence(stop.text(language)), style="bold")
    if not seen.situation.stops:
        console.print(Sentence(say("incident_not_frozen", language, workbook=arguments.workbook)))
    console.print(Sentence(say("incident_letters", language, n=len(seen.letters))), style="bold")
    _show_letters(console, seen, language)
    for path in written:
        console.print(Sentence(say("incident_written", language, path=path)))
    if apologies is None:
        console.print(Sentence(say("next_apology", language)))
        return
    console.print()
    console.print(Sentence(say("apologies", language)), style="bold")
    send_report.show_report(console, apologies, language)
    if apologies.is_dry and apologies.plan.letters:
        console.print(Sentence(say("next_send_apology", language, n=len(apologies.plan.letters))))


def _show_letters(console: Console, seen: LookBack, language: str) -> None:
    table = listing("", "", "", "", fixed=(0, 1))
    for letter in seen.letters[:_SHOWN]:
        said = (moment(letter.at), letter.claim.key.candidate_id, letter.claim.to_address)
        table.add_row(*map(Sentence, (*said, say(f"state_{letter.state.value}", language))))
    if seen.letters:
        console.print(table)
    if len(seen.letters) > _SHOWN:
        console.print(Sentence(say("incident_more", language, n=len(seen.letters) - _SHOWN)))
