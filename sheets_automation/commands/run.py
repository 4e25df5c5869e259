"""`relay run`: the scheduled jobs, for one workbook or for the thousands of a roster. The container's command."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import DONE, Answer, said_already
from sheets_automation.config.roster import ERRANDS, USUAL, Client, Roster, beside
from sheets_automation.core.assignment import share_of, shuffled
from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.fleet.lines import Lines, Severity
from sheets_automation.fleet.metrics import NO_METRICS, open_metrics
from sheets_automation.fleet.outcomes import ENDED_WELL, Outcome, State, total
from sheets_automation.fleet.rounds import go_round
from sheets_automation.fleet.tasks import Task, task_here
from sheets_automation.fleet.visits import Visitor
from sheets_automation.stopping import Waits, heeding_stop
from sheets_automation.wiring import NOW, Office
from sheets_automation.wiring_fleet import identity_of, open_roster, shared_tempo

if TYPE_CHECKING:
    from rich.console import Console

NIGHTLY, DIGEST = "nightly", "digest"
UNFINISHED = 8
"""Some workbook failed or was not reached: another attempt may help."""

_TAKING_BACK_SECONDS = 3
"""After SIGTERM, Cloud Run kills after 10 s: what was sent has to be recorded before."""


def run(arguments: argparse.Namespace) -> Answer:
    """Go round the workbooks of this task."""
    task = task_here(os.environ)
    roster, clients = _roster(arguments)
    mine = _in_order(clients, task)
    lines = Lines(stream=sys.stderr if arguments.json else sys.stdout, task=task, clock=_clock)
    if arguments.plan:
        return _plan(mine, clients, task, arguments)
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
        if arguments.job == DIGEST:
            _send_digest(outcomes, roster, Path(arguments.workbooks).parent, arguments, lines)
    document = _summary(outcomes, mine, task, arguments, time.monotonic() - began)
    is_whole = not document["failed"] and not document["not_reached"]
    calm = Severity.WARNING if document["needs_a_person"] else Severity.INFO
    lines.write(calm if is_whole else Severity.ERROR, "summary", **document)
    return Answer(document=document, show=said_already, exit_code=DONE if is_whole else UNFINISHED)


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


def _send_digest(
    outcomes: Sequence[Outcome], roster: Roster, folder: Path, arguments: argparse.Namespace, lines: Lines
) -> None:
    """Mail it to the operator, where the roster says to whom and how. Whether that went well stands in the log."""
    operator = roster.operator
    if not operator.address or not operator.carrier:
        return
    try:
        from sheets_automation.fleet.digest import letter_of, post

        office = Office.open(beside(folder, operator.config or roster.defaults.config) or arguments.config, None)
        with closing(office.open_carrier(operator.carrier)) as carrier:
            state = post(carrier, letter_of(outcomes, operator.address, office.clock(), arguments.lang))
    except SheetsAutomationError as error:
        lines.write(Severity.ERROR, "digest not sent", error=error.name)
    else:
        lines.write(Severity.INFO, "digest", state=state)


def _errands(job: str, client: Client) -> Sequence[str]:
    if job == DIGEST:
        return (DIGEST,)
    wanted = ERRANDS if job == NIGHTLY else (job,)
    return [errand for errand in wanted if errand in client.jobs]


def _clock() -> datetime:
    fixed = os.environ.get(NOW)
    return datetime.fromisoformat(fixed) if fixed else datetime.now(UTC)


def _summary(
    outcomes: Sequence[Outcome], mine: Sequence[Client], task: Task, arguments: argparse.Namespace, seconds: float
) -> dict[str, object]:
    """What became of everything; each errand by its last turn."""
    last = {(one.client, one.errand): one for one in outcomes}
    states = Counter(one.state for one in last.values())

    def those(state: State) -> list[dict[str, str]]:
        named = [one for one in last.values() if one.state is state]
        return [
            {"workbook": one.client, "errand": one.errand, **({"error": one.error} if one.error else {})}
            for one in named
        ]

    return {
        "job": arguments.job,
        "task": f"{task.index}/{task.count}",
        "workbooks": len(mine),
        "done": sum(states[state] for state in ENDED_WELL),
        "counts": dict(total(list(outcomes))),
        "needs_a_person": those(State.NEEDS_A_PERSON),
        "busy": those(State.BUSY),
        "failed": those(State.FAILED),
        "not_reached": [*those(State.NOT_REACHED), *those(State.MORE)],
        "seconds": round(seconds, 3),
    }


def _plan(mine: Sequence[Client], clients: Sequence[Client], task: Task, arguments: argparse.Namespace) -> Answer:
    """Who would be gone into, and for what; nothing is opened."""
    rows = [{"workbook": one.name, "errands": list(_errands(arguments.job, one))} for one in mine]
    document = {"job": arguments.job, "task": f"{task.index}/{task.count}", "of": len(clients), "workbooks": rows}

    def show(console: Console) -> None:
        for one in mine:
            console.print(f"{one.name}: {', '.join(_errands(arguments.job, one))}")

    return Answer(document=document, show=show)
