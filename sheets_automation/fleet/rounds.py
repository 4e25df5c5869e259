"""Going round the workbooks in turns, so that a large one holds up no small one, and a broken one nobody."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sheets_automation.config.roster import Client
from sheets_automation.fleet.outcomes import REFUSALS_UNKNOWN, Outcome, State

Visit = Callable[[Client, str], Outcome]
"""Do one errand in one workbook, for one stretch at most. Raises nothing."""
_TRIES = 2
_TELL_REFUSALS = ("collect", "collect-line")
_WRITE = ("send", "follow-up")
_NONE_HIDDEN = {"cells_kept", "cells_overwritten"}
"""Errors of showing alone: what was refused is in the log."""


@dataclass(slots=True)
class _Turn:
    client: Client
    errands: Sequence[str]
    """What is left to do there, in order."""
    tries: int = 1
    held: Mapping[str, State] = field(default_factory=dict)
    """What is not done there tonight, since nobody can tell who has refused, and how that counts."""


def go_round(
    clients: Sequence[Client], errands_of: Callable[[Client], Sequence[str]], visit: Visit, is_over: Callable[[], bool]
) -> Iterator[Outcome]:
    """Do every errand of every workbook, a stretch at a time; yields each outcome as it comes.

    What a stretch leaves, and what failed for a passing reason, gets another turn after all others. Where refusals
    could not be taken in, nobody is written to. Once `is_over`, whoever had no turn yet is NOT_REACHED.
    """
    turns = deque(_Turn(client, errands) for client in clients if (errands := errands_of(client)))
    while turns:
        turn = turns.popleft()
        errand, *rest = turn.errands
        if is_over():
            yield Outcome(client=turn.client.name, errand=errand, state=State.NOT_REACHED)
            continue
        held = turn.held.get(errand)
        outcome = _held(turn.client, errand, held) if held else visit(turn.client, errand)
        if outcome.state is State.MORE:
            turns.append(replace(turn, tries=1))
        elif _may_pass(outcome) and turn.tries < _TRIES:
            turns.append(replace(turn, tries=turn.tries + 1))
        elif rest:
            turns.appendleft(_Turn(turn.client, rest, held={**_held_by(outcome), **turn.held}))
        yield outcome


def _may_pass(outcome: Outcome) -> bool:
    """Whether another try may help. Whoever is busy in the workbook may be done by then, and letters wait for it."""
    return outcome.may_pass or (outcome.state is State.BUSY and outcome.errand in _TELL_REFUSALS)


def _held(client: Client, errand: str, state: State) -> Outcome:
    return Outcome(client=client.name, errand=errand, state=state, error=REFUSALS_UNKNOWN)


def _held_by(outcome: Outcome) -> Mapping[str, State]:
    """What has to wait after this: all that writes to people, or news alone where only some refusal is unclear.

    Where another run was at work, it is the one that writes to people: nobody has to be called for that.
    """
    if outcome.errand not in _TELL_REFUSALS or outcome.error in _NONE_HIDDEN:
        return {}
    if outcome.state is State.BUSY:
        return dict.fromkeys(_WRITE, State.BUSY)
    if outcome.state is State.FAILED:
        return dict.fromkeys(_WRITE, State.NEEDS_A_PERSON)
    return {"follow-up": State.NEEDS_A_PERSON} if outcome.state is State.NEEDS_A_PERSON else {}
