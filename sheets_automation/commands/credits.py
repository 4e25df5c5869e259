"""`relay credits`: count the credits, rebuild their tab, and record that some were used."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.send_report import credits_document
from sheets_automation.commands.texts import say
from sheets_automation.core.credits import CreditLedger, CreditSummary, EntryKind
from sheets_automation.jobs.credits import partner_named, record_credits, redemption, show_credits
from sheets_automation.jobs.situation import sit_down
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from rich.console import Console


def run(arguments: argparse.Namespace) -> Answer:
    """Show the credits as they are, or with a redemption."""
    office = Office.open(arguments.config, arguments.workbook)
    with closing(office.open_workbook(arguments.workbook, exclusive=True)) as workbook:
        desk, _ = sit_down(workbook, office.open_desk)
        rules, the_run = desk.rules, office.new_run()
        if arguments.redeem:
            partner = partner_named(arguments.partner, rules.partners)
            event = redemption(the_run, partner=partner, amount=arguments.redeem, note=arguments.note)
            summary = record_credits(workbook, event, rules.partners, the_run, tabs=rules.tabs)
        else:
            summary = show_credits(workbook, rules.partners, the_run, tabs=rules.tabs)
    language = arguments.lang
    return Answer(
        document={
            "workbook": arguments.workbook,
            "as_of": summary.as_of.isoformat(),
            **credits_document(summary),
            "partners": [_ledger(ledger) for ledger in summary.ledgers],
            "problems": [{"place": p.place, "text": p.ja if language == "ja" else p.en} for p in summary.problems],
        },
        show=lambda console: _show(console, summary, rules.tabs.credits, arguments),
        exit_code=NEEDS_A_PERSON if summary.problems else DONE,
    )


def _ledger(ledger: CreditLedger) -> dict[str, object]:
    return {
        "partner": ledger.rules.id,
        "name": ledger.rules.name,
        "earned": ledger.total(EntryKind.EARNED),
        "redeemed": -ledger.total(EntryKind.REDEEMED),
        "expired": -ledger.total(EntryKind.EXPIRED),
        "left": ledger.left,
        "progress": f"{ledger.progress}/{ledger.rules.per_credit}",
    }


def _show(console: Console, summary: CreditSummary, tab: str, arguments: argparse.Namespace) -> None:
    language = arguments.lang
    if arguments.redeem:
        console.print(Sentence(say("redeemed", language, n=arguments.redeem)))
    columns = ("partner", "earned", "redeemed_column", "expired", "left", "progress")
    table = listing(*(say(heading, language) for heading in columns), right=range(1, len(columns)))
    for ledger in map(_ledger, summary.ledgers):
        numbers = (str(ledger[key]) for key in ("earned", "redeemed", "expired", "left", "progress"))
        table.add_row(Sentence(ledger["name"]), *numbers)
    if summary.ledgers:
        console.print(table)
    for problem in summary.problems:
        console.print(Sentence(f"- {problem.ja if language == 'ja' else problem.en}"))
    console.print(Sentence(say("next_credits" if summary.ledgers else "no_partners", language, tab=tab)))
