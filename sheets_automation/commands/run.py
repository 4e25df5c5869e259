"""`relay run`: the scheduled jobs, for one workbook or for the thousands of a roster. The container's command."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import DONE, Answer, said_already
from sheets_automation.config.roster import ERRANDS, USUAL, Client, Roster, beside
from sheets_automation.core.assignment import share_of, shuffled
from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.core.model import DeliveryState
from sheets_automation.fleet.lines import Lines, Severity
from sheets_automation.fleet.metrics import NO_METRICS, open_metrics
from sheets_automation.fleet.outcomes import Outcome, State
from sheets_automation.fleet.rounds import go_round
from sheets_automation.fleet.summary import UNFINISHED, is_unfinished, summary_of
from sheets_automation.fleet.tasks import Task, task_here
from sheets_automation.fleet.visits import Visitor
from sheets_automation.stopping import Waits, heeding_stop
from sheets_automation.wiring import NOW, Office
from sheets_automation.wiring_fleet import identity_of, open_roster, shared_tempo

if TYPE_CHECKING:
    from rich.console import Console

NIGHTLY, DIGEST = "nightly", "digest"
_WRITE_TO_PEOPLE = ("send", "follow-up")
OPERATOR, DIGEST_MAIL = "operator", "digest-mail"

_TAKING_BACK_SECONDS = 3
"""After SIGTERM, Cloud Run kills after 10 s: what was sent has to be recorded before."""


def run(arguments: argparse.Namespace) -> Answer:
    """Go round the workbooks of this task. What hinders that stands in the log as well, for whoever watches it."""
    if arguments.plan:
        return _plan(arguments)
    stream = sys.stderr if arguments.json else sys.stdout
    try:
        task = task_here(os.environ)
        roster, clients = _roster(arguments)
    except SheetsAutomationError as error:
        lines = Lines(stream=stream, task=Task(), clock=_clock)
        lines.write(Severity.ERROR, "not begun", error=error.name, text=error.text(arguments.lang))
        raise
    return _go(task, roster, clients, arguments, Lines(stream=stream, task=task, clock=_clock))


def _go(task: Task, roster: Roster, clients: Sequence[Client], arguments: argparse.Namespace, lines: Lines) -> Answer:
    mine = _in_order(clients, task)
    outcomes: list[Outcome] = []
    began = time.monotonic()
    asked_at: list[float] = []
    with heeding_stop(lambda: asked_at.append(time.monotonic())) as was_stopped:

        def is_over() -> bool:
            return was_stopped() or (arguments.seconds is not None and time.monotonic() - began >= arguments.seconds)

        visitor = Visitor(
            stretch_seconds=arguments.stretch,
            is_over=is_over,
            is_leaving=lambda: bool(asked_at) and time.monotonic() - asked_at[0] >= _TAKING_BACK_SECONDS,
            monotonic=time.monotonic,
            tempo=shared_tempo(task.count, roster.operator.calls_per_minute, len(clients), Waits(is_over=is_over)),
        )
        with closing(open_metrics(task) if roster.operator.metrics else NO_METRICS) as metrics:
            for outcome in go_round(mine, lambda client: _errands(arguments.job, client), visitor.visit, is_over):
                lines.tell(outcome)
                metrics.take(outcome)
                outcomes.append(outcome)
        if was_stopped():  # not from the signal's handler, which may come in the middle of another line
            lines.write(Severity.WARNING, "asked to stop")
        if arguments.job == DIGEST and roster.operator.address and roster.operator.carrier:
            outcomes.append(_send_digest(outcomes, roster, arguments, lines))
    document = {
        "job": arguments.job,
        "task": f"{task.index}/{task.count}",
        "workbooks": len(mine),
        **summary_of(outcomes),
        "seconds": round(time.monotonic() - began, 3),
    }
    is_whole = not document["failed"] and not document["not_reached"]
    calm = Severity.WARNING if document["needs_a_person"] else Severity.INFO
    lines.write(calm if is_whole else Severity.ERROR, "summary", **document)
    return Answer(document=document, show=said_already, exit_code=UNFINISHED if is_unfinished(outcomes) else DONE)


def _roster(arguments: argparse.Namespace) -> tuple[Roster, tuple[Client, ...]]:
    """The workbooks that were named, or those of the roster."""
    if arguments.addresses:
        named = tuple(
            Client(
                name=f"workbook-{number}",
                address=address,
                config=arguments.config,
                carrier=arguments.carrier or "",
                links="",
                jobs=USUAL if arguments.job == NIGHTLY else ERRANDS,
            )
            for number, address in enumerate(arguments.addresses, start=1)
        )
        return Roster(), named
    return open_roster(Path(arguments.workbooks))


def _in_order(clients: Sequence[Client], task: Task) -> list[Client]:
    """This task's share. Each attempt goes through it in another order: whoever came last does not always come last."""
    known = {identity_of(client.address): client for client in clients}
    mine = share_of(known, task.index, task.count)
    order = shuffled(mine, f"{task.execution}/{task.attempt}") if task.execution else mine
    return [known[identity] for identity in order]


def _send_digest(outcomes: Sequence[Outcome], roster: Roster, arguments: argparse.Namespace, lines: Lines) -> Outcome:
    """Mail it to the operator, as the roster says, and tell the log; how that ended."""
    operator, folder = roster.operator, Path(arguments.workbooks).parent
    try:
        from sheets_automation.fleet.digest import letter_of, post

        office = Office.open(beside(folder, operator.config or roster.defaults.config) or arguments.config, None)
        with closing(office.open_carrier(operator.carrier)) as carrier:
            state = post(carrier, letter_of(outcomes, operator.address, office.clock(), arguments.lang))
    except SheetsAutomationError as error:
        lines.write(Severity.ERROR, "digest not sent", error=error.name)
        return Outcome(client=OPERATOR, errand=DIGEST_MAIL, state=State.FAILED, error=error.name)
    is_sent = state is DeliveryState.SENT
    lines.write(Severity.INFO if is_sent else Severity.ERROR, "digest", state=state)
    return Outcome(client=OPERATOR, errand=DIGEST_MAIL, state=State.DONE if is_sent else State.FAILED)


def _errands(job: str, client: Client) -> Sequence[str]:
    if job == DIGEST:
        return (DIGEST,)
    if job == NIGHTLY:
        return [errand for errand in ERRANDS if errand in client.jobs]
    if job not in client.jobs:
        return ()
    return (*_heard_first(client), job) if job in _WRITE_TO_PEOPLE else (job,)


def _heard_first(client: Client) -> Iterator[str]:
    """What tells who has refused meanwhile: as `relay send` does, it is heard before anybody is written to."""
    if client.links:
        yield "collect"
    if client.line_records:
        yield "collect-line"


def _clock() -> datetime:
    fixed = os.environ.get(NOW)
    return datetime.fromisoformat(fixed) if fixed else datetime.now(UTC)


def _plan(arguments: argparse.Namespace) -> Answer:
    """Who would be gone into, and for what; nothing is opened."""
    task = task_here(os.environ)
    _, clients = _roster(arguments)
    mine = _in_order(clients, task)
    rows = [{"workbook": one.name, "errands": list(_errands(arguments.job, one))} for one in mine]
    document = {"job": arguments.job, "task": f"{task.index}/{task.count}", "of": len(clients), "workbooks": rows}

    def show(console: Console) -> None:
        for one in mine:
            console.print(f"{one.name}: {', '.join(_errands(arguments.job, one))}")

    return Answer(document=document, show=show)
