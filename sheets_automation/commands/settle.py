"""`relay settle`: list the letters that wait for a person's word, or take that word."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.ending import error_document
from sheets_automation.commands.texts import say
from sheets_automation.core.delivery_log import Delivery
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.jobs.settle import Settlement, Word, list_open, settle
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from rich.console import Console


def run(arguments: argparse.Namespace) -> Answer:
    """List, or settle the named candidates."""
    office = Office.open(arguments.config, arguments.workbook)
    if not arguments.ids:
        with closing(office.open_workbook(arguments.workbook, exclusive=False)) as workbook:
            return _answer(list_open(workbook, office.open_desk), arguments)
    if not arguments.word:
        raise ConfigurationError(say("say_word", "ja"), say("say_word", "en"))
    with closing(office.open_workbook(arguments.workbook, exclusive=True)) as workbook:
        word = Word(arguments.word)
        done = settle(workbook, office.open_desk, office.new_run(), arguments.ids, word, note=arguments.note)
        return _answer(done, arguments)


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
        show=lambda console: _show(console, done, arguments.lang),
        exit_code=NEEDS_A_PERSON if done.not_settled or done.not_shown else DONE,
    )


def _open(delivery: Delivery) -> dict[str, object]:
    return {
        "candidate_id": delivery.key.candidate_id,
        "state": delivery.state.value if delivery.state else "open",
        "at": delivery.at.isoformat() if delivery.at else None,
        "to": delivery.claim.to_address if delivery.claim else "",
        "carrier": delivery.claim.carrier if delivery.claim else "",
        "detail": delivery.detail,
    }


def _show(console: Console, done: Settlement, language: str) -> None:
    if done.settled:
        console.print(say("settled", language, n=len(done.settled)))
    for candidate_id, state in done.not_settled:
        console.print(say("not_settled", language, id=candidate_id, state=state or "open"), markup=False)
    if not done.open:
        console.print(say("none_open", language))
        return
    console.print(f"[bold]{say('open', language, n=len(done.open))}[/]")
    for delivery in done.open:
        claim = delivery.claim
        when = f"{delivery.at:%Y/%m/%d %H:%M}" if delivery.at else ""
        to = f"{claim.to_address}  {claim.carrier}" if claim else ""
        console.print(f"  {delivery.key.candidate_id}  {when}  {to}  {delivery.detail}", markup=False)
    console.print(say("say_word", language))
