"""`relay credits`: count the credits, rebuild their tab, and record that some were used."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.send_report import credits_document
from sheets_automation.commands.texts import say
from sheets_automation.core.credits import CreditEntry, CreditLedger, CreditSummary, EntryKind, credit_number
from sheets_automation.core.forecast import Forecast
from sheets_automation.core.forecast_words import forecast_text
from sheets_automation.core.rules import TabNames
from sheets_automation.jobs.credits import Use, partner_named, record_credits, redemption, show_credits
from sheets_automation.jobs.situation import sit_down
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from rich.console import Console


def run(arguments: argparse.Namespace) -> Answer:
    """Show the credits as they are, or with a redemption."""
    office = Office.open(arguments.config, arguments.workbook)
    with closing(office.open_workbook(arguments.workbook, exclusive=True)) as workbook:
        desk, _ = sit_down(workbook, office.open_desk)
        rules, the_run, number = desk.rules, office.new_run(), ""
        if arguments.redeem:
            partner = partner_named(arguments.partner, rules.partners)
            use = Use(partner=partner, amount=arguments.redeem, opening=arguments.opening or "", note=arguments.note)
            event = redemption(the_run, use)
            summary = record_credits(workbook, event, rules.partners, the_run, tabs=rules.tabs)
            number = credit_number(event.event_id)
        else:
            summary = show_credits(workbook, rules.partners, the_run, tabs=rules.tabs)
    language = arguments.lang
    return Answer(
        document={
            "workbook": arguments.workbook,
            "as_of": summary.as_of.isoformat(),
            **credits_document(summary),
            "partners": [_ledger(ledger, summary, language) for ledger in summary.ledgers],
            "uses": [_use(entry) for entry in summary.uses.values()],
            "number": number or None,
            "untaken": summary.untaken,
            "problems": [{"place": p.place, "text": p.ja if language == "ja" else p.en} for p in summary.problems],
        },
        show=lambda console: _show(console, summary, rules.tabs, number, arguments),
        exit_code=NEEDS_A_PERSON if summary.problems else DONE,
    )


def _ledger(ledger: CreditLedger, summary: CreditSummary, language: str) -> dict[str, object]:
    one = ledger.forecast
    days = {name: day.isoformat() if day else None for name, day in _days(one)}
    return {
        "partner": ledger.rules.id,
        "name": ledger.rules.name,
        "earned": ledger.total(EntryKind.EARNED),
        "redeemed": -ledger.total(EntryKind.REDEEMED),
        "expired": -ledger.total(EntryKind.EXPIRED),
        "left": ledger.left,
        "progress": f"{ledger.progress}/{ledger.rules.per_credit}",
        "forecast": {
            "outlook": one.outlook.value,
            "missing": one.missing,
            "counted": one.counted,
            "days": one.days,
            **days,
            "text": forecast_text(one, summary.as_of.date(), language),
        },
    }


def _days(one: Forecast) -> Iterator[tuple[str, date | None]]:
    yield from (("expected", one.expected), ("earliest", one.earliest), ("latest", one.latest))


def _use(entry: CreditEntry) -> dict[str, object]:
    return {
        "number": entry.number,
        "on": entry.on.isoformat(),
        "opening": entry.opening,
        "actor": entry.actor,
        "note": entry.note,
    }


def _show(console: Console, summary: CreditSummary, tabs: TabNames, number: str, arguments: argparse.Namespace) -> None:
    language = arguments.lang
    if number:
        console.print(Sentence(say("redeemed", language, n=arguments.redeem)))
        console.print(Sentence(say("redeemed_number", language, number=number)))
    columns = ("partner", "earned", "redeemed_column", "expired", "left", "progress")
    table = listing(*(say(heading, language) for heading in columns), right=range(1, len(columns)))
    for ledger in summary.ledgers:
        line = _ledger(ledger, summary, language)
        numbers = (str(line[key]) for key in ("earned", "redeemed", "expired", "left", "progress"))
        table.add_row(Sentence(line["name"]), *numbers)
    if summary.ledgers:
        console.print(table)
    for ledger in summary.ledgers:
        text = forecast_text(ledger.forecast, summary.as_of.date(), language)
        console.print(Sentence(f"{ledger.rules.name}: {text}"))
    if summary.untaken:
        console.print(Sentence(say("untaken", language, n=summary.untaken, tab=tabs.reports)))
    for problem in summary.problems:
        console.print(Sentence(f"- {problem.ja if language == 'ja' else problem.en}"))
    console.print(Sentence(say("next_credits" if summary.ledgers else "no_partners", language, tab=tabs.credits)))
