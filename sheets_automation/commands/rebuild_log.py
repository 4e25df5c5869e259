"""`relay rebuild-log`: rebuild a lost log from what is left of it and from the letters that were sent."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.ending import error_document
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.texts import moment, say
from sheets_automation.core.errors import ConfigurationError, WorkbookError
from sheets_automation.jobs.rebuild_log import RebuildPlan, plan_rebuild, rebuild_log
from sheets_automation.wiring import Office
from sheets_automation.wiring_sent import NothingToLookThrough, open_sent_letters

if TYPE_CHECKING:
    from rich.console import Console

    from sheets_automation.ports import SentLetters


def run(arguments: argparse.Namespace) -> Answer:
    """Show what would be written; with --write, write it."""
    office = Office.open(arguments.config, arguments.workbook)
    with (
        closing(_open_letters(office, arguments)) as letters,
        closing(office.open_workbook(arguments.workbook, exclusive=arguments.write, is_journal_lost=True)) as workbook,
    ):
        this_run = office.new_run()
        plan = plan_rebuild(workbook, letters, office.open_desk, this_run, timedelta(days=arguments.days))
        not_shown = rebuild_log(workbook, plan, this_run) if arguments.write else None
        return _answer(plan, not_shown, arguments)


def blank_document(arguments: argparse.Namespace) -> dict[str, Any]:
    """What --json prints around an error that came before anything was read."""
    return {
        "run_id": None,
        "workbook": arguments.workbook,
        "carrier": None if arguments.without_mailbox else arguments.carrier,
        "dry_run": not arguments.write,
        "since": None,
        "is_whole": None,
        **dict.fromkeys(("looked_at", "kept", "dropped", "foreign", "unknown"), 0),
        "complete": False,
        "restored": [],
        "held": [],
        "old_tab": None,
    }


def _open_letters(office: Office, arguments: argparse.Namespace) -> SentLetters:
    if arguments.without_mailbox:
        return NothingToLookThrough()
    arguments.carrier = arguments.carrier or office.config.sender.carrier
    if not arguments.carrier:
        raise ConfigurationError(
            "どこから送ったのか分かりません。--carrier gmail:アドレス か --carrier outbox:フォルダ を付けるか、"
            "設定ファイルの [sender] carrier に書いてください。",
            "It is not known where the letters left from; add --carrier gmail:ADDRESS or --carrier outbox:DIR, or set "
            "[sender] carrier in the configuration.",
        )
    return open_sent_letters(office, arguments.carrier, arguments.workbook)


def _answer(plan: RebuildPlan, not_shown: WorkbookError | None, arguments: argparse.Namespace) -> Answer:
    document = {
        **blank_document(arguments),
        "run_id": plan.run_id,
        "since": plan.since.isoformat(timespec="seconds"),
        "is_whole": not plan.is_needed,
        "looked_at": plan.sent.looked_at,
        "kept": plan.kept,
        "dropped": plan.dropped,
        "foreign": plan.sent.foreign,
        "unknown": plan.unknown,
        "complete": plan.sent.is_whole,
        "restored": [
            {"candidate_id": one.key.candidate_id, "to": one.letter.to_address, "at": one.letter.at.isoformat()}
            for one in plan.restored
        ],
        "held": [{"candidate_id": one.id, "row": one.row} for one in plan.held],
        "old_tab": plan.aside or None,
    }
    if not_shown is not None:
        document["not_shown"] = error_document(not_shown, arguments.lang)
    is_left = plan.is_needed and (not arguments.write or bool(plan.held))
    return Answer(
        document=document,
        show=lambda console: _show(console, plan, not_shown, arguments),
        exit_code=NEEDS_A_PERSON if is_left or not_shown is not None else DONE,
    )


def _show(console: Console, plan: RebuildPlan, not_shown: WorkbookError | None, arguments: argparse.Namespace) -> None:
    language = arguments.lang
    if not arguments.without_mailbox:
        _show_mailbox(console, plan, language)
    if not plan.is_needed:
        console.print(Sentence(say("log_is_whole", language)))
        return
    _show_facts(console, plan, language)
    console.print()
    for line in _next(plan, not_shown, arguments) if arguments.write else [say("rebuild_dry", language)]:
        console.print(Sentence(line))


def _show_mailbox(console: Console, plan: RebuildPlan, language: str) -> None:
    sent = plan.sent
    console.print(Sentence(say("sent_looked_at", language, n=sent.looked_at, since=moment(plan.since))))
    for key, number in (("sent_foreign", sent.foreign), ("sent_unknown", plan.unknown)):
        if number:
            console.print(Sentence(say(key, language, n=number)))
    if not sent.is_whole:
        console.print(Sentence(say("sent_not_whole", language)))


def _next(plan: RebuildPlan, not_shown: WorkbookError | None, arguments: argparse.Namespace) -> Iterator[str]:
    """What was done, and what to do now."""
    language, workbook = arguments.lang, arguments.workbook
    yield say("rebuilt", language)
    if plan.aside:
        yield say("old_log_kept", language, tab=plan.aside)
    if not_shown is not None:
        yield f"{say('not_shown', language)} {not_shown.text(language)}"
    if plan.held:
        yield say("next_held", language, workbook=workbook)
    if any(letter.carrier == "gmail" for letter in plan.sent.letters):
        yield say("next_sync", language, workbook=workbook)


def _show_facts(console: Console, plan: RebuildPlan, language: str) -> None:
    console.print(Sentence(say("facts_kept", language, n=plan.kept)))
    if plan.dropped:
        console.print(Sentence(say("facts_dropped", language, n=plan.dropped)))
    console.print(say("letters_restored", language, n=len(plan.restored)), style="bold")
    zone = plan.since.tzinfo
    letters = (
        (one.key.candidate_id, moment(one.letter.at.astimezone(zone)), one.letter.to_address) for one in plan.restored
    )
    _list(console, letters)
    console.print(say("candidates_held", language, n=len(plan.held)), style="bold")
    _list(console, ((one.id, say("row_number", language, n=one.row), one.address.value or "") for one in plan.held))


def _list(console: Console, lines: Iterable[tuple[str, str, str]]) -> None:
    table = listing("", "", "", fixed=(0, 1))
    for candidate_id, middle, address in lines:
        table.add_row(Sentence(f"  {candidate_id}"), middle, Sentence(address))
    if table.row_count:
        console.print(table)
