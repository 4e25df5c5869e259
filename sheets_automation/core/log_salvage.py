"""What a damaged log tab still holds: every row that is as a run wrote it, in the order in which it happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.log_rows import CHECK, HEADINGS, event_of, heading_columns, number_of, read_events
from sheets_automation.core.table import Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvage:
    """The facts that are left."""

    kept: tuple[DeliveryEvent, ...] = ()
    rows_lost: int = 0
    """Rows that hold what no run writes, or that say two things under one id."""
    is_whole: bool = True
    """Whether nothing shows that anything is missing or changed."""


def salvage(table: Table | None) -> Salvage:
    """Keep what can be kept. What an earlier REBUILT event vouched for is judged anew, so those are left out."""
    rows = list(table.rows()) if table is not None else []
    columns: Mapping[str, int] = {heading: at for at, heading in enumerate((*HEADINGS, CHECK))}  # where a run puts them
    for place, row in enumerate(rows):
        if (stand := heading_columns(row)) is not None:
            rows, columns = rows[place + 1 :], stand
            break
    read = [_read(row, columns) for row in rows]
    found: dict[str, list[DeliveryEvent]] = defaultdict(list)
    for event in read:
        if event is not None:
            found[event.event_id].append(event)
    agreed = [same[0] for same in found.values() if all(one == same[0] for one in same)]
    return Salvage(
        kept=tuple(_in_order([one for one in agreed if one.kind is not EventKind.REBUILT])),
        rows_lost=read.count(None) + len(found) - len(agreed),
        is_whole=_is_whole(table),
    )


def in_time(events: Iterable[DeliveryEvent]) -> list[tuple[datetime, DeliveryEvent]]:
    """Events in log order, each with the moment by which it had happened.

    A mail that came back stands at its own time, which may lie before that of the row above.
    """
    timed: list[tuple[datetime, DeliveryEvent]] = []
    for event in events:
        timed.append((max(event.at, timed[-1][0]) if timed else event.at, event))
    return timed


def _read(row: Row, columns: Mapping[str, int]) -> DeliveryEvent | None:
    try:
        event = event_of(row, columns)
    except ValueError:
        return None
    return event if number_of(event)[1] else None


def _in_order(events: Sequence[DeliveryEvent]) -> Sequence[DeliveryEvent]:
    """The order of the tab while each run's numbers ascend in it; else somebody sorted it, and time decides."""
    last: dict[str, int] = {}
    for event in events:
        run, number = number_of(event)
        if number <= last.get(run, 0):
            return sorted(events, key=lambda one: (one.at, number_of(one)))
        last[run] = number
    return events


def _is_whole(table: Table | None) -> bool:
    try:
        read_events(table)
    except LogDamaged:
        return False
    return True
