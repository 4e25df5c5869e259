"""What each run of the log did: the audit at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.model import whole_run


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """One run, with all its stretches."""

    run_id: str
    at: datetime
    """Of its first fact."""
    actor: str
    counts: Counter[EventKind]


def past_runs(events: Iterable[DeliveryEvent], most: int) -> list[PastRun]:
    """The last runs, newest first."""
    runs: dict[str, PastRun] = {}
    seen: set[str] = set()
    for event in events:
        if event.event_id in seen or event.kind is EventKind.REBUILT:
            continue
        seen.add(event.event_id)
        name = whole_run(event.run_id)
        if name not in runs:
            runs[name] = PastRun(run_id=name, at=event.at, actor=event.actor, counts=Counter())
        runs[name].counts[event.kind] += 1
    return list(runs.values())[: -most - 1 : -1]
