"""`relay consent`: record that people agree to follow-ups or no longer do, or list who agrees."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import Answer
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.texts import moment, say
from sheets_automation.core.consents import Consent, ConsentWord
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.jobs.consent import Standing, Word, day_said, list_consents, record_consents
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console


def run(arguments: argparse.Namespace) -> Answer:
    """List, or record what was said."""
    office = Office.open(arguments.config, arguments.workbook)
    if arguments.ids and arguments.agrees is None:
        raise ConfigurationError(say("say_agrees", "ja"), say("say_agrees", "en"))
    if arguments.agrees is not None and not arguments.ids:
        raise ConfigurationError(say("say_who_agrees", "ja"), say("say_who_agrees", "en"))
    if arguments.agrees and not arguments.source:
        raise ConfigurationError(say("say_source", "ja"), say("say_source", "en"))
    with closing(office.open_workbook(arguments.workbook, exclusive=arguments.agrees is not None)) as workbook:
        if arguments.agrees is None:
            return _answer(list_consents(workbook, office.look_at_desk), 0, arguments)
        word = Word(
            agrees=arguments.agrees,
            source=arguments.source,
            wording=arguments.wording or office.config.follow_up.wording,
            on=day_said(arguments.on),
        )
        recorded = record_consents(workbook, office.look_at_desk, office.new_run(), arguments.ids, word)
        return _answer(list_consents(workbook, office.look_at_desk), recorded, arguments)


def _answer(standings: Sequence[Standing], recorded: int, arguments: argparse.Namespace) -> Answer:
    document = {
        "workbook": arguments.workbook,
        "recorded": recorded,
        "agreed": sum(one.agrees for one in standings),
        "people": [
            {
                "candidate_id": one.candidate_id,
                "row": one.row,
                "agrees": one.agrees,
                "refused": one.refused,
                "at": one.fact.at.isoformat() if one.fact else None,
                "recorded_at": one.fact.recorded_at.isoformat() if one.fact and one.fact.recorded_at else None,
                "wording": one.fact.wording if one.fact else "",
                "source": one.fact.source if one.fact else "",
            }
            for one in standings
        ],
    }
    return Answer(document=document, show=lambda console: _show(console, standings, recorded, arguments.lang))


def _show(console: Console, standings: Sequence[Standing], recorded: int, language: str) -> None:
    if recorded:
        console.print(Sentence(say("consents_recorded", language, n=recorded)))
    console.print(Sentence(say("consents_agreed", language, n=sum(one.agrees for one in standings))))
    if not standings:
        return
    table = listing("", "", "", "", "", fixed=(0, 1))
    for one in standings:
        word = say("refuses_all" if one.refused else "agrees" if one.agrees else "agrees_not", language)
        when, proof = _proof(one.fact, language) if one.fact else ("", say("by_the_column", language))
        row = say("row_number", language, n=one.row)
        table.add_row(f"  {row}", *map(Sentence, (one.candidate_id, word, when, proof)))
    console.print(table)


def _proof(fact: Consent, language: str) -> tuple[str, str]:
    """When it was said, and what proves it; the day alone where it was written down on another one."""
    wording = "" if fact.word is ConsentWord.WITHDRAWN else fact.wording
    when, later = moment(fact.at), ""
    if fact.recorded_at and fact.recorded_at.date() != fact.at.date():
        when = f"{fact.at:%Y/%m/%d}"
        later = say("written_down", language, day=f"{fact.recorded_at:%Y/%m/%d}")
    return when, " ".join(filter(None, (wording, fact.source, later)))
