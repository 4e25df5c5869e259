"""What became of everything: the last line of a task, and what Cloud Run is told by the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sheets_automation.fleet.outcomes import ENDED_WELL, Outcome, State, counted

UNFINISHED = 8
"""Another attempt may help: some workbook was not reached, or failed for a reason that may pass."""


def summary_of(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """Each errand by its last turn, and what happened in all of them."""
    last = _last_turns(outcomes)
    states = Counter(one.state for one in last)

    def those(state: State) -> list[dict[str, str]]:
        return [
            {"workbook": one.client, "errand": one.errand, **({"error": one.error} if one.error else {})}
            for one in last
            if one.state is state
        ]

    return {
        "done": sum(states[state] for state in ENDED_WELL),
        "counts": dict(counted(outcomes, last)),
        "needs_a_person": those(State.NEEDS_A_PERSON),
        "busy": those(State.BUSY),
        "failed": those(State.FAILED),
        "not_reached": [*those(State.NOT_REACHED), *those(State.MORE)],
    }


def is_unfinished(outcomes: Sequence[Outcome]) -> bool:
    """Whether another attempt may help. What only a person can mend would cost everybody their night again."""
    return any(one.may_pass or one.state in {State.NOT_REACHED, State.MORE} for one in _last_turns(outcomes))


def _last_turns(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return list({(one.client, one.errand): one for one in outcomes}.values())
