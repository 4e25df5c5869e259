"""`relay settle`: list the letters that wait for a person's word, or take that word."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.ending import error_document
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.texts import moment, say
from sheets_automation.core.delivery_log import Delivery
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.model import LetterKind
from sheets_automation.jobs.settle import Settlement, Word, give_up_journal, list_open, settle
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from rich.console import Console


_OPTIONS = {LetterKind.FOLLOW_UP: "--follow-up", LetterKind.APOLOGY: "--apology"}
"""By which a word is about another letter than the result."""


def run(arguments: argparse.Namespace) -> Answer:
    """List, or settle the named candidates."""
    office = Office.open(arguments.config, arguments.workbook)
    if arguments.journal_lost:
        return _journal_given_up(office, arguments)
    if arguments.word and not arguments.ids:
        word = f"--{arguments.word}"
        raise ConfigurationError(say("say_whom", "ja", word=word), say("say_whom", "en", word=word))
    if not arguments.ids:
        with closing(office.open_workbook(arguments.workbook, exclusive=False)) as workbook:
            return _answer(list_open(workbook, office.open_desk), arguments)
    if not arguments.word:
        raise ConfigurationError(say("say_word", "ja"), say("say_word", "en"))
    with closing(office.open_workbook(arguments.workbook, exclusive=True)) as workbook:
        word, the_run = Word(arguments.word), office.new_run()
        kind = LetterKind(arguments.kind or LetterKind.REJECTION)
        done = settle(workbook, office.open_desk, the_run, arguments.ids, word, note=arguments.note, kind=kind)
        return _answer(done, arguments)


def _journal_given_up(office: Office, arguments: argparse.Namespace) -> Answer:
    with closing(office.open_workbook(arguments.workbook, exclusive=True, is_journal_lost=True)) as workbook:
        done = give_up_journal(workbook, office.open_desk, office.new_run())
    language = arguments.lang
    text = say("journal_given_up", language, workbook=arguments.workbook)
    document = {"workbook": arguments.workbook, "open": [_open(one) for one in done.open], "text": text}
    return Answer(document=document, show=lambda console: console.print(text, markup=False), exit_code=NEEDS_A_PERSON)


def _answer(done: Settlement, arguments: argparse.Namespace) -> Answer:
    document: dict[str, object] = {
        "workbook": arguments.workbook,
        "settled": list(done.settled),
        "not_settled": [
            {"candidate_id": candidate_id, "state": state.value if state else "open"}
            for candidate_id, state in done.not_settled
        ],
        "open": [_open(delivery) for delivery in done.open],
    }
    if done.not_shown is not None:
        document["not_shown"] = error_document(done.not_shown, arguments.lang)
    return Answer(
        document=document,
        show=lambda console: _show(console, done, arguments),
        exit_code=NEEDS_A_PERSON if done.not_settled or done.not_shown else DONE,
    )


def _open(delivery: Delivery) -> dict[str, object]:
    return {
        "candidate_id": delivery.key.candidate_id,
        "kind": delivery.key.kind.value,
        "state": delivery.state.value if delivery.state else "open",
        "at": delivery.at.isoformat() if delivery.at else None,
        "to": delivery.claim.to_address if delivery.claim else "",
        "carrier": delivery.claim.carrier if delivery.claim else "",
        "detail": delivery.detail,
    }


def _show(console: Console, done: Settlement, arguments: argparse.Namespace) -> None:
    language = arguments.lang
    if done.settled:
        console.print(Sentence(say("settled", language, n=len(done.settled))))
    for candidate_id, state in done.not_settled:
        in_words = say(f"state_{state or 'open'}", language)
        console.print(Sentence(say("not_settled", language, id=candidate_id, state=in_words)))
    if done.not_shown is not None:
        console.print(Sentence(f"{say('not_shown', language)} {done.not_shown.text(language)}"))
    if not done.open:
        console.print(Sentence(say("none_open", language)))
        return
    console.print(say("open", language, n=len(done.open)), style="bold")
    table = listing("", "", "", "", fixed=(0, 1))
    for delivery in done.open:
        when = moment(delivery.at) if delivery.at else ""
        to, carrier = (delivery.claim.to_address, delivery.claim.carrier) if delivery.claim else ("", "")
        in_words = say(f"state_{delivery.state or 'open'}", language)
        words = filter(None, (in_words, delivery.detail, _OPTIONS.get(delivery.key.kind)))
        said = (f"  {delivery.key.candidate_id}", when, to, f"{carrier}: {' '.join(words)}")
        table.add_row(*map(Sentence, said))
    console.print(table)
    console.print()
    console.print(Sentence(say("next_settle", language, workbook=arguments.workbook)))
