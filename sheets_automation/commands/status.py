"""`relay status`: where things stand, on one screen."""

from __future__ import annotations

import argparse
from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sheets_automation.commands.answer import Answer
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.send_report import credits_document
from sheets_automation.commands.texts import moment, say
from sheets_automation.core.model import DeliveryState
from sheets_automation.core.reasons import Severity
from sheets_automation.jobs.plan import plan_letters
from sheets_automation.jobs.situation import credit_summary, sit_down
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from rich.console import Console

_DAY = timedelta(hours=24)


def run(arguments: argparse.Namespace) -> Answer:
    """Read the workbook and count; changes nothing."""
    office = Office.open(arguments.config, arguments.workbook)
    with closing(office.open_workbook(arguments.workbook, exclusive=False)) as workbook:
        desk, situation = sit_down(workbook, office.open_desk)
        run_ = office.new_run()
        plan = plan_letters(situation, desk, run_)
        summary = credit_summary(situation, desk.rules, run_.clock())
        title = workbook.title
    now, rules = run_.clock(), desk.rules
    states = Counter(delivery.state for delivery in situation.log.deliveries.values())
    severities = Counter(one.severity for one in plan.skipped)
    opening = rules.window.next_opening(now, rules.is_holiday)
    document: dict[str, Any] = {
        "workbook": title,
        "candidates": len(situation.candidates),
        "due": len(plan.letters),
        "sent": states[DeliveryState.SENT],
        "bounced": states[DeliveryState.BOUNCED],
        "uncertain": states[DeliveryState.UNCERTAIN] + states[DeliveryState.PREPARED],
        "need_a_person": severities[Severity.ACT],
        "waiting_too_long": len(plan.waiting),
        "budget_left": max(rules.daily_limit - situation.log.sent_within(_DAY, now), 0),
        "frozen": [stop.text(arguments.lang) for stop in situation.stops],
        "window_opens": None if opening == now else opening.isoformat(),
        "credits": credits_document(summary),
    }
    return Answer(document=document, show=lambda console: _show(console, document, arguments))


def _show(console: Console, document: dict[str, Any], arguments: argparse.Namespace) -> None:
    language = arguments.lang
    opens = document["window_opens"]
    lines = {
        "workbook": document["workbook"],
        "candidates": document["candidates"],
        "due": document["due"],
        "sent_total": document["sent"],
        "bounced_total": document["bounced"],
        "uncertain_total": document["uncertain"],
        "act_total": document["need_a_person"],
        "waiting_total": document["waiting_too_long"],
        "budget": document["budget_left"],
        "window": say("window_until", language, when=moment(datetime.fromisoformat(opens)))
        if opens
        else say("window_open", language),
        "credits_total": say("credits_value", language, **document["credits"]),
    }
    for stop in document["frozen"]:
        console.print(Sentence(stop), style="bold")
    table = listing("", "", fixed=(0,))
    for key, value in lines.items():
        table.add_row(say(key, language), Sentence(value))
    console.print(table)
    console.print()
    console.print(Sentence(say(_next(document), language, workbook=arguments.workbook)))


def _next(document: dict[str, Any]) -> str:
    steps = {"uncertain": "next_uncertain", "due": "next_plan", "need_a_person": "next_cells"}
    return next((step for key, step in steps.items() if document[key]), "nothing_to_do")
