"""再応募: who came back, seen from the rows of the workbook."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sheets_automation.core.model import Candidate
from sheets_automation.core.persons import find_persons

TAG = "再応募"
HEADING = "過去の応募"
APART = timedelta(days=30)
"""Applications that are closer together than this are one approach to the company, for several openings."""
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reapplications:
    """How many people came back."""

    people: int
    """Everybody, each once."""
    returned: int
    """People with an application at least 30 days after another of theirs."""
    applications: int
    """Applications that came at least 30 days after the one before."""

    @property
    def rate(self) -> float | None:
        """People who came back, of all people; None where there is nobody."""
        return self.returned / self.people if self.people else None


def count_reapplications(candidates: Sequence[Candidate]) -> Reapplications:
    """Count who came back. Rows without a date of application cannot be told apart in time, and do not count twice."""
    persons = find_persons(candidates)
    people = len(candidates) - sum(len(person.candidates) - 1 for person in persons.people)
    again = [_times_again(person.candidates) for person in persons.people]
    return Reapplications(people=people, returned=sum(map(bool, again)), applications=sum(again))


def _times_again(rows: Iterable[Candidate]) -> int:
    moments = sorted(row.applied_at for row in rows if row.applied_at is not None)
    return sum(later - earlier >= APART for earlier, later in itertools.pairwise(moments))


def past_applications(one: Candidate, rows: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the rows of a person that came before an application: rows of the same weeks are no past.

    Where no dates tell, a row that stood in the workbook already (its number is known) was there before.
    """
    return tuple(row for row in rows if _is_before(row, one))


def _is_before(row: Candidate, one: Candidate) -> bool:
    if row.applied_at is None or one.applied_at is None:
        return row.row > 0
    return one.applied_at - row.applied_at >= APART


def past_text(past: Sequence[Candidate]) -> str:
    """What the column 過去の応募 says: candidate ids, with the opening, the day and the result of each."""
    ordered = sorted(past, key=lambda row: (row.applied_at is not None, row.applied_at and row.applied_at.timestamp()))
    said = ["・".join(filter(None, (row.id, row.opening, _day(row), row.decision_text))) for row in ordered]
    more = f" ほか {len(said) - _MOST_NAMED} 件" if len(said) > _MOST_NAMED else ""
    return "、".join(said[-_MOST_NAMED:]) + more


def _day(row: Candidate) -> str:
    return f"{row.applied_at:%Y/%m/%d}" if row.applied_at else ""
