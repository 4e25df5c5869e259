"""`relay follow-up`: show who would get which news, or send it; make HR's plan; list what went to whom and why."""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.send import blank_document, report_answer, report_of, samples
from sheets_automation.commands.texts import moment, say
from sheets_automation.core.delivery_log import Delivery
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.jobs.follow_up import Campaigns, campaign_of, follow_ups, keep_consents, make_plan_tab
from sheets_automation.wiring import Office
from sheets_automation.wiring_follow_up import FollowUpOffice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from sheets_automation.jobs.send import RunReport

__all__ = ["blank_document", "run"]


def run(arguments: argparse.Namespace) -> Answer:
    """Plan, and send if --send was said."""
    office = Office.open(arguments.config, arguments.workbook)
    if arguments.init:
        return _init(office, arguments)
    if arguments.history:
        return _history(office, arguments)
    office = FollowUpOffice(office)
    arguments.carrier = arguments.carrier or office.config.sender.carrier or None
    office.leaves_by = arguments.carrier or ""
    if arguments.test_to:
        return samples(office, office.open_desk, arguments)
    if arguments.send:
        with closing(office.open_workbook(arguments.workbook, exclusive=True)) as workbook:
            keep_consents(workbook, office.open_desk, office.new_run(), office.config.follow_up.wording)
    report = report_of(office, office.open_desk, arguments)
    return _answer(report, office.campaigns, arguments)


def _answer(report: RunReport, campaigns: Campaigns | None, arguments: argparse.Namespace) -> Answer:
    language, answer = arguments.lang, report_answer(report, arguments)
    problems = campaigns.problems if campaigns else ()
    why = {planned.candidate.id: planned.candidate.occasion for planned in report.plan.letters}
    by_campaign: dict[str, int] = {}
    for occasion in why.values():
        if occasion:
            by_campaign[occasion.campaign] = by_campaign.get(occasion.campaign, 0) + 1

    def show(console: Console) -> None:
        for name, n in by_campaign.items():
            console.print(Sentence(say("by_campaign", language, name=name, n=n)))
        answer.show(console)
        if campaigns and not campaigns.tab.is_there:
            console.print(Sentence(say("no_campaigns_tab", language, workbook=arguments.workbook)))
        for problem in problems:
            console.print(Sentence(f"{problem.where}: {problem.text(language)}"))

    return replace(
        answer,
        document={
            **answer.document,
            "campaigns": by_campaign,
            "why": {i: occasion.why for i, occasion in why.items() if occasion},
            "problems": [{"where": one.where, "text": one.text(language)} for one in problems],
        },
        show=show,
        exit_code=answer.exit_code or (NEEDS_A_PERSON if problems else DONE),
    )


def _init(office: Office, arguments: argparse.Namespace) -> Answer:
    with closing(office.open_workbook(arguments.workbook, exclusive=True)) as workbook:
        is_made = make_plan_tab(workbook, office.look_at_desk)
    tab, language = office.config.workbook.campaigns_tab, arguments.lang
    said = say("campaigns_made" if is_made else "campaigns_there", language, tab=tab, workbook=arguments.workbook)
    document = {"workbook": arguments.workbook, "tab": tab, "made": is_made, "text": said}
    return Answer(document=document, show=lambda console: console.print(Sentence(said)))


def _history(office: Office, arguments: argparse.Namespace) -> Answer:
    with closing(office.open_workbook(arguments.workbook, exclusive=False)) as workbook:
        names, sent = follow_ups(workbook, office.look_at_desk)
    if unknown := sorted(set(arguments.only) - set(names)):
        named = ", ".join(unknown)
        raise ConfigurationError(f"候補者ID {named} の方はいません。", f"There is no candidate {named}.")
    chosen = [one for one in sent if not arguments.only or one.key.candidate_id in arguments.only]
    document = {"workbook": arguments.workbook, "follow_ups": [_document(one) for one in chosen]}
    return Answer(document=document, show=lambda console: _show_history(console, chosen, names, arguments.lang))


def _document(one: Delivery) -> dict[str, object]:
    claim = one.claim
    campaign, why = campaign_of(one)
    return {
        "candidate_id": one.key.candidate_id,
        "number": one.key.cycle,
        "at": one.at.isoformat() if one.at else None,
        "state": one.state.value if one.state else "open",
        "replied_at": one.replied_at.isoformat() if one.replied_at else None,
        "campaign": campaign,
        "why": why,
        "letter": claim.template if claim else "",
        "subject": claim.subject if claim else "",
        "to": claim.to_address if claim else "",
        "carrier": claim.carrier if claim else "",
    }


def _show_history(console: Console, sent: list[Delivery], names: Mapping[str, str], language: str) -> None:
    if not sent:
        console.print(Sentence(say("no_follow_ups", language)))
        return
    table = listing("", "", "", "", "", fixed=(0, 1))
    for one in sent:
        told = _document(one)
        state = say(f"state_{told['state']}", language)
        when = moment(one.at) if one.at else ""
        who = f"{one.key.candidate_id} {names.get(one.key.candidate_id, '')}".strip()
        table.add_row(*map(Sentence, (when, who, str(told["campaign"]), state, str(told["why"]))))
    console.print(table)
