"""What erasures that died have left: who may be erased now, and who is not surely whom they had named.

The row of somebody whose erasure was interrupted looks like any other. HR may have typed somebody else into it since,
or the person may have applied again.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sheets_automation.core.addresses import match_key
from sheets_automation.core.erased import keyed_mark
from sheets_automation.core.model import Candidate
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.retention_view import retention_plan
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.situation import Situation

_MARK: Final = re.compile(r"[0-9a-f]{24}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """What the erasures before this one have left to do."""

    ids: frozenset[str]
    """Of whom an erasure may be finished."""
    ended: tuple[str, ...]
    """Erasures that are done with them."""
    waiting: int
    """Candidates of whom a person has to say who they are."""


def named(situation: Situation, candidate_id: str, reason: str, key: str) -> str:
    """What an erasure notes of somebody whom it names: why, and who stands in the row, as a mark by the key."""
    marks = [_mark(one, key) for one in situation.candidates if one.id == candidate_id]
    return " ".join((reason, *marks[:1]))


def left_over(situation: Situation, desk: Desk, run: Run, keys: Collection[str], asked: Collection[str]) -> LeftOver:
    """Look at everybody whom an unfinished erasure has named; whom somebody asks for by name is no question."""
    clocks = {one: clock for clock in retention_plan(situation, desk, run).clocks for one in clock.ids}
    rows = {one.id: one for clock in clocks.values() for one in clock.candidates}

    def is_certain(candidate_id: str, detail: str) -> bool:
        if candidate_id in asked or candidate_id not in rows:
            return True
        mark = detail.rpartition(" ")[2]
        is_theirs = not _MARK.fullmatch(mark) or mark in {_mark(rows[candidate_id], key) for key in keys}
        return is_theirs and clocks[candidate_id].barrier is None

    unfinished = situation.erasures.unfinished
    waiting = {one.id: {who for who, detail in one.named.items() if not is_certain(who, detail)} for one in unfinished}
    held = frozenset().union(*waiting.values())
    return LeftOver(
        ids=frozenset(who for one in unfinished for who in one.named) - held,
        ended=tuple(one.id for one in unfinished if not waiting[one.id]),
        waiting=len(held),
    )


def _mark(one: Candidate, key: str) -> str:
    return keyed_mark(key, "named to be erased", one.id, match_key(one.address.value or ""), one.name_key)
